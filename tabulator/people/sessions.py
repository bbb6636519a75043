"""Sessions: who is logged in, how far, and until when. A new id at every level."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.domain.roles import Role
from tabulator.people.keys import digest, sealed
from tabulator.storage import models

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
_table = models.session


class Level(StrEnum):
    """How far a session has come. Only FULL opens anything."""

    FIRST_PASSWORD = "first-password"  # noqa: S105
    SECOND_STEP = "second-step"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds.

    Attributes:
        id: Digest of what the cookie holds; the cookie's own value is stored nowhere.
        pending: Encrypted secret of a second step that was offered but not confirmed.
    """

    id: str
    account: str
    level: Level
    created_at: datetime
    seen_at: datetime
    pending: str


def open_session(
    connection: Connection, account: str, level: Level, origin: str, *, now: datetime
) -> str:
    """Open a session; what its cookie shall hold."""
    return _insert(connection, account, level, origin, created_at=now, now=now)


def _insert(
    connection: Connection,
    account: str,
    level: Level,
    origin: str,
    *,
    created_at: datetime,
    now: datetime,
) -> str:
    _forget_ended(connection, account, now)
    cookie = secrets.token_urlsafe(32)
    row = {
        "id": digest(cookie),
        "account": account,
        "level": level,
        "created_at": created_at,
        "seen_at": now,
        "origin": origin,
        "pending": "",
    }
    connection.execute(sa.insert(_table).values(row))
    return cookie


def renew(
    connection: Connection, session: Session, level: Level, origin: str, *, now: datetime
) -> str:
    """Go on at another level under a new id; the old id ends, the day it began on stays."""
    end(connection, session.id)
    return _insert(
        connection, session.account, level, origin, created_at=session.created_at, now=now
    )


def session_of(row: Row[Any]) -> Session:
    level = Level(row.level)
    return Session(row.id, row.account, level, row.created_at, row.seen_at, row.pending)


def find_session(connection: Connection, cookie: str) -> Session | None:
    """The session behind a cookie, whatever its age; None where it was ended or never was."""
    known = sa.select(_table).where(_table.c.id == digest(cookie))
    row = connection.execute(known).one_or_none()
    return session_of(row) if row else None


def is_over(session: Session, role: Role, *, now: datetime) -> bool:
    """Left idle or open too long. A precinct's chair works through one long day and night."""
    idle = LONGEST if role == Role.PRECINCT_CHAIR else IDLE
    return now - session.seen_at >= idle or now - session.created_at >= LONGEST


def seen(connection: Connection, session: Session, *, now: datetime) -> None:
    """Note that it is in use; the caller asks at most every SEEN_EVERY."""
    connection.execute(sa.update(_table).where(_table.c.id == session.id).values(seen_at=now))


def offer(connection: Connection, session: Session, pending: str) -> None:
    """Keep the secret of a second step until a code confirms it."""
    connection.execute(sa.update(_table).where(_table.c.id == session.id).values(pending=pending))


def end(connection: Connection, id_: str) -> None:
    connection.execute(sa.delete(_table).where(_table.c.id == id_))


def end_all(connection: Connection, account: str) -> int:
    """End every session of an account; how many there were."""
    return connection.execute(sa.delete(_table).where(_table.c.account == account)).rowcount


def _forget_ended(connection: Connection, account: str, now: datetime) -> None:
    old = (_table.c.account == account) & (_table.c.created_at <= now - LONGEST)
    connection.execute(sa.delete(_table).where(old))


def csrf_token(secret: bytes, cookie: str) -> str:
    """What a page of ours sends along and a foreign page cannot know."""
    return sealed(secret, "csrf", cookie)
