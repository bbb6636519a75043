"""Protocols, their versions and findings; accepted figures and the sums derived from them.

Versions, findings and scans are only ever added to. `accepted`, `subtotal` and `standing` are
derived from versions and states, and `audit verify` derives them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Table

from tabulator.domain.protocol import MOST
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import State
from tabulator.storage.db import UtcDateTime
from tabulator.storage.models.base import metadata, one_of

SHEET = 32
"""How many lines of a protocol one row of `accepted` holds; longer forms take several rows."""

protocol = Table(
    "protocol",
    metadata,
    Column("contest", ForeignKey("contest.key"), primary_key=True),
    Column("precinct", sa.Integer, primary_key=True, autoincrement=False),
    Column("area", ForeignKey("area.key"), nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("version", sa.Integer, nullable=False),
    # The version that two independent entries agree on, and the one that the first copy,
    # received by act, confirms; 0 = none yet.
    Column("verified", sa.Integer, nullable=False, server_default="0"),
    Column("original", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_protocol_contest_area_state", "contest", "area", "state"),
    CheckConstraint("version > 0", name="version_positive"),
    one_of("state", tuple(state for state in State if state != State.MISSING)),
)

version = Table(
    "version",
    metadata,
    Column("contest", sa.Integer, primary_key=True),
    Column("precinct", sa.Integer, primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    Column("canonical", sa.Text, nullable=False),  # everything the protocol says, as JSON
    Column("digest", sa.String(64), nullable=False),  # SHA-256 of canonical
    Column("figures_digest", sa.String(64), nullable=False),  # of the figures alone: finds twins
    Column("channel", sa.String(16), nullable=False),
    Column("source", sa.Text, nullable=False),  # e.g. the file it came in
    Column("entered_by", sa.Text, nullable=False),
    Column("entered_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["contest", "precinct"], ["protocol.contest", "protocol.precinct"]),
    sa.Index("ix_version_contest_figures_digest", "contest", "figures_digest"),
    CheckConstraint("number > 0", name="number_positive"),
)

finding = Table(
    "finding",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("contest", sa.Integer, nullable=False),
    Column("precinct", sa.Integer, nullable=False),
    Column("version", sa.Integer, nullable=False),
    Column("code", sa.String(8), nullable=False),
    Column("severity", sa.String(8), nullable=False),
    Column("lines", sa.Text, nullable=False),  # JSON list
    Column("equation", sa.Text, nullable=False),
    ForeignKeyConstraint(
        ["contest", "precinct", "version"],
        ["version.contest", "version.precinct", "version.number"],
    ),
    sa.Index("ix_finding_contest_precinct_version", "contest", "precinct", "version"),
    one_of("severity", tuple(Severity)),
)

scan = Table(
    "scan",
    metadata,
    Column("contest", sa.Integer, primary_key=True),
    Column("precinct", sa.Integer, primary_key=True),
    Column("version", sa.Integer, primary_key=True, autoincrement=False),
    Column("position", sa.Integer, primary_key=True, autoincrement=False),
    Column("sha256", sa.String(64), nullable=False),
    Column("name", sa.Text, nullable=False),  # as the sender called it
    Column("media_type", sa.String(64), nullable=False),  # by its content
    Column("size", sa.Integer, nullable=False),  # bytes
    ForeignKeyConstraint(
        ["contest", "precinct", "version"],
        ["version.contest", "version.precinct", "version.number"],
    ),
    sa.Index("ix_scan_sha256", "sha256"),
)

# Who is at work on a protocol right now. Nothing follows from it, so it leaves no trace.
claim = Table(
    "claim",
    metadata,
    Column("contest", sa.Integer, primary_key=True),
    Column("precinct", sa.Integer, primary_key=True),
    Column("account", sa.String(160), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["contest", "precinct"], ["protocol.contest", "protocol.precinct"]),
)

# The three derived tables carry no foreign keys: they are checked against their source instead,
# and a key look-up per figure would cost as much as the figure.

accepted = Table(
    "accepted",
    metadata,
    Column("contest", sa.Integer, primary_key=True, autoincrement=False),
    Column("sheet", sa.SmallInteger, primary_key=True, autoincrement=False),
    Column("area", sa.Integer, primary_key=True, autoincrement=False),
    Column("precinct", sa.Integer, primary_key=True, autoincrement=False),
    # Line n of the contest (table `line`) stands on sheet n // 32 in v(n % 32); blank = NULL.
    *(Column(f"v{k}", sa.Integer) for k in range(SHEET)),
    *(CheckConstraint(f"v{k} >= 0 AND v{k} <= {MOST}", name=f"v{k}_counts") for k in range(SHEET)),
    sqlite_with_rowid=False,
)

subtotal = Table(
    "subtotal",
    metadata,
    Column("contest", sa.Integer, primary_key=True, autoincrement=False),
    Column("sheet", sa.SmallInteger, primary_key=True, autoincrement=False),
    Column("area", sa.Integer, primary_key=True, autoincrement=False),
    # Of each v of `accepted` in this area: its sum, and how many protocols stated it.
    *(Column(f"t{k}", sa.BigInteger, nullable=False) for k in range(SHEET)),
    *(Column(f"n{k}", sa.Integer, nullable=False) for k in range(SHEET)),
    sqlite_with_rowid=False,
)

standing = Table(
    "standing",
    metadata,
    Column("contest", sa.Integer, primary_key=True, autoincrement=False),
    Column("area", sa.Integer, primary_key=True, autoincrement=False),
    Column("state", sa.String(16), primary_key=True),
    Column("protocols", sa.Integer, nullable=False),
    CheckConstraint("protocols > 0", name="protocols_positive"),
    sqlite_with_rowid=False,
)
