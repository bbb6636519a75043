"""A commission's sitting: quorum, complaints, opinions, signature; the CEC receives or returns."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tabulator.actions.corrections import annul, correct, restore
from tabulator.actions.entry import enter
from tabulator.actions.first_copy import take_by_act
from tabulator.actions.reopen import return_result
from tabulator.actions.review import accept, dispute, explain
from tabulator.actions.sittings import (
    approve_result,
    consider_complaint,
    explain_missing,
    lodge_complaint,
    open_sitting,
    receive_result,
    record_opinion,
    sign,
)
from tabulator.actions.work import Arrival
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor
from tabulator.domain.sittings import Stage
from tabulator.errors import Frozen, Malformed, NeedsFirst, NotAllowed, NotFound, Stale, WrongState
from tests.counting import Count, register, sent
from tests.working import (
    ACT,
    ALAMUDUN,
    BISHKEK,
    DECISION,
    MEMBER,
    OBSERVER,
    SEATS,
    SOKULUK,
    Night,
    chair_of,
    events_of,
)

VOTES = {"for": 3, "against": 0}


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(Count.load(engine, register()))


def complete(night: Night) -> list[Protocol]:
    """Every precinct is accepted with its first copy."""
    return [night.original(number) for number in night.count.package.precincts]


def test_a_signed_result_freezes_version_digest_and_documents(night: Night) -> None:
    given = night.original(7101)
    documents = [{"kind": "protocol", "area": "sokuluk", "sha256": "f" * 64}]
    digest = night.signed("tec-sokuluk", documents)
    sitting = night.sitting("tec-sokuluk")
    assert (sitting.stage, sitting.version, sitting.digest) == (Stage.SIGNED, 1, digest)
    kind, facts = events_of(night.count, "sample/president/tec-sokuluk")[-1]
    assert kind == "sitting.signed"
    assert facts == {
        "version": 1,
        "digest": digest,
        "signers": list(SEATS[:3]),
        "documents": documents,
    }
    night.in_order(given)


def test_nothing_below_a_signature_moves(night: Night) -> None:
    given = night.original(7101)
    night.signed("tec-sokuluk")
    other = {**given.figures, "V": 9_000}
    for attempt in (
        (SOKULUK.verifier, dispute, "why not"),
        (SOKULUK.chair, annul, DECISION),
        (MEMBER, annul, DECISION),
        (SOKULUK.first, correct, given, "corrected", DECISION, Arrival("paper")),
        (SOKULUK.first, take_by_act, ACT),
    ):
        actor, action, *rest = attempt
        with pytest.raises(Frozen):
            night.do(actor, 7101, action, *rest)
    with pytest.raises((Frozen, WrongState)):
        night.do(SOKULUK.second, 7101, enter, other)
    assert night.columns(7101) == ("accepted", 1, 1, 1)
    free = night.accepted(7001)
    night.in_order(given, free)


def test_a_late_protocol_waits_at_the_door_of_a_signed_territory(night: Night) -> None:
    explained(night)
    night.signed("tec-sokuluk")
    with pytest.raises(Frozen):
        night.upload(7101)
    with pytest.raises(Malformed) as refused:
        night.count.take(sent(night.contest, 7101))
    assert [problem.code for problem in refused.value.problems] == ["closed"]
    night.in_order()


def explained(night: Night) -> None:
    night.sit(SOKULUK.first, "tec-sokuluk", explain_missing, 7101, "a landslide on the road")


def test_another_contest_of_the_same_territory_is_not_frozen(night: Night) -> None:
    night.original(7101)
    night.signed("tec-sokuluk")
    with pytest.raises(NotFound):
        night.sit(SOKULUK.chair, "tec-nowhere", explain_missing, 7101, "x")
    assert night.sitting("tec-alamudun").stage == Stage.PREPARING


@pytest.mark.parametrize("present", [SEATS[:2], (SEATS[0],) * 3, (), (*SEATS, "Fourth")])
def test_without_a_quorum_there_is_no_sitting(night: Night, present: tuple[str, ...]) -> None:
    with pytest.raises(NeedsFirst, match="quorum"):
        night.sit(SOKULUK.chair, "tec-sokuluk", open_sitting, 5, present)
    assert night.sitting("tec-sokuluk").stage == Stage.PREPARING


@pytest.mark.parametrize("who", [SOKULUK.first, SOKULUK.verifier, MEMBER])
def test_the_chair_opens_the_sitting(night: Night, who: Actor) -> None:
    with pytest.raises(NotAllowed):
        night.open(who, "tec-sokuluk")


@pytest.mark.parametrize("who", [ALAMUDUN.chair, chair_of(7101)])
def test_for_others_the_commission_does_not_exist(night: Night, who: Actor) -> None:
    with pytest.raises(NotFound):
        night.open(who, "tec-sokuluk")


def test_an_observer_sees_it_and_does_nothing(night: Night) -> None:
    with pytest.raises(NotAllowed):
        night.sit(OBSERVER, "tec-sokuluk", lodge_complaint, "O. Observer", "no light", None)


@pytest.mark.parametrize(
    "state", ["missing", "checked", "verified", "disputed", "accepted without its first copy"]
)
def test_an_unfinished_precinct_stops_the_signature_until_it_is_explained(
    night: Night, state: str
) -> None:
    if state in ("checked", "disputed"):
        night.upload(7101, **({"INV": 99} if state == "disputed" else {}))
    elif state == "verified":
        night.verified(7101)
    elif state != "missing":
        night.accepted(7101)
    night.open(SOKULUK.chair, "tec-sokuluk")
    with pytest.raises(NeedsFirst) as refused:
        night.sign(SOKULUK.chair, "tec-sokuluk")
    assert refused.value.open == (7101,)
    explained(night)
    if state in ("missing", "accepted without its first copy"):
        night.sign(SOKULUK.chair, "tec-sokuluk")
    else:
        with pytest.raises(NeedsFirst):
            night.sign(SOKULUK.chair, "tec-sokuluk")
    night.in_order(*([sent(night.contest, 7101)] if state.startswith("acc") else []))


def test_an_annulled_precinct_is_finished(night: Night) -> None:
    night.accepted(7101)
    night.do(SOKULUK.chair, 7101, annul, DECISION)
    night.signed("tec-sokuluk")
    with pytest.raises(Frozen):
        night.do(MEMBER, 7101, restore, DECISION)
    night.in_order()


def test_a_blank_explanation_explains_nothing(night: Night) -> None:
    with pytest.raises(NeedsFirst, match="reason"):
        night.sit(SOKULUK.first, "tec-sokuluk", explain_missing, 7101, " ")
    with pytest.raises(NeedsFirst, match="explained"):
        night.signed("tec-sokuluk")


def test_only_precincts_of_the_commission_are_explained(night: Night) -> None:
    with pytest.raises(NotFound):
        night.sit(SOKULUK.first, "tec-sokuluk", explain_missing, 7001, "a landslide")


def test_complaints_are_considered_one_by_one_before_the_signature(night: Night) -> None:
    given = night.original(7101)
    lodge = (lodge_complaint, "O. Observer")
    assert night.sit(SOKULUK.first, "tec-sokuluk", *lodge, "no light", 7101) == 1
    assert night.sit(SOKULUK.chair, "tec-sokuluk", *lodge, "no chairs", None) == 2
    night.open(SOKULUK.chair, "tec-sokuluk")
    consider = (SOKULUK.chair, "tec-sokuluk", consider_complaint)
    night.sit(*consider, 1, "dismissed", VOTES)
    with pytest.raises(NeedsFirst, match="complaints") as refused:
        night.sign(SOKULUK.chair, "tec-sokuluk")
    assert refused.value.open == (2,)
    for number in (1, 3):
        with pytest.raises((NotFound, WrongState)):
            night.sit(*consider, number, "dismissed", VOTES)
    with pytest.raises(NeedsFirst):
        night.sit(*consider, 2, " ", VOTES)
    night.sit(*consider, 2, "upheld", VOTES)
    night.sign(SOKULUK.chair, "tec-sokuluk")
    outcomes = {n: one["outcome"] for n, one in night.sitting("tec-sokuluk").complaints.items()}
    assert outcomes == {1: "dismissed", 2: "upheld"}
    night.in_order(given)


def test_complaints_are_not_considered_before_the_sitting(night: Night) -> None:
    night.sit(SOKULUK.first, "tec-sokuluk", lodge_complaint, "O. Observer", "no light", 7101)
    with pytest.raises(WrongState):
        night.sit(SOKULUK.chair, "tec-sokuluk", consider_complaint, 1, "dismissed", VOTES)


def test_dissenting_opinions_are_those_of_members_present(night: Night) -> None:
    night.open(SOKULUK.chair, "tec-sokuluk")
    night.sit(SOKULUK.chair, "tec-sokuluk", record_opinion, SEATS[1], "I disagree")
    with pytest.raises(NeedsFirst, match="not present"):
        night.sit(SOKULUK.chair, "tec-sokuluk", record_opinion, SEATS[4], "I disagree")
    assert [o["member"] for o in night.sitting("tec-sokuluk").opinions] == [SEATS[1]]
    night.in_order()


@pytest.mark.parametrize("signers", [SEATS[:2], SEATS[2:], (SEATS[0],) * 3])
def test_a_majority_of_those_present_signs(night: Night, signers: tuple[str, ...]) -> None:
    night.original(7101)
    night.open(SOKULUK.chair, "tec-sokuluk")
    with night.session(SOKULUK.chair, "tec-sokuluk") as at, pytest.raises(NeedsFirst):
        sign(at, signers, at.digest(), [])
    assert night.sitting("tec-sokuluk").stage == Stage.OPEN


def test_what_was_printed_is_what_is_signed(night: Night) -> None:
    night.accepted(7101)
    night.open(SOKULUK.chair, "tec-sokuluk")
    explained(night)
    with night.session(SOKULUK.chair, "tec-sokuluk") as at:
        printed, moves = at.digest(), at.sitting.moves
    night.do(SOKULUK.chair, 7101, annul, DECISION)
    with night.session(SOKULUK.chair, "tec-sokuluk") as at, pytest.raises(Stale):
        sign(at, SEATS[:3], printed, [])
    explained(night)
    with pytest.raises(Stale), night.session(SOKULUK.chair, "tec-sokuluk", moves):
        pass
    night.in_order()


def test_the_cec_receives_and_approves_or_returns(night: Night) -> None:
    given = night.original(7101)
    with pytest.raises(WrongState):
        night.sit(MEMBER, "tec-sokuluk", receive_result, "B. Chair")
    night.signed("tec-sokuluk")
    for who in (SOKULUK.chair, OBSERVER):
        with pytest.raises(NotAllowed):
            night.sit(who, "tec-sokuluk", receive_result, "B. Chair")
    with pytest.raises(WrongState):
        night.sit(MEMBER, "tec-sokuluk", approve_result)
    night.sit(MEMBER, "tec-sokuluk", receive_result, "B. Chair")
    with pytest.raises(NeedsFirst, match="reason"):
        night.sit(MEMBER, "tec-sokuluk", return_result, "")
    night.sit(MEMBER, "tec-sokuluk", return_result, "a signature lacks")
    assert night.sitting("tec-sokuluk").stage == Stage.RETURNED
    night.do(SOKULUK.verifier, 7101, dispute, "an observer's copy differs")
    night.in_order()
    night.do(SOKULUK.verifier, 7101, accept)
    night.approved("tec-sokuluk")
    sitting = night.sitting("tec-sokuluk")
    assert (sitting.stage, sitting.version) == (Stage.APPROVED, 2)
    night.in_order(given)


def test_the_cec_signs_when_every_territory_is_approved(night: Night) -> None:
    given = complete(night)
    for commission in ("tec-sokuluk", "tec-alamudun"):
        night.approved(commission)
    night.signed("tec-bishkek")
    night.open(MEMBER, "cec")
    with pytest.raises(NeedsFirst, match="not approved") as refused:
        night.sign(MEMBER, "cec")
    assert refused.value.open == ("tec-bishkek",)
    night.sit(MEMBER, "tec-bishkek", receive_result, "B. Chair")
    night.sit(MEMBER, "tec-bishkek", approve_result)
    night.sign(MEMBER, "cec")
    assert night.sitting("cec").stage == Stage.SIGNED
    night.in_order(*given)


@pytest.mark.parametrize("who", [BISHKEK.chair, OBSERVER])
def test_the_cec_s_own_people_sit_in_the_cec(night: Night, who: Actor) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        night.open(who, "cec")


def test_a_finding_is_not_explained_after_the_signature(night: Night) -> None:
    given = night.original(7101)
    night.signed("tec-sokuluk")
    with pytest.raises((Frozen, NotFound)):
        night.do(SOKULUK.first, 7101, explain, "K10", "late")
    night.in_order(given)
