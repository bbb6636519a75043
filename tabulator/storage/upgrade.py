"""Brings a database to the newest migration."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from tabulator.config import migrations_folder
from tabulator.errors import Misconfigured
from tabulator.storage.db import lock, transaction
from tabulator.storage.models import metadata


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration on an open connection; the caller commits."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata)
    return config


def upgrade(engine: Engine, to: str = "head") -> str:
    """Migrate upward to `to`; gives the revision reached."""
    with transaction(engine) as connection:
        lock(connection, ["migrations"])
        command.upgrade(configuration(connection), to)
        return MigrationContext.configure(connection).get_current_revision() or ""


def refuse_outdated(connection: Connection) -> None:
    """Misconfigured unless the database stands at the newest migration."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        raise Misconfigured(
            "the database is not at the newest migration: run 'tabulator db upgrade'"
        )
