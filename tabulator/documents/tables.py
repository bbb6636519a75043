"""What the three tables share: legend, coverage, sheets, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.results import AreaResult
from tabulator.documents import captions
from tabulator.documents.facts import Facts
from tabulator.documents.frame import COVERAGE, File, Page, frame, marks, notes
from tabulator.documents.rows import Row
from tabulator.documents.sheets import Layout
from tabulator.documents.spaces import lines_needed
from tabulator.documents.widths import PAGE, ROOMY, Part, Style, plan
from tabulator.documents.wording import grouped
from tabulator.domain.text import Text

LEGEND_COLUMNS = 3
LEGEND_LINE = 9.5
SMALL = 0.007
"""Points in a thousandth of an em: legend and notes are set in 7 points."""

COVERAGE_LINE = 12.0
NOTE_LINE = 10.0


def table_page(
    kind: str,
    facts: Facts,
    lang: str,
    columns: Part,
    rows: Sequence[Row],
    files: tuple[File, ...],
    *,
    style: Style = ROOMY,
    corner: Text = captions.PRECINCT,
    coverage: Sequence[AreaResult] = (),
) -> Page:
    """A document that is one table.

    Args:
        coverage: Areas to show above it, before all of them together.
    """
    legend = [
        (group.say(lang), [(c.number, c.caption.say(lang)) for c in members])
        for group, members in groupby(columns, key=lambda column: column.group)
    ]
    said = list(notes(rows, columns, lang))
    layout = Layout(
        plan(columns, rows, style),
        rows,
        lang,
        corner.say(lang),
        used=_legend_height(legend) + COVERAGE_LINE * (len(coverage) + 2),
        kept=sum(lines_needed(note, PAGE / SMALL) for note in said) * NOTE_LINE + bool(said) * 6,
    )
    total = captions.GRAND_TOTAL if coverage else captions.TOTAL
    context: dict[str, Any] = {
        **frame(kind, facts, lang),
        "legend": legend,
        "coverage": [
            *(_covered(area.name, area.coverage, lang) for area in coverage),
            _covered(total, facts.total.coverage, lang),
        ],
        "coverage_heads": [captions.COVERAGE[field].say(lang) for field in COVERAGE],
        "layout": layout,
        "sheets": layout.sheets(),
        "marks": marks(rows, lang),
        "notes": said,
    }
    return Page("table.html", context, files)


def _covered(name: Text, coverage: Coverage, lang: str) -> tuple[str, list[str]]:
    return name.say(lang), [grouped(getattr(coverage, field)) for field in COVERAGE]


def _legend_height(legend: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> float:
    """An estimate from above, so that rows beneath the legend do not run over the sheet's end."""
    width = PAGE / LEGEND_COLUMNS - 30
    lines = sum(
        1.5 + sum(lines_needed(caption, width / SMALL) for _, caption in entries)
        for _, entries in legend
    )
    return (lines / LEGEND_COLUMNS + 2.5) * LEGEND_LINE
