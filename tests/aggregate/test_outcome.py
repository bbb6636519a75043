"""Who is elected: both sides of every boundary, ties, and results that were published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.aggregate.outcome import METHODS, Outcome, outcome
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.text import LANGUAGES
from tests.builders import contest, options

VERDICTS = {
    "elected",
    "second-round",
    "repeat-election",
    "adopted",
    "not-adopted",
    "not-valid",
    "undecided",
    "no-votes",
}


def president(**total: int) -> Outcome:
    """The outcome among asan, bermet and canat, with "against all"; I as given."""
    stand = options("asan", "bermet", "canat", against_all=True)
    return outcome(contest(options=stand), "absolute-majority", total)


def test_every_election_type_names_a_method() -> None:
    assert {kind.method for kind in ELECTION_TYPES.values()} == set(METHODS)


# The President


def test_half_of_those_who_took_part_is_not_enough() -> None:
    found = president(I=200, asan=100, bermet=60, canat=40)
    assert (found.verdict, found.elected) == ("second-round", ())
    assert found.second_round == ("asan", "bermet")


def test_one_vote_above_half_elects() -> None:
    found = president(I=200, asan=101, bermet=60, canat=39)
    assert (found.verdict, found.elected, found.second_round) == ("elected", ("asan",), ())


def test_half_of_an_odd_number_is_not_rounded() -> None:
    assert president(I=201, asan=100, bermet=60).verdict == "second-round"
    assert president(I=201, asan=101, bermet=60).verdict == "elected"


def test_invalid_ballots_count_in_the_half() -> None:
    assert president(I=200, VAL=150, INV=50, asan=100, bermet=50).verdict == "second-round"


def test_two_equal_leaders_go_into_the_second_round() -> None:
    assert president(I=200, asan=80, bermet=40, canat=80).second_round == ("asan", "canat")


def test_a_tie_for_the_second_place_is_left_to_a_person() -> None:
    found = president(I=200, asan=80, bermet=50, canat=50)
    assert (found.verdict, found.tied) == ("undecided", ("bermet", "canat"))
    assert found.second_round == ("asan",)


def test_three_equal_leaders_are_left_to_a_person() -> None:
    found = president(I=200, asan=60, bermet=60, canat=60)
    assert (found.verdict, found.tied) == ("undecided", ("asan", "bermet", "canat"))


def test_there_is_no_second_round_with_one_candidate() -> None:
    assert president(I=200, asan=80).verdict == "undecided"


def test_the_president_of_2021_was_elected_in_the_first_round() -> None:
    found = president(V=3_563_574, I=1_395_513, asan=1_105_248, bermet=94_741)
    assert (found.verdict, found.elected) == ("elected", ("asan",))


# Against all, and nothing at all


@pytest.mark.parametrize(
    ("against_all", "verdict", "tied"),
    [
        (79, "second-round", ()),
        (80, "undecided", ("asan", "against_all")),
        (81, "repeat-election", ()),
    ],
)
def test_against_all_that_beats_the_leader_repeats_the_election(
    against_all: int, verdict: str, tied: tuple[str, ...]
) -> None:
    found = president(I=300, asan=80, bermet=70, against_all=against_all)
    assert (found.verdict, found.tied, found.elected) == (verdict, tied, ())


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"referendum"}))
def test_against_all_repeats_the_election_under_every_method(method: str) -> None:
    kind = "list" if method == "largest-remainder" else "candidate"
    stand = options("asan", "bermet", kind=kind, against_all=True)
    found = outcome(contest(options=stand), method, {"I": 300, "asan": 80, "against_all": 81})
    assert (found.verdict, dict(found.seats)) == ("repeat-election", {})


@pytest.mark.parametrize("method", sorted(METHODS))
@pytest.mark.parametrize("total", [{}, {"I": 0, "asan": 0}, {"VAL": 0, "INV": 0, "U": 0}])
def test_nothing_counted_is_said_so(method: str, total: dict[str, int]) -> None:
    found = outcome(contest(), method, total)
    assert (found.verdict, found.method) == ("no-votes", method)


# The referendum


def referendum(*codes: str, **total: int) -> Outcome:
    of = contest("referendum/2021", options=options(*(codes or ("yes", "no")), kind="answer"))
    return outcome(of, "referendum", total)


@pytest.mark.parametrize(
    ("took_part", "verdict"), [(299, "not-valid"), (300, "not-valid"), (301, "adopted")]
)
def test_a_referendum_needs_more_than_thirty_percent(took_part: int, verdict: str) -> None:
    assert referendum(V=1000, I=took_part, yes=250, no=40).verdict == verdict


@pytest.mark.parametrize(
    ("yes", "verdict", "elected"),
    [(299, "not-adopted", ()), (300, "not-adopted", ()), (301, "adopted", ("yes",))],
)
def test_a_referendum_is_adopted_by_more_than_half_of_those_who_took_part(
    yes: int, verdict: str, elected: tuple[str, ...]
) -> None:
    found = referendum(V=1000, I=600, yes=yes, no=200)
    assert (found.verdict, found.elected) == (verdict, elected)


def test_the_first_answer_is_yes_unless_one_is_called_so() -> None:
    assert referendum("ooba", "jok", V=100, I=90, ooba=80, jok=5).elected == ("ooba",)
    assert referendum("no", "yes", V=100, I=90, yes=80, no=5).elected == ("yes",)


def test_a_referendum_without_the_number_of_voters_is_left_to_a_person() -> None:
    assert referendum(I=600, yes=500).verdict == "undecided"


def test_the_referendum_of_april_2021_was_adopted() -> None:
    found = referendum(V=3_606_201, I=1_294_776, yes=1_026_917, no=176_701)
    assert (found.verdict, found.elected) == ("adopted", ("yes",))


# The reasoning


def test_the_reasoning_states_its_numbers_in_three_languages() -> None:
    steps = president(V=3_563_574, I=1_395_513, asan=1_105_248, bermet=94_741).steps
    assert [says.say("en") for says in steps] == [
        "Took part: 1\u202f395\u202f513.",
        "asan (en): 1\u202f105\u202f248 – more than half of those who took part "
        "(1\u202f395\u202f513); elected.",
    ]
    assert steps[0].ky == "Добуш берүүгө катышкандар: 1\u202f395\u202f513."
    assert steps[1].ru.startswith("asan (ru): 1\u202f105\u202f248 – более половины")


@given(
    method=st.sampled_from(sorted(METHODS)),
    kind=st.sampled_from(("candidate", "list", "answer")),
    votes=st.lists(st.integers(0, 5), min_size=2, max_size=4),
    against=st.none() | st.integers(0, 5),
    seats=st.integers(1, 4),
    rest=st.integers(0, 10),
)
def test_every_outcome_has_a_verdict_and_says_why(
    method: str, kind: str, votes: list[int], against: int | None, seats: int, rest: int
) -> None:
    kind = {"referendum": "answer", "largest-remainder": "list"}.get(method, kind)
    codes = [f"o{k}" for k in range(len(votes))]
    stand = options(*codes, kind=kind, against_all=against is not None)
    total = {**dict(zip(codes, votes, strict=True)), "against_all": against or 0}
    of = contest(options=stand, seats=seats)
    found = outcome(of, method, {"V": 40, "I": sum(total.values()) + rest, **total})
    assert found.verdict in VERDICTS
    assert found.method == method
    assert found.steps
    assert all(getattr(says, lang) for says in found.steps for lang in LANGUAGES)
    assert not any("{" in getattr(says, lang) for says in found.steps for lang in LANGUAGES)
