"""K11, K19, K27, K30: a protocol against what is known of its precinct."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tabulator.domain.rules import check
from tests.builders import contest, precinct
from tests.domain.rules.cases import ABROAD, PLAIN, case, codes, equation, on_lines

HOME = precinct()
AT_2000 = datetime(2021, 1, 10, 14, 0, tzinfo=UTC)
"""20:00 in Bishkek."""

EARLY = datetime(2021, 1, 10, 13, 59, 59, tzinfo=UTC)
EVERYONE = {"V": 333}


@pytest.mark.parametrize(
    ("at", "beside", "received", "changes", "expected"),
    [
        (ABROAD, {}, 1000, {"V": 1000}, []),
        (ABROAD, {}, 1001, {"V": 1000}, []),
        (ABROAD, {}, 1002, {"V": 1000}, ["K11"]),
        (ABROAD, {}, 1000, {"V": 999}, ["K11"]),
        (HOME, {}, 1002, {"V": 1000}, []),
        (ABROAD, {"list_handover": 1001}, 1002, {"V": 1000}, []),
        (ABROAD, {"list_handover": 999}, 1000, {"V": 1000}, ["K11"]),
        (ABROAD, {"list_handover": 999}, 1000, {"V": None}, ["K01", "K11"]),
        (ABROAD, {}, 1002, {"V": None}, ["K01"]),
        (ABROAD, {}, 1002, {"R": None}, ["K01"]),
    ],
)
def test_k11_abroad_at_most_a_thousandth_more_ballots_than_voters(
    at: Any, beside: dict[str, Any], received: int, changes: dict[str, Any], expected: list[str]
) -> None:
    figures = {"R": received, "C": received - 333, **changes}
    assert codes(at=at, beside=beside, **figures) == expected


def test_k11_needs_its_lines() -> None:
    assert codes(on_lines("R", "C", "I"), at=ABROAD) == []


@pytest.mark.parametrize(
    ("signed", "received", "changes", "expected"),
    [
        (EARLY, None, {}, [("K19", "error")]),
        (AT_2000, None, {}, []),
        (None, EARLY, {}, []),
        (EARLY, None, EVERYONE, [("K29", "notice")]),
        (EARLY, None, {"V": None}, [("K01", "error")]),
        (AT_2000, AT_2000, {}, []),
        (AT_2000, EARLY, {}, [("K19", "warning")]),
    ],
)
def test_k19_signed_after_voting_and_received_after_signing(
    signed: Any, received: Any, changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = check(case(times={"signed_at": signed, "received_at": received}, **changes))
    assert [(each.code, each.severity) for each in found] == expected


@pytest.mark.parametrize(
    ("timezone", "closing"),
    [
        ("Asia/Bishkek", AT_2000),
        ("Asia/Kamchatka", datetime(2021, 1, 10, 8, 0, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2021, 1, 11, 4, 0, tzinfo=UTC)),
    ],
)
def test_k19_reads_the_precincts_own_clock(timezone: str, closing: datetime) -> None:
    at = precinct(9001, "abroad", abroad=True, timezone=timezone)
    before = closing.replace(hour=closing.hour - 1)
    assert codes(at=at, times={"signed_at": closing, "received_at": None}) == []
    shown = equation("K19", at=at, times={"signed_at": before, "received_at": None})
    assert shown == f"signed_at ≥ 20:00: 10.01.2021 19:00 < 10.01.2021 20:00 ({timezone})"


@pytest.mark.parametrize(
    ("at", "open_abroad", "expected"),
    [(ABROAD, False, ["K27"]), (ABROAD, True, []), (HOME, False, []), (HOME, True, [])],
)
def test_k27_no_protocol_from_abroad_where_the_contest_is_not_open(
    at: Any, open_abroad: bool, expected: list[str]
) -> None:
    assert codes(contest(open_abroad=open_abroad), at=at) == expected


@pytest.mark.parametrize(
    ("voters", "beside", "changes", "expected"),
    [
        (873, {}, {}, []),
        (872, {}, {}, ["K30"]),
        (874, {}, {}, ["K30"]),
        (None, {}, {}, []),
        (870, {"list_added": 3}, {}, []),
        (870, {"list_added": 2}, {}, ["K30"]),
        (870, {}, {"V": None}, ["K01"]),
    ],
)
def test_k30_voters_are_those_of_the_register_and_the_recorded_additions(
    voters: int | None, beside: dict[str, Any], changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(at=precinct(voters=voters), beside=beside, **changes) == expected


def test_k30_shows_the_additions_where_there_are_any() -> None:
    at = precinct(voters=870)
    assert equation("K30", at=at) == "V = register + list_added: 873 ≠ 870"
    added = equation("K30", at=at, beside={"list_added": 2})
    assert added == "V = register + list_added: 873 ≠ 870 + 2 (= 872)"


def test_k30_needs_its_line() -> None:
    assert PLAIN.form.has("V")
    assert codes(on_lines("I"), at=precinct(voters=1)) == []
