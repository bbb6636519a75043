"""Adds the same figures by independent ways and compares them, before anything is issued."""

from __future__ import annotations

from collections import Counter, defaultdict

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.aggregate.coverage import Coverage, cover_upward, coverage
from tabulator.aggregate.integrity import (
    counting_faults,
    coverage_faults,
    differences,
    share_faults,
)
from tabulator.aggregate.results import AreaResult
from tabulator.aggregate.roll_up import PrecinctFigures, Total, add_upward, roll_up
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.rules.base import Finding
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.counts import add_accepted
from tabulator.storage.models import SHEET
from tabulator.storage.protocols import current
from tabulator.storage.register import Stored
from tabulator.storage.results import result

DEEP = 100
"""More levels than any tree of areas has."""


def reconcile(connection: Connection, stored: Stored, contest: Contest) -> list[Finding]:
    """Compare three sums of every figure; empty when all agree.

    1. From the immutable versions, in plain Python, into every area.
    2. From the accepted figures, in SQL, by area, and once more for the whole at a stroke.
    3. As shown: from the subtotals, through the very function that feeds page, file and PDF.

    K22 names an area, K23 the whole; K24 what is shown of shares.
    """
    root = stored.election.areas.root.code
    totals, covered = _totals(connection, stored, contest), _covered(connection, stored, contest)
    added = {area: total.values for area, total in totals.items()}
    lowest = _by_area(connection, stored, contest)
    nation = {root: _at_a_stroke(connection, stored, contest)} if lowest else {}
    shown = result(connection, stored, contest, root, DEEP)
    found = [*differences("K22", contest, added, lowest)]
    found += differences("K23", contest, {root: added[root]} if root in added else {}, nation)
    found += differences("K22", contest, added, _summed(contest, shown))
    for area in _walk(shown):
        total = totals.get(area.area, Total())
        found += counting_faults(contest, area, covered[area.area], total)
        found += [*coverage_faults(contest, area), *share_faults(contest, area)]
    return found


def _covered(connection: Connection, stored: Stored, contest: Contest) -> dict[str, Coverage]:
    """Coverage of every area, from the register and the states of the protocols themselves."""
    precinct, protocol = models.precinct.c, models.protocol.c
    key = (precinct.area, precinct.abroad, protocol.state)
    mine = (protocol.contest == stored.contests[contest.id]) & (
        protocol.precinct == precinct.number
    )
    rows = connection.execute(
        sa.select(*key, sa.func.count())
        .select_from(models.precinct)
        .outerjoin(models.protocol, mine)
        .where(precinct.election == stored.election.id)
        .group_by(*key)
    )
    codes = {key: code for code, key in stored.areas.items()}
    formed: Counter[str] = Counter()
    states: dict[str, Counter[State]] = defaultdict(Counter)
    for area, abroad, state, n in rows:
        if stored.election.contest_holds_in(contest, Precinct(0, codes[area], abroad=abroad)):
            formed[codes[area]] += n
            states[codes[area]][State(state or State.MISSING)] += n
    lowest = {area: coverage(n, states[area]) for area, n in formed.items()}
    return cover_upward(lowest, stored.election.areas)


def _totals(connection: Connection, stored: Stored, contest: Contest) -> dict[str, Total]:
    accepted = models.protocol.c.state == str(State.ACCEPTED)
    figures = (
        PrecinctFigures(
            row.precinct,
            row.area,
            {c: v for c in contest.summed if (v := figures[c]) is not None},
        )
        for row in current(connection, stored, contest, accepted)
        for figures in [row.read().figures]
    )
    return roll_up(figures, stored.election.areas)


def _by_area(connection: Connection, stored: Stored, contest: Contest) -> dict[str, dict[str, int]]:
    codes = {key: code for code, key in stored.areas.items()}
    lowest: dict[str, Total] = {}
    rows = add_accepted(connection, stored.contests[contest.id])
    for area, line, value, stated in rows:
        if area in codes:
            total = lowest.setdefault(codes[area], Total())
            total.values[contest.columns[line]] = value
            total.stated[contest.columns[line]] = stated
    totals = add_upward(lowest, stored.election.areas)
    return {area: total.values for area, total in totals.items()}


def _at_a_stroke(connection: Connection, stored: Stored, contest: Contest) -> dict[str, int]:
    table = models.accepted.c
    sums: dict[str, int] = {}
    for start in range(0, len(contest.columns), SHEET):
        columns = contest.columns[start : start + SHEET]
        row = connection.execute(
            sa.select(*(sa.func.sum(table[f"v{k}"]) for k in range(len(columns)))).where(
                table.contest == stored.contests[contest.id], table.sheet == start // SHEET
            )
        ).one()
        sums |= {c: int(value) for c, value in zip(columns, row, strict=True) if value is not None}
    return sums


def _walk(shown: AreaResult) -> list[AreaResult]:
    return [shown, *(below for child in shown.children for below in _walk(child))]


def _summed(contest: Contest, shown: AreaResult) -> dict[str, dict[str, int]]:
    return {
        area.area: {c: v for c in contest.summed if (v := area.value(c)) is not None}
        for area in _walk(shown)
        if area.coverage.included
    }
