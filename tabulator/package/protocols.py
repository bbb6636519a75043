"""protocols.csv: rows → protocols, and back.

A file may hold several contests: its columns are those of all of them, and a row leaves the
columns of other contests empty. Malformed, and so refused as a whole with every problem at once:
what is no number, an unknown precinct or contest, a contest that is not held where the precinct
lies, a precinct's contest twice. A protocol whose numbers do not agree is not malformed, nor is
one from abroad for a contest that is not open abroad (K27): both are read as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tabulator.domain.protocol import MOST, Protocol, utc_text
from tabulator.domain.register import Contest, Election, Precinct
from tabulator.errors import Malformed, Problem
from tabulator.package.cells import blank_or, count, moment, precinct_number, text
from tabulator.package.columns import KEY, MOMENTS, NUMBERS, beside_columns
from tabulator.package.place import Place
from tabulator.package.table import (
    Cells,
    check_header,
    check_width,
    header_of,
    open_table,
    parsed,
    read_file,
    write_csv,
)

_SURE = len(str(MOST + 1)) - 1
"""With so many digits or fewer no count is above MOST."""

_COUNT = blank_or(count)
_MOMENT = blank_or(moment)
_zone = lru_cache(maxsize=None)(ZoneInfo)


def read_protocols(
    path: Path, election: Election, precincts: Mapping[int, Precinct]
) -> list[Protocol]:
    """Every row as a protocol, in the order of the file; a header alone gives none.

    Raises:
        Malformed: With every problem of the file.
    """
    problems: list[Problem] = []
    place = Place(problems, path.name)
    data = read_file(path, place)
    opened = open_table(data, place) if data is not None else None
    protocols: list[Protocol] = []
    if opened is not None:
        header, rows = opened
        protocols = list(Reader(header, place, election, precincts).read(rows))
    if problems:
        raise Malformed(problems)
    return protocols


class _Counts:
    """The columns of one contest that hold counts, and their cells in every row."""

    def __init__(self, header: Sequence[str], names: Iterable[str]) -> None:
        self.names = [name for name in names if name in header]
        self._at = [header.index(name) for name in self.names]

    def read(self, row: Cells, place: Place) -> dict[str, int | None]:
        """Column → count, a blank as None; what is no count is noted."""
        cells = [row[k] for k in self._at]
        together = "".join(cells)
        # Looked at together, because nearly every row is in order; only a row that is not is
        # looked at cell by cell. isdigit alone would take the digits of every script.
        if together.isascii() and together.isdigit() and max(map(len, cells)) <= _SURE:
            return dict(zip(self.names, [int(c) if c else None for c in cells], strict=True))
        if not together:
            return dict.fromkeys(self.names)
        return {
            name: parsed(cell, _COUNT, place, name)
            for name, cell in zip(self.names, cells, strict=True)
        }


class _Columns:
    """Where the columns of one contest stand: worked out once, used for every row."""

    def __init__(self, contest: Contest, header: Sequence[str], election: Election) -> None:
        beside = beside_columns(contest.form, [option.code for option in contest.options])
        self.contest = contest
        self.known = {*KEY, *MOMENTS, *NUMBERS, *contest.columns, *beside}
        self.held_in = frozenset(election.areas.below(contest.area)) if contest.area else None
        self.missing = [name for name in contest.columns if name not in header]
        self.figures = _Counts(header, contest.columns)
        self.counts = _Counts(header, (name for name, cell in beside.items() if cell is count))
        self.others = [
            (header.index(name), name, cell)
            for name, cell in beside.items()
            if name in header and cell is not count
        ]
        self.foreign: list[tuple[int, str]] = []

    def holds_at(self, precinct: Precinct) -> bool:
        return precinct.abroad or self.held_in is None or precinct.area in self.held_in

    def beside(self, row: Cells, place: Place) -> dict[str, int | str]:
        """What the row states beside the figures, and only that."""
        stated: dict[str, int | str] = {
            name: value for name, value in self.counts.read(row, place).items() if value is not None
        }
        for k, name, parser in self.others:
            if cell := row[k].strip():
                stated[name] = parsed(cell, parser, place, name)
        return stated

    def refuse_foreign(self, row: Cells, place: Place) -> None:
        for k, name in self.foreign:
            if cell := row[k].strip():
                place.at(column=name).bad("foreign-column", self.contest.id, cell)


class Reader:
    """Reads the rows of one file, whose header is known."""

    def __init__(
        self,
        header: Sequence[str],
        place: Place,
        election: Election,
        precincts: Mapping[int, Precinct],
    ) -> None:
        contests = election.contests
        self._place = place
        self._header = header
        self._precincts = {str(number): precinct for number, precinct in precincts.items()}
        self._columns = {id: _Columns(one, header, election) for id, one in contests.items()}
        known = set().union(*(columns.known for columns in self._columns.values()))
        for columns in self._columns.values():
            others = known - columns.known
            columns.foreign = [(k, name) for k, name in enumerate(header) if name in others]
        self._at = {name: header.index(name) for name in (*MOMENTS, *NUMBERS) if name in header}
        self._told: set[str] = set()
        self._rows: dict[tuple[int, str], int] = {}
        self._readable = check_header(header, KEY, known, place)

    def read(self, rows: Iterator[tuple[int, Cells]]) -> Iterator[Protocol]:
        if not self._readable:
            return
        at_precinct, at_contest = (self._header.index(name) for name in KEY)
        for number, row in rows:
            place = Place(self._place.problems, self._place.file, number)
            if not check_width(row, len(self._header), place):
                continue
            precinct = self._precinct(row[at_precinct], place)
            columns = self._contest(row[at_contest], place)
            if columns is None:
                continue
            if precinct is not None:
                place = Place(place.problems, place.file, number, "", precinct.number)
                self._refuse_misplaced(precinct, columns, place)
            protocol = self._protocol(row, precinct, columns, place)
            if protocol is not None:
                yield protocol

    def _precinct(self, cell: str, place: Place) -> Precinct | None:
        precinct = self._precincts.get(cell)
        if precinct is None:
            number = parsed(cell, precinct_number, place, "precinct")
            precinct = self._precincts.get(str(number))
            if number is not None and precinct is None:
                here = Place(place.problems, place.file, place.row, "precinct", number)
                here.bad("unknown-precinct", "precincts.csv", cell)
        return precinct

    def _contest(self, cell: str, place: Place) -> _Columns | None:
        columns = self._columns.get(cell.strip())
        if columns is None:
            known = ", ".join(self._columns)
            here = place.at(column="contest")
            here.bad("unknown-contest" if cell.strip() else "empty-cell", known, cell)
        elif columns.missing and columns.contest.id not in self._told:
            self._told.add(columns.contest.id)
            for name in columns.missing:
                self._place.at(1, name).bad("missing-column", name)
        return columns

    def _refuse_misplaced(self, precinct: Precinct, columns: _Columns, place: Place) -> None:
        contest = columns.contest
        if not columns.holds_at(precinct):
            place.at(column="contest").bad("contest-not-held", contest.area, precinct.area)
        earlier = self._rows.setdefault((precinct.number, contest.id), place.row)
        if earlier != place.row:
            found = f"{precinct.number}, {contest.id}"
            place.at(column="precinct").bad("duplicate", str(earlier), found)

    def _protocol(
        self, row: Cells, precinct: Precinct | None, columns: _Columns, place: Place
    ) -> Protocol | None:
        """The row; None for an unknown precinct, whose cells are judged all the same."""
        figures = columns.figures.read(row, place)
        beside = columns.beside(row, place)
        columns.refuse_foreign(row, place)
        signed_at = self._moment(row, "signed_at", precinct, place)
        received_at = self._moment(row, "received_at", precinct, place)
        protocol_no = self._text(row, "protocol_no", place)
        copy_no = self._text(row, "copy_no", place)
        if precinct is None:
            return None
        return Protocol(
            precinct=precinct.number,
            contest=columns.contest.id,
            figures=figures,
            beside=beside,
            signed_at=signed_at,
            received_at=received_at,
            protocol_no=protocol_no,
            copy_no=copy_no,
        )

    def _cell(self, row: Cells, name: str) -> str:
        """The cell of a column that need not be there."""
        return row[self._at[name]].strip() if name in self._at else ""

    def _text(self, row: Cells, name: str, place: Place) -> str:
        return str(parsed(self._cell(row, name), text, place, name))

    def _moment(
        self, row: Cells, name: str, precinct: Precinct | None, place: Place
    ) -> datetime | None:
        """In UTC. Without an offset it is the precinct's local time; where the clocks change, an
        hour that comes twice or not at all needs its offset."""
        cell = self._cell(row, name)
        read: datetime | None = parsed(cell, _MOMENT, place, name)
        if read is None or precinct is None:
            return None
        if read.tzinfo is None:
            read = read.replace(tzinfo=_zone(precinct.timezone))
            if read.utcoffset() != read.replace(fold=1).utcoffset():
                place.at(column=name).bad("unclear-local-time", precinct.timezone, cell)
        return read.astimezone(UTC)


def protocol_row(protocol: Protocol) -> dict[str, str]:
    """The row of protocols.csv that says what the protocol says: column → cell, blanks empty."""
    return {
        "precinct": str(protocol.precinct),
        "contest": protocol.contest,
        **{name: "" if n is None else str(n) for name, n in protocol.figures.items()},
        "signed_at": utc_text(protocol.signed_at) or "",
        "received_at": utc_text(protocol.received_at) or "",
        "protocol_no": protocol.protocol_no,
        "copy_no": protocol.copy_no,
        **{name: str(value) for name, value in protocol.beside.items()},
    }


def write_protocols(path: Path, protocols: Iterable[Protocol]) -> None:
    """Write protocols.csv; columns that no protocol has are left out."""
    rows = [protocol_row(protocol) for protocol in protocols]
    write_csv(path, header_of(rows) or KEY, rows)
