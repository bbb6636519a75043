"""What the trail tells about one thing: its events, oldest first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.domain.roles import Actor, Role
from tabulator.domain.story import PROTOCOL_EVENTS, Story
from tabulator.storage import models
from tabulator.storage.db import chunks


@dataclass(frozen=True, slots=True)
class Told:
    """One event, with its facts read."""

    chain: str
    number: int
    at: datetime
    actor: str
    role: str
    kind: str
    subject: str
    facts: dict[str, Any]
    hash: str

    @property
    def by(self) -> Actor:
        person = self.facts.get("by", {}).get("person", "")
        return Actor(self.actor, Role(self.role), person)


def read(row: Row[Any]) -> Told:
    return Told(
        chain=row.chain,
        number=row.number,
        at=row.at,
        actor=row.actor,
        role=row.role,
        kind=row.kind,
        subject=row.subject,
        facts=json.loads(row.facts),
        hash=row.hash,
    )


def told_of(connection: Connection, subject: str) -> list[Told]:
    """Every event about `subject`, in order; all of them are in one chain."""
    return told_of_all(connection, [subject])[subject]


def told_of_all(
    connection: Connection, subjects: Iterable[str], kinds: Iterable[str] = ()
) -> dict[str, list[Told]]:
    """The same for many subjects; only of these kinds, if any are named."""
    table, found = models.event.c, defaultdict[str, list[Told]](list)
    wanted, listed = tuple(kinds), list(subjects)
    for some in chunks(listed):
        query = sa.select(models.event).where(table.subject.in_(some))
        if wanted:
            query = query.where(table.kind.in_(wanted))
        for row in connection.execute(query.order_by(table.chain, table.number)):
            found[row.subject].append(read(row))
    return found


def story_of(events: Iterable[Told]) -> Story:
    """How a protocol stands after these events."""
    story = Story()
    for event in _of_protocols(events):
        story.tell(event.kind, event.by, event.facts)
    return story


def _of_protocols(events: Iterable[Told]) -> Iterator[Told]:
    return (event for event in events if event.kind in PROTOCOL_EVENTS)
