"""The life of a protocol: one table, read from top to bottom. Nothing else moves a protocol."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tabulator.domain.roles import Actor, Role
from tabulator.errors import NotAllowed


class State(StrEnum):
    """Where a protocol stands. Only ACCEPTED counts."""

    MISSING = "missing"
    RECEIVED = "received"
    CHECKED = "checked"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    ANNULLED = "annulled"


class Step(StrEnum):
    """What moves it."""

    RECEIVE = "receive"
    CHECK = "check"
    ACCEPT = "accept"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Transition:
    """From `before`, anyone in `by` may take `step`, which leads to `after`."""

    before: State
    step: Step
    after: State
    by: frozenset[Role]


_SHELL = frozenset({Role.COMMAND_LINE})

TRANSITIONS = (
    Transition(State.MISSING, Step.RECEIVE, State.RECEIVED, _SHELL),
    Transition(State.RECEIVED, Step.CHECK, State.CHECKED, _SHELL),
    Transition(State.CHECKED, Step.ACCEPT, State.ACCEPTED, _SHELL),
    Transition(State.CHECKED, Step.DISPUTE, State.DISPUTED, _SHELL),
    Transition(State.CHECKED, Step.RECEIVE, State.RECEIVED, _SHELL),
    Transition(State.DISPUTED, Step.RECEIVE, State.RECEIVED, _SHELL),
)

_BY_START = {(row.before, row.step): row for row in TRANSITIONS}


def next_state(state: State, step: Step, actor: Actor) -> State:
    """The state after `step`.

    Raises:
        NotAllowed: There is no such step from here, or not for this role.
    """
    row = _BY_START.get((state, step))
    if row is None or actor.role not in row.by:
        raise NotAllowed(f"{step} is not possible for {actor.role} while the protocol is {state}")
    return row.after
