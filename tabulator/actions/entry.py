"""Figures come in: sent by the precinct or typed, entered a second time blindly, settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from tabulator.actions.work import Arrival, Work
from tabulator.domain.protocol import Figures, Protocol
from tabulator.domain.roles import Role
from tabulator.domain.workflow import State, Step, next_state
from tabulator.errors import Malformed, NotFound, Problem, WrongState
from tabulator.storage.protocols import scans_of


def send(work: Work, protocol: Protocol, arrival: Arrival) -> bool:
    """Take in what the precinct sent or what was typed first; False if it is there already.

    Raises:
        NotFound: The precinct is not within the actor's reach.
        WrongState, NotAllowed, Frozen: A version stands that cannot be replaced like this.
    """
    if not work.actor.reaches(work.stored.election, work.precinct):
        raise NotFound(f"no precinct {work.precinct.number}")
    standing = work.protocol
    # The same once more is nothing new, whenever it came.
    same = standing and replace(protocol, received_at=standing.received_at) == standing
    known = same and work.story.state != State.RETURNED and _may_repeat(work)
    if known and _has_files(work, arrival):
        return False
    work.new_version(Step.RECEIVE, protocol, arrival)
    return True


def _has_files(work: Work, arrival: Arrival) -> bool:
    """Whether every file that came lies with the current version already."""
    files = scans_of(work.connection, work.key, work.precinct.number)
    there = {scan.sha256 for scan in files.get(work.story.version, [])}
    return there.issuperset(scan.sha256 for scan in arrival.scans)


def _may_repeat(work: Work) -> bool:
    """Whether the sender may be told that it is there: who types second would learn the figures."""
    return work.actor.role != Role.TERRITORIAL_OPERATOR or work.actor.name == work.story.first


def asked(work: Work) -> tuple[str, ...]:
    """The lines that the next entry has to state: all, or those that differed; () for no entry."""
    story = work.story
    if story.state in (State.DIFFERING, State.CONTESTED):
        return story.differing
    waits = story.state in (State.CHECKED, State.DISPUTED) and story.verified != story.version
    return work.contest.columns if waits else ()


def enter(work: Work, figures: Figures) -> tuple[str, ...]:
    """A second entry, typed blindly; gives the lines that differ from the version, never values.

    Raises:
        Malformed: It does not state exactly the lines asked.
        WrongState: No entry is waited for. NeedsFirst: The same person entered it before.
    """
    standing = _waiting(work, Step.CONFIRM, figures)
    differing = tuple(line for line, value in figures.items() if standing.figures[line] != value)
    facts = {"figures": dict(figures), "lines": list(differing)}
    work.step(Step.CONTRADICT if differing else Step.CONFIRM, facts)
    work.dispute_errors()
    return differing


def settle(work: Work, figures: Figures, reason: str = "") -> None:
    """A third person decides the contested lines with the scan at hand.

    Figures other than the version's become a version of their own; both entries stay readable.

    Raises:
        Malformed: It does not state exactly the contested lines.
        NeedsFirst: This person entered figures of this protocol before.
    """
    standing = _waiting(work, Step.SETTLE, figures)
    facts = {"lines": list(figures), "settled": dict(figures), "reason": reason}
    made = replace(standing, figures={**standing.figures, **figures})
    if made == standing:
        work.step(Step.SETTLE, facts)
        work.dispute_errors()
    else:
        work.new_version(Step.SETTLE, made, Arrival("settled"), facts)


def _waiting(work: Work, step: Step, figures: Figures) -> Protocol:
    """What stands, if the step may be taken at all and exactly the lines asked are stated."""
    if work.protocol is None:
        raise WrongState("no figures have come yet")
    found = work.story.circumstances({}, frozen=work.frozen)
    next_state(work.story.state, step, work.actor, found)
    refuse_other_lines(work.precinct.number, figures, asked(work))
    return work.protocol


def refuse_other_lines(precinct: int, figures: Figures, lines: Collection[str]) -> None:
    """Malformed unless exactly these lines are stated, blank or not."""
    problems = [
        Problem("body", 0, f"/figures/{line}", code, ", ".join(lines), line, precinct)
        for code, named in (
            ("missing-key", [line for line in lines if line not in figures]),
            ("unknown-key", [line for line in figures if line not in lines]),
        )
        for line in named
    ]
    if problems:
        raise Malformed(problems)


def in_printed_order(work: Work, figures: Mapping[str, int | None]) -> dict[str, int | None]:
    """The figures in the order of the form; what is unknown comes last."""
    known = {line: figures[line] for line in work.contest.columns if line in figures}
    return {**known, **figures}
