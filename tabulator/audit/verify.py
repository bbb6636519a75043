"""Compares what is stored with what the trail says was done. Read-only; needs no secret."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.audit.chain import MAIN, Break, chain_of, events, first_break
from tabulator.audit.standing import (
    account_differences,
    scan_differences,
    signed_differences,
    stranger,
    token_differences,
)
from tabulator.audit.tale import Tale
from tabulator.domain.protocol import digest, protocol_from_canonical
from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.counts import sheets, stale
from tabulator.storage.files import Files
from tabulator.storage.protocols import current
from tabulator.storage.reconcile import reconcile
from tabulator.storage.register import (
    Stored,
    find_election,
    find_precincts,
    register_digest,
    subject_of,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many events were read, and the first place where something does not hold."""

    events: int
    first_break: Break | None


def verify(
    connection: Connection,
    progress: Callable[[Iterator[Row[Any]], int], Iterable[Row[Any]]] = lambda rows, _: rows,
    files: Files | None = None,
) -> Verdict:
    """Check every chain, then everything stored against it.

    Args:
        progress: Wraps the events being read, with their number, for whoever watches.
        files: Where the scans lie; None: their bytes are not looked at.

    Finds a changed, missing, inserted or reordered event; a register, version, finding or state
    that differs from the trail; a step that the workflow does not know; an accepted figure that is
    not its version's; sums that differ. Whoever may rewrite the database can still cut off the end
    of a chain together with all that it did: only a copy of the heads kept elsewhere shows that.
    """
    told = Tale()
    count = connection.execute(sa.select(sa.func.count()).select_from(models.event)).scalar_one()
    try:
        broken = first_break(told.read(progress(events(connection), count)))
        broken = broken or next(_differences(connection, told, files), None)
    except _ODD as error:
        broken = Break(MAIN, told.number, f"what is stored cannot be read: {error!r}")
    return Verdict(told.number, broken)


_ODD = (AttributeError, LookupError, TypeError, ValueError)
"""What reading raises where something was put that is not even of the right shape."""


def _differences(connection: Connection, told: Tale, files: Files | None) -> Iterator[Break]:
    yield from told.impossible
    loaded = list(connection.execute(sa.select(models.election.c.id)).scalars())
    for election in sorted({*told.registers, *loaded}):
        if election not in loaded or election not in told.registers:
            yield Break(MAIN, 0, f"election {election} is not in both the trail and the store")
            return
        try:
            yield from _of_election(connection, election, told, files)
        except _ODD as error:
            yield Break(MAIN, 0, f"election {election} cannot be read as it is stored: {error!r}")
    yield from account_differences(connection, told)
    yield from token_differences(connection, told)
    yield from stranger(told)
    yield from _strays(connection)


def _of_election(
    connection: Connection, election: str, told: Tale, files: Files | None
) -> Iterator[Break]:
    stored = find_election(connection, election)
    yield from _register(connection, stored, told)
    for contest in stored.election.contests.values():
        yield from _versions(connection, stored, contest, told)
        yield from _states(connection, stored, contest, told)
        yield from _findings(connection, stored, contest, told)
        yield from scan_differences(connection, stored, contest, told, files)
        yield from _accepted(connection, stored, contest)
        yield from signed_differences(connection, stored, contest, told, files)
        for found in reconcile(connection, stored, contest):
            chain = chain_of(election, found.area)
            yield Break(chain, 0, f"{found.code}: the sums differ: {found.equation}")
        for area in sorted(stale(connection, stored.contests[contest.id])):
            yield Break(MAIN, 0, f"the sums kept of the area with key {area} were changed")


def _register(connection: Connection, stored: Stored, told: Tale) -> Iterator[Break]:
    election, line = stored.election, models.line.c
    made = register_digest(election, find_precincts(connection, stored))
    honest = (made, stored.package_digest, stored.loaded_at) == told.registers[election.id]
    for contest in election.contests.values():
        lines = connection.execute(
            sa.select(line.number, line.code, line.summed)
            .where(line.contest == stored.contests[contest.id])
            .order_by(line.number)
        )
        due = [(n, code, code in contest.summed) for n, code in enumerate(contest.columns)]
        honest &= [tuple(row) for row in lines] == due
    honest &= _numbered(connection, stored) and _placed(connection, stored)
    if not honest:
        yield Break(MAIN, 0, f"the register of election {election.id} was changed")


def _numbered(connection: Connection, stored: Stored) -> bool:
    """Whether the areas' pre-order numbers are those of the tree: they say what lies below what."""
    area, tree = models.area.c, stored.election.areas
    rows = connection.execute(
        sa.select(area.code, area.first, area.last)
        .where(area.election == stored.election.id)
        .order_by(area.first)
    )
    due = [
        (one.code, place, place + len(tree.below(one.code)) - 1)
        for place, one in enumerate(tree, start=1)
    ]
    return [tuple(row) for row in rows] == due


def _placed(connection: Connection, stored: Stored) -> bool:
    """Whether contests and commissions are counted from 1, as they were loaded."""
    for table in (models.contest, models.commission):
        mine = table.c.election == stored.election.id
        places = connection.execute(sa.select(table.c.position).where(mine)).scalars()
        found = sorted(places)
        if found != list(range(1, len(found) + 1)):
            return False
    return True


