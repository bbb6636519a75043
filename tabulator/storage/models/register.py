"""The register of an election: only ever added to, as a whole, by `election load`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Table

from tabulator.domain.areas import AREA_KINDS, COMMISSION_KINDS
from tabulator.domain.register import OPTION_KINDS
from tabulator.storage.db import UtcDateTime
from tabulator.storage.models.base import contacts, metadata, names, one_of

election = Table(
    "election",
    metadata,
    Column("id", sa.String(64), primary_key=True),
    Column("kind", sa.String(32), nullable=False),
    Column("date", sa.Date, nullable=False),
    *names("title"),
    Column("package_digest", sa.String(64), nullable=False),
    Column("loaded_at", UtcDateTime, nullable=False),
    Column("limits", sa.Text, nullable=False, server_default="{}"),  # JSON: code → length
)

commission = Table(
    "commission",
    metadata,
    Column("election", ForeignKey("election.id"), primary_key=True),
    Column("code", sa.String(64), primary_key=True),
    Column("position", sa.Integer, nullable=False),
    Column("kind", sa.String(16), nullable=False),
    Column("parent", sa.String(64), nullable=False),
    *names(),
    *contacts(),
    one_of("kind", COMMISSION_KINDS),
)

area = Table(
    "area",
    metadata,
    Column("key", sa.Integer, primary_key=True),
    Column("election", ForeignKey("election.id"), nullable=False),
    Column("code", sa.String(64), nullable=False),
    Column("parent", sa.String(64), nullable=False),
    Column("kind", sa.String(16), nullable=False),
    Column("commission", sa.String(64), nullable=False),
    *names(),
    # Pre-order numbers: the areas below one are those from its `first` to its `last`.
    Column("first", sa.Integer, nullable=False),
    Column("last", sa.Integer, nullable=False),
    sa.UniqueConstraint("election", "code"),
    sa.UniqueConstraint("election", "first"),
    sa.Index("ix_area_election_parent", "election", "parent"),
    ForeignKeyConstraint(["election", "commission"], ["commission.election", "commission.code"]),
    CheckConstraint("last >= first", name="holds_itself"),
    one_of("kind", AREA_KINDS),
)

precinct = Table(
    "precinct",
    metadata,
    Column("election", ForeignKey("election.id"), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    Column("area", ForeignKey("area.key"), nullable=False, index=True),
    Column("timezone", sa.String(64), nullable=False),
    Column("abroad", sa.Boolean(name="abroad"), nullable=False),
    Column("country", sa.String(8), nullable=False),
    *names("place"),
    Column("address", sa.Text, nullable=False),
    Column("voters", sa.Integer),
    Column("voters_men", sa.Integer),
    Column("voters_women", sa.Integer),
    Column("aeu", sa.Boolean(name="aeu")),
    *contacts(),
    CheckConstraint("number > 0", name="number_positive"),
    CheckConstraint("voters >= 0", name="voters_counted"),
)

contest = Table(
    "contest",
    metadata,
    Column("key", sa.Integer, primary_key=True),
    Column("election", ForeignKey("election.id"), nullable=False),
    Column("id", sa.String(64), nullable=False),
    Column("position", sa.Integer, nullable=False),
    Column("kind", sa.String(32), nullable=False),
    Column("form", sa.Text, nullable=False),  # the whole form as JSON: its version stays with it
    Column("seats", sa.Integer, nullable=False),
    Column("max_marks", sa.Integer, nullable=False),
    Column("open_abroad", sa.Boolean(name="open_abroad"), nullable=False),
    Column("area", sa.String(64), nullable=False),
    Column("threshold", sa.Integer, nullable=False),
    Column("regional_threshold", sa.Integer, nullable=False),
    *names("title"),
    sa.UniqueConstraint("election", "id"),
    CheckConstraint("seats > 0 AND max_marks > 0", name="seats_and_marks"),
)

option = Table(
    "option",
    metadata,
    Column("contest", ForeignKey("contest.key"), primary_key=True),
    Column("code", sa.String(64), primary_key=True),
    Column("position", sa.Integer, nullable=False),
    Column("kind", sa.String(16), nullable=False),
    *names(),
    Column("list", sa.String(64), nullable=False),
    Column("sex", sa.String(1), nullable=False),
    one_of("kind", OPTION_KINDS),
)

line = Table(
    "line",
    metadata,
    Column("contest", ForeignKey("contest.key"), primary_key=True),
    Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
    Column("code", sa.String(64), nullable=False),  # role of a line or code of an option
    Column("summed", sa.Boolean(name="summed"), nullable=False),
    sa.UniqueConstraint("contest", "code"),
)

formed = Table(
    "formed",
    metadata,
    Column("contest", ForeignKey("contest.key"), primary_key=True),
    Column("area", ForeignKey("area.key"), primary_key=True),
    Column("precincts", sa.Integer, nullable=False),
    CheckConstraint("precincts > 0", name="precincts_positive"),
)
