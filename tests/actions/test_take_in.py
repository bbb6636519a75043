"""A batch is taken in whole: received, checked, accepted where clean, with every step on record."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator.actions.accept import accept_checked
from tabulator.actions.check import check_received
from tabulator.actions.desk import Desk
from tabulator.actions.receive import sort_out
from tabulator.domain.protocol import Protocol, digest, protocol_from_canonical
from tabulator.domain.workflow import State
from tabulator.errors import Malformed, NeedsFirst, WrongState
from tabulator.package.problems import say
from tabulator.storage import models
from tabulator.storage.db import transaction
from tests.builders import contest, protocol
from tests.counting import CLERK, NOW, Count, register, sent

SECOND = contest("referendum/2021", id="second")


@pytest.fixture
def count(engine: Engine) -> Count:
    return Count.load(engine, register())


@pytest.fixture
def both(engine: Engine) -> Count:
    return Count.load(engine, register(contest(), SECOND))


def trail(count: Count, subject: str) -> list[dict[str, Any]]:
    """The events of one subject in order, facts read."""
    rows = count.rows(
        "SELECT kind, actor, role, facts, chain FROM event "  # noqa: S608
        f"WHERE subject = '{subject}' ORDER BY chain, number"
    )
    names = ("kind", "actor", "role", "facts", "chain")
    return [dict(zip(names, row, strict=True)) | {"facts": json.loads(row[3])} for row in rows]


def everything(count: Count) -> dict[str, list[Any]]:
    with count.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in models.metadata.sorted_tables
        }


def test_what_is_clean_is_accepted_and_counts(count: Count) -> None:
    taken = count.take(sent(count.contest, 1001), sent(count.contest, 7101))
    assert (taken.imported, taken.unchanged, taken.accepted, taken.disputed) == (2, 0, 2, 0)
    assert count.states() == {1001: (State.ACCEPTED, 1), 7101: (State.ACCEPTED, 1)}
    assert count.result().coverage.included == 2


def test_what_has_an_error_is_disputed_and_does_not_count(count: Count) -> None:
    wrong = sent(count.contest, 1001, INV=99)
    taken = count.take(wrong, sent(count.contest, 1002))
    assert (taken.accepted, taken.disputed) == (1, 1)
    assert count.states()[1001] == (State.DISPUTED, 1)
    assert "K04" in {finding.code for finding in taken.findings if finding.precinct == 1001}
    assert count.result().value("INV") == sent(count.contest, 1002).figures["INV"]
    assert len(count.rows("SELECT * FROM accepted")) == 1


def test_a_warning_is_recorded_and_blocks_nothing(count: Count) -> None:
    figures = sent(count.contest, 1001).figures
    late = protocol(count.contest, 1001, received_at=None, beside={"ident_final": 1_000}, **figures)
    taken = count.take(late)
    assert {(f.code, str(f.severity)) for f in taken.findings} == {("K10", "warning")}
    assert taken.accepted == 1
    assert count.rows("SELECT code, severity FROM finding") == [("K10", "warning")]


def test_without_accept_clean_it_is_checked_and_a_second_run_accepts(count: Count) -> None:
    batch = [sent(count.contest, 1001), sent(count.contest, 1002, I=1)]
    first = count.take(*batch, accept_clean=False)
    assert (first.imported, first.accepted, first.disputed) == (2, 0, 1)
    assert count.states() == {1001: (State.CHECKED, 1), 1002: (State.DISPUTED, 1)}
    assert count.result().coverage.pending == 1
    second = count.take(*batch)
    assert (second.imported, second.unchanged, second.accepted) == (0, 2, 1)
    assert count.states()[1001] == (State.ACCEPTED, 1)
    assert second.findings == first.findings


def test_the_same_file_twice_changes_nothing(count: Count) -> None:
    batch = [sent(count.contest, 1001), sent(count.contest, 1002, I=1)]
    first = count.take(*batch)
    before = everything(count)
    again = count.take(*batch, now=NOW + timedelta(hours=1))
    assert everything(count) == before
    assert (again.imported, again.unchanged, again.accepted, again.disputed) == (0, 2, 0, 1)
    assert again.findings == first.findings


def test_a_disputed_protocol_is_corrected_by_a_second_version(count: Count) -> None:
    wrong, right = sent(count.contest, 1001, V=1), sent(count.contest, 1001)
    count.take(wrong, source="first.csv")
    taken = count.take(right, source="second.csv")
    assert (taken.imported, taken.accepted, taken.disputed) == (1, 1, 0)
    assert count.states() == {1001: (State.ACCEPTED, 2)}
    versions = count.rows("SELECT number, canonical, source FROM version ORDER BY number")
    assert [(n, protocol_from_canonical(text), s) for n, text, s in versions] == [
        (1, wrong, "first.csv"),
        (2, right, "second.csv"),
    ]
    assert {row[0] for row in count.rows("SELECT version FROM finding")} == {1}
    assert count.result().value("V") == right.figures["V"]


def test_a_correction_that_is_wrong_again_stays_disputed(count: Count) -> None:
    count.take(sent(count.contest, 1001, V=1))
    count.take(sent(count.contest, 1001, V=2))
    assert count.states() == {1001: (State.DISPUTED, 2)}
    assert count.result().coverage.disputed == 1
    assert count.verdict().first_break is None


def test_a_return_to_an_earlier_version_is_a_version_of_its_own(count: Count) -> None:
    for voters in (1, 2, 1):
        count.take(sent(count.contest, 1001, V=voters))
    assert count.states() == {1001: (State.DISPUTED, 3)}


def test_what_is_accepted_cannot_be_replaced_and_all_such_are_named_at_once(both: Count) -> None:
    first, second = both.stored.election.contests.values()
    both.take(sent(first, 1001), sent(first, 1002), sent(second, 1001))
    before = everything(both)
    with pytest.raises(Malformed) as refused:
        both.take(
            sent(first, 1001, V=9),
            sent(first, 1002),
            sent(second, 1001, V=9),
            sent(second, 7001),
        )
    named = {(p.precinct, p.found, p.code, p.file) for p in refused.value.problems}
    assert named == {
        (1001, "president", "already-accepted", "protocols.csv"),
        (1001, "second", "already-accepted", "protocols.csv"),
    }
    assert everything(both) == before
    for problem in refused.value.problems:
        assert all(say(problem, lang) for lang in ("ky", "ru", "en"))


def test_two_contests_of_one_file_are_each_counted(both: Count) -> None:
    first, second = both.stored.election.contests.values()
    taken = both.take(sent(second, 1001), sent(first, 1001, I=1), sent(first, 1002))
    assert (taken.imported, taken.accepted, taken.disputed) == (3, 2, 1)
    assert [(f.contest, f.precinct) for f in taken.findings if f.code == "K02"] == [
        ("president", 1001)
    ]
    assert both.result(of=first).coverage.included == 1
    assert both.result(of=second).coverage.included == 1


def test_a_blank_is_stored_as_a_blank(count: Count) -> None:
    count.take(sent(count.contest, 1001, I3=None))
    ((text,),) = count.rows("SELECT canonical FROM version")
    assert protocol_from_canonical(text).figures["I3"] is None
    assert count.states()[1001] == (State.DISPUTED, 1)


@pytest.mark.parametrize(
    ("faulty", "last"), [(False, "protocol.accepted"), (True, "protocol.disputed")]
)
def test_every_step_of_a_protocol_is_on_record(count: Count, faulty: bool, last: str) -> None:
    given = sent(count.contest, 1001, **({"I": 1} if faulty else {}))
    taken = count.take(given, source="a.csv")
    events = trail(count, "sample/president/1001")
    assert [e["kind"] for e in events] == ["protocol.received", "protocol.checked", last]
    assert {(e["actor"], e["role"], e["chain"]) for e in events} == {
        ("Айгүл О'Коннор", "command-line", "sample/bishkek")
    }
    received, checked, ended = (event["facts"] for event in events)
    assert received == {
        "version": 1,
        "digest": digest(given.canonical()),
        "figures": given.figures,
        "channel": "import",
        "source": "a.csv",
    }
    stored = [f for f in taken.findings if f.precinct == 1001]
    assert checked["findings"] == [
        [f.code, str(f.severity), list(f.lines), f.equation] for f in stored
    ]
    errors = [f.code for f in stored if f.severity == "error"]
    assert ended == (
        {"version": 1, "errors": errors}
        if faulty
        else {"version": 1, "digest": digest(given.canonical())}
    )


def accept_again(count: Count, given: Protocol) -> None:
    """Take the step of accepting by itself, whatever state the protocol is in."""
    with transaction(count.engine) as connection:
        desk = Desk(connection, CLERK, count.stored, count.contest, NOW)
        items = sort_out(desk, [(given, count.package.precincts[given.precinct])])
        check_received(desk, items)
        accept_checked(desk, items)


def test_a_protocol_with_an_open_error_is_never_accepted(count: Count) -> None:
    given = sent(count.contest, 1001, I=1)
    count.take(given)
    count.do("UPDATE protocol SET state = 'checked'")
    with pytest.raises(NeedsFirst, match="it has an error"):
        accept_again(count, given)
    assert count.rows("SELECT * FROM accepted") == []


def test_a_protocol_is_not_accepted_twice(count: Count) -> None:
    given = sent(count.contest, 1001)
    count.take(given)
    with pytest.raises(WrongState):
        accept_again(count, given)


def test_the_same_figures_in_two_precincts_stand_out_whoever_came_first(count: Count) -> None:
    figures = sent(count.contest, 1001).figures
    assert count.take(sent(count.contest, 1001)).findings == []
    late = count.take(protocol(count.contest, 7101, **figures))
    assert [(f.precinct, f.code) for f in late.findings] == [(7101, "K21")]
    early = count.take(sent(count.contest, 1001))
    assert [(f.precinct, f.code) for f in early.findings] == [(1001, "K21")]


def test_an_empty_batch_changes_nothing(count: Count) -> None:
    before = everything(count)
    assert count.take().imported == 0
    assert everything(count) == before
