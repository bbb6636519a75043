"""The sitting of a commission: prepared, opened, signed; received above, returned, reopened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tabulator import audit
from tabulator.actions.signing import refuse_unfinished
from tabulator.audit.chain import heads_of
from tabulator.audit.sittings import sitting_chain, sitting_of, sitting_subject
from tabulator.domain.register import Contest
from tabulator.domain.roles import Actor
from tabulator.domain.sittings import EVENTS, Move, Sitting, refuse_outsider
from tabulator.errors import NotFound, Stale
from tabulator.storage.db import lock
from tabulator.storage.register import Stored
from tabulator.storage.results import commission_rows, figures_digest


@dataclass(slots=True)
class Session:
    """A commission's result that somebody is doing something about, in one transaction."""

    connection: Connection
    actor: Actor
    stored: Stored
    contest: Contest
    commission: str
    now: datetime
    sitting: Sitting
    entries: list[audit.Entry] = field(default_factory=list)

    def move(self, move: Move, facts: Mapping[str, Any] | None = None) -> None:
        """Make one move; raises as `Sitting.tell` and `refuse_outsider` do."""
        refuse_outsider(move, self.actor, self.stored.election, self.commission)
        self.tell(move, facts or {})

    def tell(self, move: Move, facts: Mapping[str, Any]) -> None:
        self.sitting.tell(EVENTS[move], self.actor, facts)
        subject = sitting_subject(self.stored, self.contest, self.commission)
        chain = sitting_chain(self.stored, self.commission)
        self.entries.append(audit.Entry(chain, EVENTS[move], subject, facts))

    def digest(self) -> str:
        """Of all figures that a signature would stand for."""
        rows = commission_rows(self.connection, self.stored, self.contest, self.commission)
        return figures_digest(rows)

    def finish(self) -> None:
        if self.entries:
            place = {"at": self.now, "actor": self.actor, "entries": self.entries}
            audit.record(self.connection, **place)  # type: ignore[arg-type]


@contextmanager
def session(
    connection: Connection,
    actor: Actor,
    stored: Stored,
    contest: Contest,
    commission: str,
    *,
    now: datetime,
    seen: int | None = None,
) -> Iterator[Session]:
    """A commission's result, locked with everything below it that it stands on.

    Args:
        seen: The number of moves that the actor has seen; None where nothing is approved.

    Raises:
        NotFound: There is no such commission within the actor's reach.
        Stale: Something was done since.
    """
    refuse_unreachable(actor, stored, commission)
    lock(connection, _chains(stored, commission))
    sitting = sitting_of(connection, stored, contest, commission)
    if seen is not None and seen != sitting.moves:
        raise Stale(f"after {seen} moves it was seen, {sitting.moves} there are")
    at = Session(connection, actor, stored, contest, commission, now, sitting)
    yield at
    at.finish()


def refuse_unreachable(actor: Actor, stored: Stored, commission: str) -> None:
    """NotFound unless the commission exists and the actor may see it."""
    election = stored.election
    tops = election.areas.tops_of(commission) if commission in election.commissions else ()
    if not any(actor.reaches_area(election, top.code) for top in tops):
        raise NotFound(f"no commission {commission}")


def chains_below(stored: Stored, commission: str) -> list[str]:
    """Of a commission's own areas, and of the commissions right below it."""
    election = stored.election
    areas = [area.code for area in election.areas if area.commission == commission]
    below = [one.code for one in election.commissions.values() if one.parent == commission]
    chains = [audit.chain_of(election.id, code) for code in areas]
    return [*chains, *(sitting_chain(stored, code) for code in below)]


def _chains(stored: Stored, commission: str) -> list[str]:
    """Of the commission, those above and below it, and its areas: taken all at once."""
    family = [commission, *above(stored, commission)]
    chains = [sitting_chain(stored, code) for code in family]
    return [audit.MAIN, *chains, *chains_below(stored, commission)]


def above(stored: Stored, commission: str) -> list[str]:
    """The commissions above one, the nearest first."""
    found, commissions = [], stored.election.commissions
    while (parent := commissions[commission].parent) in commissions:
        found.append(parent)
        commission = parent
    return found


def lodge_complaint(at: Session, complainant: str, text: str, precinct: int | None) -> int:
    """Take in a complaint; gives its number."""
    number = len(at.sitting.complaints) + 1
    facts = {"complaint": number, "complainant": complainant, "text": text, "precinct": precinct}
    at.move(Move.LODGE, facts)
    return number


def explain_missing(at: Session, precinct: int, reason: str) -> None:
    """Say why a protocol, or the first copy of one that counts, is missing; replaceable."""
    rows = commission_rows(at.connection, at.stored, at.contest, at.commission)
    if precinct not in {row.precinct for row in rows}:
        raise NotFound(f"no precinct {precinct} of commission {at.commission}")
    at.move(Move.EXPLAIN_MISSING, {"precinct": precinct, "reason": reason})


def open_sitting(at: Session, members: int, present: Sequence[str]) -> None:
    """Open the final sitting; NeedsFirst unless more than half of the members are present."""
    at.move(Move.OPEN, {"members": members, "present": list(present)})


def consider_complaint(at: Session, complaint: int, outcome: str, votes: Mapping[str, int]) -> None:
    """Decide on one complaint."""
    facts = {"complaint": complaint, "outcome": outcome, "votes": dict(votes)}
    at.move(Move.CONSIDER, facts)


def record_opinion(at: Session, member: str, text: str) -> None:
    """Record a member's dissenting opinion."""
    at.move(Move.DISSENT, {"member": member, "text": text})


def sign(
    at: Session,
    signers: Sequence[str],
    digest: str,
    documents: Sequence[Any],
    told: Mapping[str, Any] | None = None,
) -> None:
    """Sign the result: from here on everything below is frozen.

    Args:
        digest: Of the figures that were printed. `documents`: what was printed of them.
        told: The ends of the `chains_below` when they were printed; None: nothing was.

    Raises:
        NeedsFirst: Something below is not finished: `open` names precincts or commissions.
        Stale: Something was done below since the documents were printed.
    """
    refuse_unfinished(at.connection, at.stored, at.contest, at.commission, at.sitting)
    chains = chains_below(at.stored, at.commission)
    if digest != at.digest() or told not in (None, heads_of(at.connection, chains)):
        raise Stale("something was done below since the documents were printed")
    facts = {
        "version": at.sitting.version + 1,
        "digest": digest,
        "signers": list(signers),
        "documents": list(documents),
    }
    at.move(Move.SIGN, facts)


def receive_result(at: Session, deliverer: str) -> None:
    """The CEC takes over a territory's signed protocol and summary table."""
    at.move(Move.RECEIVE, {"deliverer": deliverer, "digest": at.sitting.digest})


def approve_result(at: Session) -> None:
    """The CEC accepts it for the national result."""
    at.move(Move.APPROVE, {"version": at.sitting.version, "digest": at.sitting.digest})
