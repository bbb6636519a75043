"""Where the faults are planted, so that none hides or changes another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from tabulator.sample.faults import Fault, Where
from tabulator.sample.sheet import Sheet
from tabulator.sample.slips import copy_neighbour

Planted = tuple[int, str, str]
"""Precinct, contest, code of a finding that the check must make."""

EACH = 2
"""Every code is planted at least so often."""

_SOUND_NEIGHBOURS = 6
"""Clean protocols that stay around one that stands out beside them: more than a median needs."""


def plant(
    faults: Mapping[str, Sequence[Fault]], sheets: Sequence[Sheet], share: int, rng: Random
) -> list[Planted]:
    """Spoil sheets, at most one fault each, and say what must be found.

    Args:
        share: Per mille of the sheets to spoil; more where each code twice asks for it.
    """
    ground = _Ground(sheets, rng)
    for code in faults:
        for turn in range(EACH):
            ground.plant_one(faults[code], turn, rng)
    turn = EACH
    while ground.spoilt * 1000 < len(sheets) * share:
        before = ground.spoilt
        for ways in faults.values():
            if ground.spoilt * 1000 < len(sheets) * share:
                ground.plant_one(ways, turn, rng)
        if ground.spoilt == before:
            break
        turn += 1
    return sorted(ground.planted)


class _Ground:
    """The sheets that are still clean, in random order, and what each territory can bear."""

    def __init__(self, sheets: Sequence[Sheet], rng: Random) -> None:
        shuffled = rng.sample(sheets, len(sheets))
        self._clean = {sheet.precinct.number: sheet for sheet in shuffled}
        self._settled = Counter(s.precinct.area for s in sheets if s.precinct.aeu)
        self._outliers: set[str] = set()
        self._hosts: set[str] = set()
        self.planted: list[Planted] = []
        self.spoilt = 0

    def plant_one(self, ways: Sequence[Fault], turn: int, rng: Random) -> None:
        """Plant the next of the ways that finds a place; nothing where none does."""
        for k in range(len(ways)):
            fault = ways[(turn + k) % len(ways)]
            if fault.where is Where.TWIN:
                planted = self._plant_twins(fault)
            else:
                planted = self._plant(fault, rng)
            if planted:
                return

    def _plant(self, fault: Fault, rng: Random) -> bool:
        sheet = next(self._places(fault), None)
        if sheet is None:
            return False
        fault.happen(sheet, rng)
        area = sheet.precinct.area
        if fault.outlier:
            self._outliers.add(area)
        if fault.beside_others:
            self._hosts.add(area)
        self._note(sheet, fault)
        return True

    def _plant_twins(self, fault: Fault) -> bool:
        for sheet in self._places(fault):
            twin = self._next_larger(sheet, fault)
            if twin is not None:
                copy_neighbour(sheet, twin)
                self._note(sheet, fault)
                self._note(twin, fault)
                return True
        return False

    def _next_larger(self, sheet: Sheet, fault: Fault) -> Sheet | None:
        """The clean neighbour whose list is the least that the register of `sheet` fits into."""
        area = sheet.precinct.area
        longer = [
            other
            for other in self._places(fault)
            if other is not sheet
            and other.precinct.area == area
            and other.voters >= sheet.registered
        ]
        return min(longer, key=lambda other: other.voters, default=None)

    def _places(self, fault: Fault) -> Iterator[Sheet]:
        return (sheet for sheet in self._clean.values() if self._suits(fault, sheet))

    def _suits(self, fault: Fault, sheet: Sheet) -> bool:
        precinct = sheet.precinct
        if precinct.abroad is not (fault.where is Where.ABROAD):
            return False
        if fault.where is Where.URN and not precinct.aeu:
            return False
        if fault.outlier and precinct.area in self._outliers:
            return False
        if fault.beside_others or precinct.area in self._hosts:
            # At most two stop being clean: the sheet itself, and its twin.
            return self._settled[precinct.area] >= _SOUND_NEIGHBOURS + 2
        return True

    def _note(self, sheet: Sheet, fault: Fault) -> None:
        precinct = sheet.precinct
        del self._clean[precinct.number]
        self._settled[precinct.area] -= bool(precinct.aeu)
        self.planted += [(precinct.number, sheet.contest.id, code) for code in fault.codes]
        self.spoilt += 1
