"""Compares what is stored with what the trail says was done. Read-only; needs no secret."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.audit.chain import MAIN, Break, chain_of, events, first_break
from tabulator.domain.protocol import digest, protocol_from_canonical
from tabulator.domain.register import Contest
from tabulator.domain.roles import Actor, Role
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import State, Step, next_state
from tabulator.errors import NotAllowed
from tabulator.storage import models
from tabulator.storage.counts import sheets, stale
from tabulator.storage.protocols import current
from tabulator.storage.reconcile import reconcile
from tabulator.storage.register import Stored, find_election, find_precincts, register_digest

_STEPS = {
    "protocol.received": Step.RECEIVE,
    "protocol.checked": Step.CHECK,
    "protocol.disputed": Step.DISPUTE,
    "protocol.accepted": Step.ACCEPT,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many events were read, and the first place where something does not hold."""

    events: int
    first_break: Break | None


@dataclass(slots=True)
class _Told:
    """What the trail tells: registers, the state of each protocol, each version and who sent it."""

    number: int = 0
    registers: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    states: dict[str, tuple[State, int, int]] = field(default_factory=dict)
    versions: dict[tuple[str, int], tuple[tuple[Any, ...], int]] = field(default_factory=dict)
    findings: dict[tuple[str, int], tuple[list[Any], int]] = field(default_factory=dict)
    impossible: list[Break] = field(default_factory=list)

    def read(self, trail: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
        for row in trail:
            self.number += 1
            yield row
            # The reader asks for the next event only while this one holds.
            self._note(row, json.loads(row.facts))

    def _note(self, row: Row[Any], facts: dict[str, Any]) -> None:
        if row.kind == "election.loaded":
            self.registers[row.subject] = (facts["register"], facts["package"], row.at)
        if row.kind in _STEPS:
            self._step(row, facts["version"])
        if row.kind == "protocol.received":
            came = (facts["digest"], facts["channel"], facts["source"], row.actor, row.at)
            self.versions[row.subject, facts["version"]] = (came, row.number)
        if row.kind == "protocol.checked":
            self.findings[row.subject, facts["version"]] = (facts["findings"], row.number)

    def _step(self, row: Row[Any], version: int) -> None:
        """Take the step again, by the table; what it does not allow was put in by hand."""
        before, _, _ = self.states.get(row.subject, (State.MISSING, 0, 0))
        findings, _ = self.findings.get((row.subject, version), ([], 0))
        try:
            after = next_state(before, _STEPS[row.kind], Actor(row.actor, Role(row.role)))
            if after == State.ACCEPTED and any(found[1] == Severity.ERROR for found in findings):
                raise NotAllowed("it has an error")
        except (NotAllowed, ValueError) as error:
            self.impossible.append(Break(row.chain, row.number, f"{row.subject}: {error}"))
            return
        self.states[row.subject] = (after, version, row.number)


def verify(
    connection: Connection,
    progress: Callable[[Iterator[Row[Any]], int], Iterable[Row[Any]]] = lambda rows, _: rows,
) -> Verdict:
    """Check every chain, then everything stored against it.

    Args:
        progress: Wraps the events being read, with their number, for whoever watches.

    Finds a changed, missing, inserted or reordered event; a register, version, finding or state
    that differs from the trail; a step that the workflow does not know; an accepted figure that is
    not its version's; sums that differ. Whoever may rewrite the database can still cut off the end
    of a chain together with all that it did: only a copy of the heads kept elsewhere shows that.
    """
    told = _Told()
    count = connection.execute(sa.select(sa.func.count()).select_from(models.event)).scalar_one()
    broken = first_break(told.read(progress(events(connection), count)))
    return Verdict(told.number, broken or next(_differences(connection, told), None))


def _differences(connection: Connection, told: _Told) -> Iterator[Break]:
    yield from told.impossible
    loaded = list(connection.execute(sa.select(models.election.c.id)).scalars())
    for election in sorted({*told.registers, *loaded}):
        if election not in loaded or election not in told.registers:
            yield Break(MAIN, 0, f"election {election} is not in both the trail and the store")
            return
        try:
            yield from _of_election(connection, election, told)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # Whatever was put in its place is not even of the right shape.
            yield Break(MAIN, 0, f"election {election} cannot be read as it is stored: {error!r}")
    yield from _strays(connection)


def _of_election(connection: Connection, election: str, told: _Told) -> Iterator[Break]:
    stored = find_election(connection, election)
    yield from _register(connection, stored, told)
    for contest in stored.election.contests.values():
        yield from _versions(connection, stored, contest, told)
        yield from _states(connection, stored, contest, told)
        yield from _findings(connection, stored, contest, told)
        yield from _accepted(connection, stored, contest)
        for found in reconcile(connection, stored, contest):
            chain = chain_of(election, found.area)
            yield Break(chain, 0, f"{found.code}: the sums differ: {found.equation}")
        for area in sorted(stale(connection, stored.contests[contest.id])):
            yield Break(MAIN, 0, f"the sums kept of the area with key {area} were changed")


def _register(connection: Connection, stored: Stored, told: _Told) -> Iterator[Break]:
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
    honest &= _numbered(connection, stored)
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


def _subject(stored: Stored, contest: Contest, precinct: int) -> str:
    return f"{stored.election.id}/{contest.id}/{precinct}"


def _versions(
    connection: Connection, stored: Stored, contest: Contest, told: _Told
) -> Iterator[Break]:
    table, key = models.version.c, stored.contests[contest.id]
    left = {k: n for k, n in told.versions.items() if k[0].startswith(_prefix(stored, contest))}
    rows = connection.execute(
        sa.select(models.version).where(table.contest == key).order_by(table.precinct, table.number)
    ).yield_per(1000)
    for row in rows:
        subject = _subject(stored, contest, row.precinct)
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


def _states(
    connection: Connection, stored: Stored, contest: Contest, told: _Told
) -> Iterator[Break]:
    table, prefix = models.protocol.c, _prefix(stored, contest)
    left = {s: t for s, t in told.states.items() if s.startswith(prefix)}
    rows = connection.execute(
        sa.select(table.precinct, table.area, table.state, table.version)
        .where(table.contest == stored.contests[contest.id])
        .order_by(table.precinct)
    )
    homes = {n: stored.areas[p.area] for n, p in find_precincts(connection, stored).items()}
    for precinct, area, state, version in rows:
        subject = _subject(stored, contest, precinct)
        told_state, told_version, event = left.pop(subject, ("", 0, 0))
        if (state, version) != (told_state, told_version):
            yield Break(subject, event, f"it stands as {state}, the trail says otherwise")
        if area != homes.get(precinct):
            yield Break(subject, event, "it is filed under another area than its precinct's")
    for subject, (_, _, event) in sorted(left.items()):
        yield Break(subject, event, "the protocol is missing")


def _findings(
    connection: Connection, stored: Stored, contest: Contest, told: _Told
) -> Iterator[Break]:
    table = models.finding.c
    kept: dict[tuple[str, int], list[Any]] = {}
    rows = connection.execute(
        sa.select(models.finding)
        .where(table.contest == stored.contests[contest.id])
        .order_by(table.id)
    )
    for row in rows:
        key = (_subject(stored, contest, row.precinct), row.version)
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
