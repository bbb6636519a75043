"""The service's own role on a real PostgreSQL: it counts, and can alter nothing recorded."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from tabulator.audit.seal import seal
from tabulator.errors import Misconfigured, NotFound
from tabulator.storage.db import open_engine, transaction
from tabulator.storage.grant import grant
from tabulator.storage.models import APPEND_ONLY, metadata
from tabulator.storage.upgrade import refuse_outdated, upgrade
from tests.counting import NOW, Count, register

ROLE = 'the "clerk": ө'


@pytest.fixture
def owner(postgresql_url: str) -> Iterator[Engine]:
    engine = open_engine(postgresql_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clerk(owner: Engine) -> Iterator[Engine]:
    """The same database, as the role that the service works in."""
    quoted = owner.dialect.identifier_preparer.quote(ROLE).replace(":", r"\:")
    with transaction(owner) as connection:
        connection.execute(sa.text(f"CREATE ROLE {quoted} LOGIN"))
        grant(connection, ROLE)
    url = make_url(str(owner.url)).set(username=ROLE)
    engine = open_engine(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with transaction(owner) as connection:
        connection.execute(sa.text(f"DROP OWNED BY {quoted}"))
        connection.execute(sa.text(f"DROP ROLE {quoted}"))


def test_the_role_counts_an_election(clerk: Engine) -> None:
    count = Count.load(clerk, register())
    count.take_all()
    with transaction(clerk) as connection:
        refuse_outdated(connection)
        assert seal(connection, Ed25519PrivateKey.generate(), NOW).number == 1
    assert count.result().coverage.included == 6
    assert count.verdict().first_break is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "ALTER TABLE {table} DISABLE TRIGGER ALL",
        "DROP TRIGGER {name}_append_only ON {table}",
        "DROP TABLE {table} CASCADE",
        "ALTER TABLE {table} ADD COLUMN more integer",
        "CREATE RULE quiet AS ON INSERT TO {table} DO INSTEAD NOTHING",
        "CREATE TRIGGER quiet BEFORE INSERT ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_the_role_can_change_nothing_recorded(clerk: Engine, statement: str) -> None:
    for table in APPEND_ONLY:
        column = next(iter(metadata.tables[table].columns)).name
        refused(clerk, statement.format(table=f'"{table}"', name=table, column=f'"{column}"'))


def test_the_role_can_hand_nothing_on(owner: Engine, clerk: Engine) -> None:
    """PostgreSQL only warns of that, so the rights themselves are looked at."""
    with transaction(clerk) as connection:
        connection.execute(sa.text("GRANT ALL ON event TO PUBLIC"))
    with owner.connect() as connection:
        rights = connection.execute(
            sa.text("SELECT relacl::text FROM pg_class WHERE oid = 'event'::regclass")
        )
        assert ",=" not in rights.scalar_one()


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NEW; END'",
        "DROP FUNCTION refuse_change() CASCADE",
        "ALTER FUNCTION refuse_change() RENAME TO other",
        "CREATE TABLE mine (x integer)",
        "UPDATE alembic_version SET version_num = '0001'",
        "TRUNCATE accepted",
        "DROP TABLE accepted",
        "SET ROLE postgres",
    ],
)
def test_the_role_can_change_nothing_of_how_it_is_kept(clerk: Engine, statement: str) -> None:
    refused(clerk, statement)


def refused(clerk: Engine, statement: str) -> None:
    with clerk.connect() as connection, pytest.raises(DBAPIError) as error:
        connection.execute(sa.text(statement))
    denied = (psycopg.errors.InsufficientPrivilege, psycopg.errors.DependentObjectsStillExist)
    assert isinstance(error.value.orig, denied), error.value


def test_what_it_had_before_is_taken_from_it(owner: Engine, clerk: Engine) -> None:
    quoted = owner.dialect.identifier_preparer.quote(ROLE).replace(":", r"\:")
    with transaction(owner) as connection:
        connection.execute(sa.text(f"GRANT ALL ON event TO {quoted}"))
        grant(connection, ROLE)
    refused(clerk, "UPDATE event SET actor = actor")


def test_who_owns_the_tables_or_may_is_refused(owner: Engine) -> None:
    with transaction(owner) as connection:
        connection.execute(sa.text("CREATE ROLE deputy IN ROLE pg_monitor"))
        connection.execute(sa.text("CREATE ROLE holder"))
        connection.execute(sa.text("GRANT holder TO deputy"))
        connection.execute(sa.text("ALTER TABLE answer OWNER TO holder"))
        for role in ("postgres", "holder", "deputy"):
            with pytest.raises(Misconfigured, match="owns the tables"):
                grant(connection, role)
        connection.rollback()


def test_a_role_that_is_none_is_refused(owner: Engine) -> None:
    with transaction(owner) as connection, pytest.raises(NotFound, match="no role nobody"):
        grant(connection, "nobody")
