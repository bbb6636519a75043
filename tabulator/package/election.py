"""election.toml: what kind of election, when, and which contests.

The keys of the contract are all required; of a contest `kind`, `area`, `threshold`,
`regional_threshold` and `title` may be absent, and so may the table `limits`. Nothing is guessed
from an unknown key: it is refused.
"""

from __future__ import annotations

from typing import Any

from tabulator.domain.deadlines import CODES
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.package.cells import Bad, blank_or, code, fold, one_of, text
from tabulator.package.place import Place
from tabulator.package.toml import (
    Key,
    boolean,
    day,
    entries,
    integer,
    percent,
    read_table,
    read_toml,
    string,
    text_table,
)

Values = dict[str, Any]


def read_election(data: bytes | None, place: Place) -> Values:
    """The keys of election.toml that are right; wrong ones, or all where it is no TOML, are absent.

    Returns:
        Key → value; `contests` as a list of (keys, place) in the order of the file.
    """
    top = read_toml(data, place)
    return {} if top is None else read_table(top, _ELECTION, place)


def _contests(value: Any, place: Place) -> list[tuple[Values, Place]]:
    contests: list[tuple[Values, Place]] = []
    seen: set[str] = set()
    for table, here in entries(value, place):
        values = read_table(table, _CONTEST, here)
        folded = fold(values.get("id", ""))
        if folded and folded in seen:
            here.key("id").bad("duplicate-key", "", values["id"])
        seen.add(folded)
        contests.append((values, here))
    if not contests:
        raise Bad("no-entries", "1+")
    return contests


_CONTEST = {
    "id": Key(string(code)),
    "form": Key(string(text)),
    "seats": Key(integer(1, 10_000)),
    "max_marks": Key(integer(1, 10_000)),
    "open_abroad": Key(boolean),
    "kind": Key(string(one_of(*ELECTION_TYPES)), required=False),
    "area": Key(string(blank_or(code, "")), required=False),
    "threshold": Key(percent, required=False),
    "regional_threshold": Key(percent, required=False),
    "title": Key(text_table, required=False),
}
_LIMITS = {name: Key(integer(1, 1_000), required=False) for name in CODES}


def _limits(value: Any, place: Place) -> dict[str, int]:
    """Code of a limit → hours or days, as the limit counts them."""
    return read_table(value, _LIMITS, place)


_ELECTION = {
    "id": Key(string(code)),
    "kind": Key(string(one_of(*ELECTION_TYPES))),
    "date": Key(day),
    "title": Key(text_table),
    "contests": Key(_contests),
    "limits": Key(_limits, required=False),
}
