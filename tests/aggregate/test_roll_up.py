"""Adding up: every area is the sum of what lies in it, whatever the order."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.aggregate.roll_up import PrecinctFigures, Total, add_upward, roll_up
from tabulator.domain.areas import Area, Areas
from tabulator.domain.text import Text
from tabulator.errors import DuplicatePrecinct
from tests.builders import areas

LOWEST = ("alamudun", "sokuluk", "bishkek", "abroad")
COLUMNS = ("V", "I", "INV", "asan", "bermet")

FIGURES = st.lists(
    st.builds(
        PrecinctFigures,
        precinct=st.integers(1, 9999),
        area=st.sampled_from(LOWEST),
        values=st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 10**6)),
    ),
    unique_by=lambda entry: entry.precinct,
    max_size=25,
)

REFERENDUM_2021 = {
    "issyk-kul": (95_458, 10_213),
    "osh-oblast": (235_127, 21_068),
    "jalal-abad": (218_614, 20_781),
    "batken": (87_809, 9_194),
    "naryn": (71_149, 9_648),
    "osh": (52_865, 7_981),
    "talas": (51_558, 11_037),
    "chui": (137_675, 41_383),
    "bishkek": (76_662, 45_396),
}


def figures(precinct: int, area: str, **values: int) -> PrecinctFigures:
    return PrecinctFigures(precinct, area, values)


def test_precincts_are_added_into_every_area_above_them() -> None:
    totals = roll_up(
        [
            figures(7001, "alamudun", V=100, asan=10),
            figures(7002, "alamudun", V=200, asan=20),
            figures(7101, "sokuluk", V=400, asan=40),
            figures(1001, "bishkek", V=800, asan=80),
        ],
        areas(),
    )
    assert {code: total.values for code, total in totals.items()} == {
        "alamudun": {"V": 300, "asan": 30},
        "sokuluk": {"V": 400, "asan": 40},
        "chui": {"V": 700, "asan": 70},
        "bishkek": {"V": 800, "asan": 80},
        "kg": {"V": 1500, "asan": 150},
    }


def test_an_area_with_nothing_reported_is_absent_not_zero() -> None:
    assert set(roll_up([figures(9001, "abroad", V=5)], areas())) == {"abroad", "kg"}
    assert roll_up([], areas()) == {}


def test_a_blank_adds_nothing_but_stays_countable() -> None:
    totals = roll_up(
        [figures(7001, "alamudun", V=100, I=50), figures(7002, "alamudun", V=100)], areas()
    )
    assert totals["kg"] == Total({"V": 200, "I": 50}, {"V": 2, "I": 1}, protocols=2)


def test_a_zero_is_stated() -> None:
    assert roll_up([figures(7001, "alamudun", INV=0)], areas())["chui"] == Total(
        {"INV": 0}, {"INV": 1}, protocols=1
    )


def test_a_protocol_that_is_blank_throughout_is_counted() -> None:
    assert roll_up([figures(7001, "alamudun")], areas())["kg"].protocols == 1


def test_a_precinct_given_twice_is_refused() -> None:
    twice = [figures(7001, "alamudun", V=1), figures(7001, "sokuluk", V=1)]
    with pytest.raises(DuplicatePrecinct, match="7001"):
        roll_up(twice, areas())


def test_precincts_may_lie_directly_in_the_country() -> None:
    alone = Areas([Area("kg", "", "country", "cec", Text())])
    assert roll_up([figures(1, "kg", V=3)], alone)["kg"].values == {"V": 3}


def test_the_referendum_of_april_2021_adds_up_by_region() -> None:
    country = Areas(
        [
            Area("kg", "", "country", "cec", Text()),
            *(Area(code, "kg", "region", "cec", Text()) for code in REFERENDUM_2021),
        ]
    )
    given_in = [
        figures(number, code, yes=yes, no=no)
        for number, (code, (yes, no)) in enumerate(REFERENDUM_2021.items())
    ]
    assert roll_up(given_in, country)["kg"].values == {"yes": 1_026_917, "no": 176_701}


@given(FIGURES)
def test_every_area_is_the_naive_sum_of_the_precincts_below_it(
    given_in: list[PrecinctFigures],
) -> None:
    tree = areas()
    totals = roll_up(given_in, tree)
    for area in tree:
        inside = [entry for entry in given_in if entry.area in tree.below(area.code)]
        assert (area.code in totals) == bool(inside)
        total = totals.get(area.code, Total())
        assert total.protocols == len(inside)
        for column in COLUMNS:
            stated = [entry.values[column] for entry in inside if column in entry.values]
            assert total.values.get(column, 0) == sum(stated)
            assert total.stated.get(column, 0) == len(stated)


@given(FIGURES, st.randoms(use_true_random=False))
def test_the_order_in_which_protocols_come_in_does_not_matter(
    given_in: list[PrecinctFigures], random: Random
) -> None:
    shuffled = list(given_in)
    random.shuffle(shuffled)
    assert roll_up(shuffled, areas()) == roll_up(given_in, areas())


@given(FIGURES)
def test_the_country_is_the_sum_of_its_regions(given_in: list[PrecinctFigures]) -> None:
    tree = areas()
    totals = roll_up(given_in, tree)
    summed = Total()
    for region in tree.children("kg"):
        summed.add(totals.get(region.code, Total()))
    assert summed == totals.get("kg", Total())


@given(FIGURES)
def test_territories_added_upward_give_what_precincts_give(
    given_in: list[PrecinctFigures],
) -> None:
    totals = roll_up(given_in, areas())
    lowest = {code: total for code, total in totals.items() if code in LOWEST}
    assert add_upward(lowest, areas()) == totals


def test_adding_upward_leaves_what_it_was_given_as_it_was() -> None:
    lowest = {"alamudun": Total({"V": 1}, {"V": 1}, 1), "sokuluk": Total({"V": 2}, {"V": 1}, 1)}
    add_upward(lowest, areas())["alamudun"].add(Total({"V": 9}, {"V": 1}, 1))
    assert lowest["alamudun"] == Total({"V": 1}, {"V": 1}, 1)
