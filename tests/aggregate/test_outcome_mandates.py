"""Districts: most votes, ties, and mandates for both sexes."""

from __future__ import annotations

from itertools import permutations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tabulator.aggregate.outcome import Outcome, outcome
from tabulator.domain.register import Contest, Option
from tests.builders import contest, option


def district(method: str, seats: int, *stood: tuple[str, int]) -> Outcome:
    """The outcome among candidates named by letter and sex: ("Am", 50), ("Bf", 40), ("C", 30)."""
    stand: list[Option] = [
        option(name, position=k, sex=name[1:]) for k, (name, _) in enumerate(stood, start=1)
    ]
    of: Contest = contest("jk-district/2025", options=tuple(stand), seats=seats)
    return outcome(of, method, {"I": 1000, **dict(stood)})


def test_the_best_are_elected_best_first() -> None:
    found = district("plurality", 2, ("Am", 30), ("Bm", 50), ("Cf", 40))
    assert (found.verdict, found.elected) == ("elected", ("Bm", "Cf"))


def test_one_vote_decides() -> None:
    found = district("plurality", 1, ("Am", 41), ("Bm", 40))
    assert (found.verdict, found.elected) == ("elected", ("Am",))


def test_a_tie_at_the_cut_is_left_to_a_person() -> None:
    found = district("plurality", 2, ("Am", 30), ("Bm", 50), ("Cf", 30), ("Df", 10))
    assert (found.verdict, found.elected, found.tied) == ("undecided", ("Bm",), ("Am", "Cf"))


def test_a_tie_among_those_elected_does_not_matter() -> None:
    found = district("plurality", 2, ("Am", 50), ("Bm", 50), ("Cf", 30))
    assert (found.verdict, found.elected) == ("elected", ("Am", "Bm"))


def test_a_tie_among_those_who_lost_does_not_matter() -> None:
    found = district("plurality", 1, ("Am", 50), ("Bm", 30), ("Cf", 30))
    assert (found.verdict, found.elected) == ("elected", ("Am",))


@pytest.mark.parametrize("method", ["plurality", "three-mandates"])
def test_nobody_is_elected_without_a_vote(method: str) -> None:
    found = district(method, 3, ("Am", 50), ("Bf", 30), ("Cm", 0))
    assert (found.verdict, found.elected) == ("undecided", ("Am", "Bf"))


SEX_RULE = [
    ("both sexes are among the best", "Am50 Bf40 Cm30 Df20", "elected", "Am Bf Cm", ""),
    ("all are men: the last goes to the best woman", "Am50 Bm40 Cm30 Dm25 Ef20 Ff10", "elected",
     "Am Bm Ef", ""),
    ("all are women: the last goes to the best man", "Af50 Bf40 Cf30 Dm5 Em4", "elected",
     "Af Bf Dm", ""),
    ("nobody of the other sex stood", "Am50 Bm40 Cm30 Dm20", "elected", "Am Bm Cm", ""),
    ("nobody of the other sex got a vote", "Am50 Bm40 Cm30 Df0", "elected", "Am Bm Cm", ""),
    ("two share the last place that must be given up", "Am50 Bm30 Cm30 Df20", "undecided",
     "Am Df", "Bm Cm"),
    ("two women are equally good", "Am50 Bm40 Cm30 Df20 Ef20", "undecided", "Am Bm", "Df Ef"),
    ("a tie for the third place", "Am50 Bf40 Cm30 Dm30", "undecided", "Am Bf", "Cm Dm"),
    ("a tie for the third place between a man and the best woman", "Am50 Bm40 Cm30 Df30",
     "elected", "Am Bm Df", ""),
    ("the same with two men in the tie", "Am50 Bm40 Cm30 Dm30 Ef30", "elected", "Am Bm Ef", ""),
    ("the same with two women in the tie", "Am50 Bm40 Cm30 Df30 Ef30", "undecided", "Am Bm",
     "Df Ef"),
    ("a tie for the second and third place", "Am50 Bm30 Cm30 Df30", "undecided", "Am", "Bm Cm Df"),
    ("an unknown sex that does not matter: both are there", "Am50 Bf40 C30 Dm20", "elected",
     "Am Bf C", ""),
    ("an unknown sex among the best that matters", "Am50 Bm40 C30 Df20", "undecided", "Am Bm",
     "C Df"),
    ("an unknown sex higher up that matters", "A50 Bm40 Cm30 Df20", "undecided", "A Bm", "Cm Df"),
    ("all three unknown", "A50 B40 C30 Dm20 Ef10", "undecided", "A B", "C Dm Ef"),
    ("an unknown sex outside who may be the best woman", "Am50 Bm40 Cm30 D25 Ef20", "undecided",
     "Am Bm", "D Ef"),
    ("an unknown sex behind the best woman", "Am50 Bm40 Cm30 Df25 E20", "elected", "Am Bm Df", ""),
    ("an unknown sex equal to the best woman", "Am50 Bm40 Cm30 Df20 E20", "undecided", "Am Bm",
     "Df E"),
    ("only an unknown sex outside", "Am50 Bm40 Cm30 D25", "undecided", "Am Bm", "Cm D"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "verdict", "elected", "tied"),
    [row[1:] for row in SEX_RULE],
    ids=[row[0] for row in SEX_RULE],
)
def test_three_mandates_never_go_to_one_sex(
    votes: str, verdict: str, elected: str, tied: str
) -> None:
    stood = [(word.rstrip("0123456789"), int(word.lstrip("ABCDEFmf"))) for word in votes.split()]
    found = district("three-mandates", 3, *stood)
    assert (found.verdict, found.elected, found.tied) == (
        verdict,
        tuple(elected.split()),
        tuple(tied.split()),
    )


def test_a_single_mandate_knows_no_rule_of_sexes() -> None:
    found = district("three-mandates", 1, ("Am", 50), ("Bf", 40))
    assert (found.verdict, found.elected) == ("elected", ("Am",))


def resolved(stood: list[tuple[str, int]], seats: int) -> set[frozenset[str]]:
    """Whom the rule elects under every order of equals and every guess at an unknown sex."""
    with_votes = [(name, votes) for name, votes in stood if votes]
    found = set()
    for guess in product("mf", repeat=len(with_votes)):
        sex = {name: name[1:] or guess[k] for k, (name, _) in enumerate(with_votes)}
        for order in permutations(with_votes):
            ranked = [name for name, _ in sorted(order, key=lambda one: -one[1])]
            top, others = ranked[:seats], [n for n in ranked[seats:] if sex[n] != sex[ranked[0]]]
            if seats > 1 and len({sex[name] for name in top}) == 1 and others:
                top[-1] = others[0]
            found.add(frozenset(top))
    return found


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(("m", "f", "")), st.integers(0, 4)), min_size=3, max_size=5),
    st.integers(1, 3),
)
def test_a_result_is_decided_exactly_where_every_way_gives_the_same(
    stood: list[tuple[str, int]], seats: int
) -> None:
    named = [("ABCDE"[k] + sex, votes) for k, (sex, votes) in enumerate(stood)]
    assume(sum(votes > 0 for _, votes in named) >= seats)
    found, ways = district("three-mandates", seats, *named), resolved(named, seats)
    assert (found.verdict == "elected") == (len(ways) == 1)
    assert set(found.elected) <= frozenset.intersection(*ways)
    assert bool(found.tied) == (len(ways) > 1)
    assert not set(found.elected) & set(found.tied)
