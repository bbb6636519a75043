"""Accounts and what they hold: sessions, tokens, failed attempts. Secrets only as digests."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Table

from tabulator.domain.roles import Role
from tabulator.storage.db import UtcDateTime
from tabulator.storage.models.base import metadata, one_of

account = Table(
    "account",
    metadata,
    Column("name", sa.String(160), primary_key=True),
    Column("folded", sa.String(320), nullable=False, unique=True),  # casefolded: no two look alike
    Column("person", sa.Text, nullable=False),  # full name
    Column("role", sa.String(32), nullable=False),
    Column("election", sa.String(64), nullable=False),  # "" = every one
    Column("scope", sa.String(64), nullable=False),  # commission, area or precinct number; "" = all
    Column("lang", sa.String(2), nullable=False),
    Column("password", sa.Text, nullable=False),  # argon2id; "" = cannot log in
    Column("must_change", sa.Boolean(name="must_change"), nullable=False),
    Column("totp", sa.Text, nullable=False),  # encrypted; "" = not set up
    Column("totp_step", sa.BigInteger, nullable=False),  # the last one used
    Column("recovery", sa.Text, nullable=False),  # JSON: digests of the codes that are left
    Column("active", sa.Boolean(name="active"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    one_of("role", tuple(role for role in Role if role != Role.COMMAND_LINE)),
)

session = Table(
    "session",
    metadata,
    Column("id", sa.String(64), primary_key=True),  # SHA-256 of what the cookie holds
    Column("account", ForeignKey("account.name"), nullable=False, index=True),
    Column("level", sa.String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("origin", sa.Text, nullable=False),
    Column("pending", sa.Text, nullable=False),  # encrypted: a second step offered; "" = none
    one_of("level", ("first-password", "second-step", "full")),
)

token = Table(
    "token",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("account", ForeignKey("account.name"), nullable=False, index=True),
    Column("label", sa.Text, nullable=False),
    Column("digest", sa.String(64), nullable=False, unique=True),
    Column("rights", sa.Text, nullable=False),  # JSON list: "read", "write"
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

# Failed log-ins, by account and by address: "account:…", "address:…".
attempt = Table(
    "attempt",
    metadata,
    Column("key", sa.String(330), primary_key=True),
    Column("failures", sa.Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    CheckConstraint("failures > 0", name="failures_positive"),
)
