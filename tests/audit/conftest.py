"""A count of everything that can be tampered with, made once on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tabulator.audit.origin import told_by
from tabulator.audit.seal import seal
from tabulator.storage.db import open_engine, transaction
from tabulator.storage.protocols import Scan
from tabulator.storage.upgrade import upgrade
from tests.audit import sealing
from tests.builders import contest, protocol
from tests.conftest import administer, databases
from tests.counting import NOW, Count, lists, register, sent
from tests.working import Night, chair_of


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def counted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Count]:
    """Two elections; accepted, disputed, checked, missing and corrected protocols, and a warning.

    Shared by the tests of a module: each rolls back what it does.
    """
    with opened(request, tmp_path_factory) as engine:
        yield fill(Count.load(engine, register(contest(), lists(20))))


@contextmanager
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A migrated, empty database of the kind that the fixture asks for."""
    if request.param == "sqlite":
        folder: Path = tmp_path_factory.mktemp("counted")
        url = f"sqlite:///{folder / 'tabulator.sqlite'}"
    else:
        socket, name = request.getfixturevalue("postgresql"), f"counted_{next(databases)}"
        administer(socket, f"CREATE DATABASE {name}")
        url = f"postgresql+psycopg://postgres@/{name}?host={socket}"
    engine = open_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()


def fill(count: Count) -> Count:
    first, second = count.stored.election.contests.values()
    warned = protocol(first, 7002, beside={"ident_final": 9_999}, **sent(first, 7002).figures)
    count.take(sent(first, 1001), sent(first, 1002), sent(first, 7001), warned)
    count.take(sent(first, 7101, INV=99), source="first.csv")
    count.take(sent(first, 7101), source="second.csv")
    count.take(sent(first, 9001, INV=99))
    count.take(sent(second, 1001), sent(second, 7001), sent(second, 7101))
    count.take(sent(second, 1002), accept_clean=False)
    other = Count.load(count.engine, register(id="other"))
    other.take(sent(other.contest, 1001))
    scan = Scan("a" * 64, "1002.pdf", "application/pdf", 120_000)
    Night(other).send(chair_of(1002), sent(other.contest, 1002), scans=[scan])
    with transaction(count.engine) as connection:
        told_by(connection, sealing.CLERK)
        seal(connection, sealing.KEY, NOW)
    return count
