"""Accepted figures and the sums derived from them, kept up in the accepting transaction.

The subtotals of the territories touched are computed anew, not adjusted: they cannot
drift, and a replacement or an annulment needs no case of its own. Everything above a
territory is added when it is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import add
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.aggregate.coverage import Coverage, coverage
from tabulator.aggregate.roll_up import Total
from tabulator.domain.protocol import Figures
from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.db import chunks
from tabulator.storage.models import SHEET
from tabulator.storage.register import Stored

_NOTHING = (0,) * 2 * SHEET


def accept_figures(
    connection: Connection,
    stored: Stored,
    contest: Contest,
    accepted: Iterable[tuple[str, int, Figures]],
) -> None:
    """Insert the figures of newly accepted protocols: (area code, precinct, figures)."""
    rows = [row for entry in accepted for row in sheets(stored, contest, *entry)]
    insert_rows(connection, models.accepted, rows)


def withdraw_figures(
    connection: Connection, stored: Stored, contest: Contest, area: str, precinct: int
) -> None:
    """Take the figures of a protocol that counts no longer out of the accepted ones."""
    table = models.accepted.c
    connection.execute(
        sa.delete(models.accepted).where(
            table.contest == stored.contests[contest.id],
            table.area == stored.areas[area],
            table.precinct == precinct,
        )
    )


def sheets(
    stored: Stored, contest: Contest, area: str, precinct: int, figures: Figures
) -> Iterator[tuple[int | None, ...]]:
    """The rows of `accepted` for one protocol: what is not summed stays empty, like a blank."""
    summed = set(contest.summed)
    values = [figures[column] if column in summed else None for column in contest.columns]
    values += [None] * (-len(values) % SHEET)
    for start in range(0, len(values), SHEET):
        key = (stored.contests[contest.id], start // SHEET, stored.areas[area], precinct)
        yield (*key, *values[start : start + SHEET])


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows given in column order with one prepared statement."""
    if not rows:
        return
    sqlite = connection.dialect.name == "sqlite"
    places = ", ".join(["?" if sqlite else "%s"] * len(table.columns))
    statement = f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608 - our own table names
    connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def retabulate(
    connection: Connection, contest_key: int, areas: Iterable[int], *, figures: bool = True
) -> None:
    """Compute subtotals and standing of these areas anew from figures and states.

    Args:
        figures: Whether accepted figures came or went; False: only states changed.

    A protocol from abroad for a contest that is not open there (K27) has no standing: none was
    formed, so none can be missing or received.
    """
    keys = sorted(set(areas))
    for some in chunks(keys):
        tables = (models.subtotal, models.standing) if figures else (models.standing,)
        for table in tables:
            _derive(connection, table, contest_key, some)


def _derive(
    connection: Connection, table: sa.Table, contest_key: int, areas: Sequence[int]
) -> None:
    given = {"of": contest_key, "areas": list(areas)}
    for statement in _derivation(table):
        connection.execute(statement, given)


@cache
def _derivation(table: sa.Table) -> tuple[sa.Executable, sa.Executable]:
    """What empties and fills a derived table for one contest and some areas; built only once."""
    contest: Any = sa.bindparam("of")
    areas: Any = sa.bindparam("areas", expanding=True)
    if table is models.subtotal:
        made = _added(contest).where(models.accepted.c.area.in_(areas))
    else:
        made = _states(contest).where(models.protocol.c.area.in_(areas))
    emptied = sa.delete(table).where(table.c.contest == contest, table.c.area.in_(areas))
    return emptied, sa.insert(table).from_select(list(table.c), made)


def stale(connection: Connection, contest_key: int) -> set[int]:
    """Keys of the areas whose subtotals or standing are not what figures and states give."""
    due = ((models.subtotal, _added(contest_key)), (models.standing, _states(contest_key)))
    found: set[int] = set()
    for table, made in due:
        held = sa.select(*table.c).where(table.c.contest == contest_key)
        for differing in (sa.except_(held, made), sa.except_(made, held)):
            area = list(table.c).index(table.c.area)
            found |= {row[area] for row in connection.execute(differing)}
    return found


def _added(contest_key: Any) -> sa.Select[Any]:
    accepted = models.accepted.c
    values = [accepted[f"v{k}"] for k in range(SHEET)]
    sums = [sa.func.coalesce(sa.func.sum(value), 0) for value in values]
    key = (accepted.contest, accepted.sheet, accepted.area)
    added = sa.select(*key, *sums, *(sa.func.count(value) for value in values))
    return added.where(accepted.contest == contest_key).group_by(*key)


