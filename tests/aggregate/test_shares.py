"""Percentages: exact, printed to sum to 100.00, and those that were published."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.aggregate.shares import (
    apportion,
    percent,
    printed,
    share_out,
    took_part,
    turnout,
)
from tests.builders import contest, options

PARTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("part", "whole", "published"),
    [
        (1_105_248, 1_395_513, "79.20"),
        (94_741, 1_395_513, "6.79"),
        (1_395_513, 3_563_574, "39.16"),
        (1_990_507, 4_114_931, "48.37"),
        (2_124_424, 4_114_931, "51.63"),
        (57_736, 235_452, "24.52"),
        (7_964, 25_300, "31.48"),
    ],
    ids=[
        "the President of 2021",
        "the second candidate of 2021",
        "turnout of 2021",
        "men in the register of 2024",
        "women in the register of 2024",
        "turnout in Osh, 2024",
        "turnout in Toktogul, 2024",
    ],
)
def test_published_percentages_are_reproduced(part: int, whole: int, published: str) -> None:
    assert percent(part, whole) == published


def test_the_turnout_of_2025_published_with_one_place_is_reproduced() -> None:
    assert percent(1_584_446, 4_294_243) == "36.90"


def test_men_and_women_of_the_register_of_2024_are_all_its_voters() -> None:
    assert 1_990_507 + 2_124_424 == 4_114_931
    assert apportion([1_990_507, 2_124_424], 4_114_931) == [4837, 5163]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 7, "0.00"),
        (7, 7, "100.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 20_000, "0.01"),
        (1, 20_001, "0.00"),
        (9_999, 10_000, "99.99"),
        (3, 2, "150.00"),
    ],
)
def test_percent_rounds_half_up_to_two_places(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("hundredths", "shown"), [(0, "0.00"), (5, "0.05"), (3916, "39.16"), (10_000, "100.00")]
)
def test_hundredths_are_printed_with_two_places(hundredths: int, shown: str) -> None:
    assert printed(hundredths) == shown


@pytest.mark.parametrize(
    ("parts", "shares"),
    [
        ([1, 1, 1], [3334, 3333, 3333]),
        ([1, 1, 1, 1, 1, 1], [1667, 1667, 1667, 1667, 1666, 1666]),
        ([1, 2], [3333, 6667]),
        ([5], [10_000]),
        ([0, 5, 0], [0, 10_000, 0]),
    ],
)
def test_left_over_hundredths_go_to_the_largest_remainders_the_earlier_first(
    parts: list[int], shares: list[int]
) -> None:
    assert apportion(parts, sum(parts)) == shares


@given(PARTS)
def test_shares_sum_to_a_hundred_percent_when_the_parts_are_the_whole(parts: list[int]) -> None:
    assert printed(sum(apportion(parts, sum(parts)))) == "100.00"


@given(PARTS, st.integers(-5, 10**6))
def test_each_share_is_less_than_a_hundredth_off(parts: list[int], more: int) -> None:
    whole = max(1, sum(parts) + more)
    for part, share in zip(parts, apportion(parts, whole), strict=True):
        assert abs(Fraction(share, 100) - Fraction(100 * part, whole)) < Fraction(1, 100)


@given(PARTS)
def test_more_votes_never_show_a_smaller_share(parts: list[int]) -> None:
    ranked = sorted(zip(parts, apportion(parts, sum(parts)), strict=True))
    assert [share for _, share in ranked] == sorted(share for _, share in ranked)


@pytest.mark.parametrize(
    ("values", "base"),
    [
        ({"I": 90, "VAL": 80, "INV": 5, "U": 1}, 90),
        ({"VAL": 80, "INV": 5, "U": 1}, 86),
        ({"VAL": 80}, 80),
        ({"I": 0, "VAL": 80}, 0),
        ({"V": 100}, None),
        ({}, None),
    ],
)
def test_the_base_is_those_who_took_part_or_else_the_ballots_found(
    values: dict[str, int], base: int | None
) -> None:
    assert took_part(values) == base


def test_invalid_and_not_established_ballots_have_their_share() -> None:
    values = {"V": 400, "I": 200, "VAL": 190, "INV": 9, "U": 1}
    votes = {"asan": 100, "bermet": 80, "against_all": 10}
    assert share_out(contest(), {**values, **votes}) == {
        "asan": "50.00",
        "bermet": "40.00",
        "against_all": "5.00",
        "INV": "4.50",
        "U": "0.50",
    }
    assert turnout(values) == "50.00"


def test_preference_votes_have_no_share_of_the_ballots() -> None:
    first, second = options("ishenim", "ata", kind="list")
    within = options("aida", "bakyt")
    annex = tuple(
        type(one)(3 + k, one.code, one.kind, one.name, list="ata") for k, one in enumerate(within)
    )
    of = contest("jk-list/2021", options=(first, second, *annex))
    shares = share_out(of, {"I": 10, "ishenim": 6, "ata": 4, "aida": 3, "INV": 0, "U": 0})
    assert shares == {"ishenim": "60.00", "ata": "40.00", "INV": "0.00", "U": "0.00"}


@pytest.mark.parametrize("values", [{}, {"I": 0, "asan": 0}, {"V": 100}])
def test_there_are_no_shares_of_nothing(values: dict[str, int]) -> None:
    assert set(share_out(contest(), values).values()) == {None}


@pytest.mark.parametrize("values", [{}, {"V": 100}, {"I": 10}, {"V": 0, "I": 0}])
def test_there_is_no_turnout_without_voters_and_those_who_took_part(
    values: dict[str, int],
) -> None:
    assert turnout(values) is None


def test_nobody_taking_part_is_a_turnout_of_zero() -> None:
    assert turnout({"V": 100, "I": 0}) == "0.00"


@given(
    votes=st.lists(st.integers(0, 10**6), min_size=3, max_size=3),
    invalid=st.integers(0, 1000),
    unknown=st.integers(0, 10),
)
def test_the_shares_of_an_area_sum_to_a_hundred_percent(
    votes: list[int], invalid: int, unknown: int
) -> None:
    took = sum(votes) + invalid + unknown
    stated = dict(zip(("asan", "bermet", "against_all"), votes, strict=True))
    shares = share_out(contest(), {"I": took, "INV": invalid, "U": unknown, **stated})
    shown = [Fraction(share) for share in shares.values() if share]
    assert sum(shown) == (100 if took else 0)
