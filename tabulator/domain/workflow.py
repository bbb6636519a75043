"""The life of a protocol: one table, read from top to bottom. Nothing else moves a protocol."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tabulator.domain.roles import Actor, Role
from tabulator.errors import Frozen, NeedsFirst, NotAllowed, WrongState


class State(StrEnum):
    """Where a protocol stands. Only ACCEPTED counts."""

    MISSING = "missing"
    RECEIVED = "received"
    CHECKED = "checked"
    VERIFIED = "verified"
    DIFFERING = "differing"
    CONTESTED = "contested"
    DISPUTED = "disputed"
    RETURNED = "returned"
    RECOUNT = "recount"
    ACCEPTED = "accepted"
    ANNULLED = "annulled"


class Step(StrEnum):
    """What moves it."""

    RECEIVE = "receive"
    CHECK = "check"
    CONFIRM = "confirm"
    CONTRADICT = "contradict"
    SETTLE = "settle"
    DISPUTE = "dispute"
    ACCEPT = "accept"
    RETURN = "return"
    ORDER_RECOUNT = "order-recount"
    CORRECT = "correct"
    AMEND = "amend"
    ANNUL = "annul"
    RESTORE = "restore"


class Need(StrEnum):
    """What must be the case before a step is taken."""

    CLEAN = "clean"
    ERRORS = "errors"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    SETTLED = "settled"
    NOT_FIRST = "not-first"
    FRESH = "fresh"
    REASON = "reason"
    DECISION = "decision"
    ACT = "act"
    AHEAD = "ahead"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the table asks about a protocol, as it stands when a step is to be taken.

    Attributes:
        frozen: Its territory has signed: nothing moves until that is reopened.
        verified: Two independent entries of the current version agree, or a third person decided.
        errors: Codes of the errors found in the current version.
        open: Codes of its errors without a decision and its warnings without an explanation.
        first: Who entered the current version; "" while there is none.
        entered: Everyone who entered or settled figures of the current version.
        reason: The reason given for this step; "" for none.
        decision: Whether a decision of the commission is named: number, date, reason.
        act: Whether the first copy was received by act.
        original: The first copy confirms the current version.
    """

    frozen: bool = False
    verified: bool = False
    errors: frozenset[str] = frozenset()
    open: frozenset[str] = frozenset()
    first: str = ""
    entered: frozenset[str] = frozenset()
    reason: str = ""
    decision: bool = False
    act: bool = False
    original: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """From `before`, anyone in `by` may take `step`, which leads to `after`."""

    before: State
    step: Step
    after: State
    by: frozenset[Role]
    needs: tuple[Need, ...] = ()


_SHELL = frozenset({Role.COMMAND_LINE})
_CHAIR = frozenset({Role.PRECINCT_CHAIR})
_OPERATOR = frozenset({Role.TERRITORIAL_OPERATOR})
_REVIEW = frozenset({Role.TERRITORIAL_VERIFIER, Role.TERRITORIAL_CHAIR})
_HEAD = frozenset({Role.TERRITORIAL_CHAIR})
_MEMBER = frozenset({Role.TERRITORIAL_CHAIR, Role.CEC_MEMBER})
_CEC = frozenset({Role.CEC_MEMBER})
_SENDER = _SHELL | _CHAIR | _OPERATOR

S, T, N = State, Step, Need

