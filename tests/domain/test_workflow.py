"""The life of a protocol: every state, step and role against what the table is meant to say."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tabulator.domain.roles import Actor, Role
from tabulator.domain.workflow import (
    EVENTS,
    TRANSITIONS,
    Circumstances,
    Need,
    State,
    Step,
    next_state,
)
from tabulator.errors import Frozen, NeedsFirst, NotAllowed, WrongState

SHELL, CHAIR, OPERATOR = "command-line", "precinct-chair", "territorial-operator"
VERIFIER, HEAD, CEC = "territorial-verifier", "territorial-chair", "cec-member"
SENDERS = (SHELL, CHAIR, OPERATOR)
REVIEW = (VERIFIER, HEAD)

# (state, step) → for each group of roles: where it leads, and what has to be the case.
# Written by hand from what the commission's work is meant to be, not from the table under test.
CHANGED = [((OPERATOR,), "received", ["decision"])]
CHANGED_BY_CHAIR_TOO = [((CHAIR, OPERATOR), "received", ["decision"])]
ORIGINAL = [((OPERATOR,), "received", ["act", "provisional"])]
RETURNED = [(REVIEW, "returned", ["reason"])]
RECOUNT = [((HEAD,), "recount", ["decision"])]
ANNULLED = [((HEAD, CEC), "annulled", ["decision"])]
ALLOWED: dict[tuple[str, str], list[tuple[tuple[str, ...], str, list[str]]]] = {
    ("missing", "receive"): [(SENDERS, "received", [])],
    ("received", "check"): [(SENDERS, "checked", [])],
    # Without errors it waits for a second entry.
    ("checked", "receive"): [((SHELL, CHAIR), "received", ["ahead"])],
    ("checked", "confirm"): [((OPERATOR,), "verified", ["another"])],
    ("checked", "contradict"): [((OPERATOR,), "differing", ["another"])],
    ("checked", "dispute"): [(SENDERS, "disputed", ["errors"]), (REVIEW, "disputed", ["reason"])],
    ("checked", "accept"): [((SHELL,), "accepted", ["no errors"])],
    ("checked", "return"): RETURNED,
    ("checked", "order-recount"): RECOUNT,
    ("checked", "correct"): CHANGED,
    ("checked", "amend"): ORIGINAL,
    ("checked", "annul"): ANNULLED,
    # Two entries differ: the second person is asked again; still different, a third decides.
    ("differing", "confirm"): [((OPERATOR,), "verified", ["another"])],
    ("differing", "contradict"): [((OPERATOR,), "contested", ["another"])],
    ("differing", "return"): RETURNED,
    ("differing", "annul"): ANNULLED,
    ("contested", "settle"): [(REVIEW, "verified", ["fresh"])],
    ("contested", "return"): RETURNED,
    ("contested", "order-recount"): RECOUNT,
    ("contested", "annul"): ANNULLED,
    # Two entries agree: it is reviewed.
    ("verified", "check"): [(REVIEW, "verified", [])],
    ("verified", "accept"): [(REVIEW, "accepted", ["settled", "fresh"])],
    ("verified", "dispute"): [
        ((OPERATOR,), "disputed", ["errors"]),
        (REVIEW, "disputed", ["reason"]),
    ],
    ("verified", "return"): RETURNED,
    ("verified", "order-recount"): RECOUNT,
    ("verified", "correct"): CHANGED,
    ("verified", "amend"): ORIGINAL,
    ("verified", "annul"): ANNULLED,
    # An error, or a doubt: it is entered twice all the same, and every finding is settled.
    ("disputed", "receive"): [((SHELL, CHAIR), "received", ["unverified", "ahead"])],
    ("disputed", "confirm"): [((OPERATOR,), "disputed", ["unverified", "another"])],
    ("disputed", "contradict"): [((OPERATOR,), "differing", ["unverified", "another"])],
    ("disputed", "accept"): [(REVIEW, "accepted", ["verified", "settled", "fresh"])],
    ("disputed", "return"): RETURNED,
    ("disputed", "order-recount"): RECOUNT,
    ("disputed", "correct"): CHANGED_BY_CHAIR_TOO,
    ("disputed", "amend"): ORIGINAL,
    ("disputed", "annul"): ANNULLED,
    ("returned", "receive"): [(SENDERS, "received", [])],
    ("returned", "order-recount"): RECOUNT,
    ("returned", "correct"): CHANGED_BY_CHAIR_TOO,
    ("returned", "annul"): ANNULLED,
    ("recount", "correct"): CHANGED_BY_CHAIR_TOO,
    ("recount", "annul"): ANNULLED,
    ("accepted", "dispute"): [(REVIEW, "disputed", ["reason"])],
    ("accepted", "order-recount"): RECOUNT,
    ("accepted", "correct"): CHANGED,
    ("accepted", "amend"): ORIGINAL,
    ("accepted", "annul"): ANNULLED,
    # What is annulled stays out until somebody decides otherwise, and then is looked at again.
    ("annulled", "restore"): [((CEC,), "disputed", ["decision"])],
}

ME, ANOTHER, THIRD = "me", "another", "third"

# Need → the circumstances in which it is just met, and just not, for the actor ME.
NEEDS: dict[str, tuple[dict[str, object], dict[str, object], str]] = {
    "no errors": ({"errors": frozenset()}, {"errors": frozenset({"K04"})}, "it has an error"),
    "errors": ({"errors": frozenset({"K04"})}, {"errors": frozenset()}, "it has no error"),
    "unverified": ({"verified": False}, {"verified": True}, "verified already"),
    "verified": ({"verified": True}, {"verified": False}, "has to agree first"),
    "settled": ({"open": frozenset()}, {"open": frozenset({"K10", "K04"})}, "findings are open"),
    "another": ({"first": ANOTHER}, {"first": ME}, "another person than who entered it"),
    "fresh": (
        {"entered": frozenset({ANOTHER, THIRD})},
        {"entered": frozenset({ANOTHER, THIRD, ME})},
        "entered none of its figures",
    ),
    "reason": ({"reason": "stamp missing"}, {"reason": " \t"}, "a reason has to be given"),
    "decision": ({"decision": True}, {"decision": False}, "decision has to be named"),
    "act": ({"act": True}, {"act": False}, "received by act"),
    "ahead": ({"act": False}, {"act": True}, "only a corrected protocol"),
    "provisional": ({"original": False}, {"original": True}, "of the first copy already"),
}

CELLS = list(product(State, Step, Role))


def told(state: str, step: str, role: str) -> tuple[str, list[str]] | None:
    """Where it leads and what it needs; None where the role cannot take the step."""
    found = [row[1:] for row in ALLOWED.get((state, step), []) if role in row[0]]
    assert len(found) <= 1
    return found[0] if found else None


def fitting(needs: list[str]) -> Circumstances:
    """Nothing but what is needed is the case; nothing that is not needed matters."""
    met = [NEEDS[need][0] for need in needs]
    worst = Circumstances(
        verified="unverified" not in needs,
        act=True,
        original=True,
        errors=frozenset({"K04"}),
        open=frozenset({"K04"}),
        first=ME,
        entered=frozenset({ME}),
    )
    return replace(worst, **{name: value for each in met for name, value in each.items()})


@pytest.mark.parametrize(("state", "step", "role"), CELLS)
def test_a_step_leads_where_it_should_or_is_refused_with_its_cause(
    state: State, step: Step, role: Role
) -> None:
    row, actor = told(state, step, role), Actor(ME, role)
    if (state, step) not in ALLOWED:
        with pytest.raises(WrongState, match=f"{step} is not possible while"):
            next_state(state, step, actor)
    elif row is None:
        with pytest.raises(NotAllowed, match=f"not possible for {role}"):
            next_state(state, step, actor)
    else:
        assert next_state(state, step, actor, fitting(row[1])) == row[0]


WITH_NEEDS = [
    (state, step, role, need)
    for state, step, role in CELLS
    for need in (told(state, step, role) or ("", []))[1]
]


@pytest.mark.parametrize(("state", "step", "role", "need"), WITH_NEEDS)
def test_a_step_waits_for_each_thing_it_needs(
    state: State, step: Step, role: Role, need: str
) -> None:
    row = told(state, step, role)
    assert row is not None
    _, unmet, message = NEEDS[need]
    found = replace(fitting(row[1]), **unmet)
    with pytest.raises(NeedsFirst) as refused:
        next_state(state, step, Actor(ME, role), found)
    assert message in str(refused.value)
    assert str(refused.value).count(";") == 0, "only that one thing lacks"
    assert refused.value.open == tuple(sorted(found.open))


def test_all_that_lacks_is_said_at_once() -> None:
    found = Circumstances(open=frozenset({"K10"}), entered=frozenset({ME}))
    with pytest.raises(NeedsFirst) as refused:
        next_state(State.DISPUTED, Step.ACCEPT, Actor(ME, Role.TERRITORIAL_CHAIR), found)
    assert all(NEEDS[need][2] in str(refused.value) for need in ("verified", "settled", "fresh"))
    assert refused.value.open == ("K10",)


@pytest.mark.parametrize(("state", "step", "role"), CELLS)
def test_nothing_moves_while_the_territory_s_signature_stands(
    state: State, step: Step, role: Role
) -> None:
    row = told(state, step, role)
    found = replace(fitting(row[1] if row else []), frozen=True)
    with pytest.raises((Frozen, NotAllowed, WrongState)) as refused:
        next_state(state, step, Actor(ME, role), found)
    assert (refused.type is Frozen) == (row is not None)


def test_every_need_is_met_and_not_met_somewhere() -> None:
    assert {need for *_, need in WITH_NEEDS} == set(NEEDS)
    assert len(NEEDS) == len(Need)


def test_each_cell_of_the_table_holds_one_row_and_each_step_one_event() -> None:
    cells = [(row.before, row.step, role) for row in TRANSITIONS for role in row.by]
    assert len(cells) == len(set(cells))
    assert list(EVENTS) == list(Step)
    assert len(set(EVENTS.values())) == len(Step)


def test_a_step_leads_from_a_state_to_one_state_whoever_takes_it() -> None:
    leads = {(row.before, row.step, row.after) for row in TRANSITIONS}
    assert len(leads) == len({(before, step) for before, step, _ in leads})


def reached(start: State, without: frozenset[Role] = frozenset()) -> set[State]:
    """Every state that can be got to, by people of other roles."""
    found, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        onward = {row.after for row in TRANSITIONS if row.before == state and row.by - without}
        waiting += onward - found
        found |= onward
    return found


def test_every_state_can_be_reached_by_people_without_a_shell() -> None:
    assert reached(State.MISSING, frozenset({Role.COMMAND_LINE})) == set(State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("end", [State.ACCEPTED, State.ANNULLED])
def test_from_every_state_people_without_a_shell_can_bring_it_to_an_end(
    state: State, end: State
) -> None:
    assert end in reached(state, frozenset({Role.COMMAND_LINE}))


@pytest.mark.parametrize("state", [state for state in State if state != State.ANNULLED])
def test_one_territory_alone_can_bring_it_to_an_end(state: State) -> None:
    others = frozenset({Role.COMMAND_LINE, Role.PRECINCT_CHAIR, Role.CEC_MEMBER})
    assert State.ACCEPTED in reached(state, others)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMINISTRATOR, Role.CEC_OPERATOR])
def test_who_looks_on_or_keeps_accounts_moves_nothing(role: Role) -> None:
    assert not any(role in row.by for row in TRANSITIONS)


def test_only_an_acceptance_makes_it_count() -> None:
    assert {row.step for row in TRANSITIONS if row.after == State.ACCEPTED} == {Step.ACCEPT}
    assert [row.step for row in TRANSITIONS if row.before == State.ANNULLED] == [Step.RESTORE]


def test_an_annulment_is_taken_back_by_the_cec_alone() -> None:
    assert [row.by for row in TRANSITIONS if row.step == Step.RESTORE] == [{Role.CEC_MEMBER}]
