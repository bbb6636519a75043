"""The application over a count, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tabulator.app import create_app
from tabulator.config import Settings
from tabulator.storage.db import utc_now
from tests.builders import contest
from tests.counting import Count, lists, plain, register, sent
from tests.people.people import People


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    environment = {"TABULATOR_HOME": str(tmp_path), "TABULATOR_DATABASE_URL": database_url}
    return Settings.from_environment(environment)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def count(engine: Engine) -> Count:
    """Two contests; accepted and disputed protocols, one that is missing, and blanks."""
    counted = Count.load(engine, register(contest(), plain()))
    first, second = counted.stored.election.contests.values()
    counted.take(sent(first, 1001), sent(first, 1002), sent(first, 7001), sent(first, 9001, I=1))
    counted.take(sent(second, 1001, EXTRA=None, NOTE=None), sent(second, 7001))
    return counted


@pytest.fixture
def loaded(engine: Engine) -> Count:
    """A register of two contests; no protocol has come."""
    return Count.load(engine, register(contest(), lists()))


@pytest.fixture
def people(engine: Engine) -> People:
    """An empty database to which people are added, at the present moment."""
    return People(engine, utc_now())
