"""CSV files: bytes → numbered rows with parsed cells; and rows → CSV.

Accepted as harmless: a byte order mark, CRLF, blank rows, spaces around cells, commas, quotes
and line breaks inside quoted cells. Refused with one problem for the file: another encoding,
zero bytes, another delimiter, an unclosed quotation mark. Refused with one problem each: columns
that are missing, unknown or doubled, and rows with too few or too many cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulator.package.cells import Bad, Parser
from tabulator.package.place import MOST_SHOWN, Place

Cells = list[str]


def read_file(path: Path, place: Place) -> bytes | None:
    """The bytes of a file; None after noting why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        place.bad("missing-file", path.name)
    except OSError as error:
        place.bad("unreadable-file", "", type(error).__name__)
    return None


def decoded(data: bytes, place: Place) -> str | None:
    """The text of a file without its byte order mark; None after noting why it has none."""
    if (zero := data.find(0)) >= 0:
        place.at(_row_at(data, zero)).bad("nul-byte", "", f"0x00 @ {zero}")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"0x{data[error.start]:02X} @ {error.start}"
        place.at(_row_at(data, error.start)).bad("not-utf-8", "UTF-8", found)
        return None
    if not text.strip():
        place.bad("empty-file")
        return None
    return text


def _row_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def open_table(data: bytes, place: Place) -> tuple[Cells, Iterator[tuple[int, Cells]]] | None:
    """The header, and the rows below it with their numbers; None where nothing can be read."""
    text = decoded(data, place)
    if text is None or _other_delimiter(text, place):
        return None
    rows = _rows(text, place)
    first = next(rows, None)
    if first is None:
        return None
    header = [cell.strip() for cell in first[1]]
    return header, rows


def _other_delimiter(text: str, place: Place) -> bool:
    (head,) = re.findall(r"\A\s*([^\r\n]*)", text)
    used = next((sign for sign in ";\t|" if sign in head and "," not in head), "")
    if used:
        place.at(1).bad("delimiter", ",", "TAB" if used == "\t" else used)
    return bool(used)


def _rows(text: str, place: Place) -> Iterator[tuple[int, Cells]]:
    number = 0
    try:
        # newline="": line breaks inside quoted cells stay, a row may end with CRLF.
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if row and (row[0].strip() or any(map(str.strip, row))):
                yield number, row
    except csv.Error as error:
        if "field limit" in str(error):
            place.at(number + 1).bad("cell-too-long", str(csv.field_size_limit()))
        else:
            place.at(number + 1).bad("bad-quotes")


def check_header(
    header: Sequence[str], required: Iterable[str], known: Collection[str], place: Place
) -> bool:
    """Note every column that is doubled, unknown or missing; whether none is missing.

    A row that names no known column is no header: that is one problem, not one per cell.
    """
    required = list(required)
    if not any(name in known for name in header):
        place.at(1).bad("no-header", ",".join(required), ",".join(header[:MOST_SHOWN]))
        return False
    seen: set[str] = set()
    for number, name in enumerate(header, start=1):
        here = place.at(1, name)
        if name in seen:
            here.bad("duplicate-column", "", name)
        elif name not in known:
            here.bad("unknown-column", "", name or f"№ {number}")
        seen.add(name)
    missing = [name for name in required if name not in header]
    for name in missing:
        place.at(1, name).bad("missing-column", name)
    return not missing


def check_width(row: Cells, width: int, place: Place) -> bool:
    """Whether the row has as many cells as the header; noted where it has not."""
    if len(row) != width:
        place.bad("cells-in-row", str(width), str(len(row)))
    return len(row) == width


def parsed(cell: str, parser: Parser, place: Place, column: str) -> Any:
    """The value of a cell, stripped; None after noting a problem."""
    try:
        return parser(cell.strip())
    except Bad as bad:
        place.at(column=column).bad(bad.code, bad.expected, cell)
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: column → parsed value. A cell that could not be parsed is absent."""

    sheet: Place
    number: int
    values: dict[str, Any]

    def at(self, column: str) -> Place:
        return self.sheet.at(self.number, column)

    def get(self, column: str, default: Any = None) -> Any:
        return self.values.get(column, default)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file. `readable`: no row of it is unknown, so references can be judged."""

    rows: tuple[Row, ...] = ()
    readable: bool = False


def read_sheet(
    data: bytes | None,
    place: Place,
    columns: Mapping[str, Parser],
    optional: Collection[str] = (),
) -> Sheet:
    """Read one file of the register; every problem of every cell is noted, none is raised."""
    opened = open_table(data, place) if data is not None else None
    if opened is None:
        return Sheet()
    header, numbered = opened
    noted = len(place.problems)
    complete = check_header(header, (c for c in columns if c not in optional), columns, place)
    if not any(name in columns for name in header):
        return Sheet()
    parsers = [columns.get(name) for name in header]
    rows = tuple(_row(number, cells, header, parsers, place) for number, cells in numbered)
    if not rows and len(place.problems) == noted:
        place.bad("no-rows")
    cut = any(problem.code in _CUTS for problem in place.problems[noted:])
    return Sheet(rows, complete and bool(rows) and not cut)


_CUTS = ("bad-quotes", "cell-too-long")


def _row(
    number: int,
    cells: Cells,
    header: Sequence[str],
    parsers: Sequence[Parser | None],
    sheet: Place,
) -> Row:
    if not check_width(cells, len(header), sheet.at(number)):
        # The first cell is the code or number in every file of the format: kept, so that
        # what refers to this row is not reported too.
        cells = cells[:1]
    values: dict[str, Any] = {}
    for name, cell, parser in zip(header, cells, parsers, strict=False):
        if parser is None or name in values:
            continue
        try:
            values[name] = parser(cell.strip())
        except Bad as bad:
            sheet.at(number, name).bad(bad.code, bad.expected, cell)
    return Row(sheet, number, values)


_QUOTED = re.compile('[,"\r\n]|^\\s|\\s$')


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object] | Mapping[str, object]]
) -> None:
    """Write a file of the format: UTF-8, "\\n", quoted where needed, None and absent as empty.

    Args:
        rows: Cells in the order of the header, or column → cell. True is "yes", False "no".
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_line(header))
        for row in rows:
            cells = [row.get(name) for name in header] if isinstance(row, Mapping) else row
            file.write(_line(cells))


def header_of(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Every column of the rows, in the order in which they first appear."""
    return list(dict.fromkeys(column for row in rows for column in row))


def _line(cells: Sequence[object]) -> str:
    return ",".join(map(_written, cells)) + "\n"


def _written(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return {None: "", True: "yes", False: "no"}[cell]
    # Quoted here, because csv.writer leaves a lone "\r" unquoted and then cannot read it back.
    plain = str(cell)
    return '"' + plain.replace('"', '""') + '"' if _QUOTED.search(plain) else plain
