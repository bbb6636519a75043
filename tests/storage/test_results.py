"""From the store to a result: of areas, of commissions, of parts, and precinct by precinct."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.results import AreaResult, PrecinctRow
from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tabulator.errors import NotFound
from tabulator.storage.db import snapshot
from tabulator.storage.results import precinct_rows
from tests.builders import contest, figures
from tests.counting import PLACES, Count, register, sent

LOCAL = contest("local-district/2024", area="chui", open_abroad=False)
AT_HOME = contest("jk-district/2025", open_abroad=False)


def walk(shown: AreaResult) -> Iterator[AreaResult]:
    yield shown
    for child in shown.children:
        yield from walk(child)


def listed(count: Count, of: Contest | None = None, code: str = "") -> list[PrecinctRow]:
    with snapshot(count.engine) as connection:
        return list(precinct_rows(connection, count.stored, of or count.contest, code))


def test_children_stand_in_the_order_of_the_tree_and_add_up(engine: Engine) -> None:
    count = Count.load(engine, register())
    count.take_all()
    whole = count.result(depth=9)
    assert [area.area for area in walk(whole)] == [a.code for a in count.stored.election.areas]
    for area in walk(whole):
        if area.children:
            assert area.coverage == sum((c.coverage for c in area.children), Coverage())
            assert area.value("V") == sum(c.value("V") or 0 for c in area.children)


@pytest.mark.parametrize(("depth", "areas"), [(0, 1), (1, 4), (2, 6), (9, 6)])
def test_children_are_shown_down_to_a_depth(engine: Engine, depth: int, areas: int) -> None:
    count = Count.load(engine, register())
    count.take_all()
    shown = count.result(depth=depth)
    assert len(list(walk(shown))) == areas
    assert shown.value("I") == count.result().value("I")


def test_a_commission_with_two_areas_has_them_as_blocks_and_their_sum(engine: Engine) -> None:
    count = Count.load(engine, register())
    taken = {one.precinct: one.figures for one in count.take_all()}
    tec = count.result("tec-bishkek")
    assert (tec.kind, [child.area for child in tec.children]) == (
        "commission",
        ["bishkek", "abroad"],
    )
    assert tec.coverage.included == 3
    for column in count.contest.summed:
        assert tec.value(column) == sum(taken[n][column] or 0 for n in (1001, 1002, 9001))
    assert tec.value("V") == sum(child.value("V") or 0 for child in tec.children)


def test_a_commission_counts_blanks_like_an_area(engine: Engine) -> None:
    count = Count.load(engine, register())
    of = count.contest
    count.take(sent(of, 1001), sent(of, 9001, U=None))
    assert count.states()[9001] == (State.DISPUTED, 1)
    assert count.result("tec-bishkek").blanks == {}
    assert count.result("tec-bishkek").coverage.disputed == 1


@pytest.mark.parametrize("code", ["none", "kg ", "1001", "'", "kg\0"])
def test_an_unknown_area_is_not_found(engine: Engine, code: str) -> None:
    count = Count.load(engine, register())
    with pytest.raises(NotFound):
        count.result(code)


def test_while_nothing_is_included_sums_are_unknown_and_not_zero(engine: Engine) -> None:
    count = Count.load(engine, register())
    for code in ("", "chui", "sokuluk", "tec-bishkek"):
        shown = count.result(code)
        assert {shown.value(column) for column in count.contest.summed} == {None}
        assert (set(shown.shares.values()), shown.turnout) == ({None}, None)
    assert count.result().coverage == Coverage(formed=6, missing=6)


def test_a_precinct_where_nobody_voted_is_zero_and_not_unknown(engine: Engine) -> None:
    count = Count.load(engine, register())
    nobody = {**dict.fromkeys(figures(count.contest), 0), "V": 300}
    count.take(sent(count.contest, 7101, **nobody))
    shown = count.result("sokuluk")
    assert (shown.value("I"), shown.value("asan"), shown.turnout) == (0, 0, "0.00")


def test_a_contest_of_one_area_is_the_same_there_and_in_the_country(engine: Engine) -> None:
    count = Count.load(engine, register(LOCAL))
    count.take(sent(LOCAL, 7001), sent(LOCAL, 7101))
    whole = count.result()
    assert whole.area == "kg"
    assert whole.coverage == Coverage(formed=3, received=2, missing=1, included=2)
    assert count.result("chui").coverage == whole.coverage
    assert count.result("chui").totals == whole.totals
    assert count.result("bishkek").coverage == Coverage()
    assert [row.precinct for row in listed(count)] == [7001, 7002, 7101]


def test_a_contest_that_is_not_open_abroad_has_no_precinct_there(engine: Engine) -> None:
    count = Count.load(engine, register(AT_HOME))
    assert count.result().coverage.formed == 5
    assert count.result("abroad").coverage == Coverage()
    assert 9001 not in [row.precinct for row in listed(count)]


def test_a_protocol_from_where_the_contest_is_not_held_counts_nowhere_but_is_seen(
    engine: Engine,
) -> None:
    count = Count.load(engine, register(AT_HOME))
    taken = count.take(sent(AT_HOME, 1001), sent(AT_HOME, 9001))
    assert "K27" in {finding.code for finding in taken.findings if finding.precinct == 9001}
    assert count.result("abroad").coverage == Coverage()
    assert count.result().coverage == Coverage(formed=5, received=1, missing=4, included=1)
    assert [(r.precinct, r.state) for r in listed(count, code="abroad")] == [(9001, State.DISPUTED)]
    assert count.reconcile() == []


def test_every_precinct_stands_in_the_table_with_all_its_lines(engine: Engine) -> None:
    count = Count.load(engine, register())
    of = count.contest
    whole, faulty = sent(of, 7101), sent(of, 1002, V=None)
    count.take(whole, faulty)
    count.take(sent(of, 9001), accept_clean=False)
    rows = {row.precinct: row for row in listed(count)}
    assert list(rows) == [7001, 7002, 7101, 1001, 1002, 9001]
    assert {n: row.area for n, row in rows.items()} == PLACES
    assert (rows[7101].values, rows[7101].state) == (whole.figures, State.ACCEPTED)
    assert (rows[1002].values, rows[1002].state) == (faulty.figures, State.DISPUTED)
    assert (rows[9001].version, rows[9001].state) == (1, State.CHECKED)
    assert (rows[7001].values, rows[7001].version, rows[7001].digest) == (None, 0, "")
    assert rows[7001].state == State.MISSING


def test_the_table_of_an_area_holds_what_lies_below_it(engine: Engine) -> None:
    count = Count.load(engine, register())
    assert [row.precinct for row in listed(count, code="chui")] == [7001, 7002, 7101]
    assert [row.precinct for row in listed(count, code="sokuluk")] == [7101]


def test_the_table_shows_the_version_that_stands(engine: Engine) -> None:
    count = Count.load(engine, register())
    of = count.contest
    count.take(sent(of, 7101, I=1))
    count.take(sent(of, 7101))
    (row,) = listed(count, code="sokuluk")
    assert (row.version, row.values) == (2, sent(of, 7101).figures)


def test_two_elections_with_the_same_codes_do_not_mix(engine: Engine) -> None:
    one = Count.load(engine, register())
    other = Count.load(engine, register(id="other"))
    one.take_all()
    other.take(sent(other.contest, 1001))
    assert one.result().coverage.included == 6
    assert other.result().coverage == Coverage(formed=6, received=1, missing=5, included=1)
    assert other.result().value("V") == sent(other.contest, 1001).figures["V"]
    assert len(listed(other)) == 6
    assert one.reconcile() == other.reconcile() == []
    assert one.verdict().first_break is None


def test_contests_of_one_election_do_not_mix(engine: Engine) -> None:
    both = contest(), contest("referendum/2021", id="second")
    count = Count.load(engine, register(*both))
    count.take(sent(both[0], 1001), sent(both[1], 1001), sent(both[1], 1002))
    assert [count.result(of=of).coverage.included for of in both] == [1, 2]
    assert len(listed(count, both[0])) == 6
