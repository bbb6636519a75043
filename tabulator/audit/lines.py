"""JSON from files that anybody may have written: bounded, of exact shape, refused by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from tabulator.audit.seal import Checkpoint
from tabulator.errors import Malformed, Problem
from tabulator.storage import models

LONGEST = 8 * 2**20
"""Bytes of one line: the heads of ten thousand chains, or everything one event may say."""

_EVENT = {name: int if name == "number" else str for name in models.event.c.keys()}  # noqa: SIM118
_CHECKPOINT: dict[str, type] = dict.fromkeys(models.checkpoint.c.keys(), str)
_CHECKPOINT |= {"number": int, "events": int, "heads": dict}
_HEADER = {"format": str, "elections": list, "events": int, "checkpoints": int, "keys": list}
_MOST = 2**31 - 1


def objects(file: BinaryIO, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of every line of JSON Lines; nothing of an empty line.

    Raises:
        Malformed: A line is too long, no UTF-8, no JSON or no object.
    """
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            raise refused(name, number, "line-too-long", str(LONGEST), "")
        if line.strip():
            yield number, _object(line, name, number)


def _object(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        found = parse(line)
    except ValueError as error:
        raise refused(name, number, "not-json", "", str(error)) from None
    if type(found) is not dict:
        raise refused(name, number, "not-of-the-trail", "object", type(found).__name__)
    return found


def parse(text: bytes) -> Any:
    """Strict JSON: no key twice, no NaN; ValueError whatever else is wrong with it."""
    try:
        return json.loads(text.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def refused(name: str, line: int, code: str, expected: str, found: str) -> Malformed:
    return Malformed([Problem(name, line, "", code, expected, found[:100])])


def checkpoint_from(data: Any) -> Checkpoint:
    """A checkpoint of the right shape; whether it is true is not looked at. Else ValueError."""
    said = _exactly(data, _CHECKPOINT)
    return Checkpoint(**{**said, "heads": {c: _head(c, head) for c, head in said["heads"].items()}})


def _head(chain: str, head: Any) -> tuple[int, str]:
    if type(head) is not list or len(head) != 2:
        raise ValueError(f"the head of chain {chain!r} is no number and hash")
    said = _exactly(dict(zip(("number", "hash"), head, strict=True)), {"number": int, "hash": str})
    _exactly({"chain": chain}, {"chain": str})
    return said["number"], said["hash"]


def event_from(data: Any) -> dict[str, Any]:
    """The columns of an event; ValueError for another shape."""
    return _exactly(data, _EVENT)


def header_from(data: Any) -> dict[str, Any]:
    """The first line of an export; ValueError for another shape."""
    return _exactly(data, _HEADER)


def _exactly(data: Any, shape: Mapping[str, type]) -> dict[str, Any]:
    if type(data) is not dict or data.keys() != shape.keys():
        raise ValueError(f"its keys are not {', '.join(shape)}")
    for name, kind in shape.items():
        if type(data[name]) is not kind:
            raise ValueError(f"{name} is of another kind")
        if kind is int and not 0 <= data[name] <= _MOST:
            raise ValueError(f"{name} is out of range")
        if kind is str:
            data[name].encode()  # half a pair of surrogates has no hash
    return dict(data)