def _strays(connection: Connection) -> Iterator[Break]:
    """What was counted for a contest in an area that is not of its election: no sum reads it."""
    area, contest = models.area.c, models.contest.c
    known = sa.select(contest.key, area.key).join(models.area, area.election == contest.election)
    pairs = {tuple(row) for row in connection.execute(known)}
    for table in (models.accepted, models.subtotal, models.standing):
        held = connection.execute(sa.select(table.c.contest, table.c.area).distinct())
        for key, place in sorted({tuple(row) for row in held} - pairs):
            reason = f"contest with key {key} has no area with key {place}"
            yield Break(MAIN, 0, f"table {table.name}: {reason}")


def _versions(
    connection: Connection, stored: Stored, contest: Contest, told: Tale
) -> Iterator[Break]:
    table, key = models.version.c, stored.contests[contest.id]
    left = {k: n for k, n in told.versions.items() if k[0].startswith(_prefix(stored, contest))}
    rows = connection.execute(
        sa.select(models.version).where(table.contest == key).order_by(table.precinct, table.number)
    ).yield_per(1000)
    for row in rows:
        subject = subject_of(stored, contest, row.precinct)
        came, event = left.pop((subject, row.number), ((), 0))
        told_so = (row.digest, row.channel, row.source, row.entered_by, row.entered_at) == came
        if not (told_so and _whole(row)):
            yield Break(subject, event, f"version {row.number} is not what the trail says")
    for (subject, number), (_, event) in sorted(left.items()):
        yield Break(subject, event, f"version {number} is missing")


def _whole(row: Row[Any]) -> bool:
    """Whether both digests of a version are those of its text."""
    if digest(row.canonical) != row.digest:
        return False
    figures = protocol_from_canonical(row.canonical).figures_canonical()
    return bool(digest(figures) == row.figures_digest)


def _prefix(stored: Stored, contest: Contest) -> str:
    return f"{stored.election.id}/{contest.id}/"


_KEPT = ("state", "version", "verified", "original")


def _states(
    connection: Connection, stored: Stored, contest: Contest, told: Tale
) -> Iterator[Break]:
    table, prefix = models.protocol.c, _prefix(stored, contest)
    left = {s: t for s, t in told.stories.items() if s.startswith(prefix)}
    rows = connection.execute(
        sa.select(table.precinct, table.area, *(table[name] for name in _KEPT))
        .where(table.contest == stored.contests[contest.id])
        .order_by(table.precinct)
    )
    precincts = find_precincts(connection, stored)
    homes = {n: stored.areas[p.area] for n, p in precincts.items()}
    for precinct, area, *kept in rows:
        subject = subject_of(stored, contest, precinct)
        story, event = left.pop(subject, (None, 0))
        if kept != [getattr(story, name, None) for name in _KEPT]:
            yield Break(subject, event, f"it stands as {kept[0]}, the trail says otherwise")
        if area != homes.get(precinct):
            yield Break(subject, event, "it is filed under another area than its precinct's")
        elif told.chains.get(subject) != chain_of(stored.election.id, precincts[precinct].area):
            yield Break(subject, event, "its events stand in another chain than its area's")
    for subject, (_, event) in sorted(left.items(), key=lambda entry: entry[0]):
        yield Break(subject, event, "the protocol is missing")


def _findings(
    connection: Connection, stored: Stored, contest: Contest, told: Tale
) -> Iterator[Break]:
    table = models.finding.c
    kept: dict[tuple[str, int], list[Any]] = {}
    rows = connection.execute(
        sa.select(models.finding)
        .where(table.contest == stored.contests[contest.id])
        .order_by(table.id)
    )
    for row in rows:
        key = (subject_of(stored, contest, row.precinct), row.version)
        entry = [row.code, row.severity, json.loads(row.lines), row.equation]
        kept.setdefault(key, []).append(entry)
    prefix = _prefix(stored, contest)
    for key in sorted({*kept, *(k for k in told.findings if k[0].startswith(prefix))}):
        told_findings, event = told.findings.get(key, ([], 0))
        if kept.get(key, []) != told_findings:
            yield Break(key[0], event, f"the findings on version {key[1]} were changed")


def _accepted(connection: Connection, stored: Stored, contest: Contest) -> Iterator[Break]:
    """Figure by figure, an area at a time, so that a million precincts fit in memory."""
    table, home = models.accepted.c, models.protocol.c
    for code, area in stored.areas.items():
        here = (table.contest == stored.contests[contest.id]) & (table.area == area)
        counted = {tuple(row) for row in connection.execute(sa.select(models.accepted).where(here))}
        due = {
            row
            for item in current(
                connection, stored, contest, home.area == area, home.state == str(State.ACCEPTED)
            )
            for row in sheets(stored, contest, item.area, item.precinct, item.read().figures)
        }
        for row in sorted(counted ^ due, key=str)[:1]:
            reason = f"an accepted figure of precinct {row[3]} is not its version's"
            yield Break(chain_of(stored.election.id, code), 0, reason)
