"""What a document prints beside its figures: explanations, decisions and the sitting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from tabulator.actions.signing import provisional
from tabulator.aggregate.results import PrecinctRow
from tabulator.audit.sittings import sittings
from tabulator.audit.told import Told, told_of_all
from tabulator.documents.facts import Complaint, Note
from tabulator.domain.protocol import Figures
from tabulator.domain.register import Contest
from tabulator.domain.sittings import FREEZING, Sitting, Stage
from tabulator.domain.workflow import DEED_EVENTS, EVENTS, Deed, State, Step
from tabulator.storage.register import Stored

_RULINGS = {
    EVENTS[Step.ANNUL]: "annulled",
    EVENTS[Step.RESTORE]: "restored",
    EVENTS[Step.ORDER_RECOUNT]: "recount-ordered",
}
_ANSWERS = {
    DEED_EVENTS[Deed.EXPLAIN]: "explained",
    DEED_EVENTS[Deed.DECIDE]: "decided",
}
_CORRECTIONS = (EVENTS[Step.CORRECT], EVENTS[Step.AMEND])
_KINDS = (*_RULINGS, *_ANSWERS, *_CORRECTIONS)
_VERSIONS = (EVENTS[Step.RECEIVE], EVENTS[Step.SETTLE])


@dataclass(frozen=True)
class Remarks:
    """Notes of every precinct asked for, and how the commissions' sittings stand."""

    stored: Stored
    notes: Mapping[int, tuple[Note, ...]]
    provisional: frozenset[int]
    sittings: Mapping[str, Sitting]

    def of(self, commission: str, rows: Iterable[PrecinctRow]) -> dict[str, Any]:
        """The attributes of `Facts` that stand beside the figures of these precincts."""
        sitting = self.sittings[commission]
        sits = sitting.stage == Stage.OPEN or sitting.stage in FREEZING
        return {
            "notes": tuple(note for row in rows for note in self._notes(commission, row)),
            "complaints": tuple(_considered(sitting)),
            "opinions": tuple(one["member"] for one in sitting.opinions) if sits else (),
            "present": len(sitting.present) if sits else 0,
            "members": sitting.members if sits else 0,
        }

    def _notes(self, commission: str, row: PrecinctRow) -> Iterator[Note]:
        yield from self.notes.get(row.precinct, ())
        kind = self._lacking(row)
        answers = self.stored.election.areas[row.area].commission
        said = (self.sittings[code].explained.get(row.precinct) for code in (commission, answers))
        reason = next((text for text in said if text), None)
        if kind and reason:
            yield Note(row.precinct, kind, text=reason)

    def _lacking(self, row: PrecinctRow) -> str:
        if row.state == State.MISSING:
            return "missing"
        return "no-first-copy" if row.precinct in self.provisional else ""


def remarks(
    connection: Connection, stored: Stored, contest: Contest, rows: Iterable[PrecinctRow]
) -> Remarks:
    """What concerns the versions that stand of these precincts."""
    standing = {row.precinct: row.version for row in rows if row.version}
    told = _told(connection, f"{stored.election.id}/{contest.id}", standing)
    notes = {number: _noted(number, standing[number], events) for number, events in told.items()}
    return Remarks(
        stored,
        notes,
        frozenset(provisional(connection, stored, contest)),
        sittings(connection, stored, contest, stored.election.commissions),
    )


def _told(connection: Connection, place: str, precincts: Iterable[int]) -> dict[int, list[Told]]:
    """What may have to be printed of each precinct; few have a correction and all before it."""
    subjects = {f"{place}/{number}": number for number in sorted(precincts)}
    told = told_of_all(connection, subjects, _KINDS)
    corrected = [s for s, events in told.items() if any(e.kind in _CORRECTIONS for e in events)]
    told |= told_of_all(connection, corrected, (*_KINDS, *_VERSIONS))
    return {subjects[subject]: events for subject, events in told.items()}


def _noted(precinct: int, standing: int, events: Iterable[Told]) -> tuple[Note, ...]:
    told = _Noted(precinct, standing)
    for event in events:
        told.tell(event.kind, event.facts)
    return tuple(told.notes())


@dataclass(slots=True)
class _Noted:
    """What is in force about one protocol after the events told so far.

    Attributes:
        standing: The number of the version that stands.
        ruling: An annulment, its revocation, or a recount that is waited for.
        corrections: What led from the figures that the precinct sent to those that stand.
        answers: Code of a finding of the version that stands → the last that was said to it.
    """

    precinct: int
    standing: int
    version: int = 0
    figures: Figures = field(default_factory=dict)
    ruling: Note | None = None
    corrections: list[Note] = field(default_factory=list)
    answers: dict[str, Note] = field(default_factory=dict)

    def tell(self, kind: str, facts: Mapping[str, Any]) -> None:
        stands = facts["version"] == self.standing
        if kind in _RULINGS:
            self.ruling = self._note(_RULINGS[kind], facts) if stands else None
        elif kind in _ANSWERS:
            if stands:
                self.answers[facts["code"]] = self._note(_ANSWERS[kind], facts)
        elif facts["version"] != self.version:
            self._begin_version(kind, facts)

    def _begin_version(self, kind: str, facts: Mapping[str, Any]) -> None:
        if kind == EVENTS[Step.RECEIVE]:
            self.corrections = []
        elif kind == EVENTS[Step.CORRECT]:
            self.corrections.append(self._note(facts["kind"], facts))
        elif kind == EVENTS[Step.AMEND]:
            differences = tuple(
                (line, self.figures.get(line), facts["figures"][line]) for line in facts["lines"]
            )
            self.corrections.append(Note(self.precinct, "amended", "K28", differences=differences))
        self.version, self.figures = facts["version"], facts["figures"]

    def _note(self, kind: str, facts: Mapping[str, Any]) -> Note:
        decision = facts.get("decision") or {}
        return Note(
            self.precinct,
            kind,
            facts.get("code", ""),
            facts.get("text") or decision.get("reason", ""),
            decision.get("number", ""),
            decision.get("date", ""),
        )

    def notes(self) -> Iterator[Note]:
        yield from filter(None, [self.ruling])
        yield from self.corrections
        yield from (note for _, note in sorted(self.answers.items()))


def _considered(sitting: Sitting) -> Iterator[Complaint]:
    for number, said in sorted(sitting.complaints.items()):
        if "outcome" in said:
            yield Complaint(number, said["precinct"] or 0, said["outcome"])
