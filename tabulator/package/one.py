"""One protocol as JSON says it, read with the rules of protocols.csv."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Election, Precinct
from tabulator.errors import Malformed, Problem
from tabulator.package.columns import MOMENTS, NUMBERS
from tabulator.package.place import Place
from tabulator.package.protocols import Reader


def read_protocol(
    document: Mapping[str, Any], election: Election, precinct: Precinct, contest: str
) -> Protocol:
    """The protocol of a precinct from its `figures` and what is stated `beside` them.

    Args:
        document: "figures" (line or option → whole number, null for a blank; every one of the
            contest), and where stated "beside" (columns of protocols.csv), "signed_at",
            "received_at", "protocol_no", "copy_no".

    Raises:
        Malformed: With every problem; `file` is "body", `column` the name.
    """
    problems: list[Problem] = []
    place = Place(problems, "body", 0, "", precinct.number)
    figures, beside = document["figures"], document.get("beside") or {}
    cells = {"precinct": str(precinct.number), "contest": contest}
    for name in (*MOMENTS, *NUMBERS):
        cells[name] = str(document.get(name) or "")
    for name, value in (*figures.items(), *beside.items()):
        if name in cells:
            place.at(column=name).bad("duplicate-column", name)
        cells[name] = _cell(value, place.at(column=name))
    reader = Reader(list(cells), place, election, {precinct.number: precinct})
    read = list(reader.read(iter([(0, list(cells.values()))])))
    if problems:
        raise Malformed(problems)
    return read[0]


def _cell(value: Any, place: Place) -> str:
    """As a cell of a file; a blank is null or an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | str):
        place.bad("not-a-whole-number", found=str(value)[:80])
        return ""
    return str(value)
