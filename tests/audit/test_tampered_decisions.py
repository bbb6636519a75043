"""What was decided, signed, scanned and allowed is found when it is changed behind our back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator import audit
from tabulator.actions.review import accept, decide, explain
from tabulator.audit.chain import event_hash, genesis
from tabulator.audit.standing import ACCOUNTS
from tabulator.audit.verify import verify
from tabulator.domain.protocol import Protocol, digest
from tabulator.domain.roles import Actor, Role
from tabulator.storage import models
from tabulator.storage.counts import accept_figures, retabulate
from tabulator.storage.db import lock, snapshot, transaction
from tabulator.storage.files import Files
from tabulator.storage.protocols import Scan
from tests.audit.conftest import opened
from tests.audit.tampering import Tampered, administering, refuse, said
from tests.builders import protocol
from tests.counting import NOW, Count, register, sent
from tests.working import ALAMUDUN, BISHKEK, DECISION, TEAMS, Night, chair_of

SCAN = b"%PDF-1.7 protocol 1001"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def worked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Count]:
    """A decided error, an explained warning, a signed territory, and what waits for review."""
    with opened(request, tmp_path_factory) as engine:
        night = Night(Count.load(engine, register()))
        night.original(7101)
        night.signed("tec-sokuluk")
        wrong = sent(night.contest, 1001, INV=99)
        files = Files(tmp_path_factory.mktemp("files"))
        scan = Scan(files.keep(SCAN), "1001.pdf", "application/pdf", len(SCAN))
        night.send(chair_of(1001), wrong, scans=[scan])
        night.confirm(wrong)
        night.do(BISHKEK.chair, 1001, decide, "K04", DECISION)
        night.do(BISHKEK.verifier, 1001, accept)
        late = protocol(
            night.contest, 1002, beside={"ident_final": 9_999}, **sent(night.contest, 1002).figures
        )
        night.send(chair_of(1002), late)
        night.confirm(late)
        night.do(BISHKEK.first, 1002, explain, "K10", "two receipts were printed")
        night.do(BISHKEK.verifier, 1002, accept)
        night.confirm(night.type(ALAMUDUN.first, 7001), ALAMUDUN.second)
        for actor in (*staff(), *(chair_of(number) for number in (1001, 1002, 7101))):
            register_account(night.count, actor)
        yield night.count


def staff() -> list[Actor]:
    teams = [(t.first, t.second, t.verifier, t.chair) for t in TEAMS.values()]
    return [actor for team in teams for actor in team]


def register_account(count: Count, actor: Actor) -> None:
    row = {"role": str(actor.role), "election": "", "scope": actor.scope, "active": True}
    blank = {"person": "", "lang": "ky", "password": "", "totp": "", "totp_step": 0}
    more = {"folded": actor.name, "recovery": "[]", "must_change": False, "created_at": NOW}
    with transaction(count.engine) as connection:
        lock(connection, [ACCOUNTS])
        connection.execute(sa.insert(models.account), {"name": actor.name, **row, **blank, **more})
        facts = {**row, "person": actor.person}
        entry = audit.Entry(ACCOUNTS, "account.created", actor.name, facts)
        audit.record(connection, at=NOW, actor=actor, entries=[entry])


def changed() -> tuple[Protocol, Protocol]:
    """The signed protocol of 7101, and the same with one voter more."""
    was = sent(register().election.contests["president"], 7101)
    return was, replace(was, figures={**was.figures, "V": (was.figures["V"] or 0) + 1})


WAS, MADE = changed()
VOTER_MORE = (
    f"UPDATE version SET digest = '{digest(MADE.canonical())}', "  # noqa: S608
    f"figures_digest = '{digest(MADE.figures_canonical())}', canonical = replace(canonical, "
    f"'\"V\"\\:{WAS.figures['V']}', '\"V\"\\:{MADE.figures['V']}') WHERE precinct = 7101",
    "UPDATE accepted SET v0 = v0 + 1 WHERE precinct = 7101",
    "UPDATE subtotal SET t0 = t0 + 1 WHERE area = {sokuluk}",
)

ONE = "name = 'first.tec-alamudun'"

# What is done → the statements, and a part of what is said of it.
TAMPERED: dict[str, Tampered] = {
    "which version was verified": (
        "UPDATE protocol SET verified = 0 WHERE precinct = 1001",
        "sample/president/1001 6 it stands as accepted, the trail says otherwise",
    ),
    "which version is original": (
        "UPDATE protocol SET original = 1 WHERE precinct = 1001",
        "sample/president/1001 6 it stands as accepted, the trail says otherwise",
    ),
    "a scan's name": (
        "UPDATE scan SET name = 'other.pdf'",
        "sample/president/1001 0 the files of version 1 are not what the trail says",
    ),
    "which scan it is": (
        f"UPDATE scan SET sha256 = '{'0' * 64}'",  # noqa: S608
        "sample/president/1001 0 the files of version 1 are not what the trail says",
    ),
    "a scan gone": (
        "DELETE FROM scan",
        "sample/president/1001 0 the files of version 1 are not what the trail says",
    ),
    "a scan put in": (
        "INSERT INTO scan (contest, precinct, version, position, sha256, name, media_type, size) "
        "SELECT contest, 1002, version, position, sha256, name, media_type, size FROM scan",
        "sample/president/1002 0 the files of version 1 are not what the trail says",
    ),
    "the text of an explanation": (
        "UPDATE event SET facts = replace(facts, 'two receipts', 'one receipt') "
        "WHERE kind = 'finding.explained'",
        "its content was changed",
    ),
    "the number of a decision": (
        'UPDATE event SET facts = replace(facts, \'"number":"12"\', \'"number":"13"\') '
        "WHERE kind = 'finding.decided'",
        "its content was changed",
    ),
    "who signed": (
        "UPDATE event SET facts = replace(facts, 'Asanova', 'Asanov') "
        "WHERE kind = 'sitting.signed'",
        "its content was changed",
    ),
    "a signature gone": (
        "DELETE FROM event WHERE kind = 'sitting.opened'",
        "is missing",
    ),
    "a figure of a signed territory in every place": (
        VOTER_MORE,
        "sample/president/7101 1 version 1 is not what the trail says",
    ),
    "the role of an account": (
        f"UPDATE account SET role = 'territorial-verifier' WHERE {ONE}",  # noqa: S608
        "accounts 0 account first.tec-alamudun is not what the trail says",
    ),
    "the reach of an account": (
        f"UPDATE account SET scope = 'tec-bishkek' WHERE {ONE}",  # noqa: S608
        "accounts 0 account first.tec-alamudun is not what the trail says",
    ),
    "whose an account is": (
        f"UPDATE account SET person = 'Somebody Else' WHERE {ONE}",  # noqa: S608
        "accounts 0 account first.tec-alamudun is not what the trail says",
    ),
    "a token put in": (
        "INSERT INTO token (account, label, digest, rights, created_at, expires_at) "  # noqa: S608
        f"SELECT name, '', 'd', '[]', created_at, created_at FROM account WHERE {ONE}",
        "accounts 0 token 1 of first.tec-alamudun is not what the trail says",
    ),
    "an account put in": (
        "INSERT INTO account SELECT 'ghost', 'ghost', person, role, election, scope, lang, "  # noqa: S608
        "password, must_change, totp, totp_step, recovery, active, created_at FROM account "
        f"WHERE {ONE}",
        "accounts 0 account ghost is not what the trail says",
    ),
    "an account gone": (
        f"DELETE FROM account WHERE {ONE}",  # noqa: S608
        "accounts 0 account first.tec-alamudun is missing",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_is_found_and_named(worked: Count, what: str) -> None:
    refuse(worked, TAMPERED[what])


def forge(worked: Count, connection: Connection, actor: Actor) -> None:
    """Accept 7001 in every table and with a right event, as whoever knows the schema could."""
    stored, contest = worked.stored, worked.contest
    given, key = sent(contest, 7001), stored.contests[contest.id]
    facts = {"version": 1, "digest": digest(given.canonical())}
    entry = audit.Entry("sample/alamudun", "protocol.accepted", "sample/president/7001", facts)
    audit.record(connection, at=NOW, actor=actor, entries=[entry])
    connection.execute(sa.text("UPDATE protocol SET state = 'accepted' WHERE precinct = 7001"))
    accept_figures(connection, stored, contest, [("alamudun", 7001, given.figures)])
    retabulate(connection, key, [stored.areas["alamudun"]])


EXPLAINED = {"version": 1, "code": "K10", "text": "two receipts were printed"}
GHOST = Actor("ghost", Role.TERRITORIAL_CHAIR)


@pytest.mark.parametrize(
    ("actor", "chain", "facts", "reason"),
    [
        (BISHKEK.chair, "sample/bishkek", EXPLAINED, "the trail holds"),
        (GHOST, "sample/bishkek", EXPLAINED, "ghost never had an account with the role"),
        (BISHKEK.first, "sample/zzz", EXPLAINED, "it stands in chain sample/zzz"),
        (BISHKEK.chair, "sample/bishkek", {**EXPLAINED, "version": 7}, "version 7 does not stand"),
    ],
    ids=["as it should be", "by nobody", "in another chain", "of another version"],
)
def test_an_event_put_at_the_end_of_a_chain_has_to_fit(
    worked: Count, actor: Actor, chain: str, facts: dict[str, Any], reason: str
) -> None:
    with administering(worked.engine) as connection:
        entry = audit.Entry(chain, "finding.explained", "sample/president/1002", facts)
        audit.record(connection, at=NOW, actor=actor, entries=[entry])
        assert reason in said(verify(connection))


def test_accepting_by_a_verifier_holds(worked: Count) -> None:
    """The forgery is whole: what the next test finds is nothing but who did it."""
    with administering(worked.engine) as connection:
        forge(worked, connection, ALAMUDUN.verifier)
        assert said(verify(connection)) == "the trail holds"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.TERRITORIAL_VERIFIER, "a person who has entered none of its figures"),
        (Role.TERRITORIAL_OPERATOR, "accept is not possible for territorial-operator"),
    ],
)
def test_an_acceptance_forged_by_who_entered_it_is_found(
    worked: Count, role: Role, expected: str
) -> None:
    with administering(worked.engine) as connection:
        forge(worked, connection, replace(ALAMUDUN.first, role=role))
        found = said(verify(connection))
        assert found.startswith("sample/alamudun 4 sample/president/7001: ")
        assert expected in found


def chained_anew(connection: Connection, chain: str, edit: Callable[[str], str]) -> None:
    """Change the facts of a chain and give every event of it a right hash again."""
    table = models.event
    rows = connection.execute(
        sa.select(table).where(table.c.chain == chain).order_by(table.c.number)
    ).all()
    connection.execute(sa.delete(table).where(table.c.chain == chain))
    head = genesis(chain)
    for row in rows:
        values = row._asdict() | {"facts": edit(row.facts), "previous": head}
        del values["hash"]
        head = event_hash(values.values())
        connection.execute(sa.insert(table), {**values, "hash": head})


def test_a_territory_s_own_trail_written_anew_does_not_fit_its_signature(worked: Count) -> None:
    def edit(facts: str) -> str:
        facts = facts.replace(f'"V":{WAS.figures["V"]}', f'"V":{MADE.figures["V"]}')
        return facts.replace(digest(WAS.canonical()), digest(MADE.canonical()))

    with administering(worked.engine) as connection:
        for statement in VOTER_MORE:
            area = worked.stored.areas["sokuluk"]
            connection.execute(sa.text(statement.replace("{sokuluk}", str(area))))
        chained_anew(connection, "sample/sokuluk", edit)
        found = said(verify(connection))
        assert "sample/president/tec-sokuluk" in found
        assert "other figures stand now than were signed" in found


@pytest.mark.parametrize("damaged", [SCAN + b"\n", None], ids=["changed", "lost"])
def test_a_scan_whose_bytes_are_others_or_gone_is_found(
    worked: Count, tmp_path: Path, damaged: bytes | None
) -> None:
    files = Files(tmp_path)
    kept = files.keep(SCAN)
    with snapshot(worked.engine) as connection:
        assert said(verify(connection, files=files)) == "the trail holds"
        path = files.open(kept)
        path.unlink()
        if damaged:
            path.write_bytes(damaged)
        assert f"file {kept} of version 1 is lost or changed" in said(
            verify(connection, files=files)
        )
