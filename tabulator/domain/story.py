"""What the trail tells about one protocol, folded into how it stands. Pure: one way for all.

An action folds the events of its protocol before it takes a step; `audit verify` folds every
event again and compares. What the table of steps does not allow raises here as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tabulator.domain.protocol import Figures
from tabulator.domain.roles import Actor, Role
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import (
    DEED_EVENTS,
    EVENTS,
    Circumstances,
    Deed,
    State,
    Step,
    next_state,
    refuse_deed,
)
from tabulator.errors import NeedsFirst

STEP_OF = {event: step for step, event in EVENTS.items()}
DEED_OF = {event: deed for deed, event in DEED_EVENTS.items()}
PROTOCOL_EVENTS = (*STEP_OF, *DEED_OF)

_NEW_VERSION = (Step.RECEIVE, Step.CORRECT, Step.AMEND)
_SENDING_BACK = (Step.RETURN, Step.ORDER_RECOUNT)


@dataclass(slots=True)
class Story:
    """How a protocol stands after the events told so far.

    Attributes:
        verified, original: The version they hold for; 0 = none.
        first: Who entered the current version. `entered`: everyone who had a hand in its figures.
        findings: Of the current version: [code, severity, lines, equation].
        answers: Code of a finding → what was said about it: an explanation or a decision.
        differing: The lines in which the second entry differed from the version.
        entry: The figures of the last entry that differed, as far as they were asked.
        act: What was noted when the first copy was received.
        sent_back: What was said when it was returned or a recount ordered; None once a new
            version came.
    """

    state: State = State.MISSING
    version: int = 0
    verified: int = 0
    original: int = 0
    first: str = ""
    entered: set[str] = field(default_factory=set)
    findings: list[list[Any]] = field(default_factory=list)
    answers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    differing: tuple[str, ...] = ()
    entry: Figures = field(default_factory=dict)
    act: Mapping[str, Any] | None = None
    sent_back: Mapping[str, Any] | None = None

    def circumstances(
        self,
        facts: Mapping[str, Any],
        *,
        frozen: bool = False,
        more_open: frozenset[str] = frozenset(),
    ) -> Circumstances:
        """What the table asks, with what is said about the step to be taken.

        Args:
            more_open: Codes of warnings that lie beside the version (twins, K21).
        """
        return Circumstances(
            frozen=frozen,
            verified=bool(self.version) and self.verified == self.version,
            errors=self.codes(Severity.ERROR),
            open=self.open | (more_open - set(self.answers)),
            first=self.first,
            entered=frozenset(self.entered),
            reason=str(facts.get("reason") or ""),
            decision=names_decision(facts),
            act=self.act is not None,
            original=bool(self.version) and self.original == self.version,
        )

    def codes(self, severity: Severity) -> frozenset[str]:
        return frozenset(found[0] for found in self.findings if found[1] == severity)

    @property
    def open(self) -> frozenset[str]:
        """Errors without a decision and warnings without an explanation, by code."""
        decided = {code for code, said in self.answers.items() if said.get("decision")}
        errors = self.codes(Severity.ERROR) - decided
        return errors | (self.codes(Severity.WARNING) - set(self.answers))

    def tell(
        self,
        kind: str,
        actor: Actor,
        facts: Mapping[str, Any],
        *,
        frozen: bool = False,
        more_open: frozenset[str] = frozenset(),
    ) -> None:
        """Let one event happen; raises as `next_state` and `refuse_deed` do."""
        if deed := DEED_OF.get(kind):
            refuse_deed(deed, self.state, actor, frozen=frozen)
            self._deed(deed, facts)
            return
        step = STEP_OF[kind]
        found = self.circumstances(facts, frozen=frozen, more_open=more_open)
        self.state = next_state(self.state, step, actor, found)
        if step in _SENDING_BACK:
            self.sent_back = facts
        if step in _NEW_VERSION:
            self._begin_version(step, actor, facts)
        if step == Step.CHECK:
            self.findings = [list(one) for one in facts["findings"]]
        if step in (Step.CONFIRM, Step.CONTRADICT, Step.SETTLE):
            self._enter(step, actor, facts)

    def _begin_version(self, step: Step, actor: Actor, facts: Mapping[str, Any]) -> None:
        self.version, self.verified = facts["version"], 0
        self.first, self.entered = actor.name, {actor.name}
        self.findings, self.answers, self.sent_back = [], {}, None
        self.differing, self.entry = (), {}
        # Only the figures of the first copy are original from the start.
        amended = step == Step.AMEND
        self.original, self.act = (self.version, self.act) if amended else (0, None)

    def _enter(self, step: Step, actor: Actor, facts: Mapping[str, Any]) -> None:
        self.entered.add(actor.name)
        if step == Step.CONTRADICT:
            self.differing, self.entry = tuple(facts["lines"]), facts["figures"]
            return
        if facts["version"] != self.version:
            self.version, self.answers, self.findings = facts["version"], {}, []
            self.original = 0
        self.verified = self.version
        if step == Step.CONFIRM:
            self.differing, self.entry = (), {}

    def _deed(self, deed: Deed, facts: Mapping[str, Any]) -> None:
        if deed in (Deed.EXPLAIN, Deed.DECIDE):
            self._answer(deed, facts)
        elif deed == Deed.TAKE_BY_ACT:
            self.act = facts["act"]
        elif self.act is None:
            raise NeedsFirst("the first copy has to be received by act")
        else:
            self.original = self.version

    def _answer(self, deed: Deed, facts: Mapping[str, Any]) -> None:
        if deed == Deed.EXPLAIN and not facts["text"].strip():
            raise NeedsFirst("an explanation has to be written")
        if deed == Deed.DECIDE and not names_decision(facts):
            raise NeedsFirst("the commission's decision has to be named")
        # An explanation that comes after a decision does not undo it.
        self.answers[facts["code"]] = {**self.answers.get(facts["code"], {}), **facts}


def names_decision(facts: Mapping[str, Any]) -> bool:
    """Whether a decision of the commission is named in full."""
    named = facts.get("decision") or {}
    return all(str(named.get(part) or "").strip() for part in DECISION)


DECISION = ("number", "date", "reason")
"""What a decision of a commission is named by."""


def is_blind(actor: Actor, story: Story) -> bool:
    """Whether the actor may be the one who enters the current version a second time."""
    return (
        actor.role == Role.TERRITORIAL_OPERATOR
        and story.state in BLIND
        and story.verified != story.version
        and actor.name != story.first
    )


# What was returned often comes back with the same figures.
BLIND = frozenset({State.CHECKED, State.DISPUTED, State.DIFFERING, State.CONTESTED, State.RETURNED})
