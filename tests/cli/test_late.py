"""Who is late, as a list for people and as JSON."""

from __future__ import annotations

from tests.cli.conftest import Tabulator

OF = ("--election", "sample")


def test_years_after_an_election_of_which_nothing_came_everybody_is_late(loaded: Tabulator) -> None:
    found = loaded("late", *OF, "--json").json["late"]
    of_precincts = [(each["limit"], each["code"]) for each in found if each["whose"] == "precinct"]
    assert len(of_precincts) == 4 * 3
    assert [each["ends"] for each in found] == sorted(each["ends"] for each in found)
    assert all(each["late"] > 0 for each in found)
    assert ("result", "cec") in {(each["limit"], each["code"]) for each in found}


def test_the_list_can_be_of_one_area_and_one_limit(loaded: Tabulator) -> None:
    chosen = ("--area", "chui", "--deadline", "arrival")
    (one,) = loaded("late", *OF, *chosen, "--json").json["late"]
    assert (one["code"], one["limit"], one["area"]) == ("7001", "arrival", "kemin")
    shown = loaded("late", *OF, *chosen)
    assert (shown.status, shown.err) == (0, "1 late\n")
    assert "Arrival of the protocol – 7001" in shown.out


def test_an_unknown_area_or_limit_is_refused(loaded: Tabulator) -> None:
    assert loaded("late", *OF, "--area", "nowhere").status == 2
    assert loaded("late", *OF, "--deadline", "lunch").status == 2
