"""The seal: all chains at one moment under one signature, so that none can be cut unnoticed.

A chain shows what was changed in it, but not that its end is gone. A checkpoint states how far
each chain had come. It is signed by a key that the database does not hold, and follows from the
one before; an observer who keeps one holds everything up to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from tabulator.audit import merkle
from tabulator.audit.chain import genesis
from tabulator.audit.keys import public_key
from tabulator.domain.protocol import canonical_json, utc_text
from tabulator.storage import models
from tabulator.storage.db import lock_checkpoints

FIRST = genesis("checkpoints")
EVERY = 1000

Heads = Mapping[str, tuple[int, str]]
"""Chain → number and hash of its last event."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far every chain had come, signed.

    Attributes:
        number: From 1, without holes.
        at: ISO 8601 in UTC, as it was hashed.
        events: In all chains together.
        root: Merkle root over the heads, in order of the chains' names.
        previous: Hash of the checkpoint before; FIRST in the first one.
        hash: SHA-256 over everything above, as canonical JSON.
        key: The public key, in hexadecimal.
        signature: Ed25519 over `message`.
    """

    number: int
    at: str
    events: int
    heads: Heads
    root: str
    previous: str
    hash: str
    key: str
    signature: str

    def as_dict(self) -> dict[str, Any]:
        """JSON data, as `shapes.checkpoint_from` reads it."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {"heads": {chain: list(head) for chain, head in self.heads.items()}}

    def proof(self, chain: str) -> tuple[int, list[str]]:
        """The place of a chain among the heads, and what proves that its head is under the root.

        Raises:
            KeyError: It had no event yet.
        """
        index = sorted(self.heads).index(chain) if chain in self.heads else -1
        if index < 0:
            raise KeyError(chain)
        path = merkle.inclusion_proof(_leaves(self.heads), index)
        return index, [step.hex() for step in path]


def leaf(chain: str, number: int, head: str) -> bytes:
    """A chain's head as it goes into the tree."""
    return canonical_json([chain, number, head]).encode()


def _leaves(heads: Heads) -> list[bytes]:
    return [leaf(chain, *heads[chain]) for chain in sorted(heads)]


def root_of(heads: Heads) -> str:
    return merkle.root(_leaves(heads)).hex()


def hash_of(number: int, at: str, events: int, heads: Heads, root: str, previous: str) -> str:
    """SHA-256 over what a checkpoint says, in the order of its columns."""
    return hashlib.sha256(
        canonical_json([number, at, events, dict(heads), root, previous]).encode()
    ).hexdigest()


def message(digest: str) -> bytes:
    """What is signed: the hash, and what it is the hash of."""
    return f"tabulator:checkpoint:{digest}".encode()


def printed(checkpoint: Checkpoint) -> str:
    """Number and 128 bits of the hash, to print on paper and compare with a kept checkpoint."""
    return _printed(checkpoint.number, checkpoint.hash)


def last_printed(connection: Connection) -> str:
    """The last checkpoint as it is printed; "" where there is none yet."""
    number, digest, _ = _last(connection)
    return _printed(number, digest) if number else ""


def _printed(number: int, digest: str) -> str:
    return f"{number}-{digest[:32]}"


def seal(connection: Connection, key: Ed25519PrivateKey, now: datetime) -> Checkpoint:
    """Sign how far every chain has come; as the last step of the caller's transaction.

    One at a time: the next one waits until this transaction ends, and so sees all that this one
    saw. What other transactions have not committed yet belongs to a later checkpoint.
    """
    lock_checkpoints(connection)
    number, previous, _ = _last(connection)
    heads = chain_heads(connection)
    at, events, root = utc_text(now) or "", sum(n for n, _ in heads.values()), root_of(heads)
    digest = hash_of(number + 1, at, events, heads, root, previous)
    signature = key.sign(message(digest)).hex()
    said = (number + 1, at, events, heads, root, previous, digest, public_key(key), signature)
    made = Checkpoint(*said)
    row = {**made.as_dict(), "at": now, "heads": canonical_json(made.as_dict()["heads"])}
    connection.execute(sa.insert(models.checkpoint), [row])
    return made


def seal_if_due(
    connection: Connection, key: Ed25519PrivateKey, now: datetime, every: int = EVERY
) -> Checkpoint | None:
    """`seal` when at least `every` events are not under a checkpoint; else None, and no lock.

    Asking takes a few milliseconds: from time to time, not after every write.
    """
    return seal(connection, key, now) if unsealed_events(connection) >= every else None


def unsealed_events(connection: Connection) -> int:
    """How many events came after the last checkpoint: read from the chains' ends, not counted."""
    chains = _chains()
    end = sa.select(sa.func.max(models.event.c.number)).where(models.event.c.chain == chains.c.name)
    ends = sa.select(end.scalar_subquery().label("number")).where(chains.c.name.is_not(None))
    events = connection.execute(sa.select(sa.func.sum(ends.subquery().c.number))).scalar_one() or 0
    return int(events) - _last(connection)[2]


def chain_heads(connection: Connection) -> dict[str, tuple[int, str]]:
    """The last event of every chain, all of one moment: it is one statement."""
    event, chains = models.event.c, _chains()
    newest = models.event.alias()
    end = sa.select(sa.func.max(newest.c.number)).where(newest.c.chain == chains.c.name)
    found = connection.execute(
        sa.select(event.chain, event.number, event.hash)
        .join_from(
            chains,
            models.event,
            (event.chain == chains.c.name) & (event.number == end.scalar_subquery()),
        )
        .order_by(event.chain)
    )
    return {chain: (number, head) for chain, number, head in found}


def _chains() -> sa.CTE:
    """The names of all chains, and a NULL: one step in the index for each, no reading of events."""
    event = models.event.c
    names = sa.select(sa.func.min(event.chain).label("name")).cte("chains", recursive=True)
    following = sa.select(sa.func.min(event.chain)).where(event.chain > names.c.name)
    return names.union_all(
        sa.select(following.correlate(names).scalar_subquery()).where(names.c.name.is_not(None))
    )


def _last(connection: Connection) -> tuple[int, str, int]:
    """Number, hash and events of the last checkpoint."""
    table = models.checkpoint.c
    row = connection.execute(
        sa.select(table.number, table.hash, table.events).order_by(table.number.desc()).limit(1)
    ).one_or_none()
    return (row.number, row.hash, row.events) if row else (0, FIRST, 0)


def stored_text(row: Any) -> dict[str, Any]:
    """A stored checkpoint as JSON data; ValueError when its heads are no JSON."""
    return {**row._mapping, "at": utc_text(row.at), "heads": json.loads(row.heads)}
