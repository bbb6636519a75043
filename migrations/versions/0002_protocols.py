"""Protocols, their versions and findings; accepted figures and the sums derived from them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "protocol",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("precinct", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'checked', 'accepted', 'disputed', 'annulled')",
            name="ck_protocol_state_known",
        ),
        sa.CheckConstraint("version > 0", name="ck_protocol_version_positive"),
        sa.ForeignKeyConstraint(["area"], ["area.key"], name="fk_protocol_area"),
        sa.ForeignKeyConstraint(["contest"], ["contest.key"], name="fk_protocol_contest"),
        sa.PrimaryKeyConstraint("contest", "precinct", name="pk_protocol"),
    )
    op.create_index("ix_protocol_contest_area_state", "protocol", ["contest", "area", "state"])
    op.create_table(
        "version",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("precinct", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("figures_digest", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name="ck_version_number_positive"),
        sa.ForeignKeyConstraint(
            ["contest", "precinct"],
            ["protocol.contest", "protocol.precinct"],
            name="fk_version_contest_precinct",
        ),
        sa.PrimaryKeyConstraint("contest", "precinct", "number", name="pk_version"),
    )
    op.create_index("ix_version_contest_figures_digest", "version", ["contest", "figures_digest"])
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("precinct", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("equation", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "severity IN ('error', 'warning', 'notice')", name="ck_finding_severity_known"
        ),
        sa.ForeignKeyConstraint(
            ["contest", "precinct", "version"],
            ["version.contest", "version.precinct", "version.number"],
            name="fk_finding_contest_precinct_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index(
        "ix_finding_contest_precinct_version", "finding", ["contest", "precinct", "version"]
    )
    op.create_table(
        "accepted",
        sa.Column("contest", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("precinct", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(f"v{k}", sa.Integer()) for k in range(32)),
        *(
            sa.CheckConstraint(f"v{k} >= 0 AND v{k} <= 99999999", name=f"ck_accepted_v{k}_counts")
            for k in range(32)
        ),
        sa.PrimaryKeyConstraint("contest", "sheet", "area", "precinct", name="pk_accepted"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subtotal",
        sa.Column("contest", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(f"t{k}", sa.BigInteger(), nullable=False) for k in range(32)),
        *(sa.Column(f"n{k}", sa.Integer(), nullable=False) for k in range(32)),
        sa.PrimaryKeyConstraint("contest", "sheet", "area", name="pk_subtotal"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standing",
        sa.Column("contest", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("protocols", sa.Integer(), nullable=False),
        sa.CheckConstraint("protocols > 0", name="ck_standing_protocols_positive"),
        sa.PrimaryKeyConstraint("contest", "area", "state", name="pk_standing"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("standing")
    op.drop_table("subtotal")
    op.drop_table("accepted")
    op.drop_table("finding")
    op.drop_table("version")
    op.drop_table("protocol")