TRANSITIONS = (
    # Figures come: uploaded by the precinct, imported, or typed at the territory.
    Transition(S.MISSING, T.RECEIVE, S.RECEIVED, _SENDER),
    Transition(S.CHECKED, T.RECEIVE, S.RECEIVED, _SHELL | _CHAIR, (N.AHEAD,)),
    Transition(S.DISPUTED, T.RECEIVE, S.RECEIVED, _SHELL | _CHAIR, (N.UNVERIFIED, N.AHEAD)),
    Transition(S.RETURNED, T.RECEIVE, S.RECEIVED, _SENDER),
    # The rules look at every version at once; an error does not stop anyone from typing.
    Transition(S.RECEIVED, T.CHECK, S.CHECKED, _SENDER),
    Transition(S.CHECKED, T.DISPUTE, S.DISPUTED, _SENDER, (N.ERRORS,)),
    # A second, blind entry by another person agrees or differs; twice different asks a third.
    Transition(S.CHECKED, T.CONFIRM, S.VERIFIED, _OPERATOR, (N.NOT_FIRST,)),
    Transition(S.DISPUTED, T.CONFIRM, S.DISPUTED, _OPERATOR, (N.UNVERIFIED, N.NOT_FIRST)),
    Transition(S.CHECKED, T.CONTRADICT, S.DIFFERING, _OPERATOR, (N.NOT_FIRST,)),
    Transition(S.DISPUTED, T.CONTRADICT, S.DIFFERING, _OPERATOR, (N.UNVERIFIED, N.NOT_FIRST)),
    Transition(S.DIFFERING, T.CONFIRM, S.VERIFIED, _OPERATOR, (N.NOT_FIRST,)),
    Transition(S.DIFFERING, T.CONTRADICT, S.CONTESTED, _OPERATOR, (N.NOT_FIRST,)),
    Transition(S.CONTESTED, T.SETTLE, S.VERIFIED, _REVIEW, (N.FRESH,)),
    Transition(S.VERIFIED, T.CHECK, S.VERIFIED, _REVIEW),
    Transition(S.VERIFIED, T.DISPUTE, S.DISPUTED, _OPERATOR, (N.ERRORS,)),
    # Review.
    Transition(S.CHECKED, T.ACCEPT, S.ACCEPTED, _SHELL, (N.CLEAN,)),
    Transition(S.VERIFIED, T.ACCEPT, S.ACCEPTED, _REVIEW, (N.SETTLED, N.FRESH)),
    Transition(S.DISPUTED, T.ACCEPT, S.ACCEPTED, _REVIEW, (N.VERIFIED, N.SETTLED, N.FRESH)),
    *(
        Transition(before, T.DISPUTE, S.DISPUTED, _REVIEW, (N.REASON,))
        for before in (S.CHECKED, S.VERIFIED, S.ACCEPTED)
    ),
    *(
        Transition(before, T.RETURN, S.RETURNED, _REVIEW, (N.REASON,))
        for before in (S.CHECKED, S.VERIFIED, S.DIFFERING, S.CONTESTED, S.DISPUTED)
    ),
    *(
        Transition(before, T.ORDER_RECOUNT, S.RECOUNT, _HEAD, (N.DECISION,))
        for before in (S.CHECKED, S.VERIFIED, S.CONTESTED, S.DISPUTED, S.RETURNED, S.ACCEPTED)
    ),
    # A corrected or recount protocol names its predecessor, and the figures of the first copy
    # replace those that came before it: each is a new version, checked and entered twice again.
    *(
        Transition(before, T.CORRECT, S.RECEIVED, _CHAIR | _OPERATOR, (N.DECISION,))
        for before in (S.DISPUTED, S.RETURNED, S.RECOUNT)
    ),
    *(
        Transition(before, T.CORRECT, S.RECEIVED, _OPERATOR, (N.DECISION,))
        for before in (S.CHECKED, S.VERIFIED, S.ACCEPTED)
    ),
    *(
        Transition(before, T.AMEND, S.RECEIVED, _OPERATOR, (N.ACT, N.PROVISIONAL))
        for before in (S.CHECKED, S.VERIFIED, S.DISPUTED, S.ACCEPTED)
    ),
    # Annulled figures leave the sums and stay visible.
    *(
        Transition(before, T.ANNUL, S.ANNULLED, _MEMBER, (N.DECISION,))
        for before in (
            *(S.CHECKED, S.VERIFIED, S.DIFFERING, S.CONTESTED),
            *(S.DISPUTED, S.RETURNED, S.RECOUNT, S.ACCEPTED),
        )
    ),
    Transition(S.ANNULLED, T.RESTORE, S.DISPUTED, _CEC, (N.DECISION,)),
)

ROWS = {(row.before, row.step, role): row for row in TRANSITIONS for role in row.by}
"""Each cell of the table holds one row at most."""

EVENTS = {
    T.RECEIVE: "protocol.received",
    T.CHECK: "protocol.checked",
    T.CONFIRM: "protocol.confirmed",
    T.CONTRADICT: "protocol.contradicted",
    T.SETTLE: "protocol.settled",
    T.DISPUTE: "protocol.disputed",
    T.ACCEPT: "protocol.accepted",
    T.RETURN: "protocol.returned",
    T.ORDER_RECOUNT: "protocol.recount_ordered",
    T.CORRECT: "protocol.corrected",
    T.AMEND: "protocol.amended",
    T.ANNUL: "protocol.annulled",
    T.RESTORE: "protocol.restored",
}
"""What each step is called in the trail."""


