"""Where the steps of protocols are taken, for many protocols at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator import audit
from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.roles import Actor
from tabulator.domain.workflow import Circumstances, State, Step, next_state
from tabulator.storage import models
from tabulator.storage.counts import retabulate
from tabulator.storage.db import chunks
from tabulator.storage.register import Stored, subject_of


@dataclass(slots=True)
class Handled:
    """A protocol on its way, as it stands in this transaction."""

    protocol: Protocol
    precinct: Precinct
    digest: str
    state: State
    version: int
    is_new: bool = True
    found: Circumstances = field(default_factory=Circumstances)

    @property
    def errors(self) -> frozenset[str]:
        """Codes of the errors found in it."""
        return self.found.errors


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the steps happen: whose hand, which contest, what moment."""

    connection: Connection
    actor: Actor
    stored: Stored
    contest: Contest
    now: datetime
    # Wraps what takes longest, with how many there are, for whoever watches.
    progress: Callable[[Iterable[Handled], int], Iterable[Handled]] = lambda items, _: items

    @property
    def key(self) -> int:
        return self.stored.contests[self.contest.id]

    def subject(self, item: Handled) -> str:
        """What the events of a protocol are about."""
        return subject_of(self.stored, self.contest, item.precinct.number)

    def record(self, kind: str, handled: Iterable[tuple[Handled, Mapping[str, Any]]]) -> None:
        """One event of `kind` per protocol, in the chain of its area."""
        election = self.stored.election.id
        entries = [
            audit.Entry(
                chain=audit.chain_of(election, item.precinct.area),
                kind=kind,
                subject=self.subject(item),
                facts={"version": item.version, **facts},
            )
            for item, facts in handled
        ]
        if entries:
            audit.record(self.connection, at=self.now, actor=self.actor, entries=entries)

    def move(self, items: Sequence[Handled], step: Step) -> None:
        """Take `step` for all of them; raises as `next_state` does if one of them cannot."""
        for item in items:
            item.state = next_state(item.state, step, self.actor, item.found)
        table = models.protocol
        for state in {item.state for item in items}:
            precincts = [item.precinct.number for item in items if item.state == state]
            for some in chunks(precincts):
                self.connection.execute(
                    sa.update(table)
                    .where(table.c.contest == self.key, table.c.precinct.in_(some))
                    .values(state=str(state))
                )

    def retabulate(self, items: Iterable[Handled]) -> None:
        areas = {self.stored.areas[item.precinct.area] for item in items}
        retabulate(self.connection, self.key, areas)
