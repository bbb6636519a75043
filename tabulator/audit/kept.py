"""Checkpoints that somebody keeps elsewhere: a file as an observer wrote it down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tabulator.audit.lines import LONGEST, checkpoint_from, objects, parse, refused
from tabulator.audit.seal import Checkpoint


def read_kept(path: Path) -> list[Checkpoint]:
    """The checkpoints of a file: one JSON document, JSON Lines, or a whole export.

    Raises:
        Malformed: Something in it is no checkpoint; the first such line.
    """
    if _is_document(path):
        found = [(1, _document(path))]
        return list(_checkpoints(found, path.name))
    with path.open("rb") as file:
        return list(_checkpoints(objects(file, path.name), path.name))


def _is_document(path: Path) -> bool:
    """Whether the first line is no whole JSON text: then all lines together must be one."""
    with path.open("rb") as file:
        first = file.readline(LONGEST + 1)
    try:
        return not isinstance(parse(first), dict)
    except ValueError:
        return len(first) <= LONGEST


def _document(path: Path) -> Any:
    with path.open("rb") as file:
        text = file.read(8 * LONGEST + 1)
    if len(text) > 8 * LONGEST:
        raise refused(path.name, 1, "line-too-long", str(8 * LONGEST), "")
    try:
        return parse(text)
    except json.JSONDecodeError as error:
        raise refused(path.name, error.lineno, "not-json", "", error.msg) from None
    except ValueError as error:
        raise refused(path.name, 1, "not-json", "", str(error)) from None


def _checkpoints(found: Any, name: str) -> Iterator[Checkpoint]:
    for line, said in found:
        for one in _told(said):
            try:
                yield checkpoint_from(one)
            except ValueError as error:
                raise refused(name, line, "not-of-the-trail", "checkpoint", str(error)) from None


def _told(said: Any) -> list[Any]:
    """What should be checkpoints in one line or document."""
    if isinstance(said, dict) and isinstance(said.get("checkpoints"), list):
        return list(said["checkpoints"])
    if isinstance(said, dict) and "checkpoint" in said:
        return [said["checkpoint"]]
    if isinstance(said, dict) and ("event" in said or "format" in said):
        return []  # other lines of an export
    return said if isinstance(said, list) else [said]
