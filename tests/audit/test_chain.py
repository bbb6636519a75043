"""The chain: every event follows from the one before it, area by area."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator.audit import MAIN, Break, Entry, chain_of, first_break, record
from tabulator.audit.chain import event_hash, events, genesis
from tabulator.domain.roles import Actor, Role
from tabulator.storage import models
from tabulator.storage.db import snapshot, transaction
from tests.counting import CLERK, NOW, PLACES, Count, register

COLUMNS = models.event.c.keys()


def entry(chain: str, number: int = 0) -> Entry:
    return Entry(chain, "test", f"{chain}-{number}", {"ө": [number, None, "\"'\\"]})


def append(engine: Engine, *entries: Entry, at: datetime = NOW) -> None:
    with transaction(engine) as connection:
        record(connection, at=at, actor=CLERK, entries=entries)


def read(engine: Engine) -> list[Any]:
    with snapshot(engine) as connection:
        return list(events(connection))


def broken(engine: Engine) -> Break | None:
    with snapshot(engine) as connection:
        return first_break(events(connection))


def test_an_empty_trail_holds(engine: Engine) -> None:
    assert broken(engine) is None


def test_each_area_has_a_chain_of_its_own(engine: Engine) -> None:
    count = Count.load(engine, register())
    count.take_all()
    rows = count.rows("SELECT chain, count(*), max(number) FROM event GROUP BY chain")
    assert {chain: (n, last) for chain, n, last in rows} == {
        MAIN: (1, 1),
        "sample/bishkek": (6, 6),
        "sample/alamudun": (6, 6),
        "sample/sokuluk": (3, 3),
        "sample/abroad": (3, 3),
    }
    assert {chain_of("sample", area) for area in PLACES.values()} < {row[0] for row in rows}
    assert broken(engine) is None


def test_events_of_one_transaction_follow_each_other(engine: Engine) -> None:
    append(engine, entry("a", 1), entry("b", 1), entry("a", 2))
    append(engine, entry("a", 3))
    rows = read(engine)
    assert [(row.chain, row.number) for row in rows] == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
    assert [row.previous for row in rows] == [
        genesis("a"),
        rows[0].hash,
        rows[1].hash,
        genesis("b"),
    ]
    assert broken(engine) is None


def test_a_chain_holds_whatever_zone_the_moment_was_given_in(engine: Engine) -> None:
    there = timezone(timedelta(hours=-9, minutes=-30))
    append(engine, entry("a"), at=datetime(2021, 1, 10, 9, 30, 0, 7, tzinfo=there))
    append(engine, entry("a"), at=datetime(2021, 1, 10, 19, 0, 0, 0, tzinfo=UTC))
    assert broken(engine) is None


def test_anyone_can_compute_the_hash_from_what_the_event_says(engine: Engine) -> None:
    import hashlib
    import json

    append(engine, entry("a"))
    (row,) = read(engine)
    said = [row.chain, row.number, "2021-01-10T19:00:00+00:00", row.actor, row.role]
    said += [row.kind, row.subject, row.facts, row.previous]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    assert row.hash == hashlib.sha256(text.encode()).hexdigest()


def chain_of_three() -> list[Any]:
    rows: list[Any] = []
    previous = genesis("a")
    for number in (1, 2, 3):
        values = ("a", number, NOW, "A", "command-line", "test", f"s{number}", "{}", previous)
        previous = event_hash(values)
        rows.append(Row(**dict(zip(COLUMNS, (*values, previous), strict=True))))
    return rows


class Row(SimpleNamespace):
    def __iter__(self) -> Any:
        return (getattr(self, column) for column in COLUMNS)

    def changed(self, **values: Any) -> Row:
        return Row(**{**vars(self), **values})


def test_three_events_in_order_hold() -> None:
    assert first_break(chain_of_three()) is None


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "chain"])
def test_a_change_of_any_column_breaks_the_chain_there_or_just_after(
    column: str, place: int
) -> None:
    rows = chain_of_three()
    value = {"number": 7, "at": NOW + timedelta(microseconds=1)}.get(column, "x")
    rows[place] = rows[place].changed(**{column: value})
    found = first_break(rows)
    assert found
    assert found.number == place + 1


@pytest.mark.parametrize(
    ("order", "number", "reason"),
    [
        ((1, 2), 1, "event 1 is missing"),
        ((0, 2), 2, "event 2 is missing"),
        ((0, 2, 1), 2, "event 2 is missing"),
        ((0, 0, 1, 2), 2, "event 2 is missing"),
    ],
)
def test_events_left_out_or_out_of_order_are_named(
    order: Sequence[int], number: int, reason: str
) -> None:
    rows = chain_of_three()
    assert first_break([rows[k] for k in order]) == Break("a", number, reason)


def test_renumbered_events_do_not_follow_each_other() -> None:
    rows = chain_of_three()
    swapped = [rows[0], rows[2].changed(number=2), rows[1].changed(number=3)]
    assert first_break(swapped) == Break("a", 2, "it does not follow the event before it")


def test_an_event_moved_to_another_chain_is_found() -> None:
    rows = chain_of_three()
    found = first_break([*rows, rows[0].changed(chain="b")])
    assert found
    assert (found.chain, found.number) == ("b", 1)


def test_who_acted_is_copied_into_the_event(engine: Engine) -> None:
    with transaction(engine) as connection:
        actor = Actor('Ө. Ыйман уулу "А"', Role.COMMAND_LINE)
        record(connection, at=NOW, actor=actor, entries=[entry("a")])
    (row,) = read(engine)
    assert (row.actor, row.role) == ('Ө. Ыйман уулу "А"', "command-line")
    assert dataclasses.astuple(entry("a"))[0] == row.chain
