"""Results as CSV: codes and whole numbers only, so that no cell can be read as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabulator.aggregate.results import AreaResult, PrecinctRow
from tabulator.domain.register import Contest


def areas_csv(contest: Contest, shown: AreaResult) -> str:
    """The areas directly below, one a row, and the area itself last; nothing included = empty."""
    header = ("area", *shown.coverage.as_dict(), *contest.summed, "turnout")
    rows = [
        (
            area.area,
            *area.coverage.as_dict().values(),
            *(_cell(area.value(column)) for column in contest.summed),
            _cell(area.turnout),
        )
        for area in (*shown.children, shown)
    ]
    return _csv([header, *rows])


def precincts_csv(contest: Contest, rows: Iterable[PrecinctRow]) -> str:
    """Every precinct, every line: a blank line is an empty cell, a missing protocol an empty row.

    Figures that a second person has yet to enter blindly are left empty too, with their digest,
    which would tell whether guessed ones are right.
    Rows in state "accepted" are the ones that the sums are made of.
    """
    header = ("precinct", "area", "state", "version", "sha256", *contest.columns)
    lines = (
        (
            row.precinct,
            row.area,
            row.state,
            row.version or "",
            "" if row.withheld else row.digest,
            *(_cell(_public(row).get(column)) for column in contest.columns),
        )
        for row in rows
    )
    return _csv([header, *lines])


def _public(row: PrecinctRow) -> Mapping[str, int | None]:
    return {} if row.withheld or row.values is None else row.values


def _cell(value: object) -> object:
    return "" if value is None else value


def _csv(rows: Iterable[Iterable[object]]) -> str:
    # Codes, states, digests and numbers: none holds a comma or a quote.
    return "".join(",".join(str(cell) for cell in row) + "\n" for row in rows)
