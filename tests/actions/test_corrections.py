"""Corrected and recount protocols, annulment of a precinct, a part of it and an area."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator.actions.corrections import annul, annul_area, annul_out_of_premises, correct, restore
from tabulator.actions.review import accept, dispute, order_recount
from tabulator.actions.work import Arrival
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor
from tabulator.domain.workflow import State
from tabulator.errors import Frozen, NeedsFirst, NotAllowed, NotFound, WrongState
from tabulator.storage.db import transaction
from tabulator.storage.protocols import Scan
from tests.counting import Count, register, sent
from tests.working import (
    ALAMUDUN,
    BISHKEK,
    DECISION,
    MEMBER,
    OBSERVER,
    SOKULUK,
    Night,
    chair_of,
    events_of,
)

PAPER = Arrival("upload", "corrected.pdf", (Scan("c" * 64, "corrected.pdf", "application/pdf", 5),))


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(Count.load(engine, register()))


def test_a_corrected_protocol_names_its_predecessor_reason_and_decision(night: Night) -> None:
    night.accepted(1001)
    right = sent(night.contest, 1001, V=9_000)
    night.do(BISHKEK.first, 1001, correct, right, "corrected", DECISION, PAPER)
    assert night.columns(1001) == ("checked", 2, 0, 0)
    night.in_order()
    (facts,) = [
        facts
        for kind, facts in events_of(night.count, "sample/president/1001")
        if kind == "protocol.corrected"
    ]
    named = {"predecessor": 1, "version": 2, "kind": "corrected", "decision": DECISION}
    assert named.items() <= facts.items()
    assert facts["figures"] == right.figures
    night.confirm(right)
    night.do(BISHKEK.verifier, 1001, accept)
    assert night.columns(1001) == ("accepted", 2, 2, 0)
    night.in_order(right)


def test_old_and_new_figures_and_both_scans_stay(night: Night) -> None:
    came = Scan("d" * 64, "1001.jpg", "image/jpeg", 7)
    wrong, right = sent(night.contest, 1001, INV=99), sent(night.contest, 1001)
    night.send(chair_of(1001), wrong, scans=[came])
    night.do(chair_of(1001), 1001, correct, right, "corrected", DECISION, PAPER)
    rows = night.count.rows(
        "SELECT v.number, v.canonical, s.sha256 FROM version v JOIN scan s ON "
        "s.version = v.number AND s.precinct = v.precinct ORDER BY v.number"
    )
    assert rows == [(1, wrong.canonical(), "d" * 64), (2, right.canonical(), "c" * 64)]
    night.in_order()


@pytest.mark.parametrize("lacking", ["number", "date", "reason"])
def test_without_a_whole_decision_nothing_is_corrected_or_annulled(
    night: Night, lacking: str
) -> None:
    given, decision = night.accepted(1001), {**DECISION, lacking: ""}
    right = sent(night.contest, 1001, V=9_000)
    with pytest.raises(NeedsFirst):
        night.do(BISHKEK.first, 1001, correct, right, "corrected", decision, PAPER)
    with pytest.raises(NeedsFirst):
        night.do(BISHKEK.first, 1001, annul_out_of_premises, right.figures, decision)
    with pytest.raises(NeedsFirst):
        night.do(BISHKEK.chair, 1001, annul, decision)
    night.in_order(given)


def test_the_precinct_alone_corrects_nothing_that_counts(night: Night) -> None:
    given = night.accepted(1001)
    right = sent(night.contest, 1001, V=9_000)
    with pytest.raises(NotAllowed):
        night.do(chair_of(1001), 1001, correct, right, "corrected", DECISION, PAPER)
    night.in_order(given)


def test_a_recount_is_answered_by_a_recount_protocol_only(night: Night) -> None:
    night.accepted(1001)
    night.do(BISHKEK.chair, 1001, order_recount, DECISION)
    counted = sent(night.contest, 1001, V=9_000)
    with pytest.raises(WrongState):
        night.send(chair_of(1001), counted)
    with pytest.raises(WrongState):
        night.do(chair_of(1001), 1001, correct, counted, "corrected", DECISION, PAPER)
    night.do(chair_of(1001), 1001, correct, counted, "recount", DECISION, PAPER)
    night.in_order()
    night.confirm(counted)
    night.do(BISHKEK.verifier, 1001, accept)
    assert night.columns(1001) == ("accepted", 2, 2, 0)
    night.in_order(counted)


def test_no_recount_protocol_comes_where_none_was_ordered(night: Night) -> None:
    given = night.upload(1001, INV=99)
    with pytest.raises(WrongState):
        night.do(BISHKEK.first, 1001, correct, given, "recount", DECISION, PAPER)
    night.in_order()


def test_an_annulled_precinct_leaves_the_sums_and_stays_visible(night: Night) -> None:
    first, second = night.accepted(1001), night.accepted(1002)
    night.do(BISHKEK.chair, 1001, annul, DECISION)
    assert night.columns(1001) == ("annulled", 1, 1, 0)
    night.in_order(second)
    assert night.count.result().coverage.annulled == 1
    with pytest.raises(WrongState):
        night.do(BISHKEK.chair, 1001, annul, DECISION)
    with pytest.raises(NotAllowed):
        night.do(BISHKEK.chair, 1001, restore, DECISION)
    night.do(MEMBER, 1001, restore, DECISION)
    assert night.columns(1001) == ("disputed", 1, 1, 0)
    night.in_order(second)
    night.do(BISHKEK.verifier, 1001, accept)
    night.in_order(first, second)


@pytest.mark.parametrize("who", [BISHKEK.first, BISHKEK.verifier, chair_of(1001), OBSERVER])
def test_only_members_of_commissions_annul_and_restore(night: Night, who: Actor) -> None:
    given = night.accepted(1001)
    with pytest.raises(NotAllowed):
        night.do(who, 1001, annul, DECISION)
    night.in_order(given)
    night.do(MEMBER, 1001, annul, DECISION)
    with pytest.raises(NotAllowed):
        night.do(who, 1001, restore, DECISION)
    night.in_order()


def without_outside(given: Protocol) -> dict[str, int | None]:
    """What remains when the vote outside the premises is annulled."""
    was = {line: given.figures[line] or 0 for line in given.figures}
    outside = was["I2"]
    changed = {"I2": 0, "I": was["I"] - outside, "R": was["R"] - outside}
    return {**was, **changed, "VAL": was["VAL"] - outside, "asan": was["asan"] - outside}


def test_only_the_vote_outside_the_premises_is_annulled(night: Night) -> None:
    given = night.accepted(1001)
    remaining = without_outside(given)
    night.do(BISHKEK.first, 1001, annul_out_of_premises, remaining, DECISION)
    night.in_order()
    left = replace(given, figures=remaining)
    night.confirm(left)
    night.do(BISHKEK.verifier, 1001, accept)
    assert night.columns(1001) == ("accepted", 2, 2, 0)
    night.in_order(left)
    (facts,) = [
        facts
        for kind, facts in events_of(night.count, "sample/president/1001")
        if facts.get("kind") == "part-annulled"
    ]
    assert (facts["decision"], facts["predecessor"]) == (DECISION, 1)


def test_a_precinct_annuls_no_part_of_its_own_vote(night: Night) -> None:
    given = night.upload(1001, INV=99)
    with pytest.raises(NotAllowed):
        night.do(chair_of(1001), 1001, annul_out_of_premises, given.figures, DECISION)
    night.in_order()


def annulled(night: Night, actor: Actor, area: str) -> Any:
    count = night.count
    with transaction(count.engine) as connection:
        place = (connection, actor, count.stored, count.contest, area)
        return annul_area(*place, DECISION, now=night.now)


def test_an_area_is_annulled_as_a_whole(night: Night) -> None:
    given = {number: night.accepted(number) for number in (1001, 7001, 7002, 7101)}
    night.upload(1002)
    night.do(BISHKEK.chair, 1001, dispute, "an observer's copy differs")
    assert annulled(night, MEMBER, "chui") == [7001, 7002, 7101]
    night.in_order()
    assert night.count.result("chui").coverage.annulled == 3
    assert annulled(night, BISHKEK.chair, "bishkek") == [1001, 1002]
    states = {state for state, _ in night.count.states().values()}
    assert states == {State.ANNULLED}
    assert annulled(night, MEMBER, "kg") == []
    night.do(MEMBER, 7001, restore, DECISION)
    night.do(ALAMUDUN.verifier, 7001, accept)
    night.in_order(given[7001])


def test_nobody_annuls_an_area_that_is_not_theirs(night: Night) -> None:
    given = night.accepted(1001)
    for who in (SOKULUK.chair, chair_of(1001)):
        with pytest.raises(NotFound):
            annulled(night, who, "bishkek")
    for who in (BISHKEK.verifier, OBSERVER):
        with pytest.raises(NotAllowed):
            annulled(night, who, "bishkek")
    night.in_order(given)


def test_where_one_territory_has_signed_none_of_the_area_is_annulled(night: Night) -> None:
    given = [night.original(7101), night.accepted(7001)]
    night.signed("tec-sokuluk")
    with pytest.raises(Frozen):
        annulled(night, MEMBER, "chui")
    night.in_order(*given)
