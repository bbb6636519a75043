"""The language of the equations."""

from __future__ import annotations

import pytest

from tabulator.domain.rules.equations import Ratio, Term, compare, parse
from tests.builders import options
from tests.domain.rules.cases import case, on_lines


def test_an_equation_is_read_into_terms() -> None:
    assert parse("1000·R ≤ V − U?") == (
        (Ratio((Term(1000, "R", False),), "≤", (Term(1, "V", False), Term(-1, "U", True))),),
    )


def test_a_semicolon_joins_conditions_and_a_bar_separates_alternatives() -> None:
    read = parse("V = R; I ≤ V | C = I")
    assert [[ratio.left[0].symbol for ratio in part] for part in read] == [["V"], ["I", "C"]]


@pytest.mark.parametrize(
    ("equation", "shown"),
    [
        ("R = C + I", None),
        ("R = C", "R = C: 373 ≠ 40"),
        ("R ≤ C", "R ≤ C: 373 > 40"),
        ("C ≤ R", None),
        ("I1 = VAL + INV + U?", "I1 = VAL + INV + U: 321 ≠ 330 + 3 + 0 (= 333)"),
        ("2·C = I − I1", "2·C = I − I1: 2·40 (= 80) ≠ 333 − 321 (= 12)"),
        ("V = votes", "V = asan + bermet + against_all: 873 ≠ 120 + 110 + 100 (= 330)"),
        ("R = C; I = C", "R = C: 373 ≠ 40"),
        ("R = C + I; I = C", "I = C: 333 ≠ 40"),
        ("X = C | R = C", "R = C: 373 ≠ 40"),
        ("R = C + I | R = C", None),
        ("X = C", None),
        ("list_outside = C | R = C", "list_outside = C: 41 ≠ 40"),
        ("list_men = C", None),
        ("aeu_votes = C", None),
    ],
)
def test_the_first_that_applies_and_fails_is_shown_with_its_numbers(
    equation: str, shown: str | None
) -> None:
    found = [failure.equation for failure in compare(case(beside={"list_outside": 41}), equation)]
    assert found == ([shown] if shown else [])


def test_a_blank_line_is_not_zero_and_does_not_make_way_for_the_alternative() -> None:
    assert not list(compare(case(I=None), "R = C + I | R = C"))


def test_an_optional_term_drops_out_only_where_the_form_lacks_it() -> None:
    without = case(on_lines("VAL", "INV", "I"), INV=4)
    (failure,) = compare(without, "I = VAL + INV + U?")
    assert failure == (("I", "VAL", "INV"), "I = VAL + INV: 333 ≠ 330 + 4 (= 334)", False)
    assert not list(compare(case(INV=4, U=None), "I = VAL + INV + U?"))


def test_an_option_called_like_a_line_is_not_that_line() -> None:
    of = on_lines("I", "VAL", "INV", options=options("U", "R"))
    assert not list(compare(case(of, I=333, VAL=330, INV=3, U=40), "I = VAL + INV + U?"))
    assert not list(compare(case(of, R=1), "R = I"))
