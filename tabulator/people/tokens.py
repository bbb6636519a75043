"""Tokens for machines: what their account may do, or only the reading of it, for a time."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.domain.roles import Actor
from tabulator.errors import Malformed, NotFound, Problem
from tabulator.people.accounts import CHAIN, Account, find, note
from tabulator.people.keys import digest
from tabulator.storage import models
from tabulator.storage.db import lock

RIGHTS = ("read", "write")
LONGEST = timedelta(days=400)
_table = models.token


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands; what it is made of is stored nowhere."""

    id: int
    account: str
    label: str
    rights: frozenset[str]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def create_token(
    connection: Connection,
    actor: Actor,
    label: str,
    rights: Iterable[str],
    expires_at: datetime,
    *,
    now: datetime,
) -> tuple[Token, str]:
    """Make a token of the actor's own account; beside it what it is made of, shown this once.

    Raises:
        Malformed: It expires too late, or has expired already.
    """
    if not now < expires_at <= now + LONGEST:
        limits = f"{now:%Y-%m-%d} … {now + LONGEST:%Y-%m-%d}"
        raise Malformed(
            [Problem("", 0, "expires_at", "out-of-range", limits, f"{expires_at:%Y-%m-%d}")]
        )
    lock(connection, [CHAIN])
    account, shown = find(connection, actor.name), secrets.token_urlsafe(32)
    row = {
        "account": account.name,
        "label": label,
        "digest": digest(shown),
        "rights": json.dumps(sorted(set(rights))),
        "created_at": now,
        "expires_at": expires_at,
    }
    id_ = connection.execute(sa.insert(_table).values(row).returning(_table.c.id)).scalar_one()
    token = _own(connection, account.name, id_)
    _note(connection, actor, "token.created", account, token, now, digest=digest(shown))
    return token, shown


def revoke_token(connection: Connection, actor: Actor, id_: int, *, now: datetime) -> None:
    """Revoke a token of the actor's own account; a foreign one is NotFound."""
    lock(connection, [CHAIN])
    account, token = find(connection, actor.name), _own(connection, actor.name, id_)
    if token.revoked_at is None:
        connection.execute(sa.update(_table).where(_table.c.id == id_).values(revoked_at=now))
        _note(connection, actor, "token.revoked", account, token, now)


def tokens_of(connection: Connection, account: str) -> list[Token]:
    """Every token of an account, also those that no longer hold, newest first."""
    mine = sa.select(_table).where(_table.c.account == account).order_by(_table.c.id.desc())
    return [_token(row) for row in connection.execute(mine)]


def find_token(connection: Connection, shown: str) -> Token | None:
    """The token made of this, whether it still holds or not."""
    known = sa.select(_table).where(_table.c.digest == digest(shown))
    row = connection.execute(known).one_or_none()
    return _token(row) if row else None


def _own(connection: Connection, account: str, id_: int) -> Token:
    known = sa.select(_table).where((_table.c.id == id_) & (_table.c.account == account))
    row = connection.execute(known).one_or_none()
    if row is None:
        raise NotFound(f"no token {id_}")
    return _token(row)


def _token(row: Row[Any]) -> Token:
    rights = frozenset(json.loads(row.rights))
    times = (row.created_at, row.expires_at, row.revoked_at)
    return Token(row.id, row.account, row.label, rights, *times)


def _note(
    connection: Connection,
    actor: Actor,
    kind: str,
    account: Account,
    token: Token,
    now: datetime,
    **more: str,
) -> None:
    """`more`: what only its making tells: the digest, by which a token put in its place is found.

    It is no secret: nobody finds 256 random bits by their digest.
    """
    told = {"token": token.id, "label": token.label, "rights": sorted(token.rights)}
    expires = token.expires_at.isoformat()
    note(connection, actor, kind, account, now=now, **told, **more, expires_at=expires)
