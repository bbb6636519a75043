"""What can fail, by cause. Codes are stable; nothing here knows HTTP or exit statuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TabulatorError(Exception):
    """Base of everything this service refuses on purpose.

    Attributes:
        code: Stable, machine-readable, lower case with hyphens.
    """

    code = "error"


class NotFound(TabulatorError):
    """The thing named does not exist, or not for this actor."""

    code = "not-found"


class NotAllowed(TabulatorError):
    """The actor may not do this, or not in this state."""

    code = "not-allowed"


class Conflict(TabulatorError):
    """The thing is not as the caller believed: stale version, already there, open errors."""

    code = "conflict"


class Misconfigured(TabulatorError):
    """A setting or the surroundings make a start or a command impossible."""

    code = "misconfigured"


class DuplicatePrecinct(TabulatorError):
    """One precinct was given twice to something that counts each once."""

    code = "duplicate-precinct"


class NotInOrder(TabulatorError):
    """What was looked at does not hold (sums that differ, a broken chain): nothing is issued."""

    code = "not-in-order"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One malformed place in what was handed in.

    Attributes:
        file: File name as the sender knows it; "" where there is none.
        row: Row as a spreadsheet shows it (header = 1); 0 for the whole file.
        column: Column name, key, or "".
        code: Stable code, one of ``tabulator.package.problems.MESSAGES``.
        expected: What would have been right, short.
        found: What stood there, cut to a printable length.
        precinct: Precinct number where known.
    """

    file: str
    row: int
    column: str
    code: str
    expected: str = ""
    found: str = ""
    precinct: int | None = None


class Malformed(TabulatorError):
    """Input refused at the door, with every problem in it; nothing was changed."""

    code = "malformed"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.row, p.column, p.code)))
        super().__init__(f"{len(self.problems)} problem(s)")
