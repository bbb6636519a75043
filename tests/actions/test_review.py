"""Review: findings are answered, and who entered nothing accepts, disputes, returns, recounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator.actions.review import (
    accept,
    decide,
    dispute,
    explain,
    order_recount,
    return_to_precinct,
)
from tabulator.audit.told import story_of, told_of
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor
from tabulator.errors import Malformed, NeedsFirst, NotAllowed, NotFound, Stale, WrongState
from tabulator.storage.db import snapshot
from tabulator.storage.protocols import Scan
from tests.builders import protocol
from tests.counting import Count, register, sent
from tests.working import (
    BISHKEK,
    DECISION,
    MEMBER,
    OBSERVER,
    SOKULUK,
    Night,
    chair_of,
    events_of,
)


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(Count.load(engine, register()))


def warned(night: Night, number: int = 1001) -> Protocol:
    """Verified, with the one warning K10."""
    figures = sent(night.contest, number).figures
    given = protocol(night.contest, number, beside={"ident_final": 9_999}, **figures)
    night.send(chair_of(number), given)
    night.confirm(given)
    return given


def test_what_two_people_entered_a_third_accepts(night: Night) -> None:
    given = night.verified(1001)
    night.in_order()
    night.do(BISHKEK.verifier, 1001, accept, seen=1)
    assert night.columns(1001) == ("accepted", 1, 1, 0)
    night.in_order(given)


@pytest.mark.parametrize("who", [BISHKEK.first, chair_of(1001), MEMBER, OBSERVER])
def test_other_roles_accept_nothing(night: Night, who: Actor) -> None:
    night.verified(1001)
    with pytest.raises(NotAllowed):
        night.do(who, 1001, accept)
    night.in_order()


def test_who_entered_does_not_accept_in_another_role(night: Night) -> None:
    """One account has one role at a time, but roles change."""
    given = night.upload(1001)
    turned = Actor(BISHKEK.verifier.name, BISHKEK.first.role, scope=BISHKEK.commission)
    night.confirm(given, turned)
    with pytest.raises(NeedsFirst, match="entered none"):
        night.do(BISHKEK.verifier, 1001, accept)
    night.do(BISHKEK.chair, 1001, accept)
    night.in_order(given)


def test_another_commission_has_no_part_in_it(night: Night) -> None:
    night.verified(1001)
    with pytest.raises(NotFound):
        night.do(SOKULUK.verifier, 1001, accept)


def test_what_was_entered_once_is_not_accepted(night: Night) -> None:
    night.upload(1001)
    with pytest.raises((WrongState, NotAllowed)):
        night.do(BISHKEK.verifier, 1001, accept)
    night.upload(1002, INV=99)
    night.do(BISHKEK.verifier, 1002, decide, "K04", DECISION)
    with pytest.raises(NeedsFirst, match="second entry"):
        night.do(BISHKEK.verifier, 1002, accept)
    night.in_order()


def test_approval_names_the_version_seen(night: Night) -> None:
    night.upload(1001, V=9_000)
    given = night.verified(1001)
    with pytest.raises(Stale):
        night.do(BISHKEK.verifier, 1001, accept, seen=1)
    night.do(BISHKEK.verifier, 1001, accept, seen=2)
    ((*_, (kind, facts)),) = [events_of(night.count, "sample/president/1001")]
    assert (kind, facts["version"]) == ("protocol.accepted", 2)
    night.in_order(given)


def test_a_warning_needs_an_explanation(night: Night) -> None:
    given = warned(night)
    with pytest.raises(NeedsFirst, match="findings are open") as refused:
        night.do(BISHKEK.verifier, 1001, accept)
    assert refused.value.open == ("K10",)
    night.do(chair_of(1001), 1001, explain, "K10", "two receipts were printed")
    night.do(BISHKEK.verifier, 1001, accept)
    night.in_order(given)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_explanation_says_something(night: Night, text: str) -> None:
    warned(night)
    with pytest.raises(NeedsFirst):
        night.do(BISHKEK.first, 1001, explain, "K10", text)
    with pytest.raises(NeedsFirst, match="findings are open"):
        night.do(BISHKEK.verifier, 1001, accept)
    night.in_order()


def test_an_error_needs_a_decision_and_no_explanation_will_do(night: Night) -> None:
    given = night.verified(1001, INV=99)
    night.do(BISHKEK.first, 1001, explain, "K04", "we are sure")
    with pytest.raises(NeedsFirst, match="findings are open"):
        night.do(BISHKEK.verifier, 1001, accept)
    night.do(BISHKEK.chair, 1001, decide, "K04", DECISION)
    night.do(BISHKEK.verifier, 1001, accept)
    assert night.columns(1001) == ("accepted", 1, 1, 0)
    night.in_order(given)


def test_an_explanation_after_a_decision_does_not_undo_it(night: Night) -> None:
    given = night.verified(1001, INV=99)
    night.do(BISHKEK.chair, 1001, decide, "K04", DECISION)
    night.do(chair_of(1001), 1001, explain, "K04", "it was late")
    night.do(BISHKEK.verifier, 1001, accept)
    night.in_order(given)


@pytest.mark.parametrize("lacking", ["number", "date", "reason"])
@pytest.mark.parametrize("step", [(decide, "K04"), (order_recount,)], ids=["decide", "recount"])
def test_a_decision_has_number_date_and_reason(
    night: Night, lacking: str, step: tuple[Callable[..., None], Any]
) -> None:
    night.verified(1001, INV=99)
    with pytest.raises(NeedsFirst):
        night.do(BISHKEK.chair, 1001, *step, {**DECISION, lacking: " "})
    assert night.columns(1001) == ("disputed", 1, 1, 0)
    night.in_order()


@pytest.mark.parametrize("who", [BISHKEK.first, chair_of(1001), MEMBER, OBSERVER])
def test_only_the_commission_decides_on_an_error(night: Night, who: Actor) -> None:
    night.verified(1001, INV=99)
    with pytest.raises(NotAllowed):
        night.do(who, 1001, decide, "K04", DECISION)
    night.in_order()


@pytest.mark.parametrize("answer", [(explain, "K99", "why"), (decide, "K05", DECISION)])
def test_only_what_was_found_is_answered(night: Night, answer: tuple[Any, ...]) -> None:
    night.verified(1001, INV=99)
    with pytest.raises(NotFound):
        night.do(BISHKEK.verifier, 1001, *answer)


def test_answers_are_about_one_version_only(night: Night) -> None:
    given = warned(night)
    night.do(BISHKEK.first, 1001, explain, "K10", "two receipts were printed")
    night.do(BISHKEK.verifier, 1001, return_to_precinct, "page 2 is missing")
    night.send(chair_of(1001), given)
    assert night.columns(1001) == ("checked", 2, 0, 0)
    night.confirm(given)
    with pytest.raises(NeedsFirst, match="findings are open"):
        night.do(BISHKEK.verifier, 1001, accept)
    night.in_order()


def test_the_same_scan_of_two_precincts_needs_one_too(night: Night) -> None:
    scan = Scan("a" * 64, "protocol.pdf", "application/pdf", 120_000)
    one, other = sent(night.contest, 1001), sent(night.contest, 1002)
    for given in (one, other):
        night.send(chair_of(given.precinct), given, scans=[scan])
        night.confirm(given)
    for number in (1001, 1002):
        with pytest.raises(NeedsFirst) as refused:
            night.do(BISHKEK.verifier, number, accept)
        assert refused.value.open == ("K21",)
    night.do(BISHKEK.verifier, 1002, explain, "K21", "one building, one sheet for both")
    night.do(BISHKEK.chair, 1002, accept)
    night.in_order(other)


def test_twins_need_an_explanation_too(night: Night) -> None:
    first = night.accepted(1001)
    twin = protocol(night.contest, 1002, **first.figures)
    night.send(chair_of(1002), twin)
    night.confirm(twin)
    with pytest.raises(NeedsFirst) as refused:
        night.do(BISHKEK.verifier, 1002, accept)
    assert refused.value.open == ("K21",)
    night.do(BISHKEK.first, 1002, explain, "K21", "looked at both scans: it is so")
    night.do(BISHKEK.verifier, 1002, accept)
    night.in_order(first, twin)


def test_a_dispute_takes_accepted_figures_out_until_accepted_again(night: Night) -> None:
    first, second = night.accepted(1001), night.accepted(1002)
    night.do(BISHKEK.chair, 1001, dispute, "an observer's copy differs")
    assert night.columns(1001) == ("disputed", 1, 1, 0)
    night.in_order(second)
    night.do(BISHKEK.verifier, 1001, accept)
    night.in_order(first, second)


@pytest.mark.parametrize("action", [dispute, return_to_precinct])
def test_disputing_and_returning_need_a_reason(night: Night, action: Callable[..., None]) -> None:
    night.verified(1001)
    with pytest.raises(NeedsFirst, match="reason"):
        night.do(BISHKEK.verifier, 1001, action, " ")
    for who in (BISHKEK.first, chair_of(1001), MEMBER, OBSERVER):
        with pytest.raises((NotAllowed, NeedsFirst)):
            night.do(who, 1001, action, "a reason")
    night.in_order()


def sent_back(night: Night) -> tuple[str, list[str]] | None:
    with snapshot(night.count.engine) as connection:
        said = story_of(told_of(connection, "sample/president/1001")).sent_back
    return (said["reason"], said["lines"]) if said else None


def test_what_is_returned_names_its_lines_and_comes_again(night: Night) -> None:
    night.verified(1001, INV=99)
    with pytest.raises(Malformed) as refused:
        night.do(BISHKEK.verifier, 1001, return_to_precinct, "see", ["INV", "XX"])
    assert [(one.column, one.code) for one in refused.value.problems] == [("/lines", "not-one-of")]
    night.do(BISHKEK.verifier, 1001, return_to_precinct, "does not add up", ["INV"])
    assert night.columns(1001) == ("returned", 1, 1, 0)
    facts = events_of(night.count, "sample/president/1001")[-1][1]
    assert (facts["reason"], facts["lines"]) == ("does not add up", ["INV"])
    assert sent_back(night) == ("does not add up", ["INV"])
    night.in_order()
    given = night.verified(1001)
    assert sent_back(night) is None
    assert night.columns(1001) == ("verified", 2, 2, 0)
    night.do(BISHKEK.verifier, 1001, accept)
    night.in_order(given)


def test_what_is_accepted_is_disputed_before_it_is_returned(night: Night) -> None:
    given = night.accepted(1001)
    with pytest.raises(WrongState):
        night.do(BISHKEK.verifier, 1001, return_to_precinct, "page 2 is missing")
    night.in_order(given)


def test_only_the_chair_orders_a_recount_and_the_figures_leave(night: Night) -> None:
    given = night.accepted(1001)
    with pytest.raises(NotAllowed):
        night.do(BISHKEK.verifier, 1001, order_recount, DECISION)
    night.in_order(given)
    night.do(BISHKEK.chair, 1001, order_recount, DECISION)
    assert night.columns(1001) == ("recount", 1, 1, 0)
    night.in_order()
    with pytest.raises(WrongState):
        night.do(BISHKEK.verifier, 1001, accept)
