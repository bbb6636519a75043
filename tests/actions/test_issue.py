"""Which documents there are for which tree, what they are made from, and when none is issued."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tabulator.actions.issue import (
    BISHKEK,
    NATIONAL,
    ON_DEMAND,
    TERRITORIAL,
    Wanted,
    record_issue,
    wanted_documents,
)
from tabulator.aggregate.results import outcome_of
from tabulator.domain.areas import Area, Areas, Commission
from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tabulator.errors import NotInOrder
from tabulator.storage.db import snapshot, transaction
from tests.builders import areas, commissions, contest, text
from tests.counting import CLERK, NOW, PLACES, Count, register, sent

LOCAL = contest("local-district/2024", area="alamudun", open_abroad=False)


def wanted(count: Count, of: Contest | None = None, **chosen: str) -> list[Wanted]:
    with snapshot(count.engine) as connection:
        return wanted_documents(connection, count.stored, of or count.contest, **chosen)


def names(documents: list[Wanted]) -> list[tuple[str, str]]:
    return [(document.kind, document.area) for document in documents]


def sets(*areas: str) -> list[tuple[str, str]]:
    return [(kind, area) for area in areas for kind in TERRITORIAL]


ALL = [
    *sets("alamudun", "sokuluk", "bishkek", "abroad", "tec-bishkek"),
    *((kind, "kg") for kind in NATIONAL),
]


@pytest.fixture
def count(engine: Engine) -> Count:
    counted = Count.load(engine, register())
    counted.take_all()
    return counted


def test_each_area_of_a_tec_has_its_set_and_two_areas_one_more_together(count: Count) -> None:
    assert names(wanted(count)) == ALL


def test_before_anything_is_in_the_documents_are_there_all_the_same(engine: Engine) -> None:
    empty = Count.load(engine, register())
    documents = wanted(empty)
    assert names(documents) == ALL
    assert {d.facts.total.value("V") for d in documents} == {None}
    closing = datetime(2021, 1, 10, 20, tzinfo=BISHKEK)
    assert {d.facts.as_of for d in documents} == {closing}
    states = {row.state for d in documents for block in d.facts.blocks for row in block.rows}
    assert states == {State.MISSING}


def test_a_document_holds_every_precinct_of_its_blocks_and_their_sum(count: Count) -> None:
    by_area = {d.area: d.facts for d in wanted(count, kind="summary-table")}
    assert [b.result.area for b in by_area["tec-bishkek"].blocks] == ["bishkek", "abroad"]
    for area, below in (("sokuluk", [7101]), ("tec-bishkek", [1001, 1002, 9001])):
        facts = by_area[area]
        assert [row.precinct for block in facts.blocks for row in block.rows] == below
        stated = [sent(count.contest, number).figures["I"] or 0 for number in below]
        assert facts.total.value("I") == sum(stated)
    (national,) = wanted(count, kind="national-protocol")
    assert [b.result.area for b in national.facts.blocks] == [
        "alamudun",
        "sokuluk",
        "bishkek",
        "abroad",
    ]
    assert {row.precinct for b in national.facts.blocks for row in b.rows} == set(PLACES)


def test_only_the_commission_that_determines_the_result_prints_it(count: Count) -> None:
    with_outcome = {(d.kind, d.area) for d in wanted(count) if d.facts.outcome}
    assert with_outcome == {(kind, "kg") for kind in NATIONAL}


def test_a_local_contest_is_decided_by_its_tec_and_has_no_national_documents(
    engine: Engine,
) -> None:
    count = Count.load(engine, register(LOCAL, kind="local-district"))
    count.take(sent(LOCAL, 7001), sent(LOCAL, 7002))
    documents = wanted(count)
    assert names(documents) == sets("alamudun")
    assert all(d.facts.outcome for d in documents)
    assert {d.facts.commission.code for d in documents} == {"tec-alamudun"}


def test_precincts_directly_in_an_area_with_children_are_a_block_of_their_own(
    engine: Engine,
) -> None:
    rows = (
        ("kg", "", "country", "cec"),
        ("chui", "kg", "region", "tec-alamudun"),
        ("tokmok", "chui", "territory", "tec-alamudun"),
    )
    tree = Areas(Area(*row, text(row[0])) for row in rows)
    listed = {code: c for code, c in commissions().items() if code in ("cec", "tec-alamudun")}
    places = {7001: "chui", 7002: "tokmok"}
    count = Count.load(engine, register(places=places, areas=tree, commissions=listed))
    count.take_all()
    table, *_ = wanted(count)
    blocks = table.facts.blocks
    assert [[row.precinct for row in block.rows] for block in blocks] == [[7001], [7002]]
    parts = [block.result.value("V") or 0 for block in blocks]
    assert (sum(parts), min(parts) > 0) == (table.facts.total.value("V"), True)


def test_a_tec_decides_a_contest_of_a_part_of_its_area(engine: Engine) -> None:
    kenesh = contest("local-list/2024", area="ayyl", kind="local-list", open_abroad=False)
    rows = (
        ("kg", "", "country", "cec"),
        ("alamudun", "kg", "territory", "tec-alamudun"),
        ("ayyl", "alamudun", "territory", "tec-alamudun"),
    )
    tree = Areas(Area(*row, text(row[0])) for row in rows)
    count = Count.load(
        engine, register(kenesh, places={7001: "ayyl", 7002: "alamudun"}, areas=tree)
    )
    count.take(sent(kenesh, 7001))
    documents = wanted(count)
    assert names(documents) == sets("alamudun")
    assert all(d.facts.outcome for d in documents)
    assert documents[0].facts.total.coverage.formed == 1


def test_a_commission_named_like_one_of_its_areas_adds_all_of_them(engine: Engine) -> None:
    tec = "bishkek"
    tree = Areas(
        Area(a.code, a.parent, a.kind, a.commission.replace("tec-bishkek", tec), a.name)
        for a in areas()
    )
    listed = {**commissions(), tec: Commission(tec, "tec", "cec", text(tec))}
    count = Count.load(engine, register(areas=tree, commissions=listed))
    count.take_all()
    documents = {d.area: d.facts for d in wanted(count, kind="protocol")}
    assert set(documents) == {"alamudun", "sokuluk", "bishkek", "abroad", "bishkek-tec"}
    included = {area: facts.total.coverage.included for area, facts in documents.items()}
    assert (included["bishkek"], included["abroad"], included["bishkek-tec"]) == (2, 1, 3)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"area": "sokuluk"}, sets("sokuluk")),
        ({"area": "chui"}, sets("alamudun", "sokuluk")),
        ({"area": "tec-bishkek"}, sets("bishkek", "abroad", "tec-bishkek")),
        ({"area": "kg"}, ALL),
        ({"area": "none"}, []),
        ({"kind": "protocol", "area": "chui"}, [("protocol", "alamudun"), ("protocol", "sokuluk")]),
        ({"kind": "national-annex"}, [(kind, "kg") for kind in ON_DEMAND]),
        ({"kind": "national-protocol", "area": "chui"}, []),
    ],
    ids=str,
)
def test_documents_are_chosen_by_area_and_kind(
    count: Count, chosen: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert names(wanted(count, **chosen)) == expected


def test_where_sums_differ_nothing_is_issued(count: Count) -> None:
    count.do("UPDATE subtotal SET t0 = t0 + 1")
    with pytest.raises(NotInOrder, match="K22"):
        wanted(count, area="sokuluk")


def test_the_same_state_gives_the_same_digest_and_moment(count: Count) -> None:
    one, other = wanted(count), wanted(count)
    assert [(d.facts.digest, d.facts.as_of) for d in one] == [
        (d.facts.digest, d.facts.as_of) for d in other
    ]
    assert one == other


def test_a_change_elsewhere_leaves_the_facts_of_an_area_alone(engine: Engine) -> None:
    count = Count.load(engine, register())
    count.take(sent(count.contest, 7101))
    before = {d.area: d.facts for d in wanted(count, kind="protocol")}
    count.take(sent(count.contest, 1001), now=NOW + timedelta(hours=1))
    after = {d.area: d.facts for d in wanted(count, kind="protocol")}
    changed = {area for area in after if before[area].digest != after[area].digest}
    assert changed == {"bishkek", "tec-bishkek"}


def test_the_facts_know_no_clock_but_what_the_protocols_state(engine: Engine) -> None:
    count = Count.load(engine, register())
    given = sent(count.contest, 7101)
    count.take(given, now=NOW + timedelta(days=1))
    (facts,) = (d.facts for d in wanted(count, kind="protocol", area="sokuluk"))
    assert facts.as_of == given.received_at


def test_votes_from_abroad_decide_with_those_of_the_district(engine: Engine) -> None:
    """The command, the service and the protocol of the CEC name the same winner."""
    district = contest("jk-district/2025", id="d1", kind="jk-district", area="chui", seats=1)
    count = Count.load(engine, register(district))
    abroad = sent(district, 9001)
    turned = {**abroad.figures, "asan": abroad.figures["bermet"], "bermet": abroad.figures["asan"]}
    count.take(sent(district, 7101), replace(abroad, figures=turned))
    whole = count.result()
    (national,) = wanted(count, kind="national-protocol")
    assert whole.area == national.facts.total.area == "kg"
    assert whole.votes == national.facts.total.votes
    assert national.facts.outcome == outcome_of(count.stored.election, district, whole)


def test_the_digest_changes_with_a_state_alone(engine: Engine) -> None:
    count = Count.load(engine, register())
    given = sent(count.contest, 7101)
    count.take(given, accept_clean=False)
    (before,) = wanted(count, kind="protocol", area="sokuluk")
    count.take(given)
    (after,) = wanted(count, kind="protocol", area="sokuluk")
    assert before.facts.digest != after.facts.digest


def test_what_was_issued_is_on_record(count: Count) -> None:
    issued: list[dict[str, Any]] = [
        {"kind": "protocol", "area": "sokuluk", "lang": "ky", "sha256": "f" * 64}
    ]
    with transaction(count.engine) as connection:
        record_issue(connection, CLERK, count.stored, count.contest, issued, now=NOW)
    rows = count.rows("SELECT subject, facts FROM event WHERE kind = 'documents.issued'")
    assert [(subject, json.loads(facts)) for subject, facts in rows] == [
        ("sample/president", {"documents": issued})
    ]
    assert count.verdict().first_break is None
