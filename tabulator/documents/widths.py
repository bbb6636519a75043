"""How wide columns are, and how many fit a sheet.

A row of figures is printed as one line of text, which takes a tenth of the time of table cells:
digits of one width, figure spaces (U+2007) before them and thin ones (U+202F) between thousands.
PT Sans Narrow has neither space as a glyph; HarfBuzz makes the first as wide as a digit, the
second half as wide as the space, and those on fractions of the em exactly so.
Widths are in thousandths of the em unless they say points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tabulator.documents.rows import Column, Row

DIGIT, THIN = 450, 106
BOLD_DIGIT, BOLD_THIN = 478, 103

PAGE = 765.0
"""Points between the margins of a sheet."""

BEHIND = 350
"""From the last digit of a column to the rule behind it."""

BEFORE = 100
"""At least from a rule to the first digit behind it."""

EM, HALF, QUARTER = "\u2003", "\u2002", "\u2005"
GAPS = {
    3000: EM + EM + EM,
    2500: EM + EM + HALF,
    2000: EM + EM,
    1500: EM + HALF,
    1250: EM + QUARTER,
    1000: EM,
    750: HALF + QUARTER,
}
"""Room between columns → the spaces that make it, widest first."""

ENOUGH = 1250
"""Room between columns that is better spent on names."""

NARROWEST = 2
"""Digits that every column has room for."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of table is set.

    Attributes:
        size: Of the type in points: at least, better, at most.
        row: Height in points.
        label: What stands before the figures: at least, better, best, at most.
        named: Whether rows show a name beside their number, and sums are bold.
        upright: Points for captions turned upright over the columns; 0 for none.
        gaps: Keys of GAPS, widest first; each space takes time to print.
    """

    size: tuple[float, float, float]
    row: float
    label: tuple[int, int, int, int]
    named: bool
    upright: float
    gaps: tuple[int, ...]

    def in_cells(self, row: Row) -> bool:
        """Whether each figure is set on its own: bold ones, a dash and a flag are wider."""
        if row.kind in ("precinct", "heading", "text"):
            return False
        bold = row.kind == "total" or (self.named and row.strong)
        return bold or bool(row.blanks) or None in row.values.values()


ROOMY = Style((7.5, 8.0, 9.0), 13, (9_000, 16_000, 22_000, 40_000), True, 92, tuple(GAPS))
DENSE = Style((7.5, 7.8, 8.8), 10.4, (4_500, 4_500, 4_500, 9_000), False, 0, tuple(GAPS)[2:])

Part = tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns lie.

    Attributes:
        size: Of the type, in points.
        label: Width of what stands before the figures.
        gap: Between two columns; a key of GAPS.
        parts: The columns of each sheet that lies beside the others.
        digits: Column → digits it has room for.
        numbers: Digits of the widest precinct number; 0 where rows have none.
    """

    size: float
    label: int
    gap: int
    parts: tuple[Part, ...]
    digits: Mapping[str, int]
    numbers: int
    style: Style

    def points(self, width: int) -> float:
        return width * self.size / 1000

    def cell(self, column: Column) -> int:
        """From the last digit of the column before to the last of this one."""
        return self.gap + figures_width(self.digits[column.key])

    def edges(self, part: Sequence[Column]) -> list[float]:
        """Where rules stand between columns, in points from the left; the first ends the label."""
        edge, found = self.label + BEHIND, []
        for column in part:
            found.append(self.points(edge))
            edge += self.cell(column)
        return [*found, self.points(edge)]


def figures_width(digits: int, digit: int = DIGIT, thin: int = THIN) -> int:
    return digits * digit + (digits - 1) // 3 * thin


def plan(columns: Part, rows: Sequence[Row], style: Style) -> Plan:
    """Lay the columns out: one sheet wide if that leaves them legible, else as few as will do."""
    numbers = max((len(str(row.number)) for row in rows if row.number is not None), default=0)
    for count, gap, label, smallest in _tries(len(columns), style):
        digits, parts = _digits(columns, rows, style, gap), _cut(columns, count)
        widest = max(sum(gap + figures_width(digits[c.key]) for c in part) for part in parts)
        size = min(style.size[-1], PAGE / (label + BEHIND + widest) * 1000)
        if size >= smallest:
            break
    label = min(style.label[-1], int(PAGE / size * 1000) - BEHIND - widest)
    return Plan(size, label, gap, parts, digits, numbers, style)


def _tries(columns: int, style: Style) -> Iterator[tuple[int, int, int, float]]:
    """Sheets beside each other, gap, label and smallest size, from the roomiest down."""
    smallest, small, _ = style.size
    at_least, good, best, _ = style.label
    for count in range(1, columns + 1):
        yield from ((count, gap, best, small) for gap in style.gaps if gap >= ENOUGH)
        yield from ((count, gap, good, small) for gap in style.gaps if gap <= ENOUGH)
        yield count, style.gaps[-1], at_least, smallest if count == 1 else small


def _cut(columns: Part, count: int) -> tuple[Part, ...]:
    cuts = [len(columns) * k // count for k in range(count + 1)]
    return tuple(columns[a:b] for a, b in pairwise(cuts))


def _digits(
    columns: Iterable[Column], rows: Iterable[Row], style: Style, gap: int
) -> dict[str, int]:
    """Column → digits it needs: as many as its figures; bold ones reach into the gap."""
    digits = {column.key: max(NARROWEST, len(column.number)) for column in columns}
    for row in rows:
        cells = style.in_cells(row)
        for key, value in row.values.items():
            if value is None or key not in digits:
                continue
            needed = len(str(value))
            if not cells:
                digits[key] = max(digits[key], needed)
                continue
            wide = figures_width(needed, BOLD_DIGIT, BOLD_THIN) + BEHIND + BEFORE - gap
            while figures_width(digits[key]) < wide:
                digits[key] += 1
    return digits


def lines_needed(text: str, width: float, size: float) -> int:
    """How many lines a text takes at most: PT Sans Narrow is about 0.42 em a letter."""
    longest = max((len(word) for word in text.split()), default=0)
    letters = max(1, int(width / (size * 0.46)))
    return 1 if len(text) <= letters else -(-len(text) // max(1, letters - longest // 2))
