"""The database itself refuses to change what was recorded; and what gets past it is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tabulator.audit.verify import Verdict
from tabulator.storage.db import open_engine
from tabulator.storage.models import APPEND_ONLY, metadata
from tabulator.storage.upgrade import upgrade
from tests.audit.conftest import fill
from tests.builders import contest
from tests.counting import Count, lists, register


def changes(table: str, dialect: str) -> Iterator[str]:
    """Every way to change or remove a row."""
    names = [f'"{column.name}"' for column in metadata.tables[table].columns]
    key = ", ".join(f'"{column.name}"' for column in metadata.tables[table].primary_key)
    rows = f'"{table}" ({", ".join(names)}) SELECT {", ".join(names)} FROM "{table}" WHERE true'  # noqa: S608
    yield f'UPDATE "{table}" SET {names[-1]} = {names[-1]}'  # noqa: S608 - our own names
    yield f'DELETE FROM "{table}"'  # noqa: S608
    yield f"INSERT INTO {rows} ON CONFLICT ({key}) DO UPDATE SET {names[-1]} = excluded.{names[-1]}"
    if dialect == "sqlite":
        yield f"INSERT OR REPLACE INTO {rows}"
    else:
        yield f'TRUNCATE "{table}" CASCADE'


def test_what_nobody_touched_holds(counted: Count) -> None:
    events = counted.rows("SELECT count(*) FROM event")[0][0]
    assert counted.verdict() == Verdict(events, None)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_recorded_cannot_be_changed(counted: Count, table: str) -> None:
    for statement in changes(table, counted.engine.dialect.name):
        with counted.engine.connect() as connection:
            assert connection.execute(sa.text(f'SELECT 1 FROM "{table}"')).first()  # noqa: S608
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(sa.text(statement))


def test_a_version_replaced_from_outside_the_service_is_found(tmp_path: Path) -> None:
    """SQLite's own shell has the triggers that guard against REPLACE switched off."""
    engine = open_engine(f"sqlite:///{tmp_path / 'tabulator.sqlite'}")
    upgrade(engine)
    count = fill(Count.load(engine, register(contest(), lists())))
    assert count.verdict().first_break is None
    outside = sqlite3.connect(tmp_path / "tabulator.sqlite")
    with outside:
        outside.execute(
            "INSERT OR REPLACE INTO version SELECT contest, precinct, number, "
            "replace(canonical, '1', '2'), digest, figures_digest, channel, source, "
            "entered_by, entered_at FROM version WHERE precinct = 7001"
        )
    outside.close()
    found = count.verdict().first_break
    engine.dispose()
    assert found
    assert found.chain == "sample/president/7001"
    assert found.reason == "version 1 is not what the trail says"
