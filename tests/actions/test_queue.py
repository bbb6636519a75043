"""The next protocol for me: the most voters first, held for a while, never one's own entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tabulator.actions.entry import enter
from tabulator.actions.queue import HOLD, next_for, refuse_claimed
from tabulator.actions.review import accept
from tabulator.domain.roles import Actor
from tabulator.errors import Conflict
from tabulator.storage.db import snapshot, transaction
from tests.builders import contest
from tests.counting import PLACES, Count, register, sent
from tests.working import (
    ALAMUDUN,
    BISHKEK,
    MEMBER,
    OBSERVER,
    SOKULUK,
    Night,
    chair_of,
)

VOTERS = {n: sent(contest(), n).figures["V"] for n in PLACES if n != 1001}
"""As the protocols state them: 1002 has more than 9001; of 1001 nothing is known."""


@pytest.fixture
def night(engine: Engine) -> Night:
    package = register()
    precincts = {n: replace(p, voters=VOTERS.get(n)) for n, p in package.precincts.items()}
    return Night(Count.load(engine, replace(package, precincts=precincts)))


def next_of(night: Night, actor: Actor) -> tuple[int, str] | None:
    count = night.count
    with transaction(count.engine) as connection:
        found = next_for(connection, actor, count.stored, count.contest, now=night.now)
    return (int(found[0].partition("-")[2]), str(found[1])) if found else None


def test_the_most_voters_come_first_and_those_unknown_last(night: Night) -> None:
    for number in (9001, 1001, 1002):
        night.upload(number)
    people = (BISHKEK.first, BISHKEK.second, BISHKEK.third)
    assert [next_of(night, one) for one in people] == [
        (1002, "confirm"),
        (9001, "confirm"),
        (1001, "confirm"),
    ]
    fourth = replace(BISHKEK.first, name="fourth")
    assert next_of(night, fourth) is None


def test_what_one_holds_is_given_again_and_what_others_hold_is_not(night: Night) -> None:
    night.upload(1001)
    assert next_of(night, BISHKEK.first) == (1001, "confirm")
    night.upload(1002)
    assert next_of(night, BISHKEK.first) == (1001, "confirm")
    assert next_of(night, BISHKEK.second) == (1002, "confirm")


def test_a_claim_ends_by_itself(night: Night) -> None:
    night.upload(1001)
    assert next_of(night, BISHKEK.first) == (1001, "confirm")
    night.now += HOLD - timedelta(seconds=1)
    assert next_of(night, BISHKEK.second) is None
    night.now += timedelta(seconds=1)
    assert next_of(night, BISHKEK.second) == (1001, "confirm")
    assert next_of(night, BISHKEK.first) is None


def test_each_step_ends_the_claim(night: Night) -> None:
    given = night.upload(1001)
    assert next_of(night, BISHKEK.first) == (1001, "confirm")
    night.confirm(given, BISHKEK.first)
    assert next_of(night, BISHKEK.second) is None
    assert next_of(night, BISHKEK.verifier) == (1001, "accept")
    night.do(BISHKEK.verifier, 1001, accept)
    assert next_of(night, BISHKEK.verifier) is next_of(night, BISHKEK.chair) is None
    assert night.count.rows("SELECT * FROM claim") == []
    night.in_order(given)


def test_nobody_is_given_what_they_entered(night: Night) -> None:
    given = night.type(BISHKEK.first, 1001)
    assert next_of(night, BISHKEK.first) is None
    assert next_of(night, BISHKEK.second) == (1001, "confirm")
    night.do(BISHKEK.second, 1001, enter, {**given.figures, "V": 8_000})
    assert next_of(night, BISHKEK.first) is None
    assert next_of(night, BISHKEK.second) == (1001, "confirm")
    night.do(BISHKEK.second, 1001, enter, {"V": 8_001})
    assert next_of(night, BISHKEK.second) is next_of(night, BISHKEK.third) is None
    assert next_of(night, BISHKEK.verifier) == (1001, "settle")


def test_a_wrong_protocol_is_typed_a_second_time_and_then_reviewed(night: Night) -> None:
    given = night.upload(1001, INV=99)
    assert next_of(night, BISHKEK.verifier) is None
    assert next_of(night, BISHKEK.first) == (1001, "confirm")
    night.confirm(given, BISHKEK.first)
    assert next_of(night, BISHKEK.second) is None
    assert next_of(night, BISHKEK.verifier) == (1001, "accept")


def test_each_commission_has_its_own_queue(night: Night) -> None:
    night.upload(7101)
    for who in (BISHKEK.first, ALAMUDUN.first, chair_of(7101), MEMBER, OBSERVER):
        assert next_of(night, who) is None
    assert next_of(night, SOKULUK.first) == (7101, "confirm")


def test_a_signed_territory_has_no_work_left(night: Night) -> None:
    night.original(7001)
    night.upload(7101)
    night.original(7002)
    night.signed("tec-alamudun")
    assert next_of(night, ALAMUDUN.verifier) is None
    assert next_of(night, SOKULUK.first) == (7101, "confirm")


def test_who_holds_it_is_not_disturbed(night: Night) -> None:
    night.upload(1001)
    next_of(night, BISHKEK.first)
    key = night.count.stored.contests[night.contest.id]

    def claimed_for(name: str, later: timedelta = timedelta()) -> None:
        with snapshot(night.count.engine) as connection:
            refuse_claimed(connection, key, 1001, name, now=night.now + later)

    claimed_for(BISHKEK.first.name)
    with pytest.raises(Conflict, match="in hand"):
        claimed_for(BISHKEK.second.name)
    claimed_for(BISHKEK.second.name, HOLD)
