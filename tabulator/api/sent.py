"""What a precinct sends: figures as JSON, alone or with files in a multipart body."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import marshmallow
from flask import Request, current_app
from werkzeug.datastructures import FileStorage

from tabulator.api.blueprint import Blueprint
from tabulator.api.strict import loads
from tabulator.errors import Malformed, Problem
from tabulator.storage.files import MEDIA_TYPES, Files, media_type
from tabulator.storage.protocols import Scan

MOST_FILES = 40
MOST_BYTES = 20_000_000
"""Of one file."""

JSON_PARTS = ("figures", "beside", "decision")
NAME = 200
"""Characters of a file's name that are kept."""

_PARTS = {
    "type": "object",
    "required": ["protocol"],
    "properties": {
        "protocol": {"type": "string", "description": "the JSON document"},
        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
    },
}


def body_of(schema: type[marshmallow.Schema]) -> dict[str, Any]:
    """How the specification describes a document that may come with files."""
    content = {"application/json": {"schema": schema}, "multipart/form-data": {"schema": _PARTS}}
    return {"required": True, "content": content}


def read_body(request: Request, schema: marshmallow.Schema) -> dict[str, Any]:
    """The document that was sent, alone or as the part `protocol` of a multipart body.

    A multipart body may also have its members as parts of their own.
    """
    parser = Blueprint.ARGUMENTS_PARSER
    if request.mimetype != "multipart/form-data":
        read: dict[str, Any] = parser.parse(schema, request, location="json")
        return read
    try:
        loaded: dict[str, Any] = schema.load(_document(request))
    except marshmallow.ValidationError as error:
        placed = marshmallow.ValidationError({"json": error.messages}, data=error.data)
        parser.handle_error(placed, request, schema, error_status_code=None, error_headers=None)
    return loaded


def _document(request: Request) -> Any:
    if (whole := request.form.get("protocol")) is not None:
        return loads(whole.encode())
    parts: dict[str, Any] = dict(request.form)
    for name in JSON_PARTS:
        if name in parts:
            parts[name] = loads(parts[name].encode())
    if str(parts.get("precinct", "")).isascii() and str(parts.get("precinct")).isdigit():
        parts["precinct"] = int(parts["precinct"][:12])
    return parts


def keep_files(request: Request) -> tuple[Scan, ...]:
    """Store the files that were sent, before any figure is; an orphan does no harm.

    Raises:
        Malformed: A file is too large, empty, or no picture of a document: all are named, none
            is stored.
    """
    sent = [file for _, file in request.files.items(multi=True)]
    read = [(file_name(file), file.read(MOST_BYTES + 1)) for file in sent]
    problems = list(_problems(read))
    if problems:
        raise Malformed(problems)
    files: Files = current_app.extensions["files"]
    return tuple(
        Scan(files.keep(content), name, media_type(content), len(content)) for name, content in read
    )


def _problems(read: list[tuple[str, bytes]]) -> Iterator[Problem]:
    if len(read) > MOST_FILES:
        yield Problem("body", 0, "files", "too-long", str(MOST_FILES), str(len(read)))
    known = ", ".join(dict.fromkeys(kind for kind, _, _ in MEDIA_TYPES))
    for name, content in read:
        if len(content) > MOST_BYTES:
            yield Problem(name, 0, "", "too-long", str(MOST_BYTES))
        elif not media_type(content):
            yield Problem(name, 0, "", "not-a-document", known)


def file_name(file: FileStorage) -> str:
    """The name that the sender gave, as a name only: no folders, nothing unprintable."""
    given = unicodedata.normalize("NFC", file.filename or "")
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip(". ")[:NAME] or "file"
