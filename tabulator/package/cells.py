"""What one cell may hold. Each parser takes a stripped cell and returns its value or raises Bad.

Spaces around a cell are not part of it. Everything else is taken as written or refused:
only the digits 0-9 make a number, with no sign, point, exponent or thousands separator.
"""

from __future__ import annotations

import re
import unicodedata
import zoneinfo
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from tabulator.domain.protocol import MOST

Parser = Callable[[str], Any]

MOST_CHARACTERS = 2_000
"""The longest text: a name, an address, a figure in words."""

HIGHEST_PRECINCT = 999_999_999


class Bad(Exception):
    """A cell or key is not what is asked for; the caller knows where and notes the problem."""

    def __init__(self, code: str, expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def blank_or(parser: Parser, blank: object = None) -> Parser:
    """The same parser, but an empty cell is `blank`."""
    return lambda cell: parser(cell) if cell else blank


def whole(low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers from `low` to `high`; leading zeros change nothing."""
    expected = f"{low}–{high}"

    def parse(cell: str) -> int:
        # isdigit alone takes "１２" and "²"; together with isascii only 0-9 are left.
        if not (cell.isascii() and cell.isdigit()):
            raise Bad("not-a-whole-number" if cell else "empty-cell", expected)
        digits = cell.lstrip("0") or "0"
        if len(digits) > len(str(high)) or not low <= int(digits) <= high:
            raise Bad("out-of-range", expected)
        return int(digits)

    return parse


count = whole(0, MOST)
precinct_number = whole(1, HIGHEST_PRECINCT)


def one_of(*values: str) -> Callable[[str], str]:
    """A parser that takes exactly these values."""

    def parse(cell: str) -> str:
        if cell not in values:
            raise Bad("not-one-of" if cell else "empty-cell", ", ".join(values))
        return cell

    return parse


def yes_no(cell: str) -> bool:
    """ "yes" or "no", in these letters."""
    return one_of("yes", "no")(cell) == "yes"


def code(cell: str) -> str:
    """A code: letters of any script, 0-9, "-", "_", "."; begins with a letter or digit; up to 64.

    So a code never is a path, a spreadsheet formula or two codes that look the same:
    combining marks and compatibility letters (full-width "Ａ") are refused.
    """
    expected = "A–Z a–z 0–9 - _ . (1–64)"
    if not cell:
        raise Bad("empty-cell", expected)
    safe = all(c.isalpha() or (c.isascii() and c.isalnum()) or c in "-_." for c in cell)
    plain = unicodedata.normalize("NFKC", cell) == cell
    if not (safe and plain and cell[0].isalnum() and len(cell) <= 64):
        raise Bad("not-a-code", expected)
    return cell


def fold(code: str) -> str:
    """What two codes must not share: upper and lower case count as the same."""
    return code.casefold()


# Control characters other than tab and line breaks, line separators, and the marks that turn the
# direction of writing: invisible on a printed page, or reversing it.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_FORMULA = re.compile("[=+@]|-.")


def text(cell: str) -> str:
    """Any text, also empty; refused where a spreadsheet would take it for a formula."""
    if len(cell) > MOST_CHARACTERS:
        raise Bad("too-long", str(MOST_CHARACTERS))
    if _INVISIBLE.search(cell):
        raise Bad("control-character")
    if _FORMULA.match(cell):
        raise Bad("formula")
    return cell


def country(cell: str) -> str:
    """Two letters of ISO 3166, or empty where unknown."""
    if cell and not re.fullmatch("[A-Z]{2}", cell):
        raise Bad("not-a-country", "AA–ZZ")
    return cell


_PHONE = re.compile(r"\+?[0-9()][0-9() -]{2,39}")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def phone(cell: str) -> str:
    """A telephone number as it is written, or empty where unknown."""
    if cell and not _PHONE.fullmatch(cell):
        raise Bad("not-a-phone", "+996 312 …")
    return cell


def email(cell: str) -> str:
    """An address of e-mail in ASCII, or empty where unknown."""
    if cell and not (len(cell) <= 254 and _EMAIL.fullmatch(cell)):
        raise Bad("not-an-email", "name@example.kg")
    return cell


@lru_cache(maxsize=1)
def _timezones() -> frozenset[str]:
    # "localtime" is in some systems' zone folder and means another zone on each machine.
    return frozenset(zoneinfo.available_timezones() - {"localtime"})


def timezone(cell: str) -> str:
    """An IANA name. Empty is refused: the hour of signing would be judged in a guessed zone."""
    if cell not in _timezones():
        raise Bad("not-a-timezone" if cell else "empty-cell", "Asia/Bishkek, …")
    return cell


_MOMENT = re.compile(
    r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)


def moment(cell: str) -> datetime:
    """Date and time of ISO 8601; naive where no offset is given. A date alone is not a time."""
    expected = "YYYY-MM-DDThh:mm(:ss)(+06:00)"
    if not _MOMENT.fullmatch(cell):
        raise Bad("not-a-moment", expected)
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        raise Bad("not-a-moment", expected) from None
