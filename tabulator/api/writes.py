"""Every write: one transaction, done once however often it is sent.

    @routes.route("/api/v1/protocols/<int:number>/accept", methods=["POST"])
    @only(Role.TERRITORIAL_CHAIR, Role.TERRITORIAL_VERIFIER)
    @routes.approves
    @routes.response(200, ProtocolSchema)
    def accept(number: int) -> Response:
        me, seen = caller(), seen_version(request)

        def change(connection: Connection) -> Answer:
            protocol = accept_protocol(connection, me.actor, number, seen, now=utc_now())
            return Answer(shown(protocol), version=protocol.version)

        return write(me.name, change)

`write` opens the transaction; what `change` raises rolls it back and is answered as a problem. With
a header Idempotency-Key the answer is stored in the same transaction: sent again, the same request
gets it again with `Idempotency-Replayed: true`, another request with that key is refused. Two at
once: one does the work, the other waits and gets its answer.

`account` is the unique name of who writes; "" for nobody, whose keys are not looked at (keys of
strangers would collide). Answers are kept in the database: an answer that holds a secret (a first
password, a token) must not go through here with `keep=True`.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Request, Response, current_app, json, request
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from tabulator.api.seen import tag
from tabulator.api.strict import whole_body
from tabulator.audit.seal import seal_if_due
from tabulator.errors import Malformed, OtherBody, Problem, TabulatorError
from tabulator.storage.answers import Kept, find_answer, keep_answer, one_at_a_time
from tabulator.storage.db import snapshot, transaction, utc_now

LOOK_EVERY = 100
_WRITES = itertools.count(1)
_KEY = re.compile(r"[!-~]{1,128}", re.ASCII)
_KEY_SAYS = "1–128 ASCII (!–~)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write is answered.

    Attributes:
        body: As JSON; None for no content.
        location: Where the thing made is found; "" where nothing was made.
        version: Of the thing as it stands now, for the ETag; None where it has none.
        keep: Whether a repetition may get it again; False for secrets, which are then done anew.
    """

    body: Any
    status: int = 200
    location: str = ""
    version: int | None = None
    keep: bool = True


def write(account: str, change: Callable[[Connection], Answer]) -> Response:
    """Make the change, or answer as it was answered before.

    Raises:
        OtherBody: The key was used for another request.
        Malformed: The key is no 1–128 printable ASCII characters.
    """
    response = _write(account, change)
    _seal_now_and_then()
    return response


def _write(account: str, change: Callable[[Connection], Answer]) -> Response:
    key = _named_key(request) if account else ""
    asked = fingerprint(request) if key else ""
    with transaction(current_app.extensions["engine"]) as connection:
        if not key:
            return _response(_kept(change(connection)))
        one_at_a_time(connection, account, key)
        before = find_answer(connection, account, key)
        if before is not None:
            return _again(before, asked)
        answer = change(connection)
        kept = _kept(answer)
        if answer.keep:
            keep_answer(connection, account, key, asked, kept, now=utc_now())
    return _response(kept)


def _seal_now_and_then() -> None:
    """Seal the trail when enough was added: looked at after every hundredth write.

    The write is done: a key that cannot be read is no reason to say otherwise.
    """
    if next(_WRITES) % LOOK_EVERY:
        return
    try:
        with transaction(current_app.extensions["engine"]) as connection:
            seal_if_due(connection, current_app.extensions["seal_key"](), utc_now())
    except (TabulatorError, SQLAlchemyError) as error:
        current_app.logger.error("the trail was not sealed", exc_info=error)


def answered(account: str) -> Response | None:
    """The answer that this request was given before, for what is costly to prepare; else None.

    Raises:
        OtherBody, Malformed: As `write` does.
    """
    key = _named_key(request)
    if not key:
        return None
    with snapshot(current_app.extensions["engine"]) as connection:
        before = find_answer(connection, account, key)
    return _again(before, fingerprint(request)) if before else None


def fingerprint(of: Request) -> str:
    """SHA-256 over method, path, query, If-Match and body; of a multipart body over its parts."""
    digest = hashlib.sha256()
    seen = of.headers.get("If-Match", "")
    head = (of.method.encode(), of.path.encode(), of.query_string, seen.encode())
    for part in (*head, *_body(of)):
        digest.update(b"%d:%b" % (len(part), part))
    return digest.hexdigest()


def _body(of: Request) -> Iterator[bytes]:
    if of.mimetype != "multipart/form-data":
        yield whole_body(of)
        return
    for name, value in of.form.items(multi=True):
        yield from (b"field", name.encode(), value.encode())
    for name, file in of.files.items(multi=True):
        whole = hashlib.file_digest(file.stream, "sha256").digest()  # type: ignore[arg-type]
        file.stream.seek(0)
        described = (name, file.filename or "", file.content_type or "")
        yield from (b"file", *(text.encode() for text in described), whole)


def _named_key(of: Request) -> str:
    key = of.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise Malformed([Problem("header", 0, "Idempotency-Key", "not-a-key", _KEY_SAYS)])
    return key or ""


def _kept(answer: Answer) -> Kept:
    headers = {"Location": answer.location} if answer.location else {}
    if answer.version is not None:
        headers["ETag"] = tag(answer.version)
    body = "" if answer.body is None else json.dumps(answer.body, separators=(",", ":"))
    return Kept("", answer.status, headers, body)


def _again(before: Kept, asked: str) -> Response:
    if before.fingerprint != asked:
        raise OtherBody("this Idempotency-Key was used for another request")
    response = _response(before)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _response(kept: Kept) -> Response:
    response = Response(kept.body, status=kept.status, headers=dict(kept.headers))
    response.content_type = "application/json"
    if not kept.body:
        del response.headers["Content-Type"]
    return response
