"""Columns and rows of a table: what stands where, before it is known how wide anything is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.results import AreaResult, PrecinctRow
from tabulator.documents import captions
from tabulator.documents.facts import Block, Facts
from tabulator.documents.wording import grouped
from tabulator.domain.register import Contest, Option
from tabulator.domain.text import LANGUAGES, Text
from tabulator.domain.workflow import State


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of every row.

    Attributes:
        key: Role, code of an option, or "#" with a field of the coverage.
        group: Heading over neighbouring columns.
        number: Printed above the column and explained in the legend.
    """

    key: str
    group: Text
    number: str
    caption: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row.

    Attributes:
        kind: "precinct" and "area" are counted; "region" and "sum" add up parts, "total"
            everything; "heading" names what follows;
            "space" keeps room for what follows the table.
        values: Key of a column → figure; a key that is absent is printed as nothing at all,
            None as a blank line or, in a sum, as nothing counted yet.
        state: Of a precinct: only "accepted" is part of a sum.
        says: Printed instead of figures.
        blanks: Of a sum: column → how many protocols left it blank.
        about: Of a sum: the area it adds up, whatever its name here.
    """

    kind: str
    number: int | None = None
    name: Text = field(default_factory=Text)
    values: Mapping[str, int | None] = field(default_factory=dict)
    state: str = "accepted"
    says: Text | None = None
    blanks: Mapping[str, int] = field(default_factory=dict)
    about: Text = field(default_factory=Text)

    @property
    def strong(self) -> bool:
        return self.kind in ("heading", "sum", "region", "total")

    @property
    def weight(self) -> str:
        return "bold" if self.strong else "regular"

    @property
    def opens(self) -> bool:
        """Never the last row of a sheet."""
        return self.kind in ("heading", "region")

    @property
    def closes(self) -> bool:
        """Never among the first rows of a sheet."""
        return self.kind in ("sum", "total", "space")


def columns(contest: Contest) -> tuple[Column, ...]:
    """Every line and option in printed order; preference candidates after the choices."""
    lines = [
        Column(line.role, captions.LINES, line.number, line.caption) for line in contest.form.lines
    ]
    return (*lines, *_options(option_group(contest), contest.choices), *_preferences(contest))


def option_group(contest: Contest) -> Text:
    kinds = [option.kind for option in contest.choices if option.kind in captions.OPTIONS]
    return captions.OPTIONS[kinds[0]] if kinds else captions.VOTES


def _options(group: Text, options: tuple[Option, ...]) -> Iterator[Column]:
    for option in options:
        yield Column(option.code, group, str(option.position), option.name)


def _preferences(contest: Contest) -> Iterator[Column]:
    for listed in contest.choices:
        group = Text(
            *(captions.PREFERENCES.say(k).format(name=listed.name.say(k)) for k in LANGUAGES)
        )
        yield from _options(group, contest.annex(listed.code))


def coverage_columns(*fields: str) -> tuple[Column, ...]:
    return tuple(
        Column(f"#{name}", captions.PRECINCTS, str(number), captions.COVERAGE_LINE[name])
        for number, name in enumerate(fields, start=1)
    )


def precinct_rows(block: Block) -> Iterator[Row]:
    """Every precinct of the block, whatever its state."""
    if not block.rows:
        yield Row("text", says=captions.NO_PRECINCTS)
    for row in block.rows:
        yield _precinct(row)


def _precinct(row: PrecinctRow) -> Row:
    state = "received" if row.state is State.CHECKED else str(row.state)
    if row.state is State.MISSING:
        return Row("precinct", row.precinct, row.place, {}, state, captions.NOTHING_RECEIVED)
    says = captions.NO_FIGURES if row.values is None else None
    return Row("precinct", row.precinct, row.place, row.values or {}, state, says)


def area_row(kind: str, result: AreaResult, name: Text | None = None) -> Row:
    """The sums of an area and, under "#…", its coverage."""
    covered = {f"#{key}": value for key, value in result.coverage.as_dict().items()}
    return Row(
        kind,
        name=result.name if name is None else name,
        values={**covered, **result.totals, **result.votes},
        blanks=result.blanks,
        about=result.name,
    )


def block_rows(facts: Facts) -> Iterator[Row]:
    """The blocks of a TEC or DEC one after the other, each with its sums, then all together."""
    several = len(facts.blocks) > 1
    for block in facts.blocks:
        if several:
            yield Row("heading", name=block.result.name, says=_covered(block.result.coverage))
        yield from precinct_rows(block)
        if several:
            yield area_row("sum", block.result, captions.TOTAL)
    yield area_row("total", facts.total, captions.GRAND_TOTAL if several else captions.TOTAL)


def _covered(coverage: Coverage) -> Text:
    """How much of a block is in, on one line; what is zero and no news is left out."""
    counts = [
        (captions.COVERAGE[name], count)
        for name, count in coverage.as_dict().items()
        if count or name in ("formed", "included")
    ]
    return Text(
        *(
            " · ".join(f"{name.say(lang)}: {grouped(count)}" for name, count in counts)
            for lang in LANGUAGES
        )
    )


def territory_rows(root: AreaResult) -> Iterator[Row]:
    """Each region with its sums, its territories beneath it, the nation at the end."""
    yield from _below(root)
    yield area_row("total", root, captions.TOTAL)


def _below(result: AreaResult) -> Iterator[Row]:
    for child in result.children:
        yield area_row("region" if child.children else "area", child)
        yield from _below(child)
