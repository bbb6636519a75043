"""What must hold for any protocol."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.domain.rules import check, check_medians, check_twins
from tabulator.domain.rules.base import Case
from tests.builders import precinct
from tests.domain.rules.cases import BOXES, LISTS, PLAIN, case

counts = st.integers(0, 3_000)
CONTESTS = pytest.mark.parametrize("of", [PLAIN, BOXES], ids=lambda of: of.form.code)


@st.composite
def consistent(draw: st.DrawFn) -> dict[str, int]:
    """Figures of both forms that satisfy every equation."""
    votes = {code: draw(counts) for code in PLAIN.choice_codes}
    valid, invalid, strange = sum(votes.values()), draw(counts), draw(counts)
    took_part = valid + invalid + strange
    outside = draw(st.integers(0, took_part))
    otherwise = draw(st.integers(0, took_part - outside))
    inside = took_part - outside - otherwise
    mobile = outside + draw(st.integers(0, otherwise))
    cancelled = draw(counts)
    return {
        **votes,
        "V": took_part + draw(counts),
        "R": cancelled + took_part,
        "C": cancelled,
        "I": took_part,
        "I1": inside,
        "I2": outside,
        "I3": otherwise,
        "M": mobile,
        "S": took_part - mobile,
        "U": strange,
        "VAL": valid,
        "INV": invalid,
    }


def on_the_form(of: Any, figures: dict[str, int], **changed: int) -> Case:
    """A protocol of these figures from a precinct whose register has V voters."""
    stated = {column: figures[column] for column in of.columns}
    return case(of, at=precinct(voters=figures["V"]), **{**stated, **changed})


@CONTESTS
@given(figures=consistent())
def test_a_protocol_that_satisfies_the_equations_is_at_most_unusual(
    of: Any, figures: dict[str, int]
) -> None:
    assert {finding.code for finding in check(on_the_form(of, figures))} <= {"K29"}


@CONTESTS
@given(figures=consistent(), data=st.data())
def test_one_figure_changed_by_any_amount_is_found(
    of: Any, figures: dict[str, int], data: st.DataObject
) -> None:
    column = data.draw(st.sampled_from(of.columns))
    other = data.draw(counts.filter(lambda count: count != figures[column]))
    found = check(on_the_form(of, figures, **{column: other}))
    assert any(column in finding.lines for finding in found)
    assert {str(finding.severity) for finding in found} & {"error", "warning"}


anything = st.none() | st.sampled_from([0, 1, 99_999_999]) | counts


@pytest.mark.parametrize("of", [PLAIN, BOXES, LISTS], ids=lambda of: of.form.code)
@given(data=st.data())
def test_whatever_a_protocol_says_it_is_checked(of: Any, data: st.DataObject) -> None:
    figures = {column: data.draw(anything, label=column) for column in of.columns}
    names = ["total", "valid", "invalid", "precinct", *of.columns]
    beside = data.draw(
        st.dictionaries(
            st.sampled_from([f"{kind}_{name}" for kind in ("aeu", "sent") for name in names]),
            counts,
        )
        | st.dictionaries(st.sampled_from(["ident_final", "list_added", "list_men"]), counts)
    )
    one = case(of, beside=beside, **figures)
    codes = [finding.code for finding in check(one)]
    assert codes == sorted(codes)
    assert (None in figures.values()) >= ("K01" in codes)
    check_medians([one] * 5)
    check_twins([one, one])
