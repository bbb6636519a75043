"""What holds between the rows of a register: each code once, every reference known, one tree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from tabulator.domain.text import LANGUAGES
from tabulator.package.cells import fold
from tabulator.package.table import Row, Sheet


def codes(sheet: Sheet, column: str = "code") -> dict[Any, Row]:
    """Code or number → the first row that has it."""
    found: dict[Any, Row] = {}
    for row in sheet.rows:
        if column in row.values:
            found.setdefault(row.values[column], row)
    return found


def each_once(sheet: Sheet, *columns: str) -> None:
    """Note every row whose `columns` together stand in an earlier row, whatever their case."""
    first: dict[tuple[str, ...], Row] = {}
    for row in sheet.rows:
        if all(column in row.values for column in columns):
            key = tuple(fold(str(row.values[column])) for column in columns)
            earlier = first.setdefault(key, row)
            if earlier is not row:
                found = str(row.values[columns[-1]])
                row.at(columns[-1]).bad("duplicate", str(earlier.number), found)


def all_known(sheet: Sheet, column: str, known: Collection[str], file: str) -> None:
    """Note every row whose `column` is neither empty nor one of `known`, which stand in `file`."""
    for row in sheet.rows:
        value = row.get(column)
        if value and value not in known:
            row.at(column).bad("unknown-reference", file, value)


def all_named(sheet: Sheet) -> None:
    """Note every row with no name in any language. One language is enough: the others fall back."""
    columns = [f"name_{lang}" for lang in LANGUAGES]
    for row in sheet.rows:
        if all(row.get(column) == "" for column in columns):
            row.at(columns[0]).bad("no-name", ", ".join(columns))


def one_tree(sheet: Sheet) -> None:
    """Note every cycle, and more or fewer than one row without a parent."""
    rows = codes(sheet)
    parents = {code: row.get("parent", "") for code, row in rows.items()}
    cycles = list(_cycles(parents))
    for cycle in cycles:
        rows[cycle[0]].at("parent").bad("cycle", "", " → ".join((*cycle, cycle[0])))
    if any("parent" not in row.values for row in sheet.rows):
        return
    roots = [row for row in sheet.rows if row.values["parent"] == ""]
    if sheet.rows and not roots and not cycles:
        sheet.rows[0].at("parent").bad("no-root", "1", "0")
    for extra in roots[1:]:
        extra.at("parent").bad("several-roots", str(roots[0].number), str(extra.get("code", "")))


def _cycles(parents: Mapping[str, str]) -> Iterator[Sequence[str]]:
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        code = start
        while code in parents and code not in done:
            done.add(code)
            path.append(code)
            code = parents[code]
        if code in path:
            yield path[path.index(code) :]
