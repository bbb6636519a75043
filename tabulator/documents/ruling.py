"""The rules and tints of a table, drawn as one picture behind its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tabulator.documents.rows import Column, Row
from tabulator.documents.widths import Plan

GROUP_HEIGHT = 13.0
TINT, LIGHT, DARK = "#edede8", "#b9b9b4", "#1a1a1a"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Where things lie, in points, and the picture as a data URI."""

    width: float
    height: float
    over_numbers: float
    picture: str


def ruling(plan: Plan, part: Sequence[Column], rows: Sequence[Row]) -> Ruling:
    """The picture for these rows: a head of groups, captions and numbers, then one band a row."""
    edges, row = plan.rules(part), plan.style.row
    head = GROUP_HEIGHT + plan.style.upright + row
    height, width = head + row * len(rows), edges[-1]
    tops = [head + row * k for k in range(len(rows))]
    headings = [top for top, one in zip(tops, rows, strict=True) if one.kind == "heading"]
    strong = [top for top, one in zip(tops, rows, strict=True) if one.strong]
    bounds = [edges[0], *(e for e, a, b in _between(edges, part) if a.group != b.group)]
    thin = [e for e, a, b in _between(edges, part) if a.group == b.group]
    shapes = [
        _tinted(width, 0, head),
        *(_tinted(width, top, row) for top in strong),
        _rows(width, tops, row),
        _lines(LIGHT, 0.4, [_down(edge, GROUP_HEIGHT, height) for edge in thin]),
        _lines(
            DARK,
            0.5,
            [_down(edge, 0, height) for edge in bounds]
            + [_across(width, top) for top in (head - row, *strong)]
            + [_across(width, GROUP_HEIGHT, edges[0])],
        ),
        *(_tinted(width, top + 0.3, row - 0.5) for top in headings),
        _lines(DARK, 0.9, [_across(width, at) for at in (0.45, head, height - 0.45)]),
    ]
    size = f'width="{width:.2f}pt" height="{height:.2f}pt" viewBox="0 0 {width:.2f} {height:.2f}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(shapes)}</svg>'
    return Ruling(width, height, head - row, f"data:image/svg+xml,{quote(svg)}")


def _between(edges: Sequence[float], part: Sequence[Column]) -> list[tuple[float, Column, Column]]:
    return list(zip(edges[1:], part, part[1:], strict=False))


def _tinted(width: float, top: float, height: float) -> str:
    return f'<rect y="{top:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{TINT}"/>'


def _rows(width: float, tops: Sequence[float], row: float) -> str:
    """Hairlines between rows: one upright stroke as broad as the table, dashed; one is enough."""
    if not tops:
        return ""
    middle, dashes = f"{width / 2:.2f}", f"0.4 {row - 0.4:.3f}"
    path = f"M{middle} {tops[0] - 0.2:.2f}V{tops[-1] + 0.2:.2f}"
    stroke = f'stroke="{LIGHT}" stroke-width="{width:.2f}" stroke-dasharray="{dashes}"'
    return f'<path d="{path}" {stroke}/>'


def _across(width: float, y: float, left: float = 0) -> str:
    return f"M{left:.2f} {y:.2f}H{width:.2f}"


def _down(x: float, top: float, bottom: float) -> str:
    return f"M{x:.2f} {top:.2f}V{bottom:.2f}"


def _lines(colour: str, width: float, paths: Sequence[str]) -> str:
    if not paths:
        return ""
    return f'<path d="{"".join(paths)}" stroke="{colour}" stroke-width="{width}" fill="none"/>'
