"""Three ways of adding the same figures: any that was tampered with stands out."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.builders import contest
from tests.counting import Count, lists, register, sent


def counted(engine: Engine) -> Count:
    """One protocol of every kind of standing: accepted, disputed, checked, missing."""
    count = Count.load(engine, register())
    of = count.contest
    count.take(sent(of, 1001), sent(of, 7001), sent(of, 7002), sent(of, 9001), sent(of, 1002, I=1))
    count.take(sent(of, 7101), accept_clean=False)
    return count


TAMPERED = {
    "an accepted figure": ("UPDATE accepted SET v0 = v0 + 1 WHERE precinct = 7001", "K22", "K23"),
    "an accepted blank": ("UPDATE accepted SET v3 = NULL WHERE precinct = 7001", "K22", "K23"),
    "an accepted protocol gone": ("DELETE FROM accepted WHERE precinct = 9001", "K22", "K23"),
    "an accepted protocol twice": (
        "INSERT INTO accepted (contest, sheet, area, precinct, v0) "
        "SELECT contest, sheet, area, 7777, v0 FROM accepted WHERE precinct = 7001",
        "K22",
        "K23",
    ),
    "a protocol in another area": (
        "UPDATE accepted SET area = (SELECT key FROM area WHERE code = 'sokuluk') "
        "WHERE precinct = 7001",
        "K22",
    ),
    "a protocol in an area of nobody": (
        "UPDATE accepted SET area = 99999 WHERE precinct = 7001",
        "K22",
    ),
    "a subtotal": ("UPDATE subtotal SET t0 = t0 - 1", "K22"),
    "a subtotal gone": ("DELETE FROM subtotal", "K22"),
    "how many stated a line": ("UPDATE subtotal SET n0 = n0 - 1", "K22"),
    "nobody stated a line": ("UPDATE subtotal SET n0 = 0", "K22"),
    "the number of those disputed": (
        "UPDATE standing SET protocols = protocols + 1 WHERE state = 'disputed'",
        "K22",
    ),
    "the number of those accepted": (
        "UPDATE standing SET protocols = protocols + 1 WHERE state = 'accepted'",
        "K22",
    ),
    "disputed shown as annulled": (
        "UPDATE standing SET state = 'annulled' WHERE state = 'disputed'",
        "K22",
    ),
    "a standing gone": ("DELETE FROM standing WHERE state = 'accepted'", "K22"),
    "a state": ("UPDATE protocol SET state = 'accepted' WHERE precinct = 1002", "K22"),
    "a state withdrawn": ("UPDATE protocol SET state = 'disputed' WHERE precinct = 7001", "K22"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_found(engine: Engine, what: str) -> None:
    statement, *codes = TAMPERED[what]
    count = counted(engine)
    assert count.reconcile() == []
    count.do(statement)
    assert set(codes) <= {finding.code for finding in count.reconcile()}


def test_the_finding_names_area_line_and_both_numbers(engine: Engine) -> None:
    count = counted(engine)
    count.do("UPDATE accepted SET v0 = 5 WHERE precinct = 7001")
    true = sum(sent(count.contest, number).figures["V"] or 0 for number in (7001, 7002))
    said = {(f.code, f.area, f.lines): f.equation for f in count.reconcile()}
    spoilt = 5 + (sent(count.contest, 7002).figures["V"] or 0)
    assert said["K22", "alamudun", ("V",)] == f"V: {true} ≠ {spoilt}"
    assert {area for code, area, _ in said if code == "K23"} == {"kg"}


def test_figures_on_the_last_sheet_of_a_long_form_are_compared_too(engine: Engine) -> None:
    count = Count.load(engine, register(lists(40)))
    count.take_all()
    assert count.reconcile() == []
    last = len(count.contest.columns) - 1
    sheet, place = divmod(last, 32)
    count.do(f"UPDATE accepted SET v{place} = v{place} + 1 WHERE sheet = {sheet}")  # noqa: S608
    assert {f.lines for f in count.reconcile()} == {(count.contest.columns[last],)}


def test_ballots_carried_away_are_a_warning_and_stop_nothing(engine: Engine) -> None:
    of = contest("president/2017-boxes")
    count = Count.load(engine, register(of))
    in_order = sent(of, 1001).figures
    short = {
        "S": (in_order["S"] or 0) - 1,
        "VAL": (in_order["VAL"] or 0) - 1,
        "asan": (in_order["asan"] or 0) - 1,
    }
    taken = count.take(sent(of, 1001, **short))
    assert (taken.accepted, {f.code for f in taken.findings}) == (1, {"K08"})
    assert count.reconcile() == []


def test_an_empty_count_is_in_order(engine: Engine) -> None:
    assert Count.load(engine, register()).reconcile() == []
