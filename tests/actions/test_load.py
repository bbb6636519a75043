"""An election is loaded once: its register never changes afterwards."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from tabulator.actions.load import load_election
from tabulator.errors import Conflict
from tabulator.storage.db import transaction
from tabulator.storage.register import register_digest
from tests.counting import CLERK, NOW, Count, register


def test_loading_is_on_record_with_the_digests_of_package_and_register(engine: Engine) -> None:
    package = register()
    count = Count.load(engine, package)
    ((chain, number, kind, subject, actor, facts),) = count.rows(
        "SELECT chain, number, kind, subject, actor, facts FROM event"
    )
    assert (chain, number, kind, subject) == ("main", 1, "election.loaded", "sample")
    assert actor == CLERK.name
    assert json.loads(facts) == {
        "package": package.digest,
        "register": register_digest(package.election, package.precincts),
        "areas": 6,
        "precincts": 6,
        "contests": ["president"],
    }


def test_loading_the_same_package_twice_changes_nothing(engine: Engine) -> None:
    count = Count.load(engine, register())
    with transaction(engine) as connection:
        assert not load_election(connection, CLERK, register(), now=NOW)
    assert count.rows("SELECT count(*) FROM event") == [(1,)]


def test_another_package_with_the_same_name_is_a_conflict(engine: Engine) -> None:
    count = Count.load(engine, register())
    other = replace(register(places={5001: "chui"}), digest="1" * 64)
    with pytest.raises(Conflict, match="sample"), transaction(engine) as connection:
        load_election(connection, CLERK, other, now=NOW)
    assert count.rows("SELECT count(*) FROM precinct") == [(6,)]
    assert count.verdict().first_break is None
