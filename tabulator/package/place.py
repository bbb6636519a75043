"""Where something malformed stands; every problem found goes into one list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tabulator.errors import Problem

MOST_SHOWN = 60
"""Characters of a wrong cell that are repeated in its problem; the rest is cut."""


def shown(found: str) -> str:
    """`found` on one line: cut to MOST_SHOWN, what cannot be printed as its number."""
    cut = found if len(found) <= MOST_SHOWN else found[: MOST_SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in what was handed in, as narrow as is known, and the list for its problems."""

    problems: list[Problem]
    file: str
    row: int = 0
    column: str = ""
    precinct: int | None = None

    def at(self, row: int | None = None, column: str | None = None) -> Place:
        """A narrower place in the same file."""
        return replace(
            self,
            row=self.row if row is None else row,
            column=self.column if column is None else column,
        )

    def key(self, name: str) -> Place:
        """The place of a key inside this TOML table."""
        return replace(self, column=f"{self.column}.{name}" if self.column else name)

    def entry(self, number: int) -> Place:
        """The place of one table in this TOML array; the first is number 1."""
        return replace(self, column=f"{self.column}[{number}]")

    def bad(self, code: str, expected: str = "", found: str = "") -> None:
        """Note a problem here."""
        self.problems.append(
            Problem(self.file, self.row, self.column, code, expected, shown(found), self.precinct)
        )
