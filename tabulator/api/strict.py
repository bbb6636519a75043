"""Requests read strictly: what two readers could understand differently is refused.

`loads` is for JSON from anywhere (a part of a multipart body too); `StrictParser` reads what
`@routes.arguments` names.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import marshmallow
from flask import Request
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from tabulator.errors import Malformed, Problem, Unreadable

JSON_LIMIT = 1_000_000
"""Bytes of a JSON body; a multipart body may have app.MAX_BODY."""

DEPTH = 32
DIGITS = 18
SHOWN = 80
_LINE_ENDS = {"\t", "\n", "\r"}


class StrictParser(FlaskParser):
    """Bodies by `loads`; complaints as Malformed with every problem in it."""

    def load_json(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The body; `missing` where there is none.

        Raises:
            UnsupportedMediaType: It does not say that it is JSON in UTF-8.
            RequestEntityTooLarge: It is longer than JSON_LIMIT.
            Unreadable: It is no JSON, or none that reads in one way only.
        """
        sent = whole_body(req)
        if not sent:
            return missing
        charset = req.mimetype_params.get("charset", "utf-8").lower()
        if not is_json_request(req) or charset not in ("utf-8", "utf8"):
            raise UnsupportedMediaType
        return loads(sent)

    def handle_error(
        self,
        error: marshmallow.ValidationError,
        req: Request,
        schema: marshmallow.Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        """Every complaint as one problem with its place."""
        assert isinstance(error.messages, dict)  # noqa: S101 – webargs puts the location on top
        ((location, messages),) = error.messages.items()
        place = "body" if location in ("json", "form", "files") else location
        raise Malformed(list(_problems(place, messages, error.data, ""))) from error


def whole_body(req: Request) -> bytes:
    """Everything sent; RequestEntityTooLarge beyond JSON_LIMIT."""
    # One byte more than the limit: of a body without a length, werkzeug would cut off the rest.
    req.max_content_length = JSON_LIMIT + 1
    sent = req.get_data(cache=True)
    if len(sent) > JSON_LIMIT:
        raise RequestEntityTooLarge
    return sent


def loads(sent: bytes) -> Any:
    """JSON in UTF-8, without doubled keys, numbers out of measure, control characters, or depth.

    Raises:
        Unreadable: With the first problem found.
    """
    try:
        found = json.loads(
            sent.decode(),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except UnicodeDecodeError as error:
        refuse("not-utf-8", found=f"0x{sent[error.start]:02x}")
    except json.JSONDecodeError as error:
        refuse("not-json", found=f"{error.msg}: {error.lineno}:{error.colno}")
    except RecursionError:
        refuse("too-deep", expected=str(DEPTH))
    _look_through(found)
    return found


def refuse(code: str, *, expected: str = "", found: str = "", place: str = "") -> NoReturn:
    """Raise Unreadable with one problem of the body."""
    raise Unreadable([Problem("body", 0, place, code, expected, found[:SHOWN])]) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        refuse("duplicate-key", found=_shown(next(key for key in keys if keys.count(key) > 1)))
    return found


def _constant(name: str) -> NoReturn:
    refuse("not-json", found=name)


def _float(digits: str) -> float:
    if math.isinf(number := float(digits)):
        refuse("number-too-large", found=digits)
    return number


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > DIGITS:
        refuse("number-too-large", found=digits)
    return int(digits)


def _look_through(whole: Any) -> None:
    """Without recursion: refuse depth, lone surrogates and control characters."""
    waiting = [(whole, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEPTH:
            refuse("too-deep", expected=str(DEPTH))
        if isinstance(value, str):
            _refuse_odd(value)
        elif isinstance(value, list):
            waiting.extend((item, depth + 1) for item in value)
        elif isinstance(value, dict):
            waiting.extend((item, depth + 1) for pair in value.items() for item in pair)


def _refuse_odd(value: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        refuse("lone-surrogate", found=_shown(value))
    if any(sign < " " and sign not in _LINE_ENDS for sign in value):
        refuse("control-character", found=_shown(value))


def _problems(place: str, messages: Any, data: Any, path: str) -> Iterator[Problem]:
    """One for each complaint; `path` is a JSON pointer in a body, a name elsewhere."""
    if not isinstance(messages, Mapping):
        for message in messages if isinstance(messages, list) else [messages]:
            yield _problem(place, str(message), data, path)
        return
    for key, held in messages.items():
        # Complaints of a whole schema, and of keys and values of a free mapping, say no place.
        if key == "_schema" or (key in ("key", "value") and not isinstance(data, Mapping)):
            yield from _problems(place, held, data, path)
        else:
            below = f"{path}/{_pointer(key)}" if place == "body" else str(key)
            yield from _problems(place, held, _within(data, key), below)


def _problem(place: str, message: str, data: Any, path: str) -> Problem:
    code, separator, expected = message.partition("|")
    if not separator and " " in code:  # a validator that speaks no code
        code, expected = "wrong-type", message
    return Problem(place, 0, path, code, expected, "" if data is missing else _shown(data))


def _within(data: Any, key: Any) -> Any:
    try:
        return data[key]
    except (KeyError, IndexError, TypeError):
        return missing


def _pointer(key: Any) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, default=str)[:SHOWN] if value != "" else ""
