"""How much is in: every precinct is counted once, in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.aggregate.coverage import Coverage, cover_upward, coverage
from tabulator.domain.workflow import State
from tests.builders import areas

RECEIVED: list[State] = [state for state in State if state is not State.MISSING]
STATES = st.dictionaries(st.sampled_from(RECEIVED), st.integers(0, 3000))


def covered(formed_beyond: int, states: dict[State, int]) -> Coverage:
    return coverage(sum(states.values()) + formed_beyond, states)


def test_nothing_in_is_all_missing() -> None:
    assert coverage(45, {}) == Coverage(formed=45, missing=45)


@pytest.mark.parametrize(
    ("state", "place"),
    [
        (State.ACCEPTED, "included"),
        (State.DISPUTED, "disputed"),
        (State.ANNULLED, "annulled"),
        (State.RECEIVED, "pending"),
        (State.CHECKED, "pending"),
    ],
)
def test_a_received_protocol_stands_in_one_place(state: State, place: str) -> None:
    found = coverage(10, {state: 3}).as_dict()
    assert {name: count for name, count in found.items() if count} == {
        "formed": 10,
        "received": 3,
        "missing": 7,
        place: 3,
    }


def test_a_state_of_nothing_received_is_not_received() -> None:
    assert coverage(10, {State.MISSING: 7, State.ACCEPTED: 3}) == coverage(10, {State.ACCEPTED: 3})


@given(st.integers(0, 3000), STATES)
def test_the_identities_of_coverage_hold(beyond: int, states: dict[State, int]) -> None:
    found = covered(beyond, states)
    assert found.formed == found.received + found.missing
    assert found.received == found.included + found.pending + found.disputed + found.annulled
    assert min(found.as_dict().values()) >= 0


@given(st.tuples(st.integers(0, 99), STATES), st.tuples(st.integers(0, 99), STATES))
def test_coverage_adds_up_as_if_counted_together(
    one: tuple[int, dict[State, int]], other: tuple[int, dict[State, int]]
) -> None:
    together = {state: one[1].get(state, 0) + other[1].get(state, 0) for state in RECEIVED}
    assert covered(*one) + covered(*other) == covered(one[0] + other[0], together)


def test_every_area_has_a_coverage_zeros_included() -> None:
    found = cover_upward({"alamudun": Coverage(formed=2, missing=2)}, areas())
    assert list(found) == [area.code for area in areas()]
    assert found["kg"] == found["chui"] == found["alamudun"] == Coverage(formed=2, missing=2)
    assert found["sokuluk"] == found["abroad"] == Coverage()


@given(
    st.dictionaries(
        st.sampled_from(("alamudun", "sokuluk", "bishkek", "abroad")),
        st.builds(covered, st.integers(0, 50), STATES),
    )
)
def test_an_area_covers_what_its_children_cover(lowest: dict[str, Coverage]) -> None:
    found = cover_upward(lowest, areas())
    for code in ("kg", "chui"):
        children = [found[child.code] for child in areas().children(code)]
        assert found[code] == sum(children, Coverage())


def test_the_names_are_those_of_the_results() -> None:
    assert list(Coverage().as_dict()) == [
        "formed",
        "received",
        "missing",
        "pending",
        "disputed",
        "annulled",
        "included",
    ]
