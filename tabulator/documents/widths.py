"""How wide columns are, and how many fit a sheet. Thousandths of an em unless points are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from tabulator.documents.rows import Column, Row
from tabulator.documents.spaces import width
from tabulator.documents.wording import grouped

PAGE = 765.0
"""Points between the margins of a sheet."""

BEHIND = 350
"""From the last digit of a column to the rule behind it."""

GAPS = (3000, 2500, 2000, 1500, 1250, 1000, 750)
"""Room between columns, widest first: widths that take few spaces."""

ENOUGH = 1250
"""Room between columns that is better spent on names."""

BEFORE = 250
"""At least from a rule to the first digit behind it: the flag of the figure before is apart."""

NARROWEST = 900
"""Every column has room for two digits."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of table is set.

    Attributes:
        size: Of the type in points: at least, better, at most.
        row: Height in points.
        label: What stands before the figures: at least, better, best, at most.
        named: Whether rows show a name beside their number.
        upright: Points for captions turned upright over the columns; 0 for none.
        gaps: Some of GAPS; each space takes time to print.
    """

    size: tuple[float, float, float]
    row: float
    label: tuple[int, int, int, int]
    named: bool
    upright: float
    gaps: tuple[int, ...]


ROOMY = Style((7.5, 8.0, 9.0), 13, (9_000, 16_000, 22_000, 40_000), True, 92, GAPS)
DENSE = Style((7.5, 7.8, 8.8), 10.4, (4_500, 4_500, 4_500, 9_000), False, 0, GAPS[2:])

Part = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns lie.

    Attributes:
        size: Of the type, in points.
        label: Width of what stands before the figures.
        gap: From one column's room to the next.
        parts: The columns of each sheet that lies beside the others.
        rooms: Column → room for its widest figure.
        numbers: Digits of the widest precinct number; 0 where rows have none.
    """

    size: float
    label: int
    gap: int
    parts: tuple[Part, ...]
    rooms: Mapping[str, float]
    numbers: int
    style: Style

    def points(self, width: float) -> float:
        return width * self.size / 1000

    def edges(self, part: Sequence[Column]) -> list[float]:
        """Where the last digits of the columns stand, from the end of the label."""
        edge, found = 0.0, []
        for column in part:
            edge += self.gap + self.rooms[column.key]
            found.append(edge)
        return found

    def rules(self, part: Sequence[Column]) -> list[float]:
        """Where rules stand, in points from the left; the first ends the label."""
        return [self.points(self.label + edge + BEHIND) for edge in (0.0, *self.edges(part))]


def plan(columns: Part, rows: Sequence[Row], style: Style) -> Plan:
    """Lay the columns out: one sheet wide if that leaves them legible, else as few as will do."""
    needed = _needed(columns, rows)
    numbers = max((len(str(row.number)) for row in rows if row.number is not None), default=0)
    for beside, gap, label, smallest in _tries(len(columns), style):
        rooms = _rooms(needed, gap)
        parts = _cut(columns, beside)
        widest = max(sum(gap + rooms[column.key] for column in part) for part in parts)
        size = min(style.size[-1], PAGE / (label + BEHIND + widest) * 1000)
        if size >= smallest:
            break
    label = min(style.label[-1], int(PAGE / size * 1000 - BEHIND - widest))
    return Plan(size, label, gap, parts, rooms, numbers, style)


def _tries(columns: int, style: Style) -> Iterator[tuple[int, int, int, float]]:
    """Sheets beside each other, gap, label and smallest size, from the roomiest down."""
    smallest, small, _ = style.size
    at_least, good, best, _ = style.label
    for beside in range(1, columns + 1):
        yield from ((beside, gap, best, small) for gap in style.gaps if gap >= ENOUGH)
        yield from ((beside, gap, good, small) for gap in style.gaps if gap <= ENOUGH)
        yield beside, style.gaps[-1], at_least, smallest if beside == 1 else small


def _cut(columns: Part, parts: int) -> tuple[Part, ...]:
    cuts = [len(columns) * k // parts for k in range(parts + 1)]
    return tuple(columns[a:b] for a, b in pairwise(cuts))


def _needed(columns: Iterable[Column], rows: Iterable[Row]) -> dict[str, tuple[float, float]]:
    """Column → width of its widest plain figure, and of its widest bold one."""
    most = {column.key: [0, 0] for column in columns}
    for row in rows:
        for key, value in row.values.items():
            if value is not None and key in most and value > most[key][row.strong]:
                most[key][row.strong] = value
    heads = {column.key: width(column.number, "regular") for column in columns}
    return {
        key: (
            max(NARROWEST, heads[key], width(grouped(plain), "regular")),
            width(grouped(bold), "bold"),
        )
        for key, (plain, bold) in most.items()
    }


def _rooms(needed: Mapping[str, tuple[float, float]], gap: int) -> dict[str, float]:
    """Column → room for its figures; bold ones, which are few, may reach into the gap."""
    free = gap - BEHIND - BEFORE
    return {key: _whole_digits(max(plain, bold - free)) for key, (plain, bold) in needed.items()}


def _whole_digits(room: float) -> float:
    """At least this room, and as wide as a figure: what fills it up then takes few spaces."""
    figures = (width(grouped(10**digits), "regular") for digits in count())
    return next(wide for wide in figures if wide >= room)
