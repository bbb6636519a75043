"""Accounts as they are asked for: their names, roles and how far they reach; one or a file full."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulator.domain.roles import TERRITORIAL, Role
from tabulator.domain.text import LANGUAGES
from tabulator.errors import Malformed, Problem
from tabulator.package.cells import Bad, Parser, blank_or, code, one_of, precinct_number, text
from tabulator.package.checks import each_once
from tabulator.package.place import Place
from tabulator.package.table import parsed, read_file, read_sheet

LONGEST_NAME = 100
ROLES = tuple(role for role in Role if role != Role.COMMAND_LINE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account before it is made. The meaning of each part stands at `domain.roles.Actor`."""

    name: str
    role: Role
    election: str = ""
    scope: str = ""
    person: str = ""
    lang: str = LANGUAGES[0]


def folded(name: str) -> str:
    """What two accounts must not share: one name in any case and any composition of letters."""
    # What no database takes (zero, halves of letters) stands in no name: any other sign will do.
    known = name.encode(errors="replace").decode().replace("\0", "?")
    # Folding may take letters apart again, so they are composed once more.
    plain = unicodedata.normalize("NFC", known.strip())
    return unicodedata.normalize("NFC", plain.casefold())


def account_name(cell: str) -> str:
    """A name to log in with: Latin and Cyrillic letters, digits, single spaces and - _ . ' @.

    It begins with a letter or digit, so it is no path, no header and no spreadsheet formula;
    nothing in it is invisible.
    """
    expected = f"A–Z А–Я 0–9 - _ . ' @ (1–{LONGEST_NAME})"
    name = unicodedata.normalize("NFC", cell)
    if not name:
        raise Bad("empty-cell", expected)
    known = all(c in "0123456789-_.'@ " or _is_letter(c) for c in name)
    tidy = name == " ".join(name.split()) and name[0].isalnum() and len(name) <= LONGEST_NAME
    if not (known and tidy):
        raise Bad("not-an-account-name", expected)
    return name


def _is_letter(character: str) -> bool:
    named = unicodedata.name(character, "").startswith(("LATIN ", "CYRILLIC "))
    return named and character.isalpha()


def one_line(cell: str) -> str:
    """Any text without line breaks, also empty; see `cells.text`."""
    if any(c in cell for c in "\t\r\n"):
        raise Bad("control-character")
    return text(cell)


COLUMNS: dict[str, Parser] = {
    "name": account_name,
    "role": one_of(*ROLES),
    "election": blank_or(code, ""),
    "scope": blank_or(code, ""),
    "person": one_line,
    "lang": blank_or(one_of(*LANGUAGES), LANGUAGES[0]),
}
_OPTIONAL = ("election", "scope", "person", "lang")


def wanted(values: Mapping[str, str]) -> Wanted:
    """One account from texts by column; Malformed with everything that is wrong with it."""
    problems: list[Problem] = []
    place = Place(problems, "")
    given = {
        column: parsed(values.get(column, ""), parser, place, column)
        for column, parser in COLUMNS.items()
    }
    made = None if problems else _whole(given, place)
    if made is None:
        raise Malformed(problems)
    return made


def read_accounts(path: Path, problems: list[Problem]) -> list[tuple[Place, Wanted]]:
    """The rows of a file that are whole, with their places; what is wrong goes to `problems`."""
    place = Place(problems, path.name)
    sheet = read_sheet(read_file(path, place), place, COLUMNS, _OPTIONAL)
    each_once(sheet, "name")
    return list(_rows((row.sheet.at(row.number), row.values) for row in sheet.rows))


def _rows(rows: Iterator[tuple[Place, dict[str, Any]]]) -> Iterator[tuple[Place, Wanted]]:
    for place, values in rows:
        if "name" in values and "role" in values:
            made = _whole(values, place)
            if made:
                yield place, made


def _whole(values: Mapping[str, Any], place: Place) -> Wanted | None:
    """None after noting that role, election and scope do not go together."""
    role, election = Role(values["role"]), values.get("election", "")
    scope = values.get("scope", "")
    if role == Role.ADMINISTRATOR and election:
        place.at(column="election").bad("must-be-empty", role, election)
        return None
    try:
        reach = _reach(role, scope)
    except Bad as bad:
        place.at(column="scope").bad(bad.code, bad.expected, scope)
        return None
    person, lang = values.get("person", ""), values.get("lang", LANGUAGES[0])
    return Wanted(values["name"], role, election, reach, person, lang)


def _reach(role: Role, scope: str) -> str:
    if role == Role.PRECINCT_CHAIR:
        return str(precinct_number(scope))
    if role in TERRITORIAL:
        return str(code(scope))
    if scope:
        raise Bad("must-be-empty", role)
    return ""