def _states(contest_key: Any) -> sa.Select[Any]:
    protocol, contest, precinct = models.protocol.c, models.contest.c, models.precinct.c
    key = (protocol.contest, protocol.area, protocol.state)
    return (
        sa.select(*key, sa.func.count())
        .join(models.contest, contest.key == protocol.contest)
        .join(
            models.precinct,
            (precinct.election == contest.election) & (precinct.number == protocol.precinct),
        )
        .where(protocol.contest == contest_key)
        .where(contest.open_abroad | ~precinct.abroad)
        .group_by(*key)
    )


def add_accepted(
    connection: Connection, contest_key: int, *conditions: sa.ColumnElement[bool]
) -> Iterator[tuple[int, int, int, int]]:
    """Add the accepted figures in SQL: (area key, line, sum, how many stated it) for each."""
    table, line = models.accepted.c, models.line.c
    lines = connection.execute(
        sa.select(line.number).where(line.contest == contest_key).order_by(line.number)
    ).scalars()
    for sheet, numbers in groupby(lines, key=lambda number: number // SHEET):
        used = [(number, table[f"v{number % SHEET}"]) for number in numbers]
        sums = [sa.func.sum(value) for _, value in used]
        counts = [sa.func.count(value) for _, value in used]
        rows = connection.execute(
            sa.select(table.area, *sums, *counts)
            .where(table.contest == contest_key, table.sheet == sheet, *conditions)
            .group_by(table.area)
        )
        for area, *found in rows:
            for (number, _), total, stated in zip(used, found, found[len(used) :], strict=False):
                if stated:
                    yield area, number, int(total), stated


def below(
    connection: Connection, stored: Stored, contest: Contest, parent: str
) -> tuple[dict[str, Total], dict[str, Coverage]]:
    """Sums and coverage of the areas directly below `parent`, and of `parent` by itself.

    The entry of `parent` holds only what its own precincts add, not its children's sums.
    An area with nothing included has no Total, one without precincts no Coverage.
    """
    key, node = stored.contests[contest.id], _nodes(stored, parent)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    formed: Counter[str] = Counter()
    for area, state, n in _rows(connection, stored, models.standing, key, parent):
        states[node[area]][state] += n
    for area, n in _rows(connection, stored, models.formed, key, parent):
        formed[node[area]] += n
    sums: dict[tuple[str, int], list[int]] = {}
    for sheet, area, *row in _rows(connection, stored, models.subtotal, key, parent):
        at = (node[area], sheet)
        sums[at] = list(map(add, sums.get(at, _NOTHING), row))
    totals = {
        code: _total(contest, sums, code, states[code][State.ACCEPTED])
        for code in states
        if states[code][State.ACCEPTED]
    }
    covered = {
        code: coverage(formed[code], {State(s): n for s, n in states[code].items()})
        for code in {*formed, *states}
    }
    return totals, covered


def _total(
    contest: Contest, sums: Mapping[tuple[str, int], Sequence[int]], code: str, protocols: int
) -> Total:
    total = Total(protocols=protocols)
    for line, column in enumerate(contest.columns):
        sheet, place = divmod(line, SHEET)
        row = sums.get((code, sheet), _NOTHING)
        if stated := row[SHEET + place]:
            total.values[column], total.stated[column] = row[place], stated
    return total


def _nodes(stored: Stored, parent: str) -> dict[int, str]:
    """Key of each area at or below `parent` → the child of `parent` that it lies in, or itself."""
    tree = stored.election.areas
    nodes = {
        stored.areas[below]: child.code
        for child in tree.children(parent)
        for below in tree.below(child.code)
    }
    return {**nodes, stored.areas[parent]: parent}


def _rows(
    connection: Connection, stored: Stored, table: sa.Table, contest_key: int, parent: str
) -> Iterable[Any]:
    """The rows of a derived table for the areas at or below `parent`, without the contest."""
    tree, area = stored.election.areas, models.area.c
    below: Any = [stored.areas[code] for code in tree.below(parent)]
    if parent == tree.root.code:
        below = sa.select(area.key).where(area.election == stored.election.id)
    found = sa.select(*list(table.c)[1:]).where(table.c.contest == contest_key)
    return connection.execute(found.where(table.c.area.in_(below))).all()
