"""What writes with an Idempotency-Key were answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.storage import models

_LOCKS = 1
"""An own space of locks beside that of `db.lock`: taken first and alone, it cannot cross them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as given: of which request, and everything that a repetition gets."""

    fingerprint: str
    status: int
    headers: Mapping[str, str]
    body: str


def one_at_a_time(connection: Connection, account: str, key: str) -> None:
    """Wait for another request with this key; SQLite has one writer at a time anyway."""
    if connection.dialect.name != "sqlite":
        name = f"{len(account)}:{account}{key}"
        place = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big", signed=True)
        statement = sa.text("SELECT pg_advisory_xact_lock(:space, :place)")
        connection.execute(statement, {"space": _LOCKS, "place": place})


def find_answer(connection: Connection, account: str, key: str) -> Kept | None:
    table = models.answer
    row = connection.execute(
        sa.select(table).where(table.c.account == account, table.c.key == key)
    ).one_or_none()
    if row is None:
        return None
    return Kept(row.fingerprint, row.status, json.loads(row.headers), row.body)


def keep_answer(
    connection: Connection, account: str, key: str, fingerprint: str, kept: Kept, *, now: datetime
) -> None:
    row = {
        "account": account,
        "key": key,
        "fingerprint": fingerprint,
        "status": kept.status,
        "headers": json.dumps(dict(kept.headers)),
        "body": kept.body,
        "at": now,
    }
    connection.execute(models.answer.insert(), row)
