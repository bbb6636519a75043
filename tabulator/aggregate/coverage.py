"""How much of an area is in: formed, received, missing, disputed, annulled, included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabulator.domain.areas import Areas
from tabulator.domain.workflow import State


@dataclass(frozen=True, slots=True)
class Coverage:
    """Numbers of precincts of one contest.

    formed = received + missing; received = included + pending + disputed + annulled (K22).
    `pending`: received, but neither accepted nor disputed yet.
    """

    formed: int = 0
    received: int = 0
    missing: int = 0
    pending: int = 0
    disputed: int = 0
    annulled: int = 0
    included: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def as_dict(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in self.__slots__}


def coverage(formed: int, states: Mapping[State, int]) -> Coverage:
    """The coverage of one area from how many precincts it has and how many stand in each state."""
    received = sum(count for state, count in states.items() if state != State.MISSING)
    disputed, annulled, included = (
        states.get(state, 0) for state in (State.DISPUTED, State.ANNULLED, State.ACCEPTED)
    )
    return Coverage(
        formed=formed,
        received=received,
        missing=formed - received,
        pending=received - disputed - annulled - included,
        disputed=disputed,
        annulled=annulled,
        included=included,
    )


def cover_upward(lowest: Mapping[str, Coverage], areas: Areas) -> dict[str, Coverage]:
    """Coverage of the areas that precincts lie in → of every area; zeros where there are none."""
    covered = {area.code: Coverage() for area in areas}
    for code, part in lowest.items():
        for above in areas.above(code):
            covered[above] = covered[above] + part
    return covered
