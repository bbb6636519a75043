"""The tables. Invariants stand here too: counts are never negative, states are known.

Register tables (election … line), versions, findings and events are only ever added to:
triggers forbid UPDATE and DELETE (migrations/versions). `accepted`, `subtotal` and
`standing` are derived from versions and states, and `audit verify` derives them again.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Table

from tabulator.domain.areas import AREA_KINDS, COMMISSION_KINDS
from tabulator.domain.protocol import MOST
from tabulator.domain.register import OPTION_KINDS
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import State
from tabulator.storage.db import UtcDateTime

SHEET = 32
"""How many lines of a protocol one row of `accepted` holds; longer forms take several rows."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _names(prefix: str = "name") -> list[Column[str]]:
    return [Column(f"{prefix}_{lang}", sa.Text, nullable=False) for lang in ("ky", "ru", "en")]


election = Table(
    "election",
    metadata,
    Column("id", sa.String(64), primary_key=True),
    Column("kind", sa.String(32), nullable=False),
    Column("date", sa.Date, nullable=False),
    *_names("title"),
    Column("package_digest", sa.String(64), nullable=False),
    Column("loaded_at", UtcDateTime, nullable=False),
)

commission = Table(
    "commission",
    metadata,
    Column("election", ForeignKey("election.id"), primary_key=True),
    Column("code", sa.String(64), primary_key=True),
    Column("position", sa.Integer, nullable=False),
    Column("kind", sa.String(16), nullable=False),
    Column("parent", sa.String(64), nullable=False),
    *_names(),
    _one_of("kind", COMMISSION_KINDS),
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
    *_names(),
    # Pre-order numbers: the areas below one are those from its `first` to its `last`.
    Column("first", sa.Integer, nullable=False),
    Column("last", sa.Integer, nullable=False),
    sa.UniqueConstraint("election", "code"),
    sa.UniqueConstraint("election", "first"),
    sa.Index("ix_area_election_parent", "election", "parent"),
    ForeignKeyConstraint(["election", "commission"], ["commission.election", "commission.code"]),
    CheckConstraint("last >= first", name="holds_itself"),
    _one_of("kind", AREA_KINDS),
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
    *_names("place"),
    Column("address", sa.Text, nullable=False),
    Column("voters", sa.Integer),
    Column("voters_men", sa.Integer),
    Column("voters_women", sa.Integer),
    Column("aeu", sa.Boolean(name="aeu")),
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
    *_names("title"),
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
    *_names(),
    Column("list", sa.String(64), nullable=False),
    Column("sex", sa.String(1), nullable=False),
    _one_of("kind", OPTION_KINDS),
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

protocol = Table(
    "protocol",
    metadata,
    Column("contest", ForeignKey("contest.key"), primary_key=True),
    Column("precinct", sa.Integer, primary_key=True, autoincrement=False),
    Column("area", ForeignKey("area.key"), nullable=False),
    Column("state", sa.String(16), nullable=False),
    Column("version", sa.Integer, nullable=False),
    sa.Index("ix_protocol_contest_area_state", "contest", "area", "state"),
    CheckConstraint("version > 0", name="version_positive"),
    _one_of("state", tuple(state for state in State if state != State.MISSING)),
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
    _one_of("severity", tuple(Severity)),
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
    CheckConstraint("number > 0", name="number_positive"),
)

APPEND_ONLY = (
    "election",
    "commission",
    "area",
    "precinct",
    "contest",
    "option",
    "line",
    "formed",
    "version",
    "finding",
    "event",
)
"""Tables whose rows nobody may change or delete."""
