"""Two writers at once: in one chain they wait for each other, in two they do not."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from tabulator import audit
from tabulator.audit.chain import events
from tabulator.storage.db import lock, open_engine, snapshot, transaction
from tabulator.storage.upgrade import upgrade
from tests.counting import CLERK, NOW, Count, register, sent


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    """PostgreSQL, where writers work side by side; SQLite has one at a time anyway."""
    opened = open_engine(postgresql_url)
    upgrade(opened)
    yield opened
    opened.dispose()


def append(engine: Engine, chain: str) -> None:
    with transaction(engine) as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '30s'"))
        lock(connection, [chain])
        entry = audit.Entry(chain, "test", chain, {})
        audit.record(connection, at=NOW, actor=CLERK, entries=[entry])


def numbers(engine: Engine) -> list[tuple[str, int]]:
    with snapshot(engine) as connection:
        assert audit.first_break(events(connection)) is None
        return [(row.chain, row.number) for row in events(connection)]


def test_in_one_chain_the_second_waits_and_follows(engine: Engine) -> None:
    with ThreadPoolExecutor(1) as other:
        with transaction(engine) as connection:
            lock(connection, ["a"])
            waiting: Future[None] = other.submit(append, engine, "a")
            entry = audit.Entry("a", "test", "first", {})
            audit.record(connection, at=NOW, actor=CLERK, entries=[entry])
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        waiting.result(timeout=30)
    assert numbers(engine) == [("a", 1), ("a", 2)]


def test_in_two_chains_nobody_waits(engine: Engine) -> None:
    with ThreadPoolExecutor(1) as other, transaction(engine) as connection:
        lock(connection, ["a"])
        entry = audit.Entry("a", "test", "first", {})
        audit.record(connection, at=NOW, actor=CLERK, entries=[entry])
        other.submit(append, engine, "b").result(timeout=30)
    assert numbers(engine) == [("a", 1), ("b", 1)]


def test_whoever_forgets_the_lock_forks_no_chain(engine: Engine) -> None:
    """`previous` is unique: of two events that follow the same one, only one can be kept."""

    def forgetful() -> None:
        with transaction(engine) as connection:
            connection.execute(sa.text("SET LOCAL lock_timeout = '1s'"))
            entry = audit.Entry("a", "test", "second", {})
            audit.record(connection, at=NOW, actor=CLERK, entries=[entry])

    with ThreadPoolExecutor(1) as other, transaction(engine) as connection:
        entry = audit.Entry("a", "test", "first", {})
        audit.record(connection, at=NOW, actor=CLERK, entries=[entry])
        with pytest.raises((IntegrityError, OperationalError)):
            other.submit(forgetful).result(timeout=30)
    assert numbers(engine) == [("a", 1)]


def test_territories_take_in_their_protocols_side_by_side(engine: Engine) -> None:
    count = Count.load(engine, register())
    of = count.contest
    parts = ([1001, 1002], [7001, 7002], [7101], [9001])
    with ThreadPoolExecutor(4) as desks:
        waiting = [desks.submit(count.take, *(sent(of, n) for n in part)) for part in parts]
        assert [one.result(timeout=60).accepted for one in waiting] == [2, 2, 1, 1]
    assert count.result().coverage.included == 6
    assert count.reconcile() == []
    assert count.verdict().first_break is None


def test_the_same_file_taken_in_twice_at_once_is_stored_once(engine: Engine) -> None:
    count = Count.load(engine, register())
    batch = [sent(count.contest, number) for number in count.package.precincts]
    with ThreadPoolExecutor(4) as desks:
        waiting = [desks.submit(count.take, *batch) for _ in range(4)]
        imported = [one.result(timeout=60).imported for one in waiting]
    assert sorted(imported) == [0, 0, 0, 6]
    assert count.rows("SELECT count(*) FROM version") == [(6,)]
    assert count.verdict().first_break is None
