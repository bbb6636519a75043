"""What an election consists of."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "election",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title_ky", sa.Text(), nullable=False),
        sa.Column("title_ru", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("package_digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_election"),
    )
    op.create_table(
        "commission",
        sa.Column("election", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=False),
        sa.Column("name_ky", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('cec', 'tec', 'dec')", name="ck_commission_kind_known"),
        sa.ForeignKeyConstraint(["election"], ["election.id"], name="fk_commission_election"),
        sa.PrimaryKeyConstraint("election", "code", name="pk_commission"),
    )
    op.create_table(
        "area",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("election", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("commission", sa.String(length=64), nullable=False),
        sa.Column("name_ky", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('country', 'region', 'territory', 'block')", name="ck_area_kind_known"
        ),
        sa.CheckConstraint("last >= first", name="ck_area_holds_itself"),
        sa.ForeignKeyConstraint(
            ["election", "commission"],
            ["commission.election", "commission.code"],
            name="fk_area_election_commission",
        ),
        sa.ForeignKeyConstraint(["election"], ["election.id"], name="fk_area_election"),
        sa.PrimaryKeyConstraint("key", name="pk_area"),
        sa.UniqueConstraint("election", "code", name="uq_area_election_code"),
        sa.UniqueConstraint("election", "first", name="uq_area_election_first"),
    )
    op.create_index("ix_area_election_parent", "area", ["election", "parent"])
    op.create_table(
        "precinct",
        sa.Column("election", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("abroad", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("place_ky", sa.Text(), nullable=False),
        sa.Column("place_ru", sa.Text(), nullable=False),
        sa.Column("place_en", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("voters_men", sa.Integer(), nullable=True),
        sa.Column("voters_women", sa.Integer(), nullable=True),
        sa.Column("aeu", sa.Boolean(), nullable=True),
        sa.CheckConstraint("number > 0", name="ck_precinct_number_positive"),
        sa.CheckConstraint("voters >= 0", name="ck_precinct_voters_counted"),
        sa.ForeignKeyConstraint(["area"], ["area.key"], name="fk_precinct_area"),
        sa.ForeignKeyConstraint(["election"], ["election.id"], name="fk_precinct_election"),
        sa.PrimaryKeyConstraint("election", "number", name="pk_precinct"),
    )
    op.create_index("ix_precinct_area", "precinct", ["area"])
    op.create_table(
        "contest",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("election", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("max_marks", sa.Integer(), nullable=False),
        sa.Column("open_abroad", sa.Boolean(), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("regional_threshold", sa.Integer(), nullable=False),
        sa.Column("title_ky", sa.Text(), nullable=False),
        sa.Column("title_ru", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.CheckConstraint("seats > 0 AND max_marks > 0", name="ck_contest_seats_and_marks"),
        sa.ForeignKeyConstraint(["election"], ["election.id"], name="fk_contest_election"),
        sa.PrimaryKeyConstraint("key", name="pk_contest"),
        sa.UniqueConstraint("election", "id", name="uq_contest_election_id"),
    )
    op.create_table(
        "option",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name_ky", sa.Text(), nullable=False),
        sa.Column("name_ru", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("list", sa.String(length=64), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.CheckConstraint(
            "kind IN ('candidate', 'list', 'answer', 'against_all')", name="ck_option_kind_known"
        ),
        sa.ForeignKeyConstraint(["contest"], ["contest.key"], name="fk_option_contest"),
        sa.PrimaryKeyConstraint("contest", "code", name="pk_option"),
    )
    op.create_table(
        "line",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("summed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["contest"], ["contest.key"], name="fk_line_contest"),
        sa.PrimaryKeyConstraint("contest", "number", name="pk_line"),
        sa.UniqueConstraint("contest", "code", name="uq_line_contest_code"),
    )
    op.create_table(
        "formed",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("precincts", sa.Integer(), nullable=False),
        sa.CheckConstraint("precincts > 0", name="ck_formed_precincts_positive"),
        sa.ForeignKeyConstraint(["area"], ["area.key"], name="fk_formed_area"),
        sa.ForeignKeyConstraint(["contest"], ["contest.key"], name="fk_formed_contest"),
        sa.PrimaryKeyConstraint("contest", "area", name="pk_formed"),
    )


def downgrade() -> None:
    op.drop_table("formed")
    op.drop_table("line")
    op.drop_table("option")
    op.drop_table("contest")
    op.drop_table("precinct")
    op.drop_table("area")
    op.drop_table("commission")
    op.drop_table("election")
