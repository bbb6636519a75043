"""Guessing is slowed down: each failure more lets the next attempt wait longer.

An attempt is counted before it is looked at, in a transaction of its own, so that neither many at
once nor an attempt that is refused escape the count. A success takes its own count back.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.errors import TooMany
from tabulator.package.accounts import folded
from tabulator.storage import models
from tabulator.storage.db import lock

FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures cost nothing, and the longest wait after more of them."""

    free: int
    longest: timedelta


PER_ACCOUNT = Limit(5, timedelta(minutes=15))
# A commission's people share one address, and a mobile operator's customers too: it must not be
# possible to lock all of them out for long.
PER_ADDRESS = Limit(50, timedelta(minutes=1))

Keys = Mapping[str, Limit]

_table = models.attempt


def of_log_in(name: str, origin: str) -> Keys:
    return {f"account:{folded(name)}": PER_ACCOUNT, address_key(origin): PER_ADDRESS}


def of_second_step(name: str, origin: str) -> Keys:
    """Apart from log-ins: who knows the password must not win new guesses by logging in again."""
    return {f"second:{folded(name)}": PER_ACCOUNT, address_key(origin): PER_ADDRESS}


def address_key(origin: str) -> str:
    """An IPv6 line owns a whole /64 and would otherwise have as many addresses as guesses."""
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return "address:"
    if address.version == 6:
        return f"address:{ipaddress.ip_network((address, 64), strict=False)}"
    return f"address:{address}"


def admit(connection: Connection, keys: Keys, *, now: datetime) -> None:
    """Count an attempt before it is looked at; the caller commits before going on.

    Raises:
        TooMany: It has to wait; then it is not counted, or waiting would never end.
    """
    lock(connection, keys)
    rows = connection.execute(sa.select(_table).where(_table.c.key.in_(keys))).all()
    known = {row.key: row for row in rows if row.last_at > now - FORGOTTEN_AFTER}
    wait = max((row.until - now for row in known.values()), default=timedelta(0))
    if wait > timedelta(0):
        raise TooMany(ceil(wait.total_seconds()))
    connection.execute(sa.delete(_table).where(_table.c.key.in_(keys)))
    counted = {key: known[key].failures + 1 if key in known else 1 for key in keys}
    connection.execute(
        sa.insert(_table),
        [
            {"key": key, "failures": n, "last_at": now, "until": now + _delay(n, keys[key])}
            for key, n in sorted(counted.items())
        ],
    )


def _delay(failures: int, limit: Limit) -> timedelta:
    paid = failures - limit.free
    # 2^10 s is longer than the longest wait already; a larger power would only overflow.
    return min(timedelta(seconds=2 ** min(paid, 10)), limit.longest) if paid > 0 else timedelta(0)


def succeeded(connection: Connection, keys: Keys, *, now: datetime) -> None:
    """Forget the failures of the account; the address only gets back what this attempt cost it.

    Or somebody with an account of their own could wipe out the count of their address.
    """
    lock(connection, keys)
    key = _table.c.key
    addresses = [one for one in keys if one.startswith("address:")]
    connection.execute(sa.delete(_table).where(key.in_(set(keys) - set(addresses))))
    last = key.in_(addresses) & (_table.c.failures <= 1)
    connection.execute(sa.delete(_table).where(last | (_table.c.last_at < now - FORGOTTEN_AFTER)))
    # What it waits for now is what this attempt added: it was let in, so nothing else was left.
    one_less = {"failures": _table.c.failures - 1, "until": now}
    connection.execute(sa.update(_table).where(key.in_(addresses)).values(one_less))
