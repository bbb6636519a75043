"""A signed result is reopened by two people; what stood on it is void, and who has it is known."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator import audit
from tabulator.actions.corrections import annul
from tabulator.actions.issue import record_issue
from tabulator.actions.reopen import ask_to_reopen, reopen
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor
from tabulator.domain.sittings import Stage
from tabulator.errors import Frozen, NeedsFirst, NotAllowed, NotFound, WrongState
from tabulator.storage.db import lock, transaction
from tests.counting import Count, register
from tests.working import (
    ALAMUDUN,
    BISHKEK,
    DECISION,
    MEMBER,
    OBSERVER,
    OTHER_MEMBER,
    SOKULUK,
    Night,
    chair_of,
    events_of,
)


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(Count.load(engine, register()))


def issue(night: Night, *areas: str) -> None:
    documents = [
        {"kind": "protocol", "area": area, "lang": "ky", "sha256": area.ljust(64, "0")}
        for area in areas
    ]
    count = night.count
    with transaction(count.engine) as connection:
        record_issue(connection, MEMBER, count.stored, count.contest, documents, now=night.now)


def hand(night: Night, area: str, to: str) -> None:
    facts = {"sha256": area.ljust(64, "0"), "to": to}
    entry = audit.Entry(audit.MAIN, "documents.handed", "sample/president", facts)
    with transaction(night.count.engine) as connection:
        lock(connection, [audit.MAIN])
        audit.record(connection, at=night.now, actor=MEMBER, entries=[entry])


def signed_by_all(night: Night) -> list[Protocol]:
    """Every commission has signed, the CEC too."""
    given = [night.original(number) for number in night.count.package.precincts]
    for one in (SOKULUK, ALAMUDUN, BISHKEK):
        night.approved(one.commission)
    night.signed("cec")
    return given


def test_one_asks_another_reopens(night: Night) -> None:
    given = night.original(7101)
    night.signed("tec-sokuluk")
    with pytest.raises(NeedsFirst, match="another person"):
        night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")
    night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
    with pytest.raises(NotAllowed):
        night.sit(SOKULUK.chair, "tec-sokuluk", reopen, "a slip")
    with pytest.raises(Frozen):
        night.do(SOKULUK.chair, 7101, annul, DECISION)
    assert night.sit(MEMBER, "tec-sokuluk", reopen, "a slip") == []
    assert night.sitting("tec-sokuluk").stage == Stage.REOPENED
    night.in_order(given)
    night.do(SOKULUK.chair, 7101, annul, DECISION)
    night.in_order()


def test_nobody_is_two_people(night: Night) -> None:
    night.original(7101)
    night.signed("tec-sokuluk")
    night.sit(MEMBER, "tec-sokuluk", ask_to_reopen, "a slip")
    with pytest.raises(NeedsFirst, match="another person"):
        night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")
    night.sit(OTHER_MEMBER, "tec-sokuluk", reopen, "a slip")
    assert night.sitting("tec-sokuluk").stage == Stage.REOPENED


@pytest.mark.parametrize("who", [SOKULUK.first, SOKULUK.verifier, OBSERVER])
def test_others_do_not_even_ask(night: Night, who: Actor) -> None:
    night.original(7101)
    night.signed("tec-sokuluk")
    with pytest.raises(NotAllowed):
        night.sit(who, "tec-sokuluk", ask_to_reopen, "a slip")


@pytest.mark.parametrize("who", [ALAMUDUN.chair, chair_of(7101)])
def test_another_s_result_is_not_there_to_be_reopened(night: Night, who: Actor) -> None:
    night.original(7101)
    night.signed("tec-sokuluk")
    with pytest.raises(NotFound):
        night.sit(who, "tec-sokuluk", ask_to_reopen, "a slip")


def test_what_is_not_signed_is_not_reopened(night: Night) -> None:
    for stage in ("preparing", "open"):
        with pytest.raises(WrongState, match=stage):
            night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
        if stage == "preparing":
            night.open(SOKULUK.chair, "tec-sokuluk")


@pytest.mark.parametrize("reason", ["", " "])
def test_both_give_a_reason(night: Night, reason: str) -> None:
    night.original(7101)
    night.signed("tec-sokuluk")
    with pytest.raises(NeedsFirst, match="reason"):
        night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, reason)
    night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
    with pytest.raises(NeedsFirst, match="reason"):
        night.sit(MEMBER, "tec-sokuluk", reopen, reason)


def test_an_old_request_does_not_open_a_new_signature(night: Night) -> None:
    night.original(7101)
    night.signed("tec-sokuluk")
    night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
    night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")
    night.signed("tec-sokuluk")
    with pytest.raises(NeedsFirst, match="another person"):
        night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")


def test_reopening_a_territory_voids_the_signature_above_and_no_other(night: Night) -> None:
    given = signed_by_all(night)
    night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
    night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")
    stages = {code: night.sitting(code).stage for code in night.count.stored.election.commissions}
    assert stages == {
        "cec": Stage.REOPENED,
        "tec-sokuluk": Stage.REOPENED,
        "tec-alamudun": Stage.APPROVED,
        "tec-bishkek": Stage.APPROVED,
    }
    kind, facts = events_of(night.count, "sample/president/cec")[-1]
    assert kind == "result.voided"
    assert facts == {"reason": "a slip", "because_of": "tec-sokuluk"}
    with pytest.raises(Frozen):
        night.do(ALAMUDUN.chair, 7001, annul, DECISION)
    night.in_order(*given)
    night.open(MEMBER, "cec")
    with pytest.raises(NeedsFirst, match="not approved"):
        night.sign(MEMBER, "cec")
    night.approved("tec-sokuluk")
    night.sign(MEMBER, "cec")
    night.in_order(*given)


def test_the_cec_reopens_its_own_result_and_territories_stay_frozen(night: Night) -> None:
    given = signed_by_all(night)
    night.sit(MEMBER, "cec", ask_to_reopen, "a slip")
    night.sit(OTHER_MEMBER, "cec", reopen, "a slip")
    assert night.sitting("cec").stage == Stage.REOPENED
    assert night.sitting("tec-sokuluk").stage == Stage.APPROVED
    with pytest.raises(Frozen):
        night.do(SOKULUK.chair, 7101, annul, DECISION)
    night.in_order(*given)


def test_documents_above_are_void_and_those_who_have_them_are_named(night: Night) -> None:
    given = signed_by_all(night)
    issue(night, "sokuluk", "alamudun", "kg", "bishkek")
    hand(night, "kg", "the President's office")
    hand(night, "kg", "an observer")
    hand(night, "alamudun", "an observer")
    night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
    voided: Any = night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")
    assert {(one["valid"], one["voided"]) for one in voided} == {(False, "a slip")}
    assert {one["area"]: one["handed_to"] for one in voided} == {
        "sokuluk": [],
        "kg": ["the President's office", "an observer"],
    }
    kind, facts = events_of(night.count, "sample/president")[-1]
    assert (kind, facts["reason"], facts["documents"]) == ("documents.voided", "a slip", voided)
    night.in_order(*given)


def test_what_is_void_already_is_not_voided_again(night: Night) -> None:
    night.original(7101)
    for expected in (["sokuluk"], [], ["sokuluk"]):
        night.signed("tec-sokuluk")
        if expected:
            issue(night, "sokuluk")
        night.sit(SOKULUK.chair, "tec-sokuluk", ask_to_reopen, "a slip")
        voided: Any = night.sit(MEMBER, "tec-sokuluk", reopen, "a slip")
        assert [one["area"] for one in voided] == expected


def test_documents_of_several_areas_of_a_commission_are_void_too(night: Night) -> None:
    for number in (1001, 1002, 9001):
        night.original(number)
    night.signed("tec-bishkek")
    issue(night, "bishkek", "abroad", "tec-bishkek", "sokuluk")
    night.sit(BISHKEK.chair, "tec-bishkek", ask_to_reopen, "a slip")
    voided: Any = night.sit(MEMBER, "tec-bishkek", reopen, "a slip")
    assert {one["area"] for one in voided} == {"bishkek", "abroad", "tec-bishkek"}
