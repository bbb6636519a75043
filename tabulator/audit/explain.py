"""What a sum is made of: precincts, versions, entries, people and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from tabulator.aggregate.results import PrecinctRow
from tabulator.audit.told import Told, told_of_all
from tabulator.domain.protocol import utc_text
from tabulator.domain.register import Contest
from tabulator.domain.workflow import EVENTS, State, Step
from tabulator.errors import NotFound, NotInOrder
from tabulator.storage.register import Stored
from tabulator.storage.results import precinct_rows, result

TOLD = (
    *(EVENTS[step] for step in Step if step != Step.CHECK),
    "finding.explained",
    "finding.decided",
    "first_copy.received",
    "first_copy.confirmed",
)


def explained_sum(
    connection: Connection, stored: Stored, contest: Contest, area: str, line: str
) -> tuple[dict[str, Any], list[PrecinctRow]]:
    """A sum of one line as shown, added once more from the accepted versions; and its precincts.

    Raises:
        NotFound: There is no such area, or the line is not summed.
        NotInOrder: The two sums differ.
    """
    if line not in contest.summed:
        raise NotFound(f"contest {contest.id} sums no line {line}")
    shown = result(connection, stored, contest, area)
    rows = list(precinct_rows(connection, stored, contest, shown.area))
    included = [row for row in rows if row.state == State.ACCEPTED]
    values = [value for row in included if (value := (row.values or {})[line]) is not None]
    added = sum(values) if values else None
    if added != shown.value(line) or len(included) != shown.coverage.included:
        raise NotInOrder(f"{line} of {shown.area} is shown as {shown.value(line)}, not {added}")
    head = {
        "election": stored.election.id,
        "contest": contest.id,
        "area": shown.area,
        "line": line,
        "sum": added,
        "coverage": shown.coverage.as_dict(),
    }
    return head, rows


def explained_rows(
    connection: Connection,
    stored: Stored,
    contest: Contest,
    line: str,
    rows: Sequence[PrecinctRow],
    *,
    named: bool,
) -> list[dict[str, Any]]:
    """What each precinct adds, and everything that happened to the version that adds it.

    Args:
        named: Whether people are named; roles always are.
    """
    prefix, key = f"{stored.election.id}/{contest.id}/", stored.contests[contest.id]
    told = told_of_all(connection, [f"{prefix}{row.precinct}" for row in rows], TOLD)
    return [
        {
            "protocol": f"{key}-{row.precinct}",
            "precinct": row.precinct,
            "area": row.area,
            "state": str(row.state),
            "included": row.state == State.ACCEPTED,
            "value": (row.values or {}).get(line) if not row.withheld else None,
            "version": row.version,
            # It would tell whether guessed figures are the right ones.
            "digest": None if row.withheld else row.digest,
            "events": _events(told.get(f"{prefix}{row.precinct}", []), row, named),
            "files": _files(told.get(f"{prefix}{row.precinct}", [])),
        }
        for row in rows
    ]


def _events(events: Iterable[Told], row: PrecinctRow, named: bool) -> list[dict[str, Any]]:
    """Of withheld figures no reason is told: it could name the error that they have."""
    return [
        {
            "at": utc_text(event.at),
            "kind": event.kind,
            "version": event.facts.get("version"),
            "role": event.role,
            "by": _name(event) if named else None,
            "reason": None if row.withheld else _reason(event.facts),
            "hash": event.hash,
        }
        for event in events
        if event.facts.get("version") in (row.version, None)
        or event.kind not in ("finding.explained", "finding.decided")
    ]


def _name(event: Told) -> str:
    return event.facts.get("by", {}).get("person") or event.actor


def _reason(facts: Mapping[str, Any]) -> str | None:
    said = facts.get("decision") or {}
    return facts.get("reason") or facts.get("text") or said.get("reason")


def _files(events: Iterable[Told]) -> list[dict[str, Any]]:
    return [
        {"version": event.facts["version"], "sha256": scan["sha256"], "name": scan["name"]}
        for event in events
        for scan in event.facts.get("files", [])
    ]
