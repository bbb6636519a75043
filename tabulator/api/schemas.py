"""What every schema of the API shares: strict fields, and complaints that are stable codes.

A complaint is written "code|expected"; `strict.py` makes a `Problem` of it. Codes are those of
`tabulator.package.messages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import marshmallow
from marshmallow import fields, validate

LARGEST = 2**31 - 1
"""No whole number of the store is larger."""


class Schema(marshmallow.Schema):
    """Knows no other keys than its own; its complaints are codes."""

    class Meta:
        """Says so in the specification too."""

        unknown = marshmallow.RAISE

    error_messages = {"unknown": "unknown-key", "type": "wrong-type|object"}  # noqa: RUF012

    def __init_subclass__(cls, **options: Any) -> None:
        """What its docstring says stands in the specification."""
        super().__init_subclass__(**options)
        said = {"description": (cls.__doc__ or "").partition("\n")[0]}
        cls.Meta = type("Meta", (cls.Meta,), said)  # type: ignore[assignment,misc]

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Every complaint of the field by its code, those of what it holds too."""
        _speak_codes(field_obj)


class Truth(fields.Boolean):
    """true or false, and nothing that means them."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Digits(fields.Integer):
    """A whole number in a query: digits only."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        if not (isinstance(value, str) and value.isascii() and value.isdigit()):
            raise self.make_error("invalid")
        if len(value) > len(str(LARGEST)):
            raise self.make_error("too_large")
        return super()._deserialize(value, attr, data, **kwargs)


def between(least: int, most: int) -> validate.Range:
    return validate.Range(least, most, error=f"out-of-range|{least}–{most}")


def at_most(length: int) -> validate.Length:
    """Of a text."""
    return validate.Length(max=length, error=f"too-long|{length}")


def one_of(choices: Iterable[str]) -> validate.OneOf:
    listed = [str(choice) for choice in choices]
    return validate.OneOf(listed, error=f"not-one-of|{', '.join(listed)}")


def whole(least: int = 0, most: int = LARGEST, **options: Any) -> fields.Integer:
    """A whole number in a body; what the database could not hold is refused."""
    return fields.Integer(strict=True, validate=between(least, most), **options)


def text(length: int, **options: Any) -> fields.String:
    """A text of at most so many characters."""
    return fields.String(validate=at_most(length), **options)


_EXPECTED: Mapping[type[fields.Field[Any]], str] = {
    fields.Boolean: "true, false",
    fields.Integer: "integer",
    fields.AwareDateTime: "2021-01-10T20:00:00+06:00",
    fields.DateTime: "2021-01-10T20:00:00+06:00",
    fields.Date: "2021-01-10",
    fields.List: "array",
    fields.Dict: "object",
    fields.Nested: "object",
    fields.String: "string",
}


def _speak_codes(field: fields.Field[Any]) -> None:
    kinds = (kind for kind in type(field).__mro__ if kind in _EXPECTED)
    expected = _EXPECTED.get(next(kinds, fields.Field), "")
    field.error_messages = {
        **dict.fromkeys(field.error_messages, f"wrong-type|{expected}"),
        "required": "missing-key",
        "too_large": f"out-of-range|0–{LARGEST}",
    }
    inner = [getattr(field, name, None) for name in ("inner", "key_field", "value_field")]
    for held in filter(None, inner):
        _speak_codes(held)


class TextSchema(Schema):
    """A text in the three languages; one that is missing is given in the nearest language."""

    ky = fields.String(required=True)
    ru = fields.String(required=True)
    en = fields.String(required=True)


class OneProblemSchema(Schema):
    """One malformed place in what was sent."""

    code = fields.String(required=True)
    file = fields.String(required=True, metadata={"description": "body, query, header or a file"})
    row = fields.Integer(required=True, metadata={"description": "of a file; 0 where none"})
    column = fields.String(
        required=True, metadata={"description": "JSON pointer in a body, name elsewhere"}
    )
    precinct = fields.Integer(required=True, allow_none=True)
    expected = fields.String(required=True)
    found = fields.String(required=True)
    texts = fields.Nested(TextSchema, required=True)


class ProblemSchema(Schema):
    """RFC 9457: why there is no other answer."""

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True, metadata={"description": "in the language asked for"})
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "stable: docs/errors.md"})
    detail = fields.String(metadata={"description": "of this occurrence"})
    says = fields.Nested(TextSchema, required=True)
    problems = fields.List(
        fields.Nested(OneProblemSchema), metadata={"description": "every malformed place"}
    )
    open = fields.List(
        fields.Raw(), metadata={"description": "what has to be done first: findings, precincts"}
    )
