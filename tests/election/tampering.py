"""One byte changed behind the service's back, anywhere that figures, events, decisions stand."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from tabulator.cli import run
from tabulator.storage import models

TABLES = (
    *("event", "origin", "checkpoint"),
    *("protocol", "version", "finding", "scan"),
    *("accepted", "subtotal", "standing"),
    *("election", "contest", "option", "area", "commission", "precinct", "formed", "line"),
)


NUMBERED = {("finding", "id"), ("area", "key")}
"""What the database numbers by itself: it says nothing, unless something refers to it."""

SEED = 20250119


@dataclass(frozen=True)
class Change:
    """A cell, and what it is changed to."""

    table: str
    column: str
    row: tuple[Any, ...]
    old: Any
    new: Any

    def __str__(self) -> str:
        named = f"{self.table}.{self.column} of {self.row}"
        return f"{named}: {str(self.old)[:60]!r} -> {str(self.new)[:60]!r}"


def changes(database: Path, seed: int, rounds: int, *, wide: float = 1) -> Iterator[Change]:
    """For every column that holds something, `rounds` random cells with one byte changed.

    Args:
        wide: Which part of the columns of figures alike (v0 … v31) is changed.
    """
    chance = Random(seed)  # noqa: S311 - a script, not a secret
    with closing(sqlite3.connect(database)) as connection:
        for table in TABLES:
            keys = [column.name for column in models.metadata.tables[table].primary_key]
            for column in models.metadata.tables[table].columns:
                if (table, column.name) in NUMBERED or chance.random() > _share(column.name, wide):
                    continue
                held = _held(connection, table, keys, column.name)
                for *row, old in chance.sample(held, min(rounds, len(held))):
                    # Of a truth there is one other only.
                    truth = isinstance(column.type, sa.Boolean)
                    new = int(not old) if truth else spoilt(old, chance)
                    yield Change(table, column.name, tuple(row), old, new)


def _share(column: str, wide: float) -> float:
    return wide if re.fullmatch(r"[vtn]\d+", column) else 1


def _held(
    connection: sqlite3.Connection, table: str, keys: list[str], column: str
) -> list[tuple[Any, ...]]:
    named = ", ".join(f'"{name}"' for name in (*keys, column))
    return list(
        connection.execute(
            f'SELECT {named} FROM "{table}" WHERE "{column}" NOT IN (\'\', 0) '  # noqa: S608
            f"ORDER BY {named}"
        )
    )


def spoilt(value: Any, chance: Random) -> Any:
    """The same with one digit, letter or sign exchanged for another."""
    text = str(value)
    place = chance.choice([p for p, sign in enumerate(text) if sign.isalnum()] or [0])
    signs = "0123456789" if text[place].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    other = chance.choice([sign for sign in signs if sign != text[place].lower()])
    made = text[:place] + other + text[place + 1 :]
    return int(made) if isinstance(value, int) else made


@dataclass(frozen=True)
class Copy:
    """A copy of an installation whose database keeps nothing from its master."""

    home: Path

    @classmethod
    def of(cls, home: Path, folder: Path) -> Copy:
        shutil.copytree(home, folder)
        with closing(sqlite3.connect(folder / "tabulator.sqlite")) as connection:
            listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in list(listed):
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.commit()
        return cls(folder)

    @property
    def database(self) -> Path:
        return self.home / "tabulator.sqlite"

    def put(self, change: Change, *, back: bool = False) -> None:
        """Make the change, or unmake it."""
        keys = [column.name for column in models.metadata.tables[change.table].primary_key]
        row = dict(zip(keys, change.row, strict=True))
        value = change.old if back else change.new
        if back and change.column in row:
            row[change.column] = change.new
        where = " AND ".join(f'"{name}" = ?' for name in keys)
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            done = connection.execute(
                f'UPDATE "{change.table}" SET "{change.column}" = ? WHERE {where}',  # noqa: S608
                [value, *row.values()],
            )
            assert done.rowcount == 1, change
            connection.commit()


def found(copy: Copy, change: Change) -> bool:
    """Whether the trail names a change, or the database itself does not take it; taken back."""
    try:
        copy.put(change)
    except sqlite3.IntegrityError:
        return True
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            return run(["audit", "verify"]) == 1
    finally:
        copy.put(change, back=True)
