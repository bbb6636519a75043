"""The people of an election night, and what they do in one line each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tabulator.actions.entry import enter, send
from tabulator.actions.first_copy import compare_first_copy, take_by_act
from tabulator.actions.review import accept
from tabulator.actions.sittings import (
    Session,
    approve_result,
    open_sitting,
    receive_result,
    session,
    sign,
)
from tabulator.actions.work import Arrival, Work, open_work, work_on
from tabulator.audit.sittings import sitting_of
from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Contest
from tabulator.domain.roles import Actor, Role
from tabulator.domain.sittings import Sitting
from tabulator.domain.workflow import State
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.protocols import Key
from tests.counting import NOW, PLACES, Count, sent, sums

DECISION = {"number": "12", "date": "2021-01-11", "reason": "a slip of the pen"}
ACT = {"deliverer": "B. Chair", "receiver": "A. Operator", "time": "2021-01-10T21:00:00+00:00"}
SEATS = ("Asanova", "Bekov", "Choduev", "Dyikanov", "Esenova")
"""The members of every commission; three of them are a quorum."""


@dataclass(frozen=True)
class Team:
    """Who works at a territorial commission."""

    commission: str
    first: Actor
    second: Actor
    third: Actor
    verifier: Actor
    chair: Actor


def team(commission: str) -> Team:
    def person(name: str, role: Role) -> Actor:
        return Actor(f"{name}.{commission}", role, scope=commission)

    return Team(
        commission,
        *(person(name, Role.TERRITORIAL_OPERATOR) for name in ("first", "second", "third")),
        person("verifier", Role.TERRITORIAL_VERIFIER),
        person("chair", Role.TERRITORIAL_CHAIR),
    )


BISHKEK, ALAMUDUN, SOKULUK = map(team, ("tec-bishkek", "tec-alamudun", "tec-sokuluk"))
TEAMS = {one.commission: one for one in (BISHKEK, ALAMUDUN, SOKULUK)}
MEMBER = Actor("member.cec", Role.CEC_MEMBER)
OTHER_MEMBER = Actor("other.cec", Role.CEC_MEMBER)
OBSERVER = Actor("observer", Role.OBSERVER)


def chair_of(precinct: int) -> Actor:
    return Actor(f"chair.{precinct}", Role.PRECINCT_CHAIR, scope=str(precinct))


def team_of(precinct: int) -> Team:
    area = PLACES[precinct]
    return TEAMS["tec-bishkek" if area == "abroad" else f"tec-{area}"]


@dataclass
class Night:
    """A count on which people work; each step takes a minute."""

    count: Count
    now: datetime = NOW

    @property
    def contest(self) -> Contest:
        return self.count.contest

    def id(self, precinct: int) -> str:
        return f"{self.count.stored.contests[self.contest.id]}-{precinct}"

    @contextmanager
    def work(self, actor: Actor, precinct: int, seen: int | None = None) -> Iterator[Work]:
        self.now += timedelta(minutes=1)
        with (
            transaction(self.count.engine) as connection,
            work_on(connection, actor, self.id(precinct), now=self.now, seen=seen) as work,
        ):
            yield work

    def do(
        self,
        actor: Actor,
        precinct: int,
        action: Callable[..., Any],
        *given: Any,
        seen: int | None = None,
        **named: Any,
    ) -> Any:
        """One action about a protocol, in a transaction of its own."""
        with self.work(actor, precinct, seen) as work:
            return action(work, *given, **named)

    def send(
        self, actor: Actor, protocol: Protocol, channel: str = "upload", scans: Sequence[Any] = ()
    ) -> bool:
        """What came from the precinct, or was typed first."""
        self.now += timedelta(minutes=1)
        precinct = self.count.package.precincts[protocol.precinct]
        with transaction(self.count.engine) as connection:
            key = Key(self.count.stored, self.contest, precinct)
            with open_work(connection, actor, key, now=self.now) as work:
                return send(work, protocol, Arrival(channel, f"{channel}.pdf", tuple(scans)))

    def upload(self, precinct: int, **changed: int | None) -> Protocol:
        """The chair of a precinct sends its protocol."""
        protocol = sent(self.contest, precinct, **changed)
        assert self.send(chair_of(precinct), protocol)
        return protocol

    def type(self, actor: Actor, precinct: int, **changed: int | None) -> Protocol:
        """An operator types a protocol first."""
        protocol = sent(self.contest, precinct, **changed)
        assert self.send(actor, protocol, "typed")
        return protocol

    def confirm(self, protocol: Protocol, actor: Actor | None = None) -> None:
        """Another operator types the same figures blindly."""
        by = actor or team_of(protocol.precinct).second
        assert self.do(by, protocol.precinct, enter, protocol.figures) == ()

    def verified(self, precinct: int, **changed: int | None) -> Protocol:
        """Uploaded by the chair and confirmed by an operator."""
        protocol = self.upload(precinct, **changed)
        self.confirm(protocol)
        return protocol

    def accepted(self, precinct: int, **changed: int | None) -> Protocol:
        protocol = self.verified(precinct, **changed)
        self.do(team_of(precinct).verifier, precinct, accept)
        return protocol

    def original(self, precinct: int, **changed: int | None) -> Protocol:
        """Accepted, and confirmed by the first copy."""
        protocol = self.accepted(precinct, **changed)
        self.first_copy(precinct)
        return protocol

    def first_copy(self, precinct: int, protocol: Protocol | None = None) -> tuple[str, ...]:
        """The first copy is received by act and compared; None: its figures are the same."""
        operator = team_of(precinct).first
        self.do(operator, precinct, take_by_act, ACT)
        figures = protocol.figures if protocol else None
        lines: tuple[str, ...] = self.do(
            operator, precinct, compare_first_copy, figures, Arrival("paper")
        )
        return lines

    @contextmanager
    def session(self, actor: Actor, commission: str, seen: int | None = None) -> Iterator[Session]:
        self.now += timedelta(minutes=1)
        with (
            transaction(self.count.engine) as connection,
            session(
                connection,
                actor,
                self.count.stored,
                self.contest,
                commission,
                now=self.now,
                seen=seen,
            ) as at,
        ):
            yield at

    def sit(
        self, actor: Actor, commission: str, action: Callable[..., Any], *given: Any, **named: Any
    ) -> Any:
        """One move of a sitting, in a transaction of its own."""
        with self.session(actor, commission) as at:
            return action(at, *given, **named)

    def open(self, actor: Actor, commission: str) -> None:
        self.sit(actor, commission, open_sitting, len(SEATS), SEATS[:3])

    def sign(self, actor: Actor, commission: str, documents: Sequence[Any] = ()) -> str:
        """Sign what stands; gives the digest that was signed."""
        with self.session(actor, commission) as at:
            digest = at.digest()
            sign(at, SEATS[:3], digest, documents)
        return digest

    def signed(self, commission: str, documents: Sequence[Any] = ()) -> str:
        """Opened and signed by its head."""
        head = TEAMS[commission].chair if commission in TEAMS else MEMBER
        self.open(head, commission)
        return self.sign(head, commission, documents)

    def approved(self, commission: str) -> None:
        """Signed, received and approved by the CEC."""
        self.signed(commission)
        self.sit(MEMBER, commission, receive_result, "B. Chair")
        self.sit(MEMBER, commission, approve_result)

    def sitting(self, commission: str) -> Sitting:
        with snapshot(self.count.engine) as connection:
            return sitting_of(connection, self.count.stored, self.contest, commission)

    def state(self, precinct: int) -> tuple[State, int]:
        return self.count.states()[precinct]

    def columns(self, precinct: int) -> tuple[Any, ...]:
        """State, version, verified and original as the table of protocols has them."""
        (row,) = self.count.rows(
            "SELECT state, version, verified, original FROM protocol "  # noqa: S608
            f"WHERE precinct = {precinct}"
        )
        return row

    def in_order(self, *counted: Protocol) -> None:
        """The trail holds, and every sum is that of exactly these protocols."""
        broken = self.count.verdict().first_break
        assert broken is None, broken
        tree = self.count.stored.election.areas
        for area in tree:
            shown = self.count.result(area.code)
            due = sums(self.contest, counted, PLACES, tree, area.code)
            assert {c: shown.value(c) for c in self.contest.summed} == due, area.code
            below = [one for one in counted if PLACES[one.precinct] in tree.below(area.code)]
            assert shown.coverage.included == len(below)


def events_of(count: Count, subject: str) -> list[tuple[str, dict[str, Any]]]:
    """Kind and facts of each event of one subject, in order."""
    rows = count.rows(
        "SELECT kind, facts FROM event "  # noqa: S608 - our own words
        f"WHERE subject = '{subject}' ORDER BY chain, number"
    )
    return [(kind, json.loads(facts)) for kind, facts in rows]
