"""Rows and columns → sheets: what the template of a table prints, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from tabulator.documents import captions
from tabulator.documents.rows import Column, Row
from tabulator.documents.ruling import Ruling, ruling
from tabulator.documents.setting import Run, Setting, Strong
from tabulator.documents.spaces import cut, lines_needed
from tabulator.documents.widths import Plan

HEIGHT = 468.0
"""Points for tables between head and foot of a sheet."""

TITLE_HEIGHT = 16.0
UPRIGHT_LINE = 6.9
HEAD = 0.0074
"""Points in a thousandth of an em of what stands over columns, bold in 7 points."""

FEWEST = 6
"""Rows worth beginning on the first sheet, beneath the legend."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something above one or more columns, in points from the left of the table."""

    left: float
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Upright:
    """A caption turned upright over its column: at most so many lines, the rest cut off."""

    left: float
    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a table.

    Attributes:
        continued: Whose rows begin on a sheet before; "" where none do.
        part: Which of the tables that lie beside each other; "" where there is one.
        corner: Over what stands before the figures.
    """

    continued: str
    part: str
    corner: str
    groups: tuple[Span, ...]
    heads: tuple[Upright, ...]
    numbers: Markup
    lines: tuple[Strong | Run, ...]
    ruling: Ruling


class Layout:
    """Cuts a table into sheets.

    Args:
        corner: Over what stands before the figures.
        used: Points already taken on the first sheet.
        kept: Points to keep free beneath the last row of all.
    """

    def __init__(
        self, plan: Plan, rows: Sequence[Row], lang: str, corner: str, *, used: float, kept: float
    ) -> None:
        self.plan, self.rows, self.lang, self.corner = plan, rows, lang, corner
        self.setting = Setting(plan, lang)
        self._spaces = (Row("space"),) * -int(-kept // plan.style.row)
        parted = len(plan.parts) > 1
        titled = parted or any(row.kind == "heading" for row in rows)
        room = HEIGHT - ruling(plan, (), ()).height
        self._rest = self._fit(room - TITLE_HEIGHT * titled)
        first = self._fit(room - TITLE_HEIGHT * parted - used)
        self.begins_apart = first < FEWEST
        self._first = self._rest if self.begins_apart else first

    def _fit(self, points: float) -> int:
        return max(1, int(points / self.plan.style.row))

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet in printed order: part by part, each downwards."""
        first = self._first
        for index, part in enumerate(self.plan.parts):
            rows = (*self.rows, *self._spaces) if part is self.plan.parts[-1] else self.rows
            block = ""
            for chunk in chunks(rows, first, self._rest):
                continued = block if chunk[0].kind not in ("heading", "sum", "total") else ""
                yield self._sheet(index, part, [r for r in chunk if r.kind != "space"], continued)
                block = next((n for n in map(self._block, reversed(chunk)) if n), block)
            first = self._rest

    def _block(self, row: Row) -> str:
        return row.name.say(self.lang) if row.kind == "heading" else ""

    def _sheet(
        self, index: int, part: tuple[Column, ...], rows: Sequence[Row], continued: str
    ) -> Sheet:
        parts = len(self.plan.parts)
        said = captions.PART.say(self.lang).format(number=index + 1, parts=parts)
        return Sheet(
            continued=f"{continued} ({captions.CONTINUED.say(self.lang)})" if continued else "",
            part=said if parts > 1 else "",
            corner=self.corner,
            groups=tuple(self._groups(part)),
            heads=tuple(self._heads(part)) if self.plan.style.upright else (),
            numbers=self.setting.numbers(part),
            lines=tuple(self.setting.lines(rows, part)),
            ruling=ruling(self.plan, part, rows),
        )

    def _groups(self, part: Sequence[Column]) -> Iterator[Span]:
        start, rules = 0, self.plan.rules(part)
        for group, members in groupby(part, key=lambda column: column.group):
            end = start + len(list(members))
            wide = rules[end] - rules[start]
            yield Span(rules[start], wide, cut(group.say(self.lang), (wide - 6) / HEAD))
            start = end

    def _heads(self, part: Sequence[Column]) -> Iterator[Upright]:
        for column, (left, right) in zip(part, pairwise(self.plan.rules(part)), strict=True):
            text, most = column.caption.say(self.lang), int((right - left) / UPRIGHT_LINE)
            lines = min(most, lines_needed(text, (self.plan.style.upright - 8) / 0.0065))
            yield Upright((left + right - lines * UPRIGHT_LINE) / 2, text, lines)


def chunks(rows: Sequence[Row], first: int, rest: int) -> Iterator[Sequence[Row]]:
    """Rows of each sheet: `first` fit the first one, `rest` each other.

    No sheet ends with a heading, and none begins with the sums of rows on another.
    """
    start, room = 0, first
    while start < len(rows):
        end = min(start + room, len(rows))
        cut = end
        while end < len(rows) and cut > start and not _may_break(rows, cut):
            cut -= 1
        end = cut if cut > start else end
        yield rows[start:end]
        start, room = end, rest


def _may_break(rows: Sequence[Row], at: int) -> bool:
    return not rows[at - 1].opens and not any(row.closes for row in rows[at : at + 2])
