"""The sitting of a commission and the fate of its result, as a table like that of protocols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tabulator.domain.register import Election
from tabulator.domain.roles import Actor, Role
from tabulator.errors import NeedsFirst, NotAllowed, NotFound, WrongState


class Stage(StrEnum):
    """Where a commission's result stands."""

    PREPARING = "preparing"
    OPEN = "open"
    SIGNED = "signed"
    RECEIVED = "received"
    APPROVED = "approved"
    RETURNED = "returned"
    REOPENED = "reopened"


FREEZING = frozenset({Stage.SIGNED, Stage.RECEIVED, Stage.APPROVED})
"""Nothing below moves while a result stands so."""


class Move(StrEnum):
    """What is done in or about a sitting."""

    LODGE = "lodge-complaint"
    EXPLAIN_MISSING = "explain-missing"
    OPEN = "open"
    CONSIDER = "consider-complaint"
    DISSENT = "dissent"
    SIGN = "sign"
    RECEIVE = "receive"
    APPROVE = "approve"
    RETURN = "return"
    ASK_TO_REOPEN = "ask-to-reopen"
    REOPEN = "reopen"
    VOID = "void"


class Condition(StrEnum):
    """What must be the case before a move is made; where it is looked at, see `_DOES`."""

    TEXT = "text"
    QUORUM = "quorum"
    CONSIDERED = "considered"
    SIGNERS = "signers"
    FINISHED = "finished"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Row:
    """From `before`, anyone in `by` may make the move `step`, which leads to `after`."""

    before: Stage
    step: Move
    after: Stage
    by: frozenset[Role]
    needs: tuple[Condition, ...] = ()


_HEADS = frozenset({Role.TERRITORIAL_CHAIR, Role.CEC_MEMBER})
_STAFF = _HEADS | {Role.TERRITORIAL_OPERATOR, Role.TERRITORIAL_VERIFIER, Role.CEC_OPERATOR}
_CEC = frozenset({Role.CEC_OPERATOR, Role.CEC_MEMBER})
_MEMBER = frozenset({Role.CEC_MEMBER})

G, M, C = Stage, Move, Condition

ROWS = (
    *(
        Row(stage, move, stage, _STAFF, (C.TEXT,))
        for stage in (G.PREPARING, G.OPEN, G.RETURNED, G.REOPENED)
        for move in (M.LODGE, M.EXPLAIN_MISSING)
    ),
    Row(G.PREPARING, M.OPEN, G.OPEN, _HEADS, (C.QUORUM,)),
    Row(G.RETURNED, M.OPEN, G.OPEN, _HEADS, (C.QUORUM,)),
    Row(G.REOPENED, M.OPEN, G.OPEN, _HEADS, (C.QUORUM,)),
    Row(G.OPEN, M.CONSIDER, G.OPEN, _HEADS, (C.TEXT,)),
    Row(G.OPEN, M.DISSENT, G.OPEN, _HEADS, (C.TEXT,)),
    Row(G.OPEN, M.SIGN, G.SIGNED, _HEADS, (C.FINISHED, C.CONSIDERED, C.SIGNERS)),
    # A territory's result at the CEC.
    Row(G.SIGNED, M.RECEIVE, G.RECEIVED, _CEC),
    Row(G.RECEIVED, M.APPROVE, G.APPROVED, _MEMBER),
    Row(G.RECEIVED, M.RETURN, G.RETURNED, _MEMBER, (C.TEXT,)),
    # Reopening takes two people, and voids the signature of the commission above.
    *(
        row
        for stage in (G.SIGNED, G.RECEIVED, G.APPROVED)
        for row in (
            Row(stage, M.ASK_TO_REOPEN, stage, _HEADS, (C.TEXT,)),
            Row(stage, M.REOPEN, G.REOPENED, _MEMBER, (C.TEXT, C.ANOTHER)),
            Row(stage, M.VOID, G.REOPENED, _MEMBER),
        )
    ),
)

_CELLS = {(row.before, row.step, role): row for row in ROWS for role in row.by}

EVENTS = {
    M.LODGE: "complaint.lodged",
    M.EXPLAIN_MISSING: "missing.explained",
    M.OPEN: "sitting.opened",
    M.CONSIDER: "complaint.considered",
    M.DISSENT: "opinion.recorded",
    M.SIGN: "sitting.signed",
    M.RECEIVE: "result.received",
    M.APPROVE: "result.approved",
    M.RETURN: "result.returned",
    M.ASK_TO_REOPEN: "result.reopening_asked",
    M.REOPEN: "result.reopened",
    M.VOID: "result.voided",
}
MOVE_OF = {event: move for move, event in EVENTS.items()}


def next_stage(stage: Stage, move: Move, actor: Actor) -> Stage:
    """The stage after `move`; WrongState or NotAllowed where the table has no such row."""
    if not any((stage, move) == (row.before, row.step) for row in ROWS):
        raise WrongState(f"{move} is not possible while the result is {stage}")
    row = _CELLS.get((stage, move, actor.role))
    if row is None:
        raise NotAllowed(f"{move} is not possible for {actor.role}")
    return row.after


