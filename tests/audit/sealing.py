"""A sealed trail, and somebody who may rewrite the database that it lies in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine

from tabulator import audit
from tabulator.audit.chain import event_hash, events, genesis
from tabulator.audit.keys import public_key
from tabulator.audit.seal import Checkpoint, seal
from tabulator.audit.sealed import read_checkpoints, verify_seals
from tabulator.domain.roles import Actor, Role
from tabulator.storage import models
from tabulator.storage.db import snapshot, transaction
from tests.counting import NOW

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MINE = {public_key(KEY)}
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
CLERK = Actor("clerk", Role.COMMAND_LINE, person="Айгүл Өмүралиева", origin="192.0.2.77")


def append(engine: Engine, *chains: str, actor: Actor = CLERK) -> None:
    with transaction(engine) as connection:
        entries = [audit.Entry(chain, "test", chain, {"ө": 1}) for chain in chains]
        audit.record(connection, at=NOW, actor=actor, entries=entries)


def sealed(engine: Engine, key: Ed25519PrivateKey = KEY, now: datetime = NOW) -> Checkpoint:
    with transaction(engine) as connection:
        return seal(connection, key, now)


def three_checkpoints(engine: Engine) -> list[Checkpoint]:
    """Chains "a" and "b" of three events each; "c" and one more in "a" came after the last."""
    found = []
    for _ in range(3):
        append(engine, "a", "b")
        found.append(sealed(engine))
    append(engine, "a", "c")
    return found


def stored(engine: Engine) -> list[Checkpoint]:
    with snapshot(engine) as connection:
        return read_checkpoints(connection)


def said(
    connection: Connection, *, keys: Collection[str] = (), kept: Sequence[Checkpoint] = ()
) -> str:
    """What is said of the trail: its chains first, then its seals."""
    found = audit.first_break(events(connection))
    found = found or verify_seals(connection, keys=keys, kept=kept).first_break
    return f"{found.chain} {found.number} {found.reason}" if found else "the trail holds"


def rewrite(connection: Connection, chain: str) -> None:
    """Other facts in every event of a chain, and all its hashes computed anew."""
    table, previous = models.event.c, genesis(chain)
    rows = [row for row in events(connection) if row.chain == chain]
    for row in rows:
        values = (*tuple(row)[:7], row.facts.replace('"ө":1', '"ө":2'), previous)
        previous = event_hash(values)
        connection.execute(
            sa.update(models.event)
            .where(table.chain == chain, table.number == row.number)
            .values(facts=values[7], previous=values[8], hash=previous)
        )


def seal_anew(connection: Connection, key: Ed25519PrivateKey, kept: Sequence[Checkpoint]) -> None:
    """Replace all checkpoints by as many new ones that state what the chains hold now."""
    connection.execute(sa.delete(models.checkpoint))
    for _ in kept:
        seal(connection, key, NOW)
