"""What is stored of an election comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from tabulator.domain.register import ElectionPackage
from tabulator.domain.text import Text
from tabulator.errors import NotFound
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.register import (
    election_titles,
    find_election,
    find_precincts,
    register_digest,
)
from tabulator.storage.store import store_package
from tests.builders import contest, election, option, options, precinct

NOW = datetime(2021, 1, 10, 16, 0, tzinfo=UTC)


def package() -> ElectionPackage:
    lists = (
        *options("ata", "bir", kind="list"),
        *(option(f"ata-{k}", position=k, list="ata", sex="f") for k in (1, 2)),
    )
    both = election(
        contest(), contest("jk-list/2021", options=lists, area="chui", open_abroad=False)
    )
    precincts = {
        1001: precinct(1001, address='ул. «Ош», 5; д\'Артаньяна "6"', voters=800, aeu=False),
        7001: precinct(7001, "alamudun", voters=0, voters_men=0, voters_women=0, aeu=True),
        9001: precinct(9001, "abroad", abroad=True, timezone="Asia/Sakhalin", country="RU"),
    }
    return ElectionPackage(both, precincts, "0" * 64)


def test_an_election_comes_back_as_it_was(engine: Engine) -> None:
    given = package()
    with transaction(engine) as connection:
        store_package(connection, given, NOW)
    with snapshot(engine) as connection:
        stored = find_election(connection, "sample")
        assert find_precincts(connection, stored) == dict(given.precincts)
        assert election_titles(connection) == {"sample": given.election.title}
    assert stored.election.contests == given.election.contests
    assert stored.election.commissions == given.election.commissions
    assert list(stored.election.areas) == list(given.election.areas)
    assert stored.loaded_at == NOW
    assert register_digest(stored.election, given.precincts) == register_digest(
        given.election, given.precincts
    )


def test_the_digest_of_a_register_changes_with_any_name_in_it(engine: Engine) -> None:
    given = package()
    other = dict(given.precincts)
    other[1001] = precinct(1001, address=given.precincts[1001].address, voters=801, aeu=False)
    renamed = election(contest(title=Text(ky="башка")))
    digests = {
        register_digest(given.election, given.precincts),
        register_digest(given.election, other),
        register_digest(renamed, given.precincts),
    }
    assert len(digests) == 3


DIGEST = "9fdf04742ed36e16cafde7fb583878e648752b82b30de08083e567bab3872cff"
"""Of `package`, as it was before a register could hold contacts and limits."""


def test_without_contacts_and_limits_the_digest_is_what_it_was_before_there_were_any() -> None:
    given = package()
    assert register_digest(given.election, given.precincts) == DIGEST


def test_contacts_and_limits_come_back_and_change_the_digest(engine: Engine) -> None:
    plain = package()
    known = precinct(1001, phone="+996 000 001", email="1001@shailoo.example")
    reached = replace(plain.election.commissions["cec"], phone="+996 000 002")
    commissions = {**plain.election.commissions, "cec": reached}
    given = replace(
        plain,
        election=replace(plain.election, commissions=commissions, limits={"result": 15}),
        precincts={**plain.precincts, 1001: known},
    )
    with transaction(engine) as connection:
        store_package(connection, given, NOW)
    with snapshot(engine) as connection:
        stored = find_election(connection, "sample").election
        assert find_precincts(connection, find_election(connection, "sample"))[1001] == known
    assert stored.commissions["cec"] == reached
    assert stored.limits == {"result": 15}
    parts = [
        (plain.election, plain.precincts),
        (plain.election, given.precincts),
        (replace(plain.election, commissions=commissions), plain.precincts),
        (replace(plain.election, limits={"result": 15}), plain.precincts),
        (given.election, given.precincts),
    ]
    assert len({register_digest(*part) for part in parts}) == len(parts)
    assert register_digest(stored, given.precincts) == register_digest(*parts[-1])


def test_a_telephone_is_not_an_address_of_the_same_letters() -> None:
    given = package()
    both = [
        {**given.precincts, 7001: precinct(7001, "alamudun", **{contact: "x"})}
        for contact in ("phone", "email")
    ]
    assert len({register_digest(given.election, precincts) for precincts in both}) == 2


def test_an_unknown_election_is_not_found(engine: Engine) -> None:
    with snapshot(engine) as connection, pytest.raises(NotFound):
        find_election(connection, "none")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE option SET name_ky = 'башка'",
        "DELETE FROM precinct",
        "UPDATE precinct SET voters = 1",
        "UPDATE precinct SET phone = '1'",
        "UPDATE commission SET email = '1'",
        "UPDATE election SET limits = '{\"result\": 99}'",
        "DELETE FROM formed",
    ],
)
def test_the_register_cannot_be_changed(engine: Engine, statement: str) -> None:
    with transaction(engine) as connection:
        store_package(connection, package(), NOW)
    with pytest.raises(DBAPIError, match="append-only"), transaction(engine) as connection:
        connection.execute(sa.text(statement))
