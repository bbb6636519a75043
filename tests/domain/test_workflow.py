"""The life of a protocol: every state, step and role against what the table is meant to say."""

from __future__ import annotations

from itertools import product

import pytest

from tabulator.domain.roles import Actor, Role
from tabulator.domain.workflow import TRANSITIONS, State, Step, next_state
from tabulator.errors import NotAllowed

ALLOWED = {
    (State.MISSING, Step.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Step.CHECK): State.CHECKED,
    (State.CHECKED, Step.ACCEPT): State.ACCEPTED,
    (State.CHECKED, Step.DISPUTE): State.DISPUTED,
    (State.CHECKED, Step.RECEIVE): State.RECEIVED,
    (State.DISPUTED, Step.RECEIVE): State.RECEIVED,
}


@pytest.mark.parametrize(("state", "step", "role"), list(product(State, Step, Role)))
def test_a_step_leads_where_the_table_says_or_is_refused(
    state: State, step: Step, role: Role
) -> None:
    actor = Actor("A. Operator", role)
    if (state, step) in ALLOWED:
        assert next_state(state, step, actor) == ALLOWED[state, step]
    else:
        with pytest.raises(NotAllowed, match=f"{step} is not possible"):
            next_state(state, step, actor)


def test_no_two_rows_begin_alike() -> None:
    begins = [(row.before, row.step) for row in TRANSITIONS]
    assert len(begins) == len(set(begins))


def test_what_is_accepted_is_never_replaced_by_what_arrives() -> None:
    assert [row for row in TRANSITIONS if row.before == State.ACCEPTED] == []
