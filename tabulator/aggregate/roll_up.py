"""Figures → totals per area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tabulator.domain.areas import Areas
from tabulator.errors import DuplicatePrecinct


@dataclass(frozen=True, slots=True)
class PrecinctFigures:
    """The accepted figures of one precinct for one contest; blanks are absent from `values`."""

    precinct: int
    area: str
    values: Mapping[str, int]


@dataclass(slots=True)
class Total:
    """The sums of one area.

    Attributes:
        values: Column → sum of those who stated it, in ballots.
        stated: Column → how many protocols stated it: fewer than `protocols` where blanks are.
        protocols: How many protocols went in.
    """

    values: dict[str, int] = field(default_factory=dict)
    stated: dict[str, int] = field(default_factory=dict)
    protocols: int = 0

    def add(self, other: Total) -> None:
        """Add `other` into this total."""
        for column, value in other.values.items():
            self.values[column] = self.values.get(column, 0) + value
            self.stated[column] = self.stated.get(column, 0) + other.stated[column]
        self.protocols += other.protocols


def roll_up(figures: Iterable[PrecinctFigures], areas: Areas) -> dict[str, Total]:
    """Add accepted precinct figures into every area above them.

    Args:
        figures: One entry per precinct, in ballots. The caller passes accepted
            protocols of one contest only; this function does not look at state.
        areas: The tree.

    Returns:
        Area code to its total. An area with nothing reported is absent, so
        "nothing yet" is never shown as zero votes.

    Raises:
        DuplicatePrecinct: A precinct appears more than once.

    Source: art. 36-37: by adding the data of the lower commissions' protocols.
    """
    seen: set[int] = set()
    lowest: dict[str, Total] = {}
    for entry in figures:
        if entry.precinct in seen:
            raise DuplicatePrecinct(f"precinct {entry.precinct} was given twice")
        seen.add(entry.precinct)
        total = lowest.setdefault(entry.area, Total())
        total.protocols += 1
        for column, value in entry.values.items():
            total.values[column] = total.values.get(column, 0) + value
            total.stated[column] = total.stated.get(column, 0) + 1
    return add_upward(lowest, areas)


def add_upward(lowest: Mapping[str, Total], areas: Areas) -> dict[str, Total]:
    """Totals of the areas that precincts lie in → totals of every area above them too."""
    totals: dict[str, Total] = {}
    for code, total in lowest.items():
        for above in areas.above(code):
            totals.setdefault(above, Total()).add(total)
    return totals
