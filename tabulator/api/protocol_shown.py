"""How a protocol looks to whom: whoever is to enter it blindly does not see its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tabulator.actions.entry import asked
from tabulator.actions.work import Work
from tabulator.audit.told import Told
from tabulator.domain.captions_of_work import STATES
from tabulator.domain.protocol import Figures, protocol_from_canonical, utc_text
from tabulator.domain.roles import Actor, Role
from tabulator.domain.rules import finding_as_dict
from tabulator.domain.rules.base import Finding, Severity
from tabulator.domain.story import Story, is_blind
from tabulator.domain.workflow import DEEDS, EVENTS, ROWS, State, Step
from tabulator.storage.protocols import Scan, scans_of, versions_of

NEW_VERSION = {EVENTS[step] for step in (Step.RECEIVE, Step.CORRECT, Step.AMEND, Step.SETTLE)}
# A digest tells whether guessed figures are the right ones.
_HIDDEN = frozenset({"figures", "settled", "findings", "errors", "digest"})


def protocol_document(work: Work) -> dict[str, Any]:
    """A protocol as it stands, for the actor at work on it."""
    story, actor, said = work.story, work.actor, work.protocol
    blind = is_blind(actor, story)
    beside = work.findings_beside()
    warned = frozenset(found.code for found in beside)
    return {
        "id": f"{work.key}-{work.precinct.number}",
        "election": work.stored.election.id,
        "contest": work.contest.id,
        "precinct": work.precinct.number,
        "area": work.precinct.area,
        "state": str(story.state),
        "says": STATES[story.state].as_dict(),
        "version": story.version,
        "verified": bool(story.version) and story.verified == story.version,
        "provisional": story.original != story.version,
        "first_copy": dict(story.act) if story.act else None,
        "frozen": work.frozen,
        "withheld": blind,
        "figures": dict(said.figures) if said and not blind else None,
        "beside": dict(said.beside) if said and not blind else None,
        "signed_at": utc_text(said.signed_at) if said else None,
        "received_at": utc_text(said.received_at) if said else None,
        "protocol_no": said.protocol_no if said else "",
        "copy_no": said.copy_no if said else "",
        "findings": [] if blind else findings_document(work, beside),
        "open": [] if blind else sorted(story.circumstances({}, more_open=warned).open),
        "asked": list(asked(work)),
        "entry": dict(story.entry) if actor.role not in _TYPING and story.entry else None,
        "sent_back": _sent_back(story),
        "steps": _steps(actor, story),
        "files": [scan_document(scan) for scan in _files(work)],
    }


_TYPING = (Role.TERRITORIAL_OPERATOR, Role.PRECINCT_CHAIR)


def findings_document(work: Work, beside: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings on the current version and those `beside` it, each with what was said of it."""
    found = [
        Finding(work.precinct.number, work.contest.id, code, Severity(severity), tuple(lines), said)
        for code, severity, lines, said in work.story.findings
    ]
    return [
        {**finding_as_dict(one), "answer": _answer(work.story.answers.get(one.code))}
        for one in (*found, *beside)
    ]


def _answer(said: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"text": said.get("text", ""), "decision": said.get("decision")}


def _sent_back(story: Story) -> dict[str, Any] | None:
    """Why the precinct has it again: in words with the lines, or by which decision."""
    if story.sent_back is None:
        return None
    said = story.sent_back
    return {"lines": [], **{name: said[name] for name in _REASONS if name in said}}


_REASONS = ("reason", "lines", "decision")


def _steps(actor: Actor, story: Story) -> list[str]:
    """What this role may do from here, whatever else it needs."""
    steps = {str(step) for state, step, role in ROWS if (state, role) == (story.state, actor.role)}
    deeds = {str(deed) for deed, roles in DEEDS.items() if actor.role in roles}
    stands = story.state not in (State.MISSING, State.ANNULLED)
    return sorted((steps | deeds if stands else steps) - {str(Step.CHECK)})


def _files(work: Work) -> list[Scan]:
    found = scans_of(work.connection, work.key, work.precinct.number)
    return [scan for version in sorted(found) for scan in found[version]]


def scan_document(scan: Scan) -> dict[str, Any]:
    return {
        "sha256": scan.sha256,
        "name": scan.name,
        "media_type": scan.media_type,
        "size": scan.size,
    }


def versions_document(work: Work, events: Iterable[Told]) -> list[dict[str, Any]]:
    """Every version with what it changed in the one before, oldest first.

    The blind see the figures of none: a version often differs little from the one before.
    """
    blind = is_blind(work.actor, work.story)
    born = {e.facts["version"]: e for e in events if e.kind in NEW_VERSION and "digest" in e.facts}
    scans = scans_of(work.connection, work.key, work.precinct.number)
    shown: list[dict[str, Any]] = []
    before: Figures = {}
    for row in versions_of(work.connection, work.key, work.precinct.number):
        said, event = protocol_from_canonical(row.canonical), born[row.number]
        shown.append(
            {
                "version": row.number,
                "kind": event.facts.get("kind") or str(event.kind).partition(".")[2],
                "predecessor": row.number - 1 or None,
                "reason": event.facts.get("reason") or None,
                "decision": event.facts.get("decision"),
                "channel": row.channel,
                "source": row.source,
                "entered_by": row.entered_by,
                "entered_at": utc_text(row.entered_at),
                "digest": None if blind else row.digest,
                "figures": None if blind else dict(said.figures),
                "changed": [] if blind else _changes(before, said.figures),
                "files": [scan_document(scan) for scan in scans.get(row.number, [])],
            }
        )
        before = said.figures
    return shown


def _changes(before: Figures, after: Figures) -> list[dict[str, Any]]:
    return [
        {"line": line, "old": before[line], "new": value}
        for line, value in after.items()
        if before and before[line] != value
    ]


def event_document(event: Told, actor: Actor, *, blind: bool) -> dict[str, Any]:
    """One event of a protocol, for `actor`; what it says of figures is kept back from the blind."""
    hidden = {"by", *(_HIDDEN if blind else ()), *_withheld(event, actor, blind=blind)}
    return {
        "number": event.number,
        "at": utc_text(event.at),
        "actor": event.actor,
        "person": event.facts.get("by", {}).get("person", ""),
        "role": event.role,
        "kind": event.kind,
        "facts": {name: said for name, said in event.facts.items() if name not in hidden},
        "hash": event.hash,
    }


def _withheld(event: Told, actor: Actor, *, blind: bool) -> set[str]:
    """Of the second entry: its figures; of a dispute by the checks: that it repeats their codes."""
    if event.kind == EVENTS[Step.CONTRADICT] and actor.role in _TYPING:
        return {"figures"}
    return {"reason"} if blind and "errors" in event.facts else set()
