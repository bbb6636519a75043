"""What the service's own role may do: triggers keep records, and it is not the one to drop them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.errors import Misconfigured, NotFound
from tabulator.storage.models import APPEND_ONLY, metadata

_READ = ("alembic_version",)
_ADD = "SELECT, INSERT"
_CHANGE = "SELECT, INSERT, UPDATE, DELETE"


def grant(connection: Connection, role: str) -> None:
    """Give a role what the count needs and take everything else from it.

    Raises:
        Misconfigured: Not PostgreSQL; or the role is the owner, or may become it, so that
            nothing could be kept from it.
        NotFound: There is no such role.
    """
    if connection.dialect.name != "postgresql":
        raise Misconfigured("SQLite has no roles: who may write its file may change all of it.")
    _refuse_owner(connection, role)
    schema = connection.execute(sa.text("SELECT current_schema()")).scalar_one()
    quote = connection.dialect.identifier_preparer.quote
    to, here = quote(role), quote(schema)
    statements = [
        # Older servers let everybody create tables, and functions with the names of ours.
        f"REVOKE CREATE ON SCHEMA {here} FROM PUBLIC, {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {here} FROM {to}",
        f"GRANT USAGE ON SCHEMA {here} TO {to}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {here} TO {to}",
        *(f"GRANT {may} ON {here}.{quote(table)} TO {to}" for table, may in _rights().items()),
    ]
    for statement in statements:
        connection.execute(sa.text(statement.replace(":", r"\:")))


def _rights() -> dict[str, str]:
    tables = {name: _ADD if name in APPEND_ONLY else _CHANGE for name in metadata.tables}
    return tables | dict.fromkeys(_READ, "SELECT")


def _refuse_owner(connection: Connection, role: str) -> None:
    exists = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role")
    if not connection.execute(exists, {"role": role}).first():
        raise NotFound(f"the database server has no role {role}")
    owns = sa.text(
        "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "AND pg_has_role(:role, relowner, 'MEMBER')"
    )
    if connection.execute(owns, {"role": role}).first():
        raise Misconfigured(f"{role} owns the tables, or may become who does: take another role.")
