"""forms.toml: forms that come with a package, beside those known to the service.

A caption is written as a table, ``caption = {ky, ru, en}``, or as ``caption_ky``, ``caption_ru``,
``caption_en``. A package does not redefine a known form: a new version has a new code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from tabulator.domain.form import Block, Form, Line
from tabulator.domain.text import LANGUAGES, Text
from tabulator.package.cells import Bad, fold, text
from tabulator.package.columns import PREFIXES, RECEIPT_WORDS, is_reserved
from tabulator.package.place import Place
from tabulator.package.toml import (
    Key,
    Reader,
    boolean,
    entries,
    integer,
    read_table,
    read_toml,
    some_name,
    string,
    text_table,
)


def read_forms(
    data: bytes | None, place: Place, known: Mapping[str, Form]
) -> dict[str, Form] | None:
    """Every form that a contest may name: `known` and those of the file.

    Returns:
        None where the file cannot be read: then no form counts as unknown.
    """
    top = read_toml(data, place)
    forms = None if top is None else read_table(top, _TOP, place).get("forms")
    if forms is None:
        return None
    for form in forms:
        if form.code in known:
            place.bad("redefined-form", "", form.code)
    return {**{form.code: form for form in forms}, **known}


def _matching(pattern: str, code: str, shape: str) -> Reader:
    def parse(value: str) -> str:
        if not re.fullmatch(pattern, value) or len(value) > 64:
            raise Bad(code, shape)
        return value

    return string(parse)


def _number(value: Any, place: Place) -> str:
    """The printed number: "4а", or 4 without quotes."""
    if type(value) is int:
        return str(integer(0, 9_999)(value, place))
    return str(string(text)(value, place))


def _all(read: Callable[[Any, Place], Any], name: str) -> Reader:
    """An array of tables, of which no two have the same key `name`."""

    def read_all(value: Any, place: Place) -> tuple[Any, ...]:
        found: dict[str, Any] = {}
        for table, here in entries(value, place):
            one = read(table, here)
            key = fold(getattr(one, name))
            if key and key in found:
                here.key(name).bad("duplicate-key", "", getattr(one, name))
            found[key] = one
        if not found:
            raise Bad("no-entries", "1+")
        return tuple(found.values())

    return read_all


def _captioned(table: Any, keys: Mapping[str, Key], place: Place) -> dict[str, Any]:
    values = read_table(table, {**keys, **_CAPTION}, place)
    single = [values.pop(f"caption_{lang}", "") for lang in LANGUAGES]
    if any(single) and "caption" in table:
        place.key("caption").bad("duplicate-key", "", "caption")
    if "caption" not in table:
        values["caption"] = some_name(Text(*single), place.key("caption"))
    return {"caption": Text(), **values}


def _line(table: Any, place: Place) -> Line:
    values = _captioned(table, _LINE, place)
    line = Line(**{"role": "", "number": "", **values})
    if is_reserved(line.role, _NO_FORM):
        place.key("role").bad("reserved-code", "", line.role)
    return line


def _block_line(table: Any, place: Place) -> Line:
    values = _captioned(table, _BLOCK_LINE, place)
    line = Line(**{"role": "", "number": "", "summed": False, "required": False, **values})
    if line.role in RECEIPT_WORDS:
        place.key("role").bad("reserved-code", "", line.role)
    return line


def _block(table: Any, place: Place) -> Block:
    values = _captioned(table, _BLOCK, place)
    block = Block(**{"code": "", "lines": (), **values})
    if f"{block.code}_" in PREFIXES and block.code not in ("aeu", "ident"):
        place.key("code").bad("reserved-code", "", block.code)
    return block


def _form(table: Any, place: Place) -> Form:
    return Form(**{"code": "", "title": Text(), "lines": (), **read_table(table, _FORM, place)})


_NO_FORM = Form("", Text(), ())
_FORM_CODE = "[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*"

_CAPTION = {
    "caption": Key(text_table, required=False),
    **{f"caption_{lang}": Key(string(text), required=False) for lang in LANGUAGES},
}
_LINE = {
    "role": Key(_matching("[A-Z][A-Z0-9_]*", "not-a-role", "A–Z 0–9 _")),
    "number": Key(_number),
    "summed": Key(boolean, required=False),
    "required": Key(boolean, required=False),
}
_BLOCK_LINE = {
    "role": Key(_matching("[a-z][a-z0-9_]*", "not-a-role", "a–z 0–9 _")),
    "number": Key(_number, required=False),
}
_BLOCK = {
    "code": Key(_matching("[a-z][a-z0-9]*", "not-a-role", "a–z 0–9")),
    "lines": Key(_all(_block_line, "role")),
    "per_option": Key(boolean, required=False),
}
_FORM = {
    "code": Key(_matching(_FORM_CODE, "not-a-form-code", "name/version")),
    "title": Key(text_table),
    "lines": Key(_all(_line, "role")),
    "blocks": Key(_all(_block, "code"), required=False),
    "preferences": Key(boolean, required=False),
    "source": Key(string(text), required=False),
}
_TOP = {"forms": Key(_all(_form, "code"))}
