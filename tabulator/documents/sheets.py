"""Rows and columns → sheets: what the template of a table prints, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from tabulator.documents import captions
from tabulator.documents.rows import Column, Row
from tabulator.documents.ruling import Ruling, ruling
from tabulator.documents.widths import DIGIT, GAPS, Plan, lines_needed
from tabulator.documents.wording import FIGURE_SPACE, grouped, padding, total

HEIGHT = 468.0
"""Points for tables between head and foot of a sheet."""

TITLE_HEIGHT = 16.0
EDGE = 400
"""Thousandths of an em between the edge of the table and its first letter."""

UPRIGHT_LINE = 6.9
FEWEST = 6
"""Rows worth beginning on the first sheet, beneath the legend."""

BLANK = Markup('<s class="blank">–</s>')


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure set on its own, in bold: `width` in points; a `flag` points to a footnote."""

    width: float
    text: str
    flag: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is a block of its own: a heading, or sums as one text or in cells."""

    kind: str
    name: str
    says: str
    figures: Markup
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of precincts or areas with nothing between them: one text, a line for each."""

    kind: str
    text: Markup


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
    lines: tuple[Line | Run, ...]
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
        self._spaces = (Row("space"),) * -int(-kept // plan.style.row)
        self._padding = {key: padding(digits) for key, digits in plan.digits.items()}
        self._gap = GAPS[plan.gap]
        titled = len(plan.parts) > 1 or any(row.kind == "heading" for row in rows)
        room = HEIGHT - ruling(plan, (), ()).height - TITLE_HEIGHT * titled
        self._rest, first = self._fit(room), self._fit(room - used)
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
                continued = block if chunk[0].kind not in ("heading", "sum") else ""
                yield self._sheet(index, part, [r for r in chunk if r.kind != "space"], continued)
                block = next((n for n in map(self._block, reversed(chunk)) if n), block)
            first = self._rest

    def _block(self, row: Row) -> str:
        return row.name.say(self.lang) if row.kind == "heading" else ""

    def _sheet(
        self, index: int, part: tuple[Column, ...], rows: Sequence[Row], continued: str
    ) -> Sheet:
        edges, parts = self.plan.edges(part), len(self.plan.parts)
        said = captions.PART.say(self.lang).format(number=index + 1, parts=parts)
        return Sheet(
            continued=f"{continued} ({captions.CONTINUED.say(self.lang)})" if continued else "",
            part=said if parts > 1 else "",
            corner=self.corner,
            groups=tuple(self._groups(part, edges)),
            heads=tuple(self._heads(part, edges)) if self.plan.style.upright else (),
            numbers=self._numbers(part),
            lines=tuple(self._lines(rows, part)),
            ruling=ruling(self.plan, part, rows),
        )

    def _groups(self, part: Sequence[Column], edges: Sequence[float]) -> Iterator[Span]:
        start = 0
        for group, members in groupby(part, key=lambda column: column.group):
            end = start + len(list(members))
            yield Span(edges[start], edges[end] - edges[start], group.say(self.lang))
            start = end

    def _heads(self, part: Sequence[Column], edges: Sequence[float]) -> Iterator[Upright]:
        for column, left, right in zip(part, edges, edges[1:], strict=False):
            text, most = column.caption.say(self.lang), int((right - left) / UPRIGHT_LINE)
            lines = min(most, lines_needed(text, self.plan.style.upright - 8, 6.5))
            yield Upright((left + right - lines * UPRIGHT_LINE) / 2, text, lines)

    def _numbers(self, part: Sequence[Column]) -> Markup:
        pieces = (
            f"{self._gap}{self._padding[c.key][: -len(c.number)]}{escape(c.number)}" for c in part
        )
        return Markup("".join(pieces))  # noqa: S704 - escaped above

    def _lines(self, rows: Sequence[Row], part: Sequence[Column]) -> Iterator[Line | Run]:
        for alone, members in groupby(
            rows, key=lambda row: row.strong or self.plan.style.in_cells(row)
        ):
            if alone:
                yield from (self._line(row, part) for row in members)
            else:
                yield Run("run", Markup("\n").join(self._text(row, part) for row in members))

    def _line(self, row: Row, part: Sequence[Column]) -> Line:
        cells = self.plan.style.in_cells(row)
        return Line(
            kind=row.kind,
            name=row.name.say(self.lang),
            says=row.says.say(self.lang) if row.says else "",
            figures=self._figures(row, part) if not (cells or row.says) else Markup(),
            cells=tuple(self._cells(row, part)) if cells else (),
        )

    def _text(self, row: Row, part: Sequence[Column]) -> Markup:
        """A row as one line of text; what is no part of a sum is set apart."""
        after = self._figures(row, part)
        if row.says:
            after = Markup("<em>{}</em>").format(row.says.say(self.lang))
        text = self._number(row) + self._name(row) + after
        if row.state not in captions.MARKED:
            return text
        return Markup('<span class="apart">{}</span>').format(text)

    def _number(self, row: Row) -> Markup:
        if row.number is None:
            return Markup()
        number = str(row.number).rjust(self.plan.numbers, FIGURE_SPACE)
        if row.state not in captions.MARKED:
            return Markup("{}{}").format(number, FIGURE_SPACE)
        return Markup("{}<b>{}</b>").format(number, captions.MARKED[row.state][0])

    def _name(self, row: Row) -> Markup:
        if not self.plan.style.named:
            return Markup()
        place = "place" if row.number is not None else "name"
        return Markup('<span class="{}">{}</span>').format(place, row.name.say(self.lang))

    def _figures(self, row: Row, part: Sequence[Column]) -> Markup:
        pieces = []
        for column in part:
            room, value = self._padding[column.key], row.values.get(column.key, "")
            if value is None:
                pieces += [self._gap, room[:-1], BLANK]
            else:
                shown = grouped(value) if isinstance(value, int) else ""
                pieces += [self._gap, room[: len(room) - len(shown)], shown]
        return Markup("".join(pieces))  # noqa: S704 - digits and spaces

    def _cells(self, row: Row, part: Sequence[Column]) -> Iterator[Cell]:
        for column in part:
            text = total(row.values[column.key]) if column.key in row.values else ""
            width = self.plan.points(self.plan.cell(column))
            yield Cell(width, text, column.key in row.blanks)

    @property
    def name_width(self) -> float:
        """Points for the name of a row of sums."""
        return self.plan.points(self.plan.label - EDGE)

    @property
    def place_width(self) -> float:
        """Points for the place, between the precinct's number with its mark and the figures."""
        return self.name_width - self.plan.points(self._number_width)

    @property
    def before_number(self) -> float:
        """Em before the number: where rows have no place it stands close to the figures."""
        return (EDGE if self.plan.style.named else self.plan.label - self._number_width) / 1000

    @property
    def _number_width(self) -> int:
        return (self.plan.numbers + 1) * DIGIT if self.plan.numbers else 0


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
