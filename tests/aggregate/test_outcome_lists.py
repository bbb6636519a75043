"""Seats by list: thresholds, quota, remainders, and allocations that were published."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.aggregate.outcome import Outcome, outcome
from tabulator.domain.text import Text
from tests.builders import contest, options


def lists(seats: int, votes: list[int], base: int | None = None, **changes: Any) -> Outcome:
    """The outcome among lists l0, l1, … with these votes."""
    regions = changes.pop("regions", None)
    codes = [f"l{k}" for k in range(len(votes))]
    of = contest("local-list/2024", options=options(*codes, kind="list"), seats=seats, **changes)
    total = {"I": base or sum(votes), **dict(zip(codes, votes, strict=True))}
    return outcome(of, "largest-remainder", total, regions)


@pytest.mark.parametrize(
    ("seats", "votes", "published"),
    [
        (54, [222_005, 174_470, 141_009, 106_955, 90_223, 79_025], [15, 12, 9, 7, 6, 5]),
        (51, [37_903, 28_647, 17_858, 18_613, 14_514], [17, 12, 8, 8, 6]),
        (21, [784, 772, 624, 747, 514, 397], [4, 4, 4, 4, 3, 2]),
    ],
    ids=["Jogorku Kenesh 2021", "Bishkek 2024", "Toktogul 2024"],
)
def test_published_seats_are_reproduced(seats: int, votes: list[int], published: list[int]) -> None:
    found = lists(seats, votes)
    assert (found.verdict, list(found.seats.values())) == ("elected", published)


def test_the_jogorku_kenesh_of_2021_is_reproduced_with_its_thresholds() -> None:
    votes = [222_005, 174_470, 141_009, 106_955, 90_223, 79_025, 60_000, 59_000]
    found = lists(54, votes, base=1_237_000, threshold=500)
    assert list(found.seats.values()) == [15, 12, 9, 7, 6, 5, 0, 0]


@pytest.mark.parametrize(("votes", "seats"), [(49, 0), (50, 1), (51, 1)])
def test_a_list_at_the_threshold_has_reached_it(votes: int, seats: int) -> None:
    found = lists(20, [600, 350 - votes, votes], base=1000, threshold=500)
    assert found.seats["l2"] == seats


def test_the_threshold_is_compared_exactly_not_rounded() -> None:
    assert lists(20, [900, 50], base=1001, threshold=500).seats == {"l0": 20, "l1": 0}


def region(base: int, *votes: int) -> dict[str, int]:
    return {"I": base, **{f"l{k}": count for k, count in enumerate(votes)}}


@pytest.mark.parametrize(("votes", "seats"), [(4, 0), (5, 4), (6, 4)])
def test_a_list_must_reach_the_regional_threshold_in_every_region(votes: int, seats: int) -> None:
    regions = {"chui": region(1000, 500, 400), "abroad": region(1000, 500, votes)}
    found = lists(10, [600, 400], base=2000, threshold=500, regional_threshold=50, regions=regions)
    assert found.seats == {"l0": 10 - seats, "l1": seats}


def test_a_region_without_voters_holds_no_list_back() -> None:
    regions = {"chui": region(1000, 500, 400), "abroad": region(0), "osh": {}}
    assert lists(10, [600, 400], regional_threshold=50, regions=regions).seats["l1"] == 4


def test_a_regional_threshold_without_regions_is_left_to_a_person() -> None:
    assert lists(10, [600, 400], regional_threshold=50).verdict == "undecided"


def test_regions_do_not_matter_without_a_regional_threshold() -> None:
    assert lists(10, [600, 400], regions={"chui": region(1000, 1000, 0)}).seats["l1"] == 4


def test_equal_remainders_at_the_cut_leave_the_seat_open() -> None:
    found = lists(10, [550, 450])
    assert (found.verdict, found.tied) == ("undecided", ("l0", "l1"))
    assert found.seats == {"l0": 5, "l1": 4}


def test_equal_remainders_that_all_get_a_seat_decide() -> None:
    found = lists(10, [420, 280, 280, 20])
    assert (found.verdict, list(found.seats.values())) == ("elected", [4, 3, 3, 0])


def test_a_larger_remainder_before_equal_ones_is_certain() -> None:
    found = lists(3, [18, 6, 6])
    assert (found.verdict, found.tied) == ("undecided", ("l1", "l2"))
    assert found.seats == {"l0": 2, "l1": 0, "l2": 0}


def test_whole_quotas_leave_nothing_over() -> None:
    assert lists(10, [500, 300, 200]).seats == {"l0": 5, "l1": 3, "l2": 2}


def test_when_no_list_passes_a_person_decides() -> None:
    found = lists(10, [40, 30], base=1000, threshold=500)
    assert (found.verdict, dict(found.seats)) == ("undecided", {})


@given(
    seats=st.integers(1, 60),
    votes=st.lists(st.integers(0, 10**6), min_size=1, max_size=9),
    spoilt=st.integers(0, 1000),
    threshold=st.sampled_from((0, 500, 700)),
)
def test_decided_seats_sum_to_the_seats_of_the_contest(
    seats: int, votes: list[int], spoilt: int, threshold: int
) -> None:
    found = lists(seats, votes, base=sum(votes) + spoilt, threshold=threshold)
    given_out = sum(found.seats.values())
    assert found.verdict in ("elected", "undecided", "no-votes")
    if found.verdict == "elected":
        assert given_out == seats
    if found.tied:
        assert given_out < seats < given_out + len(found.tied)


@given(seats=st.integers(1, 60), votes=st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_no_list_is_a_whole_seat_away_from_its_quota(seats: int, votes: list[int]) -> None:
    for code, got in lists(seats, votes).seats.items():
        exact = votes[int(code[1:])] * seats
        assert got * sum(votes) - sum(votes) < exact < (got + 1) * sum(votes) + 1


@given(st.permutations([784, 772, 624, 747, 514, 397]))
def test_ballot_order_does_not_move_a_seat(votes: list[int]) -> None:
    published = {784: 4, 772: 4, 624: 4, 747: 4, 514: 3, 397: 2}
    assert list(lists(21, votes).seats.values()) == [published[count] for count in votes]


def test_the_reasoning_for_seats_shows_every_division() -> None:
    steps = [says.say("en") for says in lists(10, [560, 400, 40], threshold=500).steps]
    assert steps == [
        "Took part: 1\u202f000.",
        "l2 (en): 40 – below the threshold of 5.00 % of those who took part (1\u202f000).",
        "Electoral quota: 960 / 10.",
        "l0 (en): 560 × 10 / 960 = 5, remainder 800 / 960.",
        "l1 (en): 400 × 10 / 960 = 4, remainder 160 / 960.",
        "One more seat each by the largest remainders: l0 (en).",
        "Seats: l0 (en) (6), l1 (en) (4).",
    ]


def test_a_region_is_called_by_its_name() -> None:
    of = contest(
        "jk-list/2021", options=options("l0", kind="list"), seats=10, regional_threshold=50
    )
    regions = {"chui": region(1000, 1), "osh": region(1000, 2)}
    names = {"chui": Text("Чүй", "Чуй", "Chui")}
    steps = outcome(of, "largest-remainder", {"I": 2000, "l0": 3}, regions, names).steps
    assert steps[1].ky.startswith("l0 (ky), Чүй: 1 – ")
    assert steps[2].ky.startswith("l0 (ky), osh: 2 – ")
