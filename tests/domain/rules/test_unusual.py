"""K29 on one protocol."""

from __future__ import annotations

from typing import Any

import pytest

from tabulator.domain.rules import check
from tests.domain.rules.cases import BOXES, LISTS, PLAIN, case, codes, on_lines

LIST = on_lines("V", "I")


@pytest.mark.parametrize(
    ("voters", "took_part", "reason"),
    [
        (400, 379, None),
        (400, 380, None),
        (400, 381, "I > 95 % · V: 381, 400"),
        (400, 399, "I > 95 % · V: 399, 400"),
        (400, 400, "I = V: 400, 400"),
        (0, 0, None),
        (None, 400, None),
        (400, None, None),
    ],
)
def test_a_turnout_above_95_percent_is_unusual_and_all_of_the_list_more_so(
    voters: int | None, took_part: int | None, reason: str | None
) -> None:
    found = [each for each in check(case(LIST, V=voters, I=took_part)) if each.code == "K29"]
    assert [each.equation for each in found] == ([reason] if reason else [])
    assert {each.severity for each in found} <= {"notice"}


def test_a_turnout_made_of_figures_in_error_is_not_remarked_upon() -> None:
    assert codes(V=340, R=374) == ["K02"]
    assert codes(V=340, beside={"words_V": "жүз"}) == ["K01"]


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (PLAIN, {"VAL": 3, "INV": 330}, "VAL ↔ INV: 3 ↔ 330"),
        (PLAIN, {"R": 40, "C": 373}, "R ↔ C: 40 ↔ 373"),
        (PLAIN, {"C": 333, "I": 40}, "C ↔ I: 333 ↔ 40"),
        (PLAIN, {"V": 373, "R": 873}, "V ↔ R: 373 ↔ 873"),
        (BOXES, {"M": 321, "S": 12}, "I1 ↔ I2: 321 ↔ 12; M ↔ S: 321 ↔ 12"),
        (BOXES, {"M": 11, "S": 322}, None),
        (PLAIN, {"R": 374}, None),
        (PLAIN, {"VAL": 331}, None),
        (PLAIN, {"VAL": 3, "INV": 330, "asan": 121}, None),
        (PLAIN, {"I1": 12, "I2": 321}, None),
        (PLAIN, {"asan": 110, "bermet": 120}, None),
        (PLAIN, {"VAL": None, "INV": 330}, None),
    ],
)
def test_neighbouring_lines_look_exchanged_when_turning_them_round_makes_everything_hold(
    of: Any, changes: dict[str, Any], expected: str | None
) -> None:
    found = [each for each in check(case(of, **changes)) if each.code == "K29"]
    assert [each.equation for each in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("receipt", "expected"),
    [
        ({"aeu_asan": 110, "aeu_bermet": 120}, "asan ↔ bermet: 120 ↔ 110"),
        ({"aeu_bermet": 100, "aeu_against_all": 110}, "bermet ↔ against_all: 110 ↔ 100"),
        ({"aeu_asan": 100, "aeu_against_all": 120}, None),
        ({"aeu_asan": 110, "aeu_bermet": 119}, None),
        ({"aeu_asan": 110}, None),
        ({"aeu_asan": 120, "aeu_bermet": 110}, None),
    ],
)
def test_neighbouring_options_look_exchanged_when_the_receipt_has_them_the_other_way_round(
    receipt: dict[str, Any], expected: str | None
) -> None:
    found = [each for each in check(case(beside=receipt)) if each.code == "K29"]
    assert [each.equation for each in found] == ([expected] if expected else [])


def test_all_reasons_are_one_finding() -> None:
    (found,) = (
        each
        for each in check(case(V=340, beside={"aeu_asan": 110, "aeu_bermet": 120}))
        if each.code == "K29"
    )
    assert found.lines == ("I", "V", "asan", "bermet")
    assert found.equation == "I > 95 % · V: 333, 340; asan ↔ bermet: 120 ↔ 110"


def test_a_contest_with_annexes_in_order_is_not_unusual() -> None:
    assert codes(LISTS) == []
