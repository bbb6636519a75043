"""A person with a token at the other end of a wire: writes, repeats of writes, and refusals."""

from __future__ import annotations

import http.client
import json
import secrets
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

REPEATED = 10
"""One write in so many is sent again with its key, and once more with another body."""

WAIT = 120
"""Seconds until an answer is given up."""

Body = Mapping[str, Any] | None
Scans = Sequence[tuple[str, bytes]]
SPOKEN = ("reason", "text", "outcome", "name", "remarks", "complainant", "member", "deliverer")


@dataclass
class Tally:
    """What was done, counted by many hands at once."""

    counts: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, number: int = 1) -> None:
        with self._lock:
            self.counts[what] += number

    def __getitem__(self, what: str) -> int:
        return self.counts[what]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def seen(self) -> str:
        return self.headers["ETag"]

    @property
    def code(self) -> str:
        return str(self.json["code"]) if self.status >= 400 else ""


@dataclass
class Person:
    """Somebody with an account and a token, or a stranger without one."""

    port: int
    tally: Tally
    name: str = ""
    role: str = ""
    scope: str = ""
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.name)  # noqa: S311 - a script, not a secret

    def ask(self, path: str, **query: object) -> Answer:
        """Read; whatever is answered."""
        wanted = {name: value for name, value in query.items() if value not in ("", None)}
        return self._send("GET", path + (f"?{urlencode(wanted)}" if wanted else ""), {}, b"")

    def get(self, path: str, **query: object) -> Answer:
        """Read what is there."""
        answer = self.ask(path, **query)
        assert answer.status == 200, f"{self.name} reads {path}: {_said(answer)}"
        return answer

    def pages(self, path: str, noun: str, **query: object) -> list[dict[str, Any]]:
        """All of a list."""
        found, cursor = [], ""
        while cursor is not None:
            page = self.get(path, **query, limit=50, cursor=cursor).json
            found += page[noun]
            cursor = page["next"]
        return found

    def write(
        self, path: str, body: Body = None, *, seen: str = "", scans: Scans = (), status: int = 200
    ) -> Answer:
        """Write what must be done; now and then twice, which must do it once."""
        key = secrets.token_hex(8)
        answer = self.post(path, body, key=key, seen=seen, scans=scans)
        assert answer.status == status, f"{self.name} writes {path}: {_said(answer)}"
        if self.chance.randrange(REPEATED) == 0:
            self._repeat(path, body, key, seen, scans, answer)
        return answer

    def _repeat(
        self, path: str, body: Body, key: str, seen: str, scans: Scans, first: Answer
    ) -> None:
        again = self.post(path, body, key=key, seen=seen, scans=scans)
        assert (again.status, again.body) == (first.status, first.body), f"{path}: {_said(again)}"
        assert again.headers.get("ETag") == first.headers.get("ETag")
        assert again.headers["Idempotency-Replayed"] == "true"
        other = self.post(path, reworded(body), key=key, seen=seen, scans=scans)
        assert (other.status, other.code) == (409, "idempotency-key-used"), (path, _said(other))
        self.tally.add("writes repeated with their key")

    def refused(
        self, status: int, code: str, path: str, body: Body = None, *, seen: str = ""
    ) -> Answer:
        """Write what must not be done."""
        answer = self.post(path, body, seen=seen)
        assert answer.status == status, f"{self.name} writes {path}: {_said(answer)}"
        assert answer.code == code, f"{self.name} writes {path}: {_said(answer)}"
        assert answer.headers["Content-Type"] == "application/problem+json"
        self.tally.add(f"refused: {code}")
        return answer

    def post(
        self, path: str, body: Body = None, *, key: str = "", seen: str = "", scans: Scans = ()
    ) -> Answer:
        """Write, whatever is answered."""
        headers = {"Idempotency-Key": key or secrets.token_hex(8)}
        if seen:
            headers["If-Match"] = seen
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        if scans:
            headers["Content-Type"], content = _in_parts(content, scans)
        elif content:
            headers["Content-Type"] = "application/json"
        return self._send("POST", path, headers, content)

    def _send(self, method: str, path: str, headers: dict[str, str], content: bytes) -> Answer:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.request(method, path, content or None, headers)
            response = connection.getresponse()
            self.tally.add("requests")
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


def _said(answer: Answer) -> str:
    return f"{answer.status} {answer.body.decode(errors='replace')[:2000]}"


def reworded(body: Body) -> dict[str, Any]:
    """Another body of the same shape."""
    if not body:
        return {"another": True}
    made = json.loads(json.dumps(body))
    for place in (made, made.get("decision"), made.get("protocol")):
        for name, value in (place or {}).items():
            if name in SPOKEN and isinstance(value, str):
                place[name] = value + " (2)"
                return dict(made)
            if name == "figures":
                first = next(iter(value or {"V": 0}))
                place[name] = {**(value or {}), first: ((value or {}).get(first) or 0) + 1}
                return dict(made)
            if name in ("present", "signers"):
                place[name] = [*value, "Somebody else"]
                return dict(made)
    raise AssertionError(f"nothing in it can be said otherwise: {body}")


def _in_parts(document: bytes, scans: Scans) -> tuple[str, bytes]:
    mark = secrets.token_hex(16)
    parts = [('name="protocol"', document)]
    parts += [(f'name="files"; filename="{name}"', content) for name, content in scans]
    body = b"".join(
        f"--{mark}\r\nContent-Disposition: form-data; {named}\r\n\r\n".encode() + content + b"\r\n"
        for named, content in parts
    )
    return f"multipart/form-data; boundary={mark}", body + f"--{mark}--\r\n".encode()
