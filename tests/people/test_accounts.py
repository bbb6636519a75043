"""Accounts: whose names and reach are in order; every change is an event without secrets."""

from __future__ import annotations

import json

import pytest

from tabulator import audit
from tabulator.domain.roles import Actor, Role
from tabulator.errors import Conflict, Malformed, NotAllowed, NotFound
from tabulator.package.accounts import folded, wanted
from tabulator.people import accounts, tokens
from tabulator.storage import models
from tabulator.storage.db import snapshot, transaction
from tests.counting import Count, register
from tests.people.people import NOW, SHELL, People

GIVEN = {"name": "aida", "role": "cec-operator"}


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"name": ""}, "name", "empty-cell"),
        ({"name": "=HYPERLINK(1)"}, "name", "not-an-account-name"),
        ({"name": "+aida"}, "name", "not-an-account-name"),
        ({"name": "-aida"}, "name", "not-an-account-name"),
        ({"name": "@aida"}, "name", "not-an-account-name"),
        ({"name": ".."}, "name", "not-an-account-name"),
        ({"name": "a/b"}, "name", "not-an-account-name"),
        ({"name": "aida\r\nSet-Cookie: a=b"}, "name", "not-an-account-name"),
        ({"name": "ai\tda"}, "name", "not-an-account-name"),
        ({"name": "ai\0da"}, "name", "not-an-account-name"),
        ({"name": "ai  da"}, "name", "not-an-account-name"),
        ({"name": "ai\u200bda"}, "name", "not-an-account-name"),
        ({"name": "ai\u202eda"}, "name", "not-an-account-name"),
        ({"name": "ａida"}, "name", "not-an-account-name"),
        ({"name": "a" * 101}, "name", "not-an-account-name"),
        ({"role": "command-line"}, "role", "not-one-of"),
        ({"role": "king"}, "role", "not-one-of"),
        ({"scope": "tec-1"}, "scope", "must-be-empty"),
        ({"role": "observer", "scope": "1001"}, "scope", "must-be-empty"),
        ({"role": "administrator", "scope": "cec"}, "scope", "must-be-empty"),
        ({"role": "administrator", "election": "sample"}, "election", "must-be-empty"),
        ({"role": "precinct-chair"}, "scope", "empty-cell"),
        ({"role": "precinct-chair", "scope": "tec-1"}, "scope", "not-a-whole-number"),
        ({"role": "territorial-chair"}, "scope", "empty-cell"),
        ({"role": "territorial-operator", "scope": "../x"}, "scope", "not-a-code"),
        ({"person": "=1+1"}, "person", "formula"),
        ({"person": "Aida\nBcc: x"}, "person", "control-character"),
        ({"person": "Aida\x07"}, "person", "control-character"),
        ({"lang": "de"}, "lang", "not-one-of"),
    ],
)
def test_an_account_that_is_not_in_order_is_refused(
    changed: dict[str, str], column: str, code: str
) -> None:
    with pytest.raises(Malformed) as refused:
        wanted({**GIVEN, **changed})
    assert [(p.column, p.code) for p in refused.value.problems] == [(column, code)]


@pytest.mark.parametrize(
    "name", ["precinct-1001", "А. Оператор", "айгүл@тик", "O'Connor", "7", "Жаңыл Өмүрбекова"]
)
def test_names_are_latin_or_cyrillic(name: str) -> None:
    assert wanted({**GIVEN, "name": name}).name == name


@pytest.mark.parametrize("other", ["АЙГҮЛ", "айгүл", "Айгүл "])
def test_one_name_in_any_case_is_one_account(people: People, other: str) -> None:
    people.add("Айгүл")
    assert people.find(other).name == "Айгүл"
    with pytest.raises(Conflict):
        people.add(other.strip())


def test_one_name_composed_in_two_ways_is_one_account(people: People) -> None:
    people.add(wanted({**GIVEN, "name": "и\u0306осиф"}).name)
    assert people.find("\u0439осиф").name == "\u0439осиф"
    assert folded("\u0419") == folded("и\u0306")


@pytest.mark.parametrize("name", ["nobody", "\0", "\ud800", "a" * 500, "", "%"])
def test_nobody_is_found_by_a_name_that_is_none(people: People, name: str) -> None:
    with pytest.raises(NotFound):
        people.find(name)


@pytest.mark.parametrize(
    ("reach", "code"),
    [
        ({"election": "none"}, "unknown-election"),
        ({"role": Role.PRECINCT_CHAIR, "election": "sample", "scope": "4"}, "unknown-precinct"),
        (
            {"role": Role.TERRITORIAL_CHAIR, "election": "sample", "scope": "tec-osh"},
            "unknown-reference",
        ),
    ],
)
def test_what_is_not_in_the_register_cannot_be_reached(
    people: People, reach: dict[str, str], code: str
) -> None:
    Count.load(people.engine, register())
    people.add("chair", Role.PRECINCT_CHAIR, election="sample", scope="1001")
    people.add("tec", Role.TERRITORIAL_CHAIR, election="sample", scope="tec-sokuluk")
    people.add("area", Role.TERRITORIAL_CHAIR, election="sample", scope="sokuluk")
    with pytest.raises(Malformed) as refused:
        people.add("other", **reach)  # type: ignore[arg-type]
    assert [problem.code for problem in refused.value.problems] == [code]


