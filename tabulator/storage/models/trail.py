"""The trail, what seals it, and the answers that writes were given."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Table

from tabulator.storage.db import UtcDateTime
from tabulator.storage.models.base import metadata

event = Table(
    "event",
    metadata,
    Column("chain", sa.String(160), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", sa.Text, nullable=False),
    Column("role", sa.String(32), nullable=False),
    Column("kind", sa.String(64), nullable=False),
    Column("subject", sa.String(160), nullable=False),
    Column("facts", sa.Text, nullable=False),  # canonical JSON
    Column("previous", sa.String(64), nullable=False, unique=True),
    Column("hash", sa.String(64), nullable=False, unique=True),
    sa.Index("ix_event_subject", "subject"),
    CheckConstraint("number > 0", name="number_positive"),
)

# Where those who acted were. Events hold only the digest, so that the trail can be handed on.
origin = Table(
    "origin",
    metadata,
    Column("digest", sa.String(64), primary_key=True),  # SHA-256 of salt and address
    Column("salt", sa.String(32), nullable=False),
    Column("address", sa.Text, nullable=False),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("events", sa.Integer, nullable=False),  # in all chains
    Column("heads", sa.Text, nullable=False),  # canonical JSON: chain → [number, hash]
    Column("root", sa.String(64), nullable=False),  # Merkle root over the heads
    Column("previous", sa.String(64), nullable=False, unique=True),
    Column("hash", sa.String(64), nullable=False, unique=True),
    Column("key", sa.String(64), nullable=False),  # the public key, hexadecimal
    Column("signature", sa.String(128), nullable=False),  # Ed25519, hexadecimal
    CheckConstraint("number > 0", name="number_positive"),
)

# What a write with an Idempotency-Key was answered, stored in the transaction of the write.
answer = Table(
    "answer",
    metadata,
    Column("account", sa.String(160), primary_key=True),
    Column("key", sa.String(128), primary_key=True),
    Column("fingerprint", sa.String(64), nullable=False),  # SHA-256 of method, path and body
    Column("status", sa.SmallInteger, nullable=False),
    Column("headers", sa.Text, nullable=False),  # JSON
    Column("body", sa.Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
