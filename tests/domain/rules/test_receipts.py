"""K09, K10, K12 to K15, K17: the receipts."""

from __future__ import annotations

from typing import Any

import pytest

from tabulator.domain.rules import check
from tests.domain.rules.cases import PLAIN, case, codes, equation, on_lines

TOTALS = {"aeu_total": 333, "aeu_valid": 330, "aeu_invalid": 3}
AEU = {**TOTALS, "aeu_asan": 120, "aeu_bermet": 110, "aeu_against_all": 100}


@pytest.mark.parametrize(
    ("identified", "changes", "expected"),
    [
        (332, {}, ["K09"]),
        (333, {}, []),
        (334, {}, ["K10"]),
        (332, {"I": 332, "R": 372, "I1": 320, "INV": 2}, []),
        (332, {"INV": None}, ["K01", "K10"]),
        (334, {"INV": None}, ["K01", "K10"]),
        (333, {"I": None}, ["K01"]),
        (0, {"I": None, "INV": None}, ["K01"]),
    ],
)
def test_k09_ballots_without_a_voter_are_an_error_and_k10_other_differences_a_warning(
    identified: int, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(beside={"ident_final": identified}, **changes) == expected


def test_k09_and_k10_need_their_lines() -> None:
    assert codes(on_lines("V"), beside={"ident_final": 1}) == []


@pytest.mark.parametrize(
    ("receipt", "changes", "expected"),
    [
        (AEU, {}, []),
        (TOTALS, {}, []),
        ({"aeu_total": 333}, {}, []),
        ({**AEU, "aeu_total": 332}, {}, ["K12"]),
        ({**AEU, "aeu_total": 334}, {}, ["K12"]),
        ({**AEU, "aeu_valid": 329, "aeu_invalid": 4}, {}, ["K12"]),
        ({**AEU, "aeu_asan": 119}, {}, ["K12"]),
        ({"aeu_valid": 331, **{k: v for k, v in AEU.items() if k not in TOTALS}}, {}, ["K12"]),
        ({"aeu_total": 332}, {}, ["K13"]),
        ({**TOTALS, "aeu_total": 332, "aeu_invalid": 2}, {}, ["K13"]),
        ({**TOTALS, "aeu_total": 334, "aeu_invalid": 4}, {}, ["K13"]),
        ({"aeu_valid": 330, "aeu_invalid": 2}, {}, ["K14"]),
        ({"aeu_valid": 330, "aeu_invalid": 4}, {}, ["K14"]),
        ({"aeu_valid": 329, "aeu_invalid": 4}, {}, []),
        ({**AEU, "aeu_asan": 119, "aeu_bermet": 111}, {}, ["K15"]),
        ({**AEU, "aeu_valid": 329, "aeu_asan": 119, "aeu_invalid": 4}, {}, ["K15"]),
        ({"aeu_asan": 121}, {}, ["K15"]),
        ({"aeu_total": 1}, {"INV": None}, ["K01"]),
        ({"aeu_valid": 1, "aeu_invalid": 1}, {"INV": None}, ["K01"]),
        ({"aeu_asan": 121}, {"asan": None}, ["K01"]),
    ],
)
def test_k12_to_k15_the_urns_receipt_agrees_with_itself_and_with_the_count_by_hand(
    receipt: dict[str, Any], changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(beside=receipt, **changes) == expected


def test_k14_is_shown_as_the_domain_prints_it() -> None:
    shown = equation("K14", beside={"aeu_valid": 328, "aeu_invalid": 4})
    assert shown == "VAL − aeu_valid = aeu_invalid − INV: 330 − 328 (= 2) ≠ 4 − 3 (= 1)"


@pytest.mark.parametrize(
    ("recount", "shown"),
    [({}, "—"), ({"aeu_recount": "asked"}, "asked"), ({"aeu_recount": "not_asked"}, "not_asked")],
)
def test_k15_lists_the_deltas_and_whether_a_recount_was_asked_for(
    recount: dict[str, Any], shown: str
) -> None:
    (found,) = check(case(beside={**AEU, "aeu_asan": 118, "aeu_against_all": 102, **recount}))
    assert (found.code, found.severity) == ("K15", "warning")
    assert found.lines == ("asan", "against_all")
    assert found.equation == (
        "asan − aeu_asan = 120 − 118 = +2; "
        f"against_all − aeu_against_all = 100 − 102 = -2; aeu_recount: {shown}"
    )


@pytest.mark.parametrize(
    ("receipt", "equation"),
    [
        ({"aeu_precinct": 1001, "aeu_contest": "president"}, None),
        ({"ident_precinct": 1001, "ident_contest": "president"}, None),
        ({"aeu_precinct": 1206}, "aeu_precinct = precinct: 1206 ≠ 1001"),
        ({"aeu_contest": "referendum"}, "aeu_contest = contest: referendum ≠ president"),
        ({"ident_precinct": 1002}, "ident_precinct = precinct: 1002 ≠ 1001"),
        (
            {"ident_contest": "mayor", "aeu_precinct": 7},
            "aeu_precinct = precinct: 7 ≠ 1001; ident_contest = contest: mayor ≠ president",
        ),
    ],
)
def test_k17_a_receipt_belongs_to_this_precinct_and_contest(
    receipt: dict[str, Any], equation: str | None
) -> None:
    found = check(case(PLAIN, beside=receipt))
    assert [(each.code, each.equation) for each in found] == (
        [("K17", equation)] if equation else []
    )