def test_every_change_is_an_event_with_who_and_how_far_and_no_secret(people: People) -> None:
    people.add("aida", person="Аида А.")
    people.change("aida", role="territorial-chair", scope="tec-osh")
    people.change("aida", active=False)
    people.change("aida", active=False)
    with transaction(people.engine) as connection:
        accounts.reset_account(connection, SHELL, "AIDA", password="hash", now=NOW)  # noqa: S106
        accounts.end_sessions(connection, SHELL, "aida", now=NOW)
    kinds = ["created", "changed", "changed", "reset", "sessions_ended"]
    assert [kind for kind, _, _ in people.events()] == [f"account.{kind}" for kind in kinds]
    assert {subject for _, subject, _ in people.events()} == {"aida"}
    facts = [json.loads(facts) for _, _, facts in people.events()]
    assert facts[0] == {
        "role": "cec-operator",
        "scope": "",
        "election": "",
        "person": "Аида А.",
        "active": True,
    }
    assert facts[1]["role"] == "territorial-chair"
    assert [fact["active"] for fact in facts] == [True, True, False, False, False]
    assert "argon2" not in str(facts)
    with snapshot(people.engine) as connection:
        assert audit.first_break(audit.chain.events(connection)) is None


def test_what_is_not_named_stays(people: People) -> None:
    people.add("aida", Role.TERRITORIAL_CHAIR, scope="tec-osh", person="Аида")
    changed = people.change("aida", lang="ru", folded="x", password="x")  # noqa: S106
    assert changed.wanted.scope == "tec-osh"
    assert people.find("aida") == changed
    assert changed.wanted.lang == "ru"


def test_a_change_to_a_role_without_its_scope_is_refused(people: People) -> None:
    people.add("aida")
    with pytest.raises(Malformed):
        people.change("aida", role="precinct-chair")
    assert len(people.events()) == 1


def test_nobody_changes_their_own_account(people: People) -> None:
    own = people.add("admin", Role.ADMINISTRATOR).actor("")
    with pytest.raises(NotAllowed), transaction(people.engine) as connection:
        accounts.change_account(connection, own, "admin", {"role": "cec-member"}, now=NOW)


@pytest.mark.parametrize(
    "changes", [{"role": "cec-member"}, {"active": False}, {"person": "Another"}]
)
def test_a_change_of_who_they_are_ends_their_sessions(
    people: People, changes: dict[str, str]
) -> None:
    people.add("aida")
    people.enter("aida")
    people.change("aida", lang="ru")
    assert len(people.rows(models.session)) == 1
    people.change("aida", **changes)
    assert people.rows(models.session) == []


def test_a_reset_takes_password_second_step_sessions_and_tokens(people: People) -> None:
    actor = people.add("member", Role.CEC_MEMBER).actor("")
    people.set_up(people.enter("member"))
    with transaction(people.engine) as connection:
        expires = NOW.replace(month=2)
        tokens.create_token(connection, actor, "watch", ["read"], expires, now=NOW)
        accounts.reset_account(connection, SHELL, "member", password="x", now=NOW)  # noqa: S106
    found = people.find("member")
    assert (found.totp, found.recovery, found.must_change) == ("", "[]", True)
    assert people.rows(models.session) == []
    assert people.rows(models.token)[0]["revoked_at"] == NOW


def test_a_new_role_revokes_what_was_made_for_the_old_one(people: People) -> None:
    actor = people.add("aida", Role.TERRITORIAL_OPERATOR, scope="tec-bishkek").actor("")
    with transaction(people.engine) as connection:
        expires = NOW.replace(month=2)
        tokens.create_token(connection, actor, "desk", ["write"], expires, now=NOW)
    people.change("aida", lang="ru")
    assert people.rows(models.token)[0]["revoked_at"] is None
    people.change("aida", role="territorial-verifier")
    assert people.rows(models.token)[0]["revoked_at"] is not None


def test_accounts_are_listed_by_name_page_by_page(people: People) -> None:
    for name in ("b", "C", "a", "Ä"):
        people.add(name)
    with snapshot(people.engine) as connection:
        pages = [
            [account.name for account in accounts.listed(connection, after=after, limit=2)]
            for after in ("", "B", "nobody")
        ]
    assert pages == [["a", "b"], ["C", "Ä"], ["Ä"]]


def test_the_command_line_is_no_account() -> None:
    assert Actor("root", Role.COMMAND_LINE).role not in accounts.NEEDS_SECOND_STEP
