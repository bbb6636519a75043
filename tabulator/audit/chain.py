"""The trail: one event per change, in hash chains that break where anything was altered.

One chain per area that precincts lie in, so that territories do not wait for each other,
and one ("main") for what belongs to none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.audit.origin import told_by
from tabulator.domain.protocol import canonical_json, utc_text
from tabulator.domain.roles import Actor
from tabulator.storage import models

MAIN = "main"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change about to be recorded.

    Attributes:
        chain: MAIN, or `chain_of` an area.
        kind: Typed, e.g. "protocol.accepted".
        subject: What changed, e.g. "sample/president/1047".
        facts: What an outsider needs to check it: versions, digests, figures, reasons. JSON data
            without a key "by".
    """

    chain: str
    kind: str
    subject: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold."""

    chain: str
    number: int
    reason: str


def chain_of(election: str, area: str) -> str:
    return f"{election}/{area}"


def record(connection: Connection, *, at: datetime, actor: Actor, entries: Sequence[Entry]) -> None:
    """Append one event per entry; the caller holds the chains (`storage.db.lock`).

    The facts get a key more, "by": the actor's full name and the digest of where they were.
    """
    if any("by" in entry.facts for entry in entries):
        raise ValueError('facts have no key "by" of their own')
    heads = heads_of(connection, {entry.chain for entry in entries})
    by = told_by(connection, actor)
    rows = []
    for entry in entries:
        number, previous = heads.get(entry.chain, (0, genesis(entry.chain)))
        facts = canonical_json({**entry.facts, **by})
        who, what = (actor.name, str(actor.role)), (entry.kind, entry.subject, facts)
        values = (entry.chain, number + 1, at, *who, *what, previous)
        head = event_hash(values)
        rows.append((*values, head))
        heads[entry.chain] = (number + 1, head)
    connection.execute(
        sa.insert(models.event),
        [dict(zip(models.event.c.keys(), row, strict=True)) for row in rows],
    )


def genesis(chain: str) -> str:
    """What stands as `previous` in the first event of a chain."""
    return hashlib.sha256(f"tabulator:{chain}".encode()).hexdigest()


def event_hash(values: Iterable[Any]) -> str:
    """SHA-256 over an event's columns from `chain` to `previous` as canonical JSON."""
    plain = [utc_text(value) if isinstance(value, datetime) else value for value in values]
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def heads_of(connection: Connection, chains: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Chain → number and hash of its last event; what has no event yet is absent."""
    table = models.event.c
    last = sa.select(table.chain, sa.func.max(table.number).label("number")).group_by(table.chain)
    newest = last.where(table.chain.in_(sorted(chains))).subquery()
    found = connection.execute(
        sa.select(table.chain, table.number, table.hash).join(
            newest, (table.chain == newest.c.chain) & (table.number == newest.c.number)
        )
    )
    return {chain: (number, head) for chain, number, head in found}


def last_moment(connection: Connection, chains: Iterable[str]) -> datetime | None:
    """When the last event of these chains happened; None while there is none."""
    table = models.event.c
    query = sa.select(sa.func.max(table.at)).where(table.chain.in_(sorted(chains)))
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def events(connection: Connection) -> Iterator[Row[Any]]:
    """Every event, chain by chain, in order."""
    table = models.event.c
    query = sa.select(models.event).order_by(table.chain, table.number)
    # As an option of the statement: so PostgreSQL, too, sends them bit by bit.
    with connection.execute(query.execution_options(yield_per=1000)) as rows:
        yield from rows


def first_break(trail: Iterable[Any]) -> Break | None:
    """The first event that does not follow from the one before it; None while all hold.

    An event cut off at the end of a chain is not seen here: `verify` finds it where the
    protocol that it moved no longer agrees with the trail, and a checkpoint (`seal`) states
    how far the chain had come.
    """
    chain, number, previous = "", 0, ""
    for row in trail:
        if row.chain != chain:
            chain, number, previous = row.chain, 0, genesis(row.chain)
        number += 1
        reason = _fault(row, number, previous)
        if reason:
            return Break(chain, number, reason)
        previous = row.hash
    return None


def _fault(row: Any, number: int, previous: str) -> str:
    if row.number != number:
        return f"event {number} is missing"
    if row.previous != previous:
        return "it does not follow the event before it"
    if event_hash(tuple(row)[:-1]) != row.hash:
        return "its content was changed"
    return ""
