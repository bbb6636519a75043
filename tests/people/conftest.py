"""Accounts in a database of each kind."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.people.people import People


@pytest.fixture
def people(engine: Engine) -> People:
    return People(engine)
