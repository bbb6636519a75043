"""options.csv: what stands on the ballots.

Choices are numbered 1..n in a contest; the candidates of a list's preference annex (column
`list`, which may be absent) 1..n in that list. An option's code names its column in
protocols.csv, so it must be nobody else's: no line of any form, no other column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from tabulator.domain.form import Form
from tabulator.domain.register import OPTION_KINDS, Option
from tabulator.domain.text import LANGUAGES, Text
from tabulator.package.cells import Parser, blank_or, code, fold, one_of, text, whole
from tabulator.package.checks import all_known, all_named, each_once
from tabulator.package.columns import is_reserved
from tabulator.package.place import Place
from tabulator.package.table import Row, Sheet, read_sheet

_COLUMNS: dict[str, Parser] = {
    "contest": code,
    "position": whole(1, 10_000),
    "code": code,
    "kind": one_of(*OPTION_KINDS),
    **{f"name_{lang}": text for lang in LANGUAGES},
    "sex": blank_or(one_of("m", "f"), ""),
    "list": blank_or(code, ""),
}


def read_options(data: bytes | None, place: Place) -> Sheet:
    """The rows; what holds between them is `check_options`."""
    return read_sheet(data, place, _COLUMNS, optional=("list",))


def check_options(
    sheet: Sheet, contests: Mapping[str, Form | None] | None, roles: frozenset[str]
) -> None:
    """Note every option that does not fit its contest or another option.

    Args:
        contests: Contest id → its form, None where that is not known; None where the contests
            are not known at all.
        roles: Every role of every form, folded: rules name roles, so none is an option's code.
    """
    each_once(sheet, "contest", "code")
    all_named(sheet)
    if contests is not None:
        all_known(sheet, "contest", contests, "election.toml")
    for row in sheet.rows:
        _check_code(row, (contests or {}).get(row.get("contest")), roles)
    for contest, rows in _by(sheet.rows, "contest"):
        _check_lists(rows, (contests or {}).get(contest), sheet.readable)
        _check_against_all(rows)
        for _, group in _by(rows, "list"):
            _check_positions(group)


def _by(rows: tuple[Row, ...], column: str) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The rows with the same value in `column`, in their order; an absent column is ""."""

    def key(row: Row) -> str:
        return str(row.get(column, ""))

    for value, group in groupby(sorted(rows, key=key), key=key):
        yield value, tuple(sorted(group, key=lambda row: row.number))


def _check_code(row: Row, form: Form | None, roles: frozenset[str]) -> None:
    option = row.get("code", "")
    if fold(option) in roles:
        row.at("code").bad("code-is-line", "", option)
    elif is_reserved(option, form or Form("", Text(), ())):
        row.at("code").bad("reserved-code", "", option)


def _check_lists(rows: tuple[Row, ...], form: Form | None, readable: bool) -> None:
    kinds = {row.get("code"): row.get("kind", "list") for row in rows}
    for row in rows:
        listed = row.get("list")
        if not listed:
            continue
        if kinds.get(listed, "" if readable else "list") != "list":
            row.at("list").bad("not-a-list", "list", listed)
        if row.get("kind", "candidate") != "candidate":
            row.at("kind").bad("member-not-a-candidate", "candidate", row.values["kind"])
        if form is not None and not form.preferences:
            row.at("list").bad("no-preferences", "", form.code)


def _check_against_all(rows: tuple[Row, ...]) -> None:
    against = [row for row in rows if row.get("kind") == "against_all"]
    for extra in against[1:]:
        extra.at("kind").bad("second-against-all", str(against[0].number), "against_all")


def _check_positions(rows: tuple[Row, ...]) -> None:
    """Note each position that is taken, and the first that is skipped."""
    first: dict[int, Row] = {}
    for row in rows:
        position = row.get("position")
        if position is None:
            return
        earlier = first.setdefault(position, row)
        if earlier is not row:
            row.at("position").bad("duplicate", str(earlier.number), str(position))
    for expected, position in enumerate(sorted(first), start=1):
        if position != expected:
            first[position].at("position").bad("skipped-position", str(expected), str(position))
            return


def built(rows: tuple[Row, ...]) -> tuple[Option, ...]:
    """The options of one contest in ballot order; candidates of a list after the choices."""
    options = [_option(row.values) for row in rows]
    order = {option.code: option.position for option in options}
    return tuple(sorted(options, key=lambda one: (order.get(one.list, 0), one.position)))


def _option(values: Mapping[str, Any]) -> Option:
    return Option(
        position=values["position"],
        code=values["code"],
        kind=values["kind"],
        name=Text(*(values[f"name_{lang}"] for lang in LANGUAGES)),
        list=values.get("list", ""),
        sex=values["sex"],
    )