OWN = frozenset({M.LODGE, M.EXPLAIN_MISSING, M.OPEN, M.CONSIDER, M.DISSENT, M.SIGN})
"""What only the commission's own people do; the rest is done about it by the CEC's."""


def refuse_outsider(move: Move, actor: Actor, election: Election, commission: str) -> None:
    """NotAllowed for who is not of the commission that has to do this."""
    own = actor.speaks_for(election, commission)
    cec = actor.role in _CEC and election.commissions[commission].kind != "cec"
    if move in OWN:
        fits = own
    elif move in (M.ASK_TO_REOPEN, M.REOPEN):
        fits = own or cec
    else:
        fits = cec
    if not fits:
        raise NotAllowed(f"{move} is not for {actor.role} of another commission")


@dataclass(slots=True)
class Sitting:
    """How a commission's result stands after the events told so far.

    Attributes:
        moves: How many events there were: what a person saw is named by it.
        version: How often it was signed. `digest`: of all figures, when it was signed last;
            `documents`: SHA-256 of each that was issued then.
        members: How many the commission has. `present`: their names at the open sitting.
        complaints: Number → what was lodged, with "outcome" and "votes" once it was considered.
        explained: Precinct → why its protocol, or its first copy, is missing.
        opinions: Dissenting opinions of the sitting.
        asked: Who asked to reopen; "" while nobody did.
    """

    stage: Stage = Stage.PREPARING
    moves: int = 0
    version: int = 0
    digest: str = ""
    documents: tuple[str, ...] = ()
    members: int = 0
    present: tuple[str, ...] = ()
    complaints: dict[int, dict[str, Any]] = field(default_factory=dict)
    explained: dict[int, str] = field(default_factory=dict)
    opinions: list[Mapping[str, Any]] = field(default_factory=list)
    asked: str = ""

    @property
    def frozen(self) -> bool:
        return self.stage in FREEZING

    def tell(self, kind: str, actor: Actor, facts: Mapping[str, Any]) -> None:
        """Let one event happen.

        Raises:
            WrongState, NotAllowed: The table has no such row.
            NeedsFirst: A reason or a text is blank; no quorum; complaints that were not
                considered; nobody, or the same person, asked to reopen.
        """
        move = MOVE_OF[kind]
        after = next_stage(self.stage, move, actor)
        if (said := _SAYS.get(move)) and not facts[said].strip():
            raise NeedsFirst(f"{move}: the {said} has to be given")
        _DOES.get(move, _nothing)(self, actor, facts)
        self.stage = after
        self.moves += 1


_SAYS = {
    M.LODGE: "text",
    M.EXPLAIN_MISSING: "reason",
    M.CONSIDER: "outcome",
    M.DISSENT: "text",
    M.RETURN: "reason",
    M.ASK_TO_REOPEN: "reason",
    M.REOPEN: "reason",
}
"""What has to be said with a move."""


def _nothing(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    pass


def _lodge(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    sitting.complaints[facts["complaint"]] = dict(facts)


def _consider(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    lodged = sitting.complaints.get(facts["complaint"])
    if lodged is None:
        raise NotFound(f"no complaint {facts['complaint']}")
    if "outcome" in lodged:
        raise WrongState(f"complaint {facts['complaint']} was considered already")
    lodged |= {"outcome": facts["outcome"], "votes": facts.get("votes") or {}}


def _explain(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    sitting.explained[facts["precinct"]] = facts["reason"]


def _open(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    present, members = tuple(facts["present"]), facts["members"]
    if len(set(present)) != len(present) or len(present) > members or 2 * len(present) <= members:
        raise NeedsFirst(f"no quorum: {len(set(present))} of {members} members are present")
    sitting.present, sitting.members, sitting.opinions = present, members, []


def _dissent(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    if facts["member"] not in sitting.present:
        raise NeedsFirst(f"{facts['member']} is not present at the sitting")
    sitting.opinions.append(facts)


def _sign(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    waiting = [number for number, said in sitting.complaints.items() if "outcome" not in said]
    if waiting:
        raise NeedsFirst("complaints have to be considered first", waiting)
    signers = set(facts["signers"])
    if not signers <= set(sitting.present) or 2 * len(signers) <= sitting.members:
        raise NeedsFirst(f"{len(signers)} of {sitting.members} members cannot sign the result")
    sitting.version, sitting.digest = sitting.version + 1, facts["digest"]
    sitting.documents = tuple(one["sha256"] for one in facts["documents"])
    sitting.asked = ""


def _ask(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    sitting.asked = actor.name


def _reopen(sitting: Sitting, actor: Actor, facts: Mapping[str, Any]) -> None:
    if sitting.asked in ("", actor.name):
        raise NeedsFirst("another person has to ask for the reopening first")
    sitting.asked = ""


_DOES = {
    M.LODGE: _lodge,
    M.CONSIDER: _consider,
    M.EXPLAIN_MISSING: _explain,
    M.OPEN: _open,
    M.DISSENT: _dissent,
    M.SIGN: _sign,
    M.ASK_TO_REOPEN: _ask,
    M.REOPEN: _reopen,
}
