"""How precincts and commissions are reached, and limits of an election's own."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CONTACTS = [(table, name) for table in ("commission", "precinct") for name in ("phone", "email")]


def upgrade() -> None:
    for table, name in CONTACTS:
        op.add_column(table, sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("election", sa.Column("limits", sa.Text(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("election", "limits")
    for table, name in CONTACTS:
        op.drop_column(table, name)
