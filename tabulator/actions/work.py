"""One protocol on the desk: found, locked, and moved step by step."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator import audit
from tabulator.actions.check import finding_rows, findings_as_facts
from tabulator.actions.queue import release
from tabulator.audit.sittings import frozen_areas
from tabulator.audit.told import story_of, told_of
from tabulator.domain.protocol import Protocol, digest, protocol_from_canonical
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.roles import Actor
from tabulator.domain.rules import check
from tabulator.domain.rules.base import Case, Finding, Severity
from tabulator.domain.story import STEP_OF, Story
from tabulator.domain.workflow import DEED_EVENTS, EVENTS, Deed, State, Step
from tabulator.errors import NotFound, Stale, WrongState
from tabulator.storage import models
from tabulator.storage.counts import accept_figures, insert_rows, retabulate, withdraw_figures
from tabulator.storage.db import lock
from tabulator.storage.neighbours import twin_findings
from tabulator.storage.protocols import Key, Scan, find_key, store_scans, store_version
from tabulator.storage.register import Stored, subject_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """How figures came.

    Attributes:
        channel: "upload", "typed", "import", …
        source: The name of what they came in, as the sender called it.
        scans: The files that came with them, stored already.
    """

    channel: str
    source: str = ""
    scans: tuple[Scan, ...] = ()


@dataclass(slots=True)
class Work:
    """A protocol that somebody is doing something with, in one transaction.

    Attributes:
        protocol: What its current version says; None while none has come.
        frozen: Its territory has signed.
        counted: It was accepted when the transaction began.
        entries: What happened to it in this transaction, not yet written.
    """

    connection: Connection
    actor: Actor
    stored: Stored
    contest: Contest
    precinct: Precinct
    now: datetime
    story: Story
    protocol: Protocol | None
    frozen: bool
    counted: bool
    entries: list[audit.Entry] = field(default_factory=list)

    @property
    def key(self) -> int:
        return self.stored.contests[self.contest.id]

    @property
    def subject(self) -> str:
        return subject_of(self.stored, self.contest, self.precinct.number)

    @property
    def digest(self) -> str:
        """Of the current version; WrongState while there is none."""
        if self.protocol is None:
            raise WrongState("no figures have come yet")
        return digest(self.protocol.canonical())

    @property
    def chain(self) -> str:
        return audit.chain_of(self.stored.election.id, self.precinct.area)

    def step(self, step: Step, facts: Mapping[str, Any] | None = None) -> None:
        """Take a step about the current version; raises as `next_state` does."""
        self._tell(EVENTS[step], {"version": self.story.version, **(facts or {})})

    def deed(self, deed: Deed, facts: Mapping[str, Any]) -> None:
        """Do what moves nothing; raises as `refuse_deed` does."""
        self._tell(DEED_EVENTS[deed], {"version": self.story.version, **facts})

    def new_version(
        self, step: Step, made: Protocol, arrival: Arrival, facts: Mapping[str, Any] | None = None
    ) -> None:
        """Let `made` become the next version by this step, as written, and check it."""
        before, number = self.story.version, self.story.version + 1
        told = {
            "version": number,
            "predecessor": before,
            "digest": digest(made.canonical()),
            "figures": dict(made.figures),
            "channel": arrival.channel,
            "source": arrival.source,
            "files": [dataclasses.asdict(scan) for scan in arrival.scans],
            **(facts or {}),
        }
        # The step first: what the table refuses leaves nothing behind.
        self._tell(EVENTS[step], told)
        self.protocol = made
        self._store(before, number, arrival)
        self._check()

    def _store(self, before: int, number: int, arrival: Arrival) -> None:
        place = (self.key, self.precinct.number, number)
        if not before:
            area = self.stored.areas[self.precinct.area]
            row = (self.key, self.precinct.number, area, str(self.story.state), number, 0, 0)
            insert_rows(self.connection, models.protocol, [row])
        assert self.protocol  # noqa: S101 - set by the only caller
        came = {"channel": arrival.channel, "source": arrival.source}
        entered = (self.actor.name, self.now)
        store_version(self.connection, place, self.protocol, came=came, entered=entered)
        store_scans(self.connection, place, arrival.scans)

    def _check(self) -> None:
        """Every version is checked at once; what has an error is disputed."""
        assert self.protocol  # noqa: S101 - set by the only caller
        election = self.stored.election
        found = check(Case(self.protocol, self.contest, self.precinct, election.id, election.date))
        rows = list(finding_rows((self.key, self.precinct.number, self.story.version), found))
        if rows:
            self.connection.execute(sa.insert(models.finding), rows)
        self.step(Step.CHECK, {"findings": findings_as_facts(found)})
        self.dispute_errors()

    def dispute_errors(self) -> None:
        """Dispute what has an error among its findings, and only that."""
        errors = sorted(self.story.codes(Severity.ERROR))
        if errors and self.story.state in (State.CHECKED, State.VERIFIED):
            self.step(Step.DISPUTE, {"errors": errors, "reason": ", ".join(errors)})

    def _tell(self, kind: str, facts: Mapping[str, Any]) -> None:
        more = self.beside() if kind == EVENTS[Step.ACCEPT] else frozenset()
        self.story.tell(kind, self.actor, facts, frozen=self.frozen, more_open=more)
        self.entries.append(audit.Entry(self.chain, kind, self.subject, facts))

    def findings_beside(self) -> list[Finding]:
        """Warnings that compare this protocol with others are found when they are asked for."""
        if not self.story.version:
            return []
        number = self.precinct.number
        return twin_findings(self.connection, self.stored, self.contest, number)

    def beside(self) -> frozenset[str]:
        """The codes of these warnings."""
        return frozenset(found.code for found in self.findings_beside())

    def finish(self) -> None:
        """Write what was told: the events, the row, the sums; whoever held it is done with it."""
        if not self.entries:
            return
        audit.record(self.connection, at=self.now, actor=self.actor, entries=self.entries)
        story, table = self.story, models.protocol
        self.connection.execute(
            sa.update(table)
            .where(table.c.contest == self.key, table.c.precinct == self.precinct.number)
            .values(
                state=str(story.state),
                version=story.version,
                verified=story.verified,
                original=story.original,
            )
        )
        self._count()
        # Who explains or decides something goes on with it; a step ends the work.
        if any(entry.kind in STEP_OF for entry in self.entries):
            release(self.connection, self.key, self.precinct.number)
        self.entries = []

    def _count(self) -> None:
        """Figures enter the sums when they are accepted and leave them with any other state."""
        counts = self.story.state == State.ACCEPTED
        area, number = self.precinct.area, self.precinct.number
        place = (self.connection, self.stored, self.contest)
        if self.counted:
            withdraw_figures(*place, area, number)
        if counts and self.protocol:
            accept_figures(*place, [(area, number, self.protocol.figures)])
        changed = counts or self.counted
        retabulate(self.connection, self.key, [self.stored.areas[area]], figures=changed)


@contextmanager
def work_on(
    connection: Connection,
    actor: Actor,
    protocol_id: str,
    *,
    now: datetime,
    seen: int | None = None,
    locked: bool = True,
) -> Iterator[Work]:
    """A protocol within the actor's reach, locked; what is done to it is written at the end.

    Args:
        protocol_id: Key of the contest and number of the precinct, "1-1047".
        seen: The version that the actor has seen; None where nothing is approved.
        locked: False for who only looks, in a snapshot.

    Raises:
        NotFound: There is no such protocol, or not for this actor.
        Stale: Another version stands now.
    """
    key = find_key(connection, protocol_id)
    refuse_unreachable(key, actor)
    with open_work(connection, actor, key, now=now, locked=locked) as work:
        if seen is not None and seen != work.story.version:
            raise Stale(f"version {seen} was seen, version {work.story.version} stands")
        yield work


def refuse_unreachable(key: Key, actor: Actor) -> None:
    """NotFound unless the protocol is within the actor's reach."""
    if not actor.reaches(key.stored.election, key.precinct):
        raise NotFound(f"no protocol {key.id}")


@contextmanager
def open_work(
    connection: Connection, actor: Actor, key: Key, *, now: datetime, locked: bool = True
) -> Iterator[Work]:
    """The same for whoever may reach it; `state` is MISSING where nothing has come yet."""
    stored, contest, precinct = key.stored, key.contest, key.precinct
    if locked:
        lock(connection, [audit.chain_of(stored.election.id, precinct.area)])
    story = story_of(told_of(connection, subject_of(stored, contest, precinct.number)))
    work = Work(
        connection,
        actor,
        stored,
        contest,
        precinct,
        now,
        story,
        _read(connection, key, story.version),
        frozen=bool(frozen_areas(connection, stored, contest, [precinct.area])),
        counted=story.state == State.ACCEPTED,
    )
    yield work
    work.finish()


def _read(connection: Connection, key: Key, version: int) -> Protocol | None:
    table = models.version.c
    text = connection.execute(
        sa.select(table.canonical).where(
            table.contest == key.stored.contests[key.contest.id],
            table.precinct == key.precinct.number,
            table.number == version,
        )
    ).scalar_one_or_none()
    return protocol_from_canonical(text) if text else None
