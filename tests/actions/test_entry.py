"""Figures come in and are entered a second time, blindly; who differs twice needs a third."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator.actions.entry import asked, enter, settle
from tabulator.actions.review import accept
from tabulator.domain.protocol import digest, protocol_from_canonical
from tabulator.domain.roles import Actor, Role
from tabulator.domain.workflow import State
from tabulator.errors import Malformed, NeedsFirst, NotAllowed, NotFound, WrongState
from tabulator.storage.protocols import Scan
from tests.counting import CLERK, Count, register, sent
from tests.working import (
    ALAMUDUN,
    BISHKEK,
    MEMBER,
    OBSERVER,
    Night,
    chair_of,
    events_of,
)

SUBJECT = "sample/president/1001"
SCANS = (
    Scan("a" * 64, "протокол 1-бет.pdf", "application/pdf", 120_000),
    Scan("b" * 64, "2.jpg", "image/jpeg", 99),
)


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(Count.load(engine, register()))


def kinds(night: Night) -> list[str]:
    return [kind.partition(".")[2] for kind, _ in events_of(night.count, SUBJECT)]


def test_an_upload_confirmed_by_an_operator_is_verified(night: Night) -> None:
    given = night.upload(1001)
    assert night.columns(1001) == ("checked", 1, 0, 0)
    night.confirm(given, BISHKEK.first)
    assert night.columns(1001) == ("verified", 1, 1, 0)
    assert kinds(night) == ["received", "checked", "confirmed"]
    night.in_order()


def test_typed_twice_by_different_people_is_verified(night: Night) -> None:
    given = night.type(BISHKEK.first, 1001)
    night.confirm(given, BISHKEK.second)
    assert night.columns(1001) == ("verified", 1, 1, 0)
    night.in_order()


def test_a_machine_import_is_confirmed_like_an_upload(night: Night) -> None:
    given = sent(night.contest, 1001)
    night.count.take(given, accept_clean=False)
    night.confirm(given, BISHKEK.first)
    night.do(BISHKEK.verifier, 1001, accept)
    night.in_order(given)


def test_nobody_confirms_what_they_typed_themselves(night: Night) -> None:
    given = night.type(BISHKEK.first, 1001)
    for figures in (given.figures, {**given.figures, "V": 1}):
        with pytest.raises(NeedsFirst, match="another person"):
            night.do(BISHKEK.first, 1001, enter, figures)
    assert night.columns(1001) == ("checked", 1, 0, 0)
    night.in_order()


@pytest.mark.parametrize(
    "who",
    [chair_of(1001), BISHKEK.verifier, BISHKEK.chair, MEMBER, OBSERVER, CLERK],
    ids=lambda actor: str(actor.role),
)
def test_only_an_operator_makes_the_second_entry(night: Night, who: Actor) -> None:
    given = night.type(BISHKEK.first, 1001)
    with pytest.raises(NotAllowed):
        night.do(who, 1001, enter, given.figures)
    night.in_order()


@pytest.mark.parametrize(
    "who",
    [chair_of(1002), ALAMUDUN.first, Actor("other", Role.TERRITORIAL_OPERATOR, scope="sokuluk")],
    ids=["another precinct", "another commission", "another area"],
)
def test_a_protocol_of_others_does_not_exist_for_them(night: Night, who: Actor) -> None:
    given = night.upload(1001)
    with pytest.raises(NotFound):
        night.do(who, 1001, enter, given.figures)


@pytest.mark.parametrize("who", [BISHKEK.verifier, BISHKEK.chair, MEMBER, OBSERVER])
def test_who_reviews_or_observes_sends_nothing(night: Night, who: Actor) -> None:
    with pytest.raises(NotAllowed):
        night.send(who, sent(night.contest, 1001))
    assert night.count.states() == {}
    night.in_order()


def test_the_second_person_is_told_lines_and_no_values(night: Night) -> None:
    given = night.type(BISHKEK.first, 1001)
    told = night.do(BISHKEK.second, 1001, enter, {**given.figures, "V": 5, "INV": None})
    assert sorted(told) == ["INV", "V"]
    assert night.columns(1001) == ("differing", 1, 0, 0)
    with night.work(BISHKEK.second, 1001) as work:
        assert sorted(asked(work)) == ["INV", "V"]
    night.in_order()


def test_only_the_lines_that_differed_are_asked_again(night: Night) -> None:
    given = night.type(BISHKEK.first, 1001)
    night.do(BISHKEK.second, 1001, enter, {**given.figures, "V": 5, "INV": 1})
    right = {line: given.figures[line] for line in ("V", "INV")}
    for wrong in (given.figures, {"V": right["V"]}, {**right, "asan": 1}, {}):
        with pytest.raises(Malformed):
            night.do(BISHKEK.second, 1001, enter, wrong)
    assert night.do(BISHKEK.second, 1001, enter, right) == ()
    assert night.columns(1001) == ("verified", 1, 1, 0)
    night.in_order()


def contested(night: Night) -> dict[str, int | None]:
    """Typed once with V = 9,000, a second time with V = 8,000 and INV = 7, then with V = 8,000."""
    given = night.type(BISHKEK.first, 1001, V=9_000)
    night.do(BISHKEK.second, 1001, enter, {**given.figures, "V": 8_000, "INV": 7})
    again = {"V": 8_000, "INV": given.figures["INV"]}
    assert night.do(BISHKEK.second, 1001, enter, again) == ("V",)
    return dict(given.figures)


def test_who_still_differs_needs_a_third_person(night: Night) -> None:
    contested(night)
    assert night.columns(1001) == ("contested", 1, 0, 0)
    for who in (BISHKEK.first, BISHKEK.second, BISHKEK.third):
        with pytest.raises(WrongState):
            night.do(who, 1001, enter, {"V": 9_000})
        with pytest.raises(NotAllowed):
            night.do(who, 1001, settle, {"V": 9_000})
    with pytest.raises(WrongState):
        night.do(BISHKEK.verifier, 1001, accept)
    night.in_order()


def test_the_third_person_decides_for_the_first_entry(night: Night) -> None:
    given = contested(night)
    night.do(BISHKEK.verifier, 1001, settle, {"V": 9_000}, "read from the scan")
    assert night.columns(1001) == ("verified", 1, 1, 0)
    with pytest.raises(NeedsFirst, match="entered none"):
        night.do(BISHKEK.verifier, 1001, accept)
    night.do(BISHKEK.chair, 1001, accept)
    night.in_order(sent(night.contest, 1001, V=given["V"]))


@pytest.mark.parametrize("decided", [8_000, 9_500])
def test_the_third_person_decides_otherwise_and_all_entries_stay(
    night: Night, decided: int
) -> None:
    contested(night)
    night.do(BISHKEK.verifier, 1001, settle, {"V": decided})
    assert night.columns(1001) == ("verified", 2, 2, 0)
    versions = night.count.rows("SELECT canonical, entered_by FROM version ORDER BY number")
    stated = [(protocol_from_canonical(text).figures["V"], who) for text, who in versions]
    assert stated == [(9_000, "first.tec-bishkek"), (decided, "verifier.tec-bishkek")]
    entries = [f["figures"] for k, f in events_of(night.count, SUBJECT) if "contradict" in k]
    assert [one["V"] for one in entries] == [8_000, 8_000]
    night.do(BISHKEK.chair, 1001, accept)
    night.in_order(sent(night.contest, 1001, V=decided))


def test_the_third_person_settles_exactly_what_is_contested(night: Night) -> None:
    given = contested(night)
    for wrong in (given, {}, {"V": 1, "INV": 2}):
        with pytest.raises(Malformed):
            night.do(BISHKEK.verifier, 1001, settle, wrong)


def test_an_error_stops_nobody_from_typing(night: Night) -> None:
    given = night.upload(1001, INV=99)
    assert night.columns(1001) == ("disputed", 1, 0, 0)
    night.confirm(given)
    assert night.columns(1001) == ("disputed", 1, 1, 0)
    with pytest.raises(NeedsFirst, match="verified already"):
        night.confirm(given, BISHKEK.third)
    night.in_order()


def test_a_wrong_protocol_typed_differently_and_then_alike_stays_disputed(night: Night) -> None:
    given = night.upload(1001, INV=99)
    night.do(BISHKEK.first, 1001, enter, {**given.figures, "INV": 3})
    assert night.state(1001)[0] == State.DIFFERING
    assert night.do(BISHKEK.first, 1001, enter, {"INV": 99}) == ()
    assert night.columns(1001) == ("disputed", 1, 1, 0)
    night.in_order()


def test_a_settled_version_with_an_error_is_disputed_and_one_without_is_not(night: Night) -> None:
    given = night.upload(1001, INV=99)
    right = sent(night.contest, 1001).figures["INV"]
    for figures in ({**given.figures, "INV": right}, {"INV": right}):
        night.do(BISHKEK.first, 1001, enter, figures)
    night.do(BISHKEK.verifier, 1001, settle, {"INV": right})
    assert night.columns(1001) == ("verified", 2, 2, 0)
    night.in_order()


def test_an_upload_over_a_typed_entry_is_entered_a_second_time_anew(night: Night) -> None:
    night.type(BISHKEK.first, 1001, V=8_000)
    given = night.upload(1001)
    assert night.columns(1001) == ("checked", 2, 0, 0)
    night.confirm(given, BISHKEK.first)
    assert night.columns(1001) == ("verified", 2, 2, 0)
    night.in_order()


def test_what_is_verified_is_not_replaced_by_an_upload(night: Night) -> None:
    night.verified(1001)
    for who in (chair_of(1001), BISHKEK.third):
        with pytest.raises(WrongState):
            night.send(who, sent(night.contest, 1001, V=8_000))
    assert night.columns(1001) == ("verified", 1, 1, 0)
    night.in_order()


def test_the_same_upload_with_the_same_files_twice_is_one_version(night: Night) -> None:
    given = sent(night.contest, 1001)
    assert night.send(chair_of(1001), given, scans=SCANS)
    night.confirm(given)
    assert not night.send(chair_of(1001), given, scans=SCANS)
    assert night.columns(1001) == ("verified", 1, 1, 0)
    night.in_order()


def test_the_same_figures_with_another_page_are_a_version(night: Night) -> None:
    given = sent(night.contest, 1001)
    assert night.send(chair_of(1001), given, scans=SCANS[:1])
    assert night.send(chair_of(1001), given, scans=SCANS)
    assert night.columns(1001) == ("checked", 2, 0, 0)
    night.in_order()


def test_the_same_upload_twice_is_one_version(night: Night) -> None:
    given = night.upload(1001)
    assert not night.send(chair_of(1001), given)
    night.confirm(given)
    assert not night.send(chair_of(1001), given)
    assert night.columns(1001) == ("verified", 1, 1, 0)
    night.in_order()


def test_scans_are_kept_with_their_version_in_order(night: Night) -> None:
    night.send(chair_of(1001), sent(night.contest, 1001, V=9_000), scans=SCANS)
    night.send(chair_of(1001), sent(night.contest, 1001), scans=SCANS[1:])
    rows = night.count.rows("SELECT version, position, sha256 FROM scan ORDER BY 1, 2")
    assert rows == [(1, 1, "a" * 64), (1, 2, "b" * 64), (2, 1, "b" * 64)]
    night.in_order()


def test_the_trail_tells_figures_digest_and_by_whom(night: Night) -> None:
    given = night.upload(1001)
    night.confirm(given, BISHKEK.first)
    rows = night.count.rows("SELECT actor, role, facts FROM event WHERE chain = 'sample/bishkek'")
    told: list[Any] = [(actor, role, json.loads(facts)) for actor, role, facts in rows]
    assert [(actor, role) for actor, role, _ in told] == [
        ("chair.1001", "precinct-chair"),
        ("chair.1001", "precinct-chair"),
        ("first.tec-bishkek", "territorial-operator"),
    ]
    assert told[0][2]["digest"] == digest(given.canonical())
    assert told[0][2]["figures"] == given.figures
    assert told[2][2] == {"version": 1, "figures": given.figures, "lines": []}


def test_a_protocol_that_never_came_is_nobodys_work(night: Night) -> None:
    with pytest.raises(WrongState):
        night.do(BISHKEK.first, 1001, enter, {})


@pytest.mark.parametrize("who", [chair_of(1002), ALAMUDUN.first])
def test_nobody_sends_for_a_precinct_that_is_not_theirs(night: Night, who: Actor) -> None:
    with pytest.raises(NotFound):
        night.send(who, sent(night.contest, 1001))
    assert night.count.states() == {}
