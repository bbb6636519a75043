"""Sums are kept up in the accepting transaction and equal a sum made by hand."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.counts import add_accepted, retabulate
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.results import own_result
from tests.builders import contest
from tests.counting import PLACES, Count, lists, plain, register, sent, sums

CONTESTS = [contest(), contest("president/2017-boxes"), lists(20), lists(90), plain()]


@pytest.mark.parametrize("of", CONTESTS, ids=lambda of: f"{of.form.code}-{len(of.columns)}")
def test_every_sum_of_every_area_equals_a_sum_made_by_hand(engine: Engine, of: Contest) -> None:
    count = Count.load(engine, register(of))
    taken = [sent(of, number) for number in PLACES if number != 7002]
    assert count.take(*taken[:2]).accepted == 2
    assert count.take(*taken[2:]).accepted == 3
    for area in count.stored.election.areas:
        shown = count.result(area.code)
        added = sums(of, taken, PLACES, count.stored.election.areas, area.code)
        assert {column: shown.value(column) for column in of.summed} == added, area.code
    assert count.reconcile() == []


def test_a_blank_is_no_zero_and_is_counted(engine: Engine) -> None:
    count = Count.load(engine, register(plain()))
    of = count.contest
    count.take(sent(of, 1001, EXTRA=None), sent(of, 1002, EXTRA=0), sent(of, 7001, EXTRA=None))
    bishkek, alamudun, whole = (count.result(code) for code in ("bishkek", "alamudun", "kg"))
    assert (bishkek.totals["EXTRA"], bishkek.blanks) == (0, {"EXTRA": 1})
    assert (alamudun.totals["EXTRA"], alamudun.blanks) == (None, {"EXTRA": 1})
    assert (whole.totals["EXTRA"], whole.blanks) == (0, {"EXTRA": 2})
    assert count.reconcile() == []


def test_a_line_that_is_not_summed_is_added_nowhere(engine: Engine) -> None:
    count = Count.load(engine, register(plain()))
    count.take_all()
    assert "NOTE" not in count.result().totals
    place = count.contest.columns.index("NOTE")
    assert count.rows(f"SELECT DISTINCT v{place} FROM accepted") == [(None,)]  # noqa: S608
    assert count.rows(f"SELECT DISTINCT t{place}, n{place} FROM subtotal") == [(0, 0)]  # noqa: S608


def test_an_area_may_hold_precincts_of_its_own_beside_its_children(engine: Engine) -> None:
    places = {7001: "alamudun", 7500: "chui", 7501: "chui"}
    count = Count.load(engine, register(places=places))
    taken = {one.precinct: one for one in count.take_all()}
    chui = count.result("chui")
    assert chui.coverage.included == 3
    assert chui.value("V") == sum(one.figures["V"] or 0 for one in taken.values())
    assert [child.coverage.included for child in chui.children] == [1, 0]
    with snapshot(engine) as connection:
        own = own_result(connection, count.stored, count.contest, "chui")
    assert own.coverage.included == 2
    assert own.value("V") == (taken[7500].figures["V"] or 0) + (taken[7501].figures["V"] or 0)
    assert count.reconcile() == []


def test_only_what_is_accepted_is_added(engine: Engine) -> None:
    count = Count.load(engine, register())
    of = count.contest
    count.take(sent(of, 1001), sent(of, 1002, I=1))
    count.take(sent(of, 7001), accept_clean=False)
    states = {number: state for number, (state, _) in count.states().items()}
    assert states == {1001: State.ACCEPTED, 1002: State.DISPUTED, 7001: State.CHECKED}
    assert count.result().value("V") == sent(of, 1001).figures["V"]
    assert count.result("chui").value("V") is None


def test_sums_computed_anew_are_the_same_and_repair_what_was_spoilt(engine: Engine) -> None:
    count = Count.load(engine, register(lists()))
    count.take_all()
    before = count.rows("SELECT * FROM subtotal ORDER BY 1, 2, 3")
    count.do("UPDATE subtotal SET t0 = t0 + 1", "UPDATE standing SET protocols = 9")
    assert count.reconcile()
    keys = count.stored.areas
    with transaction(engine) as connection:
        retabulate(connection, count.stored.contests[count.contest.id], keys.values())
    assert count.rows("SELECT * FROM subtotal ORDER BY 1, 2, 3") == before
    assert count.reconcile() == []


def test_sums_of_other_areas_and_contests_are_left_alone(engine: Engine) -> None:
    both = contest(), contest("referendum/2021", id="second")
    count = Count.load(engine, register(*both))
    for of in both:
        count.take_all(of)
    count.do("UPDATE subtotal SET t0 = 7")
    with transaction(engine) as connection:
        retabulate(connection, count.stored.contests["second"], [count.stored.areas["alamudun"]])
    table = models.subtotal.c
    with snapshot(engine) as connection:
        true = connection.execute(sa.select(table.contest, table.area).where(table.t0 != 7)).all()
    assert true == [(count.stored.contests["second"], count.stored.areas["alamudun"])]


def test_adding_in_sql_says_how_many_stated_each_line(engine: Engine) -> None:
    count = Count.load(engine, register(plain()))
    of = count.contest
    count.take(sent(of, 1001, EXTRA=None), sent(of, 1002, EXTRA=5))
    with snapshot(engine) as connection:
        found = list(add_accepted(connection, count.stored.contests["plain"]))
    area, extra = count.stored.areas["bishkek"], of.columns.index("EXTRA")
    assert (area, extra, 5, 1) in found
    assert (area, of.columns.index("X"), 3, 2) in found


@pytest.mark.parametrize("value", [-1, 100_000_000])
def test_the_database_refuses_an_impossible_count(engine: Engine, value: int) -> None:
    count = Count.load(engine, register())
    count.take_all()
    with pytest.raises(sa.exc.IntegrityError):
        count.do(f"UPDATE accepted SET v0 = {value}")  # noqa: S608
