"""Figures and sums changed behind the service's back are found, also where totals agree."""

from __future__ import annotations

import pytest

from tests.audit.tampering import Tampered, refuse
from tests.counting import Count

# What is done → the statements, and a part of what is said of it.
TAMPERED: dict[str, Tampered] = {
    "an accepted figure": (
        "UPDATE accepted SET v0 = v0 + 1 WHERE precinct = 7101 AND {first}",
        "sample/sokuluk 0 an accepted figure of precinct 7101 is not its version's",
    ),
    "a figure moved from one precinct to another": (
        (
            "UPDATE accepted SET v0 = v0 + 1 WHERE precinct = 1001 AND {first}",
            "UPDATE accepted SET v0 = v0 - 1 WHERE precinct = 1002 AND {first}",
        ),
        "sample/bishkek 0 an accepted figure of precinct 1001 is not its version's",
    ),
    "two precincts of one area exchanged": (
        (
            "UPDATE accepted SET precinct = 1 WHERE precinct = 1001 AND {first}",
            "UPDATE accepted SET precinct = 1001 WHERE precinct = 1002 AND {first}",
            "UPDATE accepted SET precinct = 1002 WHERE precinct = 1 AND {first}",
        ),
        "sample/bishkek 0 an accepted figure of precinct 100",
    ),
    "a zero in place of a blank": (
        "UPDATE accepted SET v31 = 0 WHERE precinct = 1001 AND {first}",
        "sample/bishkek 0 an accepted figure of precinct 1001 is not its version's",
    ),
    "a protocol counted twice": (
        "INSERT INTO accepted (contest, sheet, area, precinct, {values}) SELECT contest, sheet, "
        "area, 5000, {values} FROM accepted WHERE precinct = 7101",
        "sample/sokuluk 0 an accepted figure of precinct 5000 is not its version's",
    ),
    "figures put where no area is": (
        "INSERT INTO accepted (contest, sheet, area, precinct, v0) SELECT min(key), 0, 9999, 1, "
        "5 FROM contest",
        "sample/kg 0 K23: the sums differ",
    ),
    "a subtotal": (
        "UPDATE subtotal SET t0 = t0 + 1 WHERE {first} AND area = {sokuluk}",
        "K22: the sums differ: V:",
    ),
    "a subtotal gone": (
        "DELETE FROM subtotal",
        "K22: the sums differ",
    ),
    "how many stated a line": (
        "UPDATE subtotal SET n3 = n3 + 1 WHERE {first} AND area = {sokuluk}",
        "the sums kept of the area",
    ),
    "a subtotal put where no area is": (
        "UPDATE subtotal SET area = 9999 WHERE area = (SELECT min(area) FROM subtotal)",
        "K22: the sums differ",
    ),
    "a standing": (
        "UPDATE standing SET protocols = protocols + 1 WHERE state = 'disputed'",
        "sample/kg 0 K22: the sums differ: received: 6 ≠ 7",
    ),
    "an unknown standing": (
        "UPDATE standing SET state = 'lost' WHERE state = 'disputed'",
        "election sample cannot be read as it is stored",
    ),
    "sums of a contest that is none": (
        "INSERT INTO standing (contest, area, state, protocols) VALUES (99, 99, 'accepted', 1)",
        "main 0 table standing: contest with key 99 has no area with key 99",
    ),
    "how many precincts were formed": (
        "UPDATE formed SET precincts = 5 WHERE {first}",
        "K22: the sums differ: formed:",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_is_found_and_named(counted: Count, what: str) -> None:
    refuse(counted, TAMPERED[what])
