"""How far people reach: by role, by scope, and never by a name that only looks like theirs."""

from __future__ import annotations

import pytest

from tabulator.domain.roles import NATIONWIDE, TERRITORIAL, Actor, Role
from tests.builders import election, precinct

AREAS = {"kg", "chui", "alamudun", "sokuluk", "bishkek", "abroad"}


def reached(role: Role, scope: str = "", of: str = "") -> set[str]:
    actor = Actor("a", role, election=of, scope=scope)
    return {code for code in AREAS if actor.reaches_area(election(), code)}


@pytest.mark.parametrize("role", sorted(NATIONWIDE))
def test_some_see_the_whole_country(role: Role) -> None:
    assert reached(role) == AREAS
    assert reached(role, of="sample") == AREAS
    assert reached(role, of="other") == set()


@pytest.mark.parametrize("role", sorted(TERRITORIAL))
@pytest.mark.parametrize(
    ("scope", "areas"),
    [
        ("tec-bishkek", {"bishkek", "abroad"}),
        ("bishkek", {"bishkek"}),
        ("abroad", {"abroad"}),
        ("sokuluk", {"sokuluk"}),
        # Regions and the country are the CEC's: a territorial role has nothing there.
        ("chui", set()),
        ("kg", set()),
        ("cec", set()),
        ("", set()),
        ("tec", set()),
    ],
)
def test_territorial_roles_reach_what_their_commission_tabulates(
    role: Role, scope: str, areas: set[str]
) -> None:
    assert reached(role, scope) == areas


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PRECINCT_CHAIR])
def test_others_have_no_area(role: Role) -> None:
    assert reached(role, "bishkek") == set()


@pytest.mark.parametrize(("scope", "mine"), [("1001", True), ("1002", False), ("01001", False)])
def test_a_chair_reaches_one_precinct(scope: str, mine: bool) -> None:
    chair = Actor("a", Role.PRECINCT_CHAIR, scope=scope)
    assert chair.reaches(election(), precinct(1001)) is mine


@pytest.mark.parametrize(
    ("role", "scope", "commission", "sits"),
    [
        (Role.TERRITORIAL_CHAIR, "tec-bishkek", "tec-bishkek", True),
        (Role.TERRITORIAL_CHAIR, "abroad", "tec-bishkek", True),
        (Role.TERRITORIAL_CHAIR, "tec-bishkek", "tec-sokuluk", False),
        (Role.TERRITORIAL_CHAIR, "kg", "cec", False),
        (Role.TERRITORIAL_CHAIR, "cec", "cec", False),
        (Role.CEC_MEMBER, "", "cec", True),
        (Role.CEC_MEMBER, "", "tec-bishkek", False),
        (Role.OBSERVER, "", "cec", False),
        (Role.ADMINISTRATOR, "", "cec", False),
    ],
)
def test_people_sit_in_their_own_commission(
    role: Role, scope: str, commission: str, sits: bool
) -> None:
    assert Actor("a", role, scope=scope).speaks_for(election(), commission) is sits
