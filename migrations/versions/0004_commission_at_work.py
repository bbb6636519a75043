"""The commission at work: more states, verified and original versions, scans, claims."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = ("received", "checked", "accepted", "disputed", "annulled")
AFTER = (
    "received",
    "checked",
    "verified",
    "differing",
    "contested",
    "disputed",
    "returned",
    "recount",
    "accepted",
    "annulled",
)
KEPT = ("contest", "precinct", "area", "state", "version")
# What a database of the older revision calls the states that it does not know.
OLDER = "CASE WHEN state IN ('received', 'checked', 'accepted', 'disputed', 'annulled') "
OLDER += "THEN state ELSE 'disputed' END"


def _known(states: tuple[str, ...]) -> str:
    return "state IN ({})".format(", ".join(f"'{state}'" for state in states))


def _rebuild_on_sqlite(states: tuple[str, ...], state: str, *columns: sa.Column) -> None:
    """SQLite cannot alter a check: the table is built again; keys to it are checked at the end."""
    listed = ", ".join(KEPT)
    op.execute("PRAGMA defer_foreign_keys = ON")
    chosen = listed.replace("state", f"{state} AS state")
    op.execute(f"CREATE TEMP TABLE kept AS SELECT {chosen} FROM protocol")  # noqa: S608 - ours
    op.drop_table("protocol")
    op.create_table(
        "protocol",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("precinct", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *columns,
        sa.CheckConstraint(_known(states), name="ck_protocol_state_known"),
        sa.CheckConstraint("version > 0", name="ck_protocol_version_positive"),
        sa.ForeignKeyConstraint(["area"], ["area.key"], name="fk_protocol_area"),
        sa.ForeignKeyConstraint(["contest"], ["contest.key"], name="fk_protocol_contest"),
        sa.PrimaryKeyConstraint("contest", "precinct", name="pk_protocol"),
    )
    op.create_index("ix_protocol_contest_area_state", "protocol", ["contest", "area", "state"])
    op.execute(f"INSERT INTO protocol ({listed}) SELECT {listed} FROM kept")  # noqa: S608 - ours
    op.execute("DROP TABLE kept")


def _marks() -> list[sa.Column]:
    return [
        sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        for name in ("verified", "original")
    ]


def _check_on_postgresql(states: tuple[str, ...]) -> None:
    op.drop_constraint("ck_protocol_state_known", "protocol", type_="check")
    op.create_check_constraint("ck_protocol_state_known", "protocol", _known(states))


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        _rebuild_on_sqlite(AFTER, "state", *_marks())
    else:
        _check_on_postgresql(AFTER)
        for column in _marks():
            op.add_column("protocol", column)
    op.create_table(
        "scan",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("precinct", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest", "precinct", "version"],
            ["version.contest", "version.precinct", "version.number"],
            name="fk_scan_contest_precinct_version",
        ),
        sa.PrimaryKeyConstraint("contest", "precinct", "version", "position", name="pk_scan"),
    )
    op.create_index("ix_scan_sha256", "scan", ["sha256"])
    op.create_table(
        "claim",
        sa.Column("contest", sa.Integer(), nullable=False),
        sa.Column("precinct", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=160), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest", "precinct"],
            ["protocol.contest", "protocol.precinct"],
            name="fk_claim_contest_precinct",
        ),
        sa.PrimaryKeyConstraint("contest", "precinct", name="pk_claim"),
    )
    op.create_index("ix_event_subject", "event", ["subject"])
    _forbid("scan")


def _forbid(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f'CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f'CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_index("ix_event_subject", "event")
    op.drop_table("claim")
    op.drop_table("scan")
    if op.get_bind().dialect.name == "sqlite":
        _rebuild_on_sqlite(BEFORE, OLDER)
        return
    op.execute(f"UPDATE protocol SET state = {OLDER}")  # noqa: S608 - ours
    _check_on_postgresql(BEFORE)
    for name in ("verified", "original"):
        op.drop_column("protocol", name)
