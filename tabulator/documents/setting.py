"""Rows → text: figures of one column end at one place, whatever their weight and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from tabulator.documents import captions
from tabulator.documents.rows import Column, Row
from tabulator.documents.spaces import cut, space, width
from tabulator.documents.widths import Plan
from tabulator.documents.wording import FIGURE_SPACE, NOTHING, total

EDGE = 400
"""Thousandths of an em between the edge of the table and its first letter."""

BEFORE_NAME = {"place": 500, "name": 900}
"""The same before a place, after the number, and before the name of an area."""

BLANK = "–"
"""Stands for a line that a precinct left blank; its box is drawn around it."""


@dataclass(frozen=True, slots=True)
class Strong:
    """A row that is a block of its own: a heading, or sums."""

    kind: str
    name: str
    says: str
    figures: Markup


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of precincts or areas with nothing between them: one text, a line for each."""

    kind: str
    text: Markup


class Setting:
    """Sets the rows of a table as its plan has it, in one language."""

    def __init__(self, plan: Plan, lang: str) -> None:
        self.plan, self.lang = plan, lang

    def lines(self, rows: Sequence[Row], part: Sequence[Column]) -> Iterator[Strong | Run]:
        for strong, members in groupby(rows, key=lambda row: row.strong):
            if strong:
                yield from (self._strong(row, part) for row in members)
            else:
                yield Run("run", Markup("\n").join(self._text(row, part) for row in members))

    def _strong(self, row: Row, part: Sequence[Column]) -> Strong:
        says = row.says.say(self.lang) if row.says else ""
        return Strong(row.kind, row.name.say(self.lang), says, self._figures(row, part))

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
        room = float(self.plan.label - EDGE - BEFORE_NAME[place])
        room -= self._number_width if row.number is not None else 0
        return Markup('<span class="{}">{}</span>').format(
            place, cut(row.name.say(self.lang), room)
        )

    def _figures(self, row: Row, part: Sequence[Column]) -> Markup:
        shown = [
            (total(row.values[column.key]), column.key in row.blanks)
            if column.key in row.values
            else ("", False)
            for column in part
        ]
        if row.kind == "precinct":
            shown = [(BLANK, False) if text == NOTHING else (text, flag) for text, flag in shown]
        return self._aligned(shown, part, row.weight)

    def numbers(self, part: Sequence[Column]) -> Markup:
        return self._aligned([(column.number, False) for column in part], part, "regular")

    def _aligned(
        self, shown: Sequence[tuple[str, bool]], part: Sequence[Column], weight: str
    ) -> Markup:
        """Texts, each ending at the edge of its column; a flag hangs behind it."""
        at, pieces = 0.0, []
        for (text, flag), edge in zip(shown, self.plan.edges(part), strict=True):
            if not text:
                continue
            taken = width(text, weight)
            made, wide = space(round(edge - taken - at), weight)
            at += wide + taken
            pieces += [made, f"<s>{BLANK}</s>" if text == BLANK else escape(text)]
            if flag:
                at += width("*", weight)
                pieces.append("*")
        return Markup("".join(pieces))  # noqa: S704 - spaces, and what is escaped above

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
    def _number_width(self) -> float:
        return width("0" * (self.plan.numbers + 1), "regular") if self.plan.numbers else 0
