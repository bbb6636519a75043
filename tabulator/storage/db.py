"""The engine and its transactions: SQLite embedded, PostgreSQL for larger installations."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import ArgumentError

from tabulator.errors import Misconfigured

WRITES = "tabulator_writes"
LOCKS = 1024


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive values; gives aware ones back on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime {value}: every moment is stored in UTC")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            value = value.replace(tzinfo=UTC)
        return value.astimezone(UTC) if value else None


def open_engine(url: str) -> Engine:
    """An engine for `url`; on SQLite with WAL, full durability and explicit BEGINs.

    Raises:
        Misconfigured: The URL cannot be read; it is not repeated, it may hold a password.
    """
    try:
        # A server that was restarted is not noticed by the connections that lie in the pool.
        engine = sa.create_engine(url, pool_pre_ping=True)
    except (ArgumentError, ValueError):
        reason = "TABULATOR_DATABASE_URL is not the address of a database"
        raise Misconfigured(reason) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: only BEGIN IMMEDIATE queues writers.
    dbapi_connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=60000",
        # REPLACE then fires the delete triggers that guard versions and events.
        "recursive_triggers=ON",
        "cache_size=-65536",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One write transaction: committed at the end, rolled back on any exception.

    On SQLite writers queue at a file lock before BEGIN IMMEDIATE: without the queue
    many writers starve each other at SQLite's own lock.
    """
    with _writers_queue(engine), engine.connect() as connection:
        writing = connection.execution_options(**{WRITES: True})
        with writing.begin():
            yield writing


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One read transaction: everything read in it is of the same moment."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect() as connection:
        reading = connection.execution_options(**level)
        with reading.begin():
            yield reading


@contextmanager
def _writers_queue(engine: Engine) -> Iterator[None]:
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        yield
        return
    handle = os.open(f"{Path(name)}.writers", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def lock(connection: Connection, names: Iterable[str]) -> None:
    """Hold the named chains and what hangs on them until the transaction ends.

    Taken in sorted order, so that two writers cannot wait for each other. SQLite has
    one writer at a time anyway.
    """
    if connection.dialect.name != "sqlite":
        # Few places for many names: the server's table of locks is small and shared by all.
        for place in sorted({zlib.crc32(name.encode()) % LOCKS for name in names}):
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:place)"), {"place": place})


def lock_checkpoints(connection: Connection) -> None:
    """Hold the right to make the next checkpoint until the transaction ends.

    Taken last, while chains are held: a place among theirs could be one that somebody holds who
    waits for us.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:place)"), {"place": LOCKS})


Item = TypeVar("Item")


def chunks(values: Sequence[Item], at_once: int = 500) -> Iterator[Sequence[Item]]:
    """As many values at a time as one statement may name."""
    for start in range(0, len(values), at_once):
        yield values[start : start + at_once]


def utc_now() -> datetime:
    """The moment, for callers at the edge; actions get it as an argument."""
    return datetime.now(UTC)
