"""What documents print beside the figures: only what concerns versions that stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator.actions import corrections, reopen, review, sittings
from tabulator.actions.entry import send
from tabulator.actions.first_copy import compare_first_copy, take_by_act
from tabulator.actions.issue import wanted_documents
from tabulator.actions.work import Arrival, Work, open_work
from tabulator.documents.facts import Complaint, Facts, Note
from tabulator.domain.roles import Actor, Role
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.protocols import Key
from tests.counting import NOW, Count, register, sent

TEC = "tec-alamudun"
OPERATOR = Actor("operator", Role.TERRITORIAL_OPERATOR, scope=TEC)
VERIFIER = Actor("verifier", Role.TERRITORIAL_VERIFIER, scope=TEC)
HEAD = Actor("head", Role.TERRITORIAL_CHAIR, scope=TEC)
PRECINCT = Actor("chair", Role.PRECINCT_CHAIR, scope="7001")
CEC = Actor("cec", Role.CEC_MEMBER)
SAID = {"reason": "Үкүк «сынган» & <ң>", "number": "12", "date": "2021-01-11"}
DECISION = (SAID["reason"], SAID["number"], SAID["date"])


@pytest.fixture
def count(engine: Engine) -> Count:
    """Precinct 7001 is disputed, 7002 accepted, nothing has come from the others."""
    counted = Count.load(engine, register())
    good = sent(counted.contest, 7001)
    counted.take(sent(counted.contest, 7001, C=(good.figures["C"] or 0) + 1))
    counted.take(sent(counted.contest, 7002))
    return counted


def do(count: Count, actor: Actor, number: int, deed: Callable[[Work], Any]) -> None:
    key = Key(count.stored, count.contest, count.package.precincts[number])
    with (
        transaction(count.engine) as connection,
        open_work(connection, actor, key, now=NOW) as work,
    ):
        deed(work)


def sit(
    count: Count, deed: Callable[[sittings.Session], Any], code: str = TEC, actor: Actor = HEAD
) -> None:
    with (
        transaction(count.engine) as connection,
        sittings.session(connection, actor, count.stored, count.contest, code, now=NOW) as session,
    ):
        deed(session)


def facts(count: Count, area: str = "alamudun", kind: str = "protocol", **more: str) -> Facts:
    with snapshot(count.engine) as connection:
        (made,) = wanted_documents(
            connection, count.stored, count.contest, area=area, kind=kind, **more
        )
    return made.facts


def correct(count: Count, kind: str = "corrected") -> None:
    protocol, arrival = sent(count.contest, 7001), Arrival("typed")
    do(count, OPERATOR, 7001, lambda w: corrections.correct(w, protocol, kind, SAID, arrival))


def test_answers_to_findings_are_told_and_the_last_one_counts(count: Count) -> None:
    do(count, OPERATOR, 7001, lambda w: review.explain(w, "K02", "биринчи"))
    assert facts(count).notes == (Note(7001, "explained", "K02", "биринчи"),)
    do(count, VERIFIER, 7001, lambda w: review.decide(w, "K02", SAID))
    assert facts(count).notes == (Note(7001, "decided", "K02", *DECISION),)


def test_what_was_said_to_a_version_goes_with_it(count: Count) -> None:
    do(count, VERIFIER, 7001, lambda w: review.decide(w, "K02", SAID))
    correct(count)
    assert facts(count).notes == (Note(7001, "corrected", "", *DECISION),)


def test_figures_that_the_precinct_sends_anew_end_the_corrections(count: Count) -> None:
    correct(count)
    anew = sent(count.contest, 7001, V=3_000)
    do(count, PRECINCT, 7001, lambda w: send(w, anew, Arrival("upload")))
    assert facts(count).notes == ()


def test_a_recount_is_told_while_it_is_waited_for_and_when_it_is_in(count: Count) -> None:
    do(count, HEAD, 7001, lambda w: review.order_recount(w, SAID))
    assert facts(count).notes == (Note(7001, "recount-ordered", "", *DECISION),)
    correct(count, "recount")
    assert facts(count).notes == (Note(7001, "recount", "", *DECISION),)


def test_an_annulment_is_told_until_it_is_taken_back(count: Count) -> None:
    do(count, HEAD, 7002, lambda w: corrections.annul(w, SAID))
    assert facts(count).notes == (Note(7002, "annulled", "", *DECISION),)
    do(count, CEC, 7002, lambda w: corrections.restore(w, {**SAID, "number": "13"}))
    assert facts(count).notes == (Note(7002, "restored", "", DECISION[0], "13", DECISION[2]),)


def test_a_part_that_was_annulled_is_told(count: Count) -> None:
    figures = {**sent(count.contest, 7002).figures, "V": 4_000}
    do(count, OPERATOR, 7002, lambda w: corrections.annul_out_of_premises(w, figures, SAID))
    assert facts(count).notes == (Note(7002, "part-annulled", "", *DECISION),)


def test_differences_of_the_first_copy_are_told_with_both_figures(count: Count) -> None:
    was = sent(count.contest, 7002).figures
    assert was["V"]
    stated = {**was, "V": was["V"] + 1, "I3": None}
    do(count, OPERATOR, 7002, lambda w: take_by_act(w, {"deliverer": "А"}))
    do(count, OPERATOR, 7002, lambda w: compare_first_copy(w, stated, Arrival("typed")))
    (note,) = facts(count).notes
    assert (note.kind, note.code) == ("amended", "K28")
    assert set(note.differences) == {("V", was["V"], was["V"] + 1), ("I3", was["I3"], None)}


def test_notes_stand_in_the_documents_above_and_nowhere_else(count: Count) -> None:
    do(count, VERIFIER, 7001, lambda w: review.decide(w, "K02", SAID))
    sit(count, lambda s: sittings.explain_missing(s, 7002, "унаа бузулган"))
    found = facts(count).notes
    assert [(note.precinct, note.kind) for note in found] == [
        (7001, "decided"),
        (7002, "no-first-copy"),
    ]
    assert facts(count, kind="summary-table").notes == found
    assert facts(count, "kg", "national-protocol").notes == found
    assert facts(count, "sokuluk").notes == ()


def test_a_missing_protocol_is_explained_until_it_comes(engine: Engine) -> None:
    count = Count.load(engine, register())
    sit(count, lambda s: sittings.explain_missing(s, 7001, "жол жабык"))
    assert facts(count).notes == (Note(7001, "missing", text="жол жабык"),)
    count.take(sent(count.contest, 7001), accept_clean=False)
    assert facts(count).notes == ()
    count.take(sent(count.contest, 7001))
    do(count, OPERATOR, 7001, lambda w: take_by_act(w, {"deliverer": "А"}))
    assert [note.kind for note in facts(count).notes] == ["no-first-copy"]
    do(count, OPERATOR, 7001, lambda w: compare_first_copy(w, None, Arrival("typed")))
    assert facts(count).notes == ()


def test_the_sitting_of_the_commission_that_issues_is_told(count: Count) -> None:
    sit(count, lambda s: sittings.lodge_complaint(s, "А. Б.", "даттануу", 7001))
    sit(count, lambda s: sittings.lodge_complaint(s, "В. Г.", "даттануу", None))
    sit(count, lambda s: sittings.open_sitting(s, 5, ["А", "Б", "В"]))
    sit(count, lambda s: sittings.consider_complaint(s, 1, "четке кагылды", {"for": 3}))
    sit(count, lambda s: sittings.record_opinion(s, "Б", "макул эмесмин"))
    told = facts(count)
    assert told.complaints == (Complaint(1, 7001, "четке кагылды"),)
    assert (told.opinions, told.present, told.members) == (("Б",), 3, 5)
    national = facts(count, "kg", "national-protocol")
    assert (national.complaints, national.opinions, national.members) == ((), (), 0)


def test_a_sitting_that_was_void_is_not_told_but_its_complaints_are(engine: Engine) -> None:
    count = Count.load(engine, register())
    for number in (7001, 7002):
        sit(count, lambda s, n=number: sittings.explain_missing(s, n, "жол жабык"))  # type: ignore[misc]
    sit(count, lambda s: sittings.lodge_complaint(s, "А. Б.", "даттануу", 7001))
    sit(count, lambda s: sittings.open_sitting(s, 3, ["А", "Б"]))
    sit(count, lambda s: sittings.consider_complaint(s, 1, "четке кагылды", {"for": 2}))
    sit(count, lambda s: sittings.sign(s, ["А", "Б"], facts(count).digest, []))
    assert facts(count).present == 2
    sit(count, lambda s: sittings.receive_result(s, "А"), actor=CEC)
    sit(count, lambda s: reopen.return_result(s, "ката"), actor=CEC)
    assert (facts(count).present, facts(count).members) == (0, 0)
    assert len(facts(count).complaints) == 1
    assert count.verdict().first_break is None


def test_whoever_signs_asks_for_documents_that_say_so(count: Count) -> None:
    assert facts(count).status == "preliminary"
    assert facts(count, status="signed").status == "signed"


def test_what_is_told_changes_neither_the_digest_nor_the_moment(count: Count) -> None:
    before = facts(count)
    do(count, VERIFIER, 7001, lambda w: review.decide(w, "K02", SAID))
    after = facts(count)
    assert (before.digest, before.as_of) == (after.digest, after.as_of)
    assert before.notes != after.notes
