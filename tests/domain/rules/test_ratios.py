"""K02 to K08, K20, K26: just right, just wrong, not on the form, blank."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.rules.cases import BOXES, PLAIN, codes, equation, on_lines

PARTS = on_lines("V", "R", "C", "I1", "I2", "I3", "VAL", "INV")
TWO_PARTS = on_lines("V", "R", "C", "I1", "I2", "VAL", "INV")
ONLY_BOXES = on_lines("V", "R", "C", "I", "M", "S", "U", "VAL", "INV")
MARKS = on_lines("VAL", max_marks=3)


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (PLAIN, {}, []),
        (PLAIN, {"R": 372}, ["K02"]),
        (PLAIN, {"R": 374}, ["K02"]),
        (PLAIN, {"C": 0}, ["K02"]),
        (PLAIN, {"C": 0, "R": 333}, []),
        (PLAIN, {"C": None, "R": 999}, ["K01"]),
        (PARTS, {}, []),
        (PARTS, {"I3": 1}, ["K02"]),
        (PARTS, {"I3": 1, "R": 374}, []),
        (PARTS, {"I3": None, "R": 999}, ["K01"]),
        (TWO_PARTS, {}, []),
        (TWO_PARTS, {"R": 374}, ["K02"]),
        (on_lines("V", "R", "I", "VAL", "INV"), {"R": 1}, []),
    ],
)
def test_k02_received_equal_cancelled_and_issued(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (PLAIN, {"I1": 320}, ["K03"]),
        (PLAIN, {"I1": 322}, ["K03"]),
        (PLAIN, {"I3": 1}, ["K03"]),
        (PLAIN, {"I3": 1, "I2": 11}, []),
        (PLAIN, {"I1": None, "I2": 5}, ["K01"]),
        (on_lines("I", "I1", "I2"), {}, []),
        (on_lines("I", "I1", "I2"), {"I2": 13}, ["K03"]),
        (on_lines("I", "I1"), {"I1": 1}, []),
    ],
)
def test_k03_issued_equal_the_three_ways_of_issuing(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (PLAIN, {"INV": 2}, ["K04"]),
        (PLAIN, {"INV": 4}, ["K04"]),
        (PLAIN, {"U": 1}, ["K04"]),
        (PLAIN, {"U": 1, "INV": 2}, []),
        (PLAIN, {"U": None, "INV": 2}, ["K01"]),
        (on_lines("I", "VAL", "INV"), {}, []),
        (on_lines("I", "VAL", "INV"), {"INV": 4}, ["K04"]),
        (on_lines("I", "INV"), {"INV": 4}, []),
        (BOXES, {}, []),
        (BOXES, {"INV": 2}, ["K04"]),
        (BOXES, {"INV": 4}, ["K04"]),
        (BOXES, {"M": None, "INV": 4}, ["K01"]),
        (on_lines("I", "M", "VAL", "INV"), {"M": 0, "INV": 4}, ["K04"]),
    ],
)
def test_k04_ballots_issued_or_in_the_boxes_equal_ballots_sorted(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (PLAIN, {"asan": 119}, ["K05"]),
        (PLAIN, {"asan": 121}, ["K05"]),
        (PLAIN, {"against_all": 0}, ["K05"]),
        (PLAIN, {"asan": None, "bermet": 0}, ["K01"]),
        (on_lines("I", "INV"), {"asan": 1}, []),
        (MARKS, {}, []),
        (MARKS, {"asan": 119}, ["K05"]),
        (MARKS, {"asan": 120 + 660}, []),
        (MARKS, {"asan": 121 + 660}, ["K05"]),
        (MARKS, {"VAL": 0, "asan": 0, "bermet": 0, "against_all": 0}, []),
    ],
)
def test_k05_votes_agree_with_valid_ballots(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (PLAIN, {"V": 334}, ["K29"]),
        (PLAIN, {"V": 333}, ["K29"]),
        (PLAIN, {"V": 332}, ["K06"]),
        (PLAIN, {"V": None}, ["K01"]),
        (on_lines("V", "I"), {"V": 0, "I": 0}, []),
        (on_lines("I"), {}, []),
    ],
)
def test_k06_nobody_took_part_who_is_not_on_the_list(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (BOXES, {"M": 13, "S": 320}, ["K07"]),
        (BOXES, {"M": 11, "S": 322}, ["K07"]),
        (BOXES, {"M": 13, "S": 320, "I1": 320, "I3": 1}, []),
        (BOXES, {"M": 12, "S": 321, "I1": 320, "I3": 1}, []),
        (BOXES, {"M": 14, "S": 319, "I1": 320, "I3": 1}, ["K07"]),
        (BOXES, {"M": 13, "S": 320, "I2": None}, ["K01"]),
        (ONLY_BOXES, {"S": 322, "INV": 4}, ["K07"]),
        (ONLY_BOXES, {}, []),
        (PLAIN, {}, []),
    ],
)
def test_k07_no_more_ballots_in_the_boxes_than_were_issued(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


def test_k07_shows_the_first_part_that_fails_and_only_that() -> None:
    shown = equation("K07", BOXES, M=20, S=330)
    assert shown == "M ≤ I2 + I3: 20 > 12 + 0 (= 12)"


@pytest.mark.parametrize(
    ("of", "changes", "expected"),
    [
        (BOXES, {"M": 11, "INV": 2}, ["K08"]),
        (BOXES, {"M": 13, "INV": 4}, ["K07"]),
        (BOXES, {"S": None, "INV": 2}, ["K01"]),
        (ONLY_BOXES, {"M": 11, "INV": 2}, ["K08"]),
        (on_lines("M", "S"), {"M": 1}, []),
    ],
)
def test_k08_a_ballot_carried_away_is_a_warning_and_a_surplus_is_k07_alone(
    of: Any, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, **changes) == expected


@pytest.mark.parametrize(
    ("of", "beside", "changes", "expected"),
    [
        (PLAIN, {"list_outside": 11}, {}, ["K20"]),
        (PLAIN, {"list_outside": 12}, {}, []),
        (PLAIN, {"list_outside": 13}, {}, []),
        (PLAIN, {}, {}, []),
        (PLAIN, {"list_outside": 0}, {"I2": None}, ["K01"]),
        (on_lines("I"), {"list_outside": 0}, {}, []),
    ],
)
def test_k20_no_more_outside_than_on_the_list_for_it(
    of: Any, beside: dict[str, Any], changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, beside=beside, **changes) == expected


@pytest.mark.parametrize(
    ("of", "beside", "changes", "expected"),
    [
        (PLAIN, {"list_men": 400, "list_women": 473}, {}, []),
        (PLAIN, {"list_men": 400, "list_women": 472}, {}, ["K26"]),
        (PLAIN, {"list_men": 400, "list_women": 474}, {}, ["K26"]),
        (PLAIN, {"list_men": 400}, {}, []),
        (PLAIN, {"list_men": 400, "list_women": 472}, {"V": None}, ["K01"]),
        (on_lines("I"), {"list_men": 1, "list_women": 1}, {}, []),
    ],
)
def test_k26_men_and_women_are_the_voters(
    of: Any, beside: dict[str, Any], changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(of, beside=beside, **changes) == expected
