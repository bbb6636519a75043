"""Lists in pages: an opaque cursor says where the next one begins.

class ProtocolsQuery(PageQuery):
    area = fields.String(load_default="")

@routes.arguments(ProtocolsQuery, location="query")
@routes.response(200, paged("protocols", ProtocolSchema))
def protocols(query: dict[str, Any], election_id: str) -> Response:
    (after,) = position(query["cursor"], 0)            # 0: begins before every key
    rows = ...                                          # key > after, LIMIT query["limit"] + 1
    return jsonify(page("protocols", rows, query["limit"], lambda row: (row["id"],)))
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from marshmallow import fields

from tabulator.api.schemas import LARGEST, Digits, Schema, at_most, between
from tabulator.errors import Malformed, Problem

LONGEST = 512


class PageQuery(Schema):
    """Which page, and how much of it."""

    cursor = fields.String(
        load_default="",
        validate=at_most(LONGEST),
        metadata={"description": "`next` of the page before; the first page without it"},
    )
    limit = Digits(load_default=100, validate=between(1, 500))


def paged(noun: str, item: type[Schema]) -> type[Schema]:
    """The schema of a page of `item`."""
    members = {
        noun: fields.List(fields.Nested(item), required=True),
        "next": fields.String(
            required=True, allow_none=True, metadata={"description": "null: that was all"}
        ),
    }
    name = f"{item.__name__.removesuffix('Schema')}PageSchema"
    return type(name, (Schema,), {"__doc__": f"A page of {noun}.", **members})


def page(
    noun: str,
    rows: Sequence[Mapping[str, Any]],
    limit: int,
    key: Callable[[Mapping[str, Any]], tuple[int | str, ...]],
) -> dict[str, Any]:
    """The page of `rows`, of which there is one more than `limit` where another page follows."""
    shown = list(rows[:limit])
    follows = len(rows) > limit
    return {noun: shown, "next": cursor(*key(shown[-1])) if follows else None}


def cursor(*key: int | str) -> str:
    """Where a page ended."""
    plain = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def position(given: str, *start: int | str) -> tuple[Any, ...]:
    """The key after which a page begins; `start` for the first page.

    Raises:
        Malformed: The cursor is none of this list.
    """
    if not given:
        return start
    try:
        plain = base64.b64decode(given + "=" * (-len(given) % 4), b"-_", validate=True)
        key = json.loads(plain)
    except (binascii.Error, ValueError, RecursionError):
        _refuse(given)
    if not isinstance(key, list) or [type(part) for part in key] != [type(part) for part in start]:
        _refuse(given)
    if any(not _storable(part) for part in key):
        _refuse(given)
    return tuple(key)


def _storable(part: int | str) -> bool:
    if isinstance(part, int):
        return abs(part) <= LARGEST
    return part.isprintable()


def _refuse(given: str) -> NoReturn:
    raise Malformed([Problem("query", 0, "cursor", "not-a-cursor", found=given[:80])]) from None
