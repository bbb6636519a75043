"""What is shown must hold: shares and turnout, on every form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.integrity import share_faults
from tabulator.aggregate.results import AreaResult, area_result
from tabulator.aggregate.roll_up import Total
from tabulator.domain.register import Contest
from tests.builders import contest, text

SUMS = {"V": 100, "I": 40, "VAL": 38, "INV": 2, "U": 0, "asan": 20, "bermet": 18, "against_all": 0}


def shown(of: Contest, stated: dict[str, int] | None = None, **changed: int) -> AreaResult:
    values = {**SUMS, **changed}
    of_all = dict.fromkeys(of.summed, 1)
    total = Total(values, {**of_all, **(stated or {})}, 1)
    return area_result(of, "kg", "country", text("kg"), Coverage(1, 1, included=1), total)


def test_shares_that_make_a_whole_hold() -> None:
    assert list(share_faults(contest(), shown(contest()))) == []


def test_votes_above_the_ballots_are_found() -> None:
    (more,) = share_faults(contest(), shown(contest(), asan=41))
    assert (more.code, more.lines) == ("K24", ("asan",))


def test_shares_that_make_no_whole_though_the_ballots_do_are_found() -> None:
    whole = shown(contest())
    (found,) = share_faults(contest(), replace(whole, shares={**whole.shares, "INV": "9.99"}))
    assert found.equation.startswith("Σ = 100.00")


def test_what_was_accepted_by_decision_though_it_does_not_add_up_is_no_fault() -> None:
    assert list(share_faults(contest(), shown(contest(), INV=SUMS["INV"] + 1))) == []


def test_a_turnout_above_100_percent_is_found() -> None:
    found = [f.equation for f in share_faults(contest(), shown(contest(), V=39))]
    assert found == ["turnout: 102.56 > 100.00"]


def test_there_is_no_turnout_where_v_was_left_blank_by_some() -> None:
    result = area_result(
        contest(),
        "kg",
        "country",
        text("kg"),
        Coverage(2, 2, included=2),
        Total({"V": 10, "I": 40}, {"V": 1, "I": 2}, 2),
    )
    assert result.turnout is None


@pytest.mark.parametrize("role", ["INV", "U", "VAL"])
def test_a_form_that_does_not_sum_all_ballots_need_not_make_a_whole(role: str) -> None:
    form = contest().form
    lines = tuple(replace(line, summed=line.summed and line.role != role) for line in form.lines)
    of = replace(contest(), form=replace(form, lines=lines))
    assert list(share_faults(of, shown(of))) == []