class Deed(StrEnum):
    """What is done about a protocol without moving it."""

    EXPLAIN = "explain"
    DECIDE = "decide"
    TAKE_BY_ACT = "take-by-act"
    CONFIRM_FIRST_COPY = "confirm-first-copy"


DEEDS = {
    Deed.EXPLAIN: _CHAIR | _OPERATOR | _REVIEW,
    Deed.DECIDE: _REVIEW,
    Deed.TAKE_BY_ACT: _OPERATOR | frozenset({Role.TERRITORIAL_VERIFIER}),
    Deed.CONFIRM_FIRST_COPY: _OPERATOR | frozenset({Role.TERRITORIAL_VERIFIER}),
}
"""Who may do what about a protocol that has at least one version."""

DEED_EVENTS = {
    Deed.EXPLAIN: "finding.explained",
    Deed.DECIDE: "finding.decided",
    Deed.TAKE_BY_ACT: "first_copy.received",
    Deed.CONFIRM_FIRST_COPY: "first_copy.confirmed",
}
"""What each deed is called in the trail."""


def refuse_deed(deed: Deed, state: State, actor: Actor, *, frozen: bool) -> None:
    """Nothing, if the actor may do this about a protocol in `state`.

    Raises:
        WrongState: There is no version yet, or it is annulled.
        NotAllowed: Not for this role.
        Frozen: The territory has signed.
    """
    if state in (State.MISSING, State.ANNULLED):
        raise WrongState(f"{deed} is not possible while the protocol is {state}")
    if actor.role not in DEEDS[deed]:
        raise NotAllowed(f"{deed} is not possible for {actor.role}")
    if frozen:
        raise Frozen(_FROZEN)


_FROZEN = "the territory has signed its result: it has to be reopened first"


def next_state(
    state: State, step: Step, actor: Actor, found: Circumstances = Circumstances()
) -> State:
    """The state after `step`.

    Raises:
        Frozen: The territory has signed.
        WrongState: There is no such step from here.
        NotAllowed: Not for this role.
        NeedsFirst: Something has to be the case before; the message names all that lacks.
    """
    if not any((state, step) == (row.before, row.step) for row in TRANSITIONS):
        raise WrongState(f"{step} is not possible while the protocol is {state}")
    row = ROWS.get((state, step, actor.role))
    if row is None:
        raise NotAllowed(f"{step} is not possible for {actor.role} while the protocol is {state}")
    if found.frozen:
        raise Frozen(_FROZEN)
    lacking = [_LACKING[need] for need in row.needs if not _holds(need, actor, found)]
    if lacking:
        raise NeedsFirst(f"{step}: {'; '.join(lacking)}", sorted(found.open))
    return row.after


_LACKING = {
    N.CLEAN: "it has an error",
    N.ERRORS: "it has no error",
    N.UNVERIFIED: "it is verified already",
    N.VERIFIED: "a second entry by another person has to agree first",
    N.SETTLED: "findings are open: a decision for each error and an explanation for each warning",
    N.NOT_FIRST: "another person than who entered it has to do this",
    N.FRESH: "a person who has entered none of its figures has to do this",
    N.REASON: "a reason has to be given",
    N.DECISION: "the commission's decision has to be named",
    N.ACT: "the first copy has to be received by act",
    N.AHEAD: "the first copy was received by act: only a corrected protocol can follow it",
    N.PROVISIONAL: "these are the figures of the first copy already",
}


def _holds(need: Need, actor: Actor, found: Circumstances) -> bool:
    return {
        N.CLEAN: not found.errors,
        N.ERRORS: bool(found.errors),
        N.UNVERIFIED: not found.verified,
        N.VERIFIED: found.verified,
        N.SETTLED: not found.open,
        N.NOT_FIRST: actor.name != found.first,
        N.FRESH: actor.name not in found.entered,
        N.REASON: bool(found.reason.strip()),
        N.DECISION: found.decision,
        N.ACT: found.act,
        N.AHEAD: not found.act,
        N.PROVISIONAL: not found.original,
    }[need]
