"""K21 and K29 over several protocols."""

from __future__ import annotations

from typing import Any

import pytest

from tabulator.domain.rules import check_medians, check_twins
from tabulator.domain.rules.base import Case
from tests.builders import contest, precinct
from tests.domain.rules.cases import PLAIN, case, on_lines

SHARES = on_lines("V", "I", "INV")


def at(number: int, *args: Any, **figures: Any) -> Case:
    return case(*args, at=precinct(number), **figures)


def test_k21_is_a_warning_on_each_of_two_precincts_with_the_same_figures() -> None:
    one, other = check_twins([at(1001), at(1002, V=874), at(1003)])
    assert [(each.precinct, each.code, each.severity) for each in (one, other)] == [
        (1001, "K21", "warning"),
        (1003, "K21", "warning"),
    ]
    assert one.equation == "figures(1001) = figures(1003)"
    assert other.equation == "figures(1003) = figures(1001)"
    assert one.lines == PLAIN.columns


def test_k21_names_all_others() -> None:
    found = check_twins([at(1001), at(1002), at(1003)])
    assert found[1].equation == "figures(1002) = figures(1001) = figures(1003)"


@pytest.mark.parametrize(("took_part", "expected"), [(19, 0), (20, 2), (21, 2), (None, 0)])
def test_k21_leaves_precincts_alone_that_are_small_or_left_blank(
    took_part: int | None, expected: int
) -> None:
    twins = [at(1001, SHARES, I=took_part), at(1002, SHARES, I=took_part)]
    assert len(check_twins(twins)) == expected


def test_k21_does_not_compare_contests_with_each_other() -> None:
    assert check_twins([at(1001), at(1002, contest(id="mayor"))]) == []


def test_k21_blank_and_zero_are_not_the_same() -> None:
    assert check_twins([at(1001, C=0), at(1002, C=None)]) == []


def beside_median(count: int = 5, **last: int | None) -> list[str]:
    """What is found on the last of `count`, when the others have V 1000, I 500, INV 10."""
    others = [at(1001 + k, SHARES, V=1000, I=500, INV=10) for k in range(count - 1)]
    found = check_medians([*others, at(1999, SHARES, **{"V": 1000, "I": 500, "INV": 10, **last})])
    assert {each.precinct for each in found} <= {1999}
    assert {(each.code, each.severity) for each in found} <= {("K29", "notice")}
    return [each.equation for each in found]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({}, []),
        ({"I": 750}, []),
        ({"I": 751}, ["I / V: 751 / 1000 = 75.10 %, median 50.00 %"]),
        ({"I": 250}, []),
        ({"I": 249}, ["I / V: 249 / 1000 = 24.90 %, median 50.00 %"]),
        ({"I": 950}, ["I / V: 950 / 1000 = 95.00 %, median 50.00 %"]),
        ({"I": 951}, []),
        ({"I": 50, "INV": 1}, ["I / V: 50 / 1000 = 5.00 %, median 50.00 %"]),
        ({"I": 49, "INV": 1}, []),
        ({"INV": 35}, []),
        ({"INV": 36}, ["INV / I: 36 / 500 = 7.20 %, median 2.00 %"]),
        ({"INV": 0}, []),
        ({"V": 400}, []),
        ({"I": None, "INV": 500}, []),
        ({"INV": None}, []),
        ({"V": 0, "I": 0, "INV": 0}, []),
    ],
)
def test_k29_turnout_and_invalid_share_far_from_the_median(
    last: dict[str, Any], expected: list[str]
) -> None:
    assert beside_median(**last) == expected


def test_k29_both_reasons_are_one_finding() -> None:
    (shown,) = beside_median(I=800, INV=100)
    assert shown == (
        "I / V: 800 / 1000 = 80.00 %, median 50.00 %; INV / I: 100 / 800 = 12.50 %, median 2.00 %"
    )


def test_k29_a_median_takes_five_precincts() -> None:
    assert beside_median(count=4, I=800) == []
    assert beside_median(count=5, I=800) != []


def test_k29_a_protocol_in_error_neither_counts_towards_the_five_nor_is_compared() -> None:
    others = [at(1001 + k, SHARES, V=1000, I=500, INV=10) for k in range(3)]
    wrong = at(1500, SHARES, V=400, I=500, INV=500)
    assert check_medians([*others, wrong, at(1999, SHARES, V=1000, I=800, INV=10)]) == []


def test_k29_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    turnouts = (300, 400, 500, 601, 602, 751)
    cases = [
        at(1001 + k, SHARES, V=1000, I=took_part, INV=0) for k, took_part in enumerate(turnouts)
    ]
    (low,) = check_medians(cases)
    assert low.precinct == 1001
    assert low.equation == "I / V: 300 / 1000 = 30.00 %, median 55.05 %"
