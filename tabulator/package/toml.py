"""TOML files: a table of keys is data, and every wrong key is noted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tabulator.domain.text import LANGUAGES, Text
from tabulator.package.cells import Bad, Parser, text
from tabulator.package.place import Place
from tabulator.package.table import decoded

Reader = Callable[[Any, Place], Any]
"""Takes a key's value and place; returns what it means, or raises Bad for the place."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a key holds, and whether it must be there."""

    read: Reader
    required: bool = True


def read_toml(data: bytes | None, place: Place) -> dict[str, Any] | None:
    """The file's top table; None after noting why there is none, or when there is no file."""
    source = decoded(data, place) if data is not None else None
    if source is None:
        return None
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        row = _row_of(str(error))
        place.at(row).bad("bad-toml", "", _line_at(source, row))
        return None


def _row_of(message: str) -> int:
    stated = re.search(r"at line ([0-9]+)", message)
    return int(stated[1]) if stated else 0


def _line_at(source: str, row: int) -> str:
    return source.split("\n")[row - 1].strip() if row else ""


def read_table(table: Any, keys: Mapping[str, Key], place: Place) -> dict[str, Any]:
    """The keys of a table that are right; every one that is unknown, missing or wrong is noted."""
    if not isinstance(table, dict):
        raise Bad("wrong-type", "{…}")
    for name in table.keys() - keys.keys():
        place.key(name).bad("unknown-key", ", ".join(keys), name)
    values = {}
    for name, key in keys.items():
        here = place.key(name)
        if name not in table:
            if key.required:
                here.bad("missing-key", name)
            continue
        try:
            values[name] = key.read(table[name], here)
        except Bad as bad:
            here.bad(bad.code, bad.expected, _shown(table[name]))
    return values


def entries(tables: Any, place: Place) -> Iterator[tuple[Any, Place]]:
    """Every table of an array of tables, with its place.

    Raises:
        Bad: It is no array of tables.
    """
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise Bad("wrong-type", "[[…]]")
    return ((one, place.entry(number)) for number, one in enumerate(tables, start=1))


def _shown(value: Any) -> str:
    # Tables and arrays may be of any depth: they are not written out.
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    # A hexadecimal number may have more digits than Python agrees to write in decimal.
    return "…" if isinstance(value, int) and value.bit_length() > 64 else str(value)


def string(parser: Parser) -> Reader:
    """A string that `parser` takes."""

    def read(value: Any, place: Place) -> Any:
        if not isinstance(value, str):
            raise Bad("wrong-type", '"…"')
        return parser(value.strip())

    return read


def boolean(value: Any, place: Place) -> bool:
    if not isinstance(value, bool):
        raise Bad("wrong-type", "true, false")
    return value


def integer(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`; true is not 1."""

    def read(value: Any, place: Place) -> int:
        if type(value) is not int:
            raise Bad("wrong-type", f"{low}–{high}")
        if not low <= value <= high:
            raise Bad("out-of-range", f"{low}–{high}")
        return value

    return read


def day(value: Any, place: Place) -> date:
    """A TOML date without quotes and without a time."""
    if type(value) is not date:
        raise Bad("wrong-type", "YYYY-MM-DD")
    if not 1900 <= value.year < 2200:
        raise Bad("out-of-range", "1900-01-01–2199-12-31")
    return value


def percent(value: Any, place: Place) -> int:
    """A share of 0 to 100 percent in 1/10,000: "5", 5 and 5.0 are 500, 0.5 is 50.

    A number that is not exact in hundredths of a percent is refused, not rounded.
    """
    written = value if isinstance(value, str) else _shown(value)
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,20})?", written):
        hundredths = Decimal(written) * 100
        if hundredths <= 10_000 and hundredths == int(hundredths):
            return int(hundredths)
    raise Bad("not-a-percentage", "0–100, 0.01")


_TEXT = {lang: Key(string(text), required=False) for lang in LANGUAGES}


def text_table(value: Any, place: Place) -> Text:
    """{ky, ru, en}, of which at least one says something."""
    return some_name(Text(**{**_BLANK, **read_table(value, _TEXT, place)}), place)


_BLANK = dict.fromkeys(LANGUAGES, "")


def some_name(name: Text, place: Place) -> Text:
    """The same text; noted where it is empty in all three languages."""
    if not any(name.as_dict().values()):
        place.bad("no-name", ", ".join(LANGUAGES))
    return name
