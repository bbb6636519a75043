"""A commission's result: every stage, move and role against what the table is meant to say."""

from __future__ import annotations

from itertools import product

import pytest

from tabulator.domain.roles import Actor, Role
from tabulator.domain.sittings import (
    EVENTS,
    ROWS,
    Move,
    Sitting,
    Stage,
    next_stage,
    refuse_outsider,
)
from tabulator.errors import NeedsFirst, NotAllowed, NotFound, WrongState
from tests.builders import election

STAFF = {
    *("territorial-operator", "territorial-verifier", "territorial-chair"),
    *("cec-operator", "cec-member"),
}
HEADS, CEC, MEMBER = (
    {"territorial-chair", "cec-member"},
    {"cec-operator", "cec-member"},
    "cec-member",
)

# (stage, move) → who, and where it leads; by hand, from how a commission works.
ALLOWED: dict[tuple[str, str], tuple[set[str], str]] = {
    ("preparing", "open"): (HEADS, "open"),
    ("returned", "open"): (HEADS, "open"),
    ("reopened", "open"): (HEADS, "open"),
    ("open", "consider-complaint"): (HEADS, "open"),
    ("open", "dissent"): (HEADS, "open"),
    ("open", "sign"): (HEADS, "signed"),
    ("signed", "receive"): (CEC, "received"),
    ("received", "approve"): ({MEMBER}, "approved"),
    ("received", "return"): ({MEMBER}, "returned"),
}
for _stage in ("preparing", "open", "returned", "reopened"):
    ALLOWED[_stage, "lodge-complaint"] = ALLOWED[_stage, "explain-missing"] = (STAFF, _stage)
for _stage in ("signed", "received", "approved"):
    ALLOWED[_stage, "ask-to-reopen"] = (HEADS, _stage)
    ALLOWED[_stage, "reopen"] = ALLOWED[_stage, "void"] = ({MEMBER}, "reopened")

SIGNED = {"digest": "0" * 64, "signers": ["a", "b"], "documents": []}
SITS = {"members": 3, "present": ["a", "b"]}


@pytest.mark.parametrize(("stage", "move", "role"), list(product(Stage, Move, Role)))
def test_a_move_leads_where_it_should_or_is_refused(stage: Stage, move: Move, role: Role) -> None:
    actor = Actor("a", role)
    if (stage, move) not in ALLOWED:
        with pytest.raises(WrongState):
            next_stage(stage, move, actor)
        return
    who, after = ALLOWED[stage, move]
    if role in who:
        assert next_stage(stage, move, actor) == after
    else:
        with pytest.raises(NotAllowed):
            next_stage(stage, move, actor)


def test_each_cell_holds_one_row_and_each_move_has_one_event() -> None:
    cells = [(row.before, row.step, role) for row in ROWS for role in row.by]
    assert len(cells) == len(set(cells))
    assert list(EVENTS) == list(Move)
    assert len(set(EVENTS.values())) == len(Move)


HEAD = Actor("head", Role.TERRITORIAL_CHAIR, scope="tec-bishkek")
OTHER = Actor("other", Role.TERRITORIAL_CHAIR, scope="tec-sokuluk")
CEC_MEMBER = Actor("member", Role.CEC_MEMBER)

OWN = {"lodge-complaint", "explain-missing", "open", "consider-complaint", "dissent", "sign"}
BOTH = {"ask-to-reopen", "reopen"}


@pytest.mark.parametrize("move", Move)
def test_only_the_commission_itself_holds_its_sitting(move: Move) -> None:
    for actor, may in (
        (HEAD, move in OWN | BOTH),
        (OTHER, False),
        (CEC_MEMBER, move not in OWN),
    ):
        if may:
            refuse_outsider(move, actor, election(), "tec-bishkek")
        else:
            with pytest.raises(NotAllowed):
                refuse_outsider(move, actor, election(), "tec-bishkek")


def signed() -> Sitting:
    sitting = Sitting()
    sitting.tell("sitting.opened", HEAD, SITS)
    sitting.tell("sitting.signed", HEAD, SIGNED)
    return sitting


def test_a_signature_freezes_and_a_reopening_by_another_person_frees() -> None:
    sitting = signed()
    assert sitting.frozen
    with pytest.raises(NeedsFirst):
        sitting.tell("result.reopened", CEC_MEMBER, {"reason": "a slip"})
    sitting.tell("result.reopening_asked", CEC_MEMBER, {"reason": "a slip"})
    with pytest.raises(NeedsFirst):
        sitting.tell("result.reopened", CEC_MEMBER, {"reason": "a slip"})
    sitting.tell("result.reopened", Actor("second", Role.CEC_MEMBER), {"reason": "a slip"})
    assert not sitting.frozen
    assert (sitting.stage, sitting.version, sitting.moves) == (Stage.REOPENED, 1, 4)


@pytest.mark.parametrize(
    "present", [[], ["a"], ["a", "a"], ["a", "b", "c", "d"]], ids=["none", "one", "twice", "four"]
)
def test_without_a_quorum_no_sitting_opens(present: list[str]) -> None:
    with pytest.raises(NeedsFirst, match="quorum"):
        Sitting().tell("sitting.opened", HEAD, {"members": 3, "present": present})


@pytest.mark.parametrize("signers", [["a"], ["a", "c"], []])
def test_only_who_is_present_signs_and_more_than_half(signers: list[str]) -> None:
    sitting = Sitting()
    sitting.tell("sitting.opened", HEAD, SITS)
    with pytest.raises(NeedsFirst, match="cannot sign"):
        sitting.tell("sitting.signed", HEAD, {**SIGNED, "signers": signers})


def test_complaints_come_first() -> None:
    sitting = Sitting()
    sitting.tell("complaint.lodged", HEAD, {"complaint": 1, "text": "The hall was closed."})
    sitting.tell("sitting.opened", HEAD, SITS)
    with pytest.raises(NeedsFirst) as refused:
        sitting.tell("sitting.signed", HEAD, SIGNED)
    assert refused.value.open == (1,)
    sitting.tell("complaint.considered", HEAD, {"complaint": 1, "outcome": "rejected"})
    with pytest.raises(WrongState):
        sitting.tell("complaint.considered", HEAD, {"complaint": 1, "outcome": "upheld"})
    with pytest.raises(NotFound):
        sitting.tell("complaint.considered", HEAD, {"complaint": 2, "outcome": "upheld"})
    sitting.tell("sitting.signed", HEAD, SIGNED)
    assert sitting.stage == Stage.SIGNED
