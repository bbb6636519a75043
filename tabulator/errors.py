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


class Stale(Conflict):
    """What the caller saw is no longer what stands."""

    code = "stale"


class Unseen(TabulatorError):
    """The caller approves something without naming the version seen."""

    code = "version-not-named"


class WrongState(Conflict):
    """The step does not exist from where the thing stands."""

    code = "wrong-state"


class Frozen(Conflict):
    """The territory has signed its result; it has to be reopened first."""

    code = "frozen"


class NeedsFirst(Conflict):
    """Something has to be done before.

    Attributes:
        open: What is open: codes of findings, numbers of precincts.
    """

    code = "needs-first"

    def __init__(self, reason: str, open_: Sequence[object] = ()) -> None:
        self.open = tuple(open_)
        super().__init__(reason)


class OtherBody(Conflict):
    """The Idempotency-Key was used before, for another request."""

    code = "idempotency-key-used"


class NotLoggedIn(TabulatorError):
    """Nobody is logged in, or not far enough: a first password, a second step."""

    code = "not-logged-in"


class TooMany(TabulatorError):
    """Too many attempts.

    Attributes:
        wait: Whole seconds until the next one is looked at.
    """

    code = "too-many-attempts"

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"too many attempts: wait {wait} s")


class Misconfigured(TabulatorError):
    """A setting or the surroundings make a start or a command impossible."""

    code = "misconfigured"


class DuplicatePrecinct(TabulatorError):
    """One precinct was given twice to something that counts each once."""

    code = "duplicate-precinct"


class NotInOrder(TabulatorError):
    """What was looked at does not hold (sums that differ, a broken chain): nothing is issued."""

    code = "not-in-order"


class NotPrintable(NotInOrder):
    """A document cannot be printed as it should be; nothing of it is issued."""

    code = "not-printable"


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


class Unreadable(Malformed):
    """What was sent cannot be read at all, or not in one way only: it is not looked at further."""

    code = "unreadable"
