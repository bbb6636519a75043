"""Whatever people try in whatever order: the table agrees with a model that knows no table."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tabulator.domain.roles import Actor, Role
from tabulator.domain.workflow import Circumstances, State, Step, next_state
from tabulator.errors import TabulatorError

PEOPLE = [Actor(f"{role}-{number}", role) for role in Role for number in (1, 2, 3)]

SHELL, CHAIR = {"command-line"}, {"precinct-chair"}
OPERATOR, VERIFIER = {"territorial-operator"}, {"territorial-verifier"}
HEAD, CEC = {"territorial-chair"}, {"cec-member"}
REVIEWERS = VERIFIER | HEAD
HAS_FIGURES = {"checked", "verified", "differing", "contested", "disputed"}
NEW_FIGURES = {"receive", "correct", "amend"}


@dataclass
class Case:
    """A protocol as a clerk would remember it: who wrote what, and what lies beside it."""

    state: str = "missing"
    typed: list[str] = field(default_factory=list)  # who entered the current version, in order
    agreed: bool = False
    errors: set[str] = field(default_factory=set)
    unsettled: set[str] = field(default_factory=set)
    paper: bool = False
    by_paper: bool = False  # the figures are those of the first copy


def permitted(case: Case, step: str, who: str, role: str, reason: bool, decision: bool) -> bool:
    """Whether a person may do something now: one sentence per step, no table."""
    if step in {"receive", "check", "confirm", "contradict", "settle", "correct", "amend"}:
        return may_enter(case, step, who, role, decision)
    return may_judge(case, step, who, role, reason, decision)


def may_enter(case: Case, step: str, who: str, role: str, decision: bool) -> bool:
    another = not case.typed or who != case.typed[0]
    waiting = case.state in {"checked", "differing"} or (
        case.state == "disputed" and not case.agreed
    )
    first = case.state in {"missing", "returned"} and role in SHELL | CHAIR | OPERATOR
    alone = case.state in {"checked", "disputed"} and not case.agreed and not case.paper
    again = alone and role in SHELL | CHAIR
    by_rule = case.state == "received" and role in SHELL | CHAIR | OPERATOR
    sent_back = case.state in {"disputed", "returned", "recount"} and role in CHAIR | OPERATOR
    standing = case.state in {"checked", "verified", "accepted"} and role in OPERATOR
    return {
        "receive": first or again,
        "check": by_rule or (case.state == "verified" and role in REVIEWERS),
        "confirm": waiting and role in OPERATOR and another,
        "contradict": waiting and role in OPERATOR and another,
        "settle": case.state == "contested" and role in REVIEWERS and who not in case.typed,
        "correct": decision and (sent_back or standing),
        "amend": case.paper
        and not case.by_paper
        and (standing or (case.state == "disputed" and role in OPERATOR)),
    }[step]


def may_judge(case: Case, step: str, who: str, role: str, reason: bool, decision: bool) -> bool:
    member, review = role in HEAD | CEC, role in REVIEWERS
    ready = case.state == "verified" or (case.state == "disputed" and case.agreed)
    doubted = case.state in {"checked", "verified", "accepted"} and review and reason
    typing = {"checked": SHELL | CHAIR | OPERATOR, "verified": OPERATOR}.get(case.state, set())
    by_shell = case.state == "checked" and role in SHELL and not case.errors
    may_count_again = (HAS_FIGURES - {"differing"}) | {"returned", "accepted"}
    return {
        "dispute": doubted or (role in typing and bool(case.errors)),
        "accept": by_shell or (ready and review and who not in case.typed and not case.unsettled),
        "return": case.state in HAS_FIGURES and review and reason,
        "order-recount": case.state in may_count_again and role in HEAD and decision,
        "annul": case.state not in {"missing", "received", "annulled"} and member and decision,
        "restore": case.state == "annulled" and role in CEC and decision,
    }[step]


def afterwards(case: Case, step: str) -> str:
    """Where something that was permitted leads."""
    if step in NEW_FIGURES:
        return "received"
    if step == "check":
        return "checked" if case.state == "received" else case.state
    if step == "confirm":
        return "disputed" if case.state == "disputed" else "verified"
    if step == "contradict":
        return "contested" if case.state == "differing" else "differing"
    return {
        "settle": "verified",
        "dispute": "disputed",
        "accept": "accepted",
        "return": "returned",
        "order-recount": "recount",
        "annul": "annulled",
        "restore": "disputed",
    }[step]


class Commission(RuleBasedStateMachine):
    """People do what they may; at every turn the table is asked about all that they could try."""

    @initialize()
    def begin(self) -> None:
        self.case = Case()
        self.accepted_by: Actor | None = None
        self.annulled = False

    def circumstances(self, reason: bool, decision: bool, signed: bool = False) -> Circumstances:
        case = self.case
        return Circumstances(
            frozen=signed,
            verified=case.agreed,
            errors=frozenset(case.errors),
            open=frozenset(case.unsettled),
            first=case.typed[0] if case.typed else "",
            entered=frozenset(case.typed),
            reason="a reason" if reason else "",
            decision=decision,
            act=case.paper,
            original=case.by_paper,
        )

    @rule(data=st.data())
    def somebody_does_what_may_be_done(self, data: st.DataObject) -> None:
        possible = [
            (step, actor)
            for step, actor in product(Step, PEOPLE)
            if permitted(self.case, step, actor.name, actor.role, True, True)
        ]
        steps = sorted({step for step, actor in possible if actor.role != Role.COMMAND_LINE})
        assert steps, f"nobody without a shell can do anything from {self.case.state}"
        step = data.draw(st.sampled_from(steps), "step")
        actor = data.draw(st.sampled_from([a for taken, a in possible if taken == step]), "actor")
        found = self.circumstances(reason=True, decision=True)
        after = next_state(State(self.case.state), step, actor, found)
        assert after == afterwards(self.case, step)
        self.remember(actor, step, after)

    def remember(self, actor: Actor, step: Step, after: State) -> None:
        case = self.case
        case.state = str(after)
        if step in NEW_FIGURES:
            case.typed, case.agreed = [actor.name], False
            case.errors, case.unsettled = set(), set()
            case.paper = case.by_paper = step == "amend"
        elif step in {"confirm", "contradict", "settle"}:
            case.typed.append(actor.name)
            case.agreed = step != "contradict"
        self.accepted_by = actor if step == "accept" else self.accepted_by
        self.annulled = step == "annul" or (self.annulled and step != "restore")

    @precondition(lambda self: self.case.state == "received")
    @rule(errors=st.sets(st.sampled_from(["K02", "K04"])), warnings=st.sets(st.just("K10")))
    def the_checks_find_something(self, errors: set[str], warnings: set[str]) -> None:
        self.case.errors, self.case.unsettled = errors, errors | warnings

    @precondition(lambda self: self.case.unsettled)
    @rule()
    def every_finding_is_decided_or_explained(self) -> None:
        self.case.unsettled = set()

    @precondition(lambda self: not self.case.paper)
    @rule()
    def the_first_copy_comes_by_act(self) -> None:
        self.case.paper = True

    @invariant()
    def table_and_model_agree_on_all_that_anybody_could_try(self) -> None:
        # Of each role somebody new, and everybody who has entered something.
        people = [a for a in PEOPLE if a.name in self.case.typed or a.name.endswith("-3")]
        for step, actor, given in product(Step, people, (True, False)):
            may = permitted(self.case, step, actor.name, actor.role, given, given)
            found = self.circumstances(given, given)
            assert self.lets_through(step, actor, found) == may, (self.case, step, actor, given)

    @invariant()
    def nothing_moves_what_is_signed(self) -> None:
        found = self.circumstances(reason=True, decision=True, signed=True)
        for step, actor in product(Step, PEOPLE[::3]):
            assert not self.lets_through(step, actor, found), (self.case, step, actor)

    def lets_through(self, step: Step, actor: Actor, found: Circumstances) -> bool:
        try:
            next_state(State(self.case.state), step, actor, found)
        except TabulatorError:
            return False
        return True

    @invariant()
    def what_people_accepted_two_have_entered_and_a_third_has_looked_at(self) -> None:
        if self.case.state != "accepted":
            return
        assert self.accepted_by is not None
        if self.accepted_by.role == Role.COMMAND_LINE:
            return
        assert len(set(self.case.typed)) >= 2, self.case.typed
        assert self.accepted_by.name not in self.case.typed
        assert self.case.agreed

    @invariant()
    def what_is_annulled_never_counts(self) -> None:
        assert self.annulled == (self.case.state == "annulled")

    @invariant()
    def what_counts_has_no_error_that_nobody_answered(self) -> None:
        if self.case.state == "accepted":
            assert not self.case.errors & self.case.unsettled


Commission.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestCommission = Commission.TestCase
