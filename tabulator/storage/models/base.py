"""What every table shares: one `metadata`, names of constraints, small columns."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def names(prefix: str = "name") -> list[Column[str]]:
    return [Column(f"{prefix}_{lang}", sa.Text, nullable=False) for lang in ("ky", "ru", "en")]


def contacts() -> list[Column[str]]:
    return [Column(name, sa.Text, nullable=False, server_default="") for name in ("phone", "email")]
