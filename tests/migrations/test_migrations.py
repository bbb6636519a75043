"""Migrations: one line of heads, nothing left to generate, up, down and up again with data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tabulator.domain.register import ElectionPackage
from tabulator.errors import Misconfigured
from tabulator.storage import models
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.register import find_election, find_precincts
from tabulator.storage.store import store_package
from tabulator.storage.upgrade import configuration, refuse_outdated, upgrade
from tests.builders import election, precinct

NOW = datetime(2021, 1, 10, 16, 0, tzinfo=UTC)
PACKAGE = ElectionPackage(election(), {n: precinct(n) for n in (1001, 1002)}, "0" * 64)


def test_the_revisions_form_one_numbered_line() -> None:
    script = ScriptDirectory.from_config(configuration())
    line = [revision.revision for revision in script.walk_revisions()][::-1]
    assert line == [f"{number:04}" for number in range(1, len(line) + 1)]


def test_the_migrations_build_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with transaction(engine) as connection:
        command.check(configuration(connection))


def test_up_down_and_up_again_with_data(engine: Engine) -> None:
    with transaction(engine) as connection:
        store_package(connection, PACKAGE, NOW)
    with transaction(engine) as connection:
        command.downgrade(configuration(connection), "0001")
        assert not sa.inspect(connection).has_table("event")
    upgrade(engine)
    with snapshot(engine) as connection:
        stored = find_election(connection, "sample")
        assert find_precincts(connection, stored) == dict(PACKAGE.precincts)
    with transaction(engine) as connection:
        command.downgrade(configuration(connection), "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]


def test_a_register_of_before_0007_has_no_contacts_and_no_limits_of_its_own(
    engine: Engine,
) -> None:
    with transaction(engine) as connection:
        store_package(connection, PACKAGE, NOW)
        command.downgrade(configuration(connection), "0006")
        columns = {each["name"] for each in sa.inspect(connection).get_columns("precinct")}
        assert not columns & {"phone", "email"}
    upgrade(engine)
    with snapshot(engine) as connection:
        stored = find_election(connection, "sample")
        assert find_precincts(connection, stored) == dict(PACKAGE.precincts)
        assert stored.election.commissions == PACKAGE.election.commissions
        assert stored.election.limits == {}
    with pytest.raises(DBAPIError, match="append-only"), transaction(engine) as connection:
        connection.execute(sa.text("UPDATE precinct SET phone = '1'"))


def test_an_upgrade_of_the_newest_database_changes_nothing(engine: Engine) -> None:
    with transaction(engine) as connection:
        store_package(connection, PACKAGE, NOW)
    assert upgrade(engine) == upgrade(engine)


def test_a_database_that_is_behind_is_refused(engine: Engine) -> None:
    with transaction(engine) as connection:
        command.downgrade(configuration(connection), "0002")
    with snapshot(engine) as connection, pytest.raises(Misconfigured, match="db upgrade"):
        refuse_outdated(connection)


@pytest.mark.parametrize("table", models.APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_triggers_stand_on_every_table_that_is_only_added_to(
    engine: Engine, table: str, verb: str
) -> None:
    name = {
        "sqlite": f"{table}_no_{verb.lower()}",
        "postgresql": f"{table}_append_only",
    }[engine.dialect.name]
    found = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name",
        "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = :name",
    }[engine.dialect.name]
    with snapshot(engine) as connection:
        definition = connection.execute(sa.text(found), {"name": name}).scalar_one()
    assert verb in definition
