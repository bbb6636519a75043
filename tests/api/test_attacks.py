"""What somebody who should not come in would try."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tabulator.audit.verify import verify
from tabulator.domain.roles import Role
from tabulator.guard import CSRF_HEADER
from tabulator.people import passwords
from tabulator.people.keys import digest
from tabulator.storage import models
from tabulator.storage.db import snapshot, transaction, utc_now
from tests.api.logging_in import Browser, browser
from tests.people.people import PASSWORD, People


def token(who: Browser, *rights: str, days: float = 30) -> tuple[int, dict[str, str]]:
    """Id of a new token, and the header that shows it."""
    expires = (utc_now() + timedelta(days=days)).isoformat()
    asked = {"label": "machine", "rights": list(rights), "expires_at": expires}
    made = who.post("/tokens", asked).get_json()
    return made["id"], {"Authorization": f"Bearer {made['token']}"}


@pytest.mark.parametrize("forge", [lambda c: c[:-1] + "_", lambda c: "", digest, str.swapcase])
def test_a_forged_cookie_is_nobody_s(
    app: Flask, people: People, forge: Callable[[str], str]
) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    thief = Browser(app)
    thief.cookie = forge(who.cookie)
    assert thief.get("/session").status_code == 401


def test_a_cookie_is_worth_nothing_after_logging_out(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    kept, csrf = who.cookie, who.csrf
    who.call("DELETE", "/session")
    who.cookie, who.csrf = kept, csrf
    assert who.get("/session").status_code == 401
    assert who.call("DELETE", "/sessions").status_code == 401


def test_a_planted_cookie_is_replaced_at_every_level(app: Flask, people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    victim = Browser(app)
    victim.cookie = planted = "planted-by-somebody"
    victim.log_in("member")
    second = victim.cookie
    victim.set_up()
    assert len({planted, second, victim.cookie}) == 3
    for stolen in (planted, second):
        thief = Browser(app)
        thief.cookie = stolen
        assert thief.get("/session").status_code == 401


def test_who_is_disabled_is_out_at_the_next_request(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    who = browser(app, people, "aida", Role.OBSERVER)
    _, header = token(who, "read")
    with transaction(people.engine) as connection:  # the flag alone, sessions left as they are
        aida = models.account.c.name == "aida"
        connection.execute(sa.update(models.account).where(aida).values(active=False))
    assert who.get("/session").status_code == 401
    assert Browser(app).call("GET", "/tokens", headers=header).status_code == 401
    # Whoever comes back makes new tokens.
    admin.call("PATCH", "/accounts/aida", {"active": True})
    assert Browser(app).call("GET", "/tokens", headers=header).status_code == 401


def test_a_lower_role_counts_from_the_next_request(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    _, header = token(admin, "read")
    assert Browser(app).call("GET", "/accounts", headers=header).status_code == 200
    people.change("admin", role="observer")
    assert admin.get("/accounts").status_code == 401
    assert Browser(app).call("GET", "/accounts", headers=header).status_code == 401


def test_a_session_left_idle_is_over(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    before = utc_now() - timedelta(minutes=30)
    with transaction(people.engine) as connection:
        connection.execute(sa.update(models.session).values(seen_at=before))
    assert who.get("/session").status_code == 401


def test_use_is_noted_at_most_once_a_minute(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    for ago, noted in ((50, False), (70, True)):
        before = utc_now() - timedelta(seconds=ago)
        with transaction(people.engine) as connection:
            connection.execute(sa.update(models.session).values(seen_at=before))
        assert who.get("/session").status_code == 200
        (row,) = people.rows(models.session)
        assert (row["seen_at"] > before) is noted


def test_a_foreign_page_cannot_write(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    other = browser(app, people, "other", Role.OBSERVER)
    for headers in ({}, {CSRF_HEADER: other.csrf}, {CSRF_HEADER: "ө"}, {CSRF_HEADER: who.cookie}):
        answer = who.call("DELETE", "/sessions", headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not-allowed")
    assert who.call("DELETE", "/sessions").status_code == 200


def test_a_token_has_its_rights_and_no_more(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    people.add("aida")
    machine, asked = Browser(app), {"lang": "ru"}
    for rights, read, write in ((["read"], 200, 403), (["write"], 403, 200)):
        _, header = token(admin, *rights)
        assert machine.call("GET", "/accounts", headers=header).status_code == read
        assert machine.call("PATCH", "/accounts/aida", asked, headers=header).status_code == write


def test_a_token_makes_no_accounts_and_learns_no_start_codes(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    _, header = token(admin, "read", "write")
    asked = {"name": "new", "role": "administrator"}
    for path, body in (("/accounts", asked), ("/accounts/admin/reset", None)):
        assert Browser(app).call("POST", path, body, headers=header).status_code == 403
    assert admin.post("/accounts", asked).status_code == 201


def test_an_administrator_revokes_the_tokens_of_others(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    _, header = token(browser(app, people, "aida", Role.OBSERVER), "read")
    assert admin.call("DELETE", "/accounts/aida/tokens").get_json() == {"ended": 1}
    assert Browser(app).call("GET", "/tokens", headers=header).status_code == 401
    with snapshot(people.engine) as connection:
        assert verify(connection).first_break is None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/tokens", {"label": "x", "rights": ["read"], "expires_at": "2027-06-01T00:00Z"}),
        ("DELETE", "/tokens/1", None),
        ("POST", "/session/password", {"new": "көк асман, ак булут"}),
        ("DELETE", "/sessions", None),
        ("DELETE", "/session", None),
        ("POST", "/session/second-step/setup", {}),
        ("POST", "/session/second-step", {"code": "123456"}),
    ],
)
def test_a_token_does_not_do_what_a_person_does(
    app: Flask, people: People, method: str, path: str, body: object
) -> None:
    _, header = token(browser(app, people, "aida", Role.OBSERVER), "read", "write")
    assert Browser(app).call(method, path, body, headers=header).status_code in (403, 422)
    assert Browser(app).call("GET", "/session", headers=header).status_code == 200


def test_a_token_that_is_over_or_revoked_or_foreign(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    other = browser(app, people, "other", Role.OBSERVER)
    id_, header = token(who, "read")
    assert other.call("DELETE", f"/tokens/{id_}").status_code == 404
    assert other.get("/tokens").get_json() == {"tokens": []}
    with transaction(people.engine) as connection:
        connection.execute(sa.update(models.token).values(expires_at=utc_now()))
    assert Browser(app).call("GET", "/session", headers=header).status_code == 401


@pytest.mark.parametrize("said", ["Bearer", "Bearer ", "Bearer x", "Basic YTpi", "", "Bearer ө"])
def test_a_bad_authorization_is_not_made_good_by_a_cookie(
    app: Flask, people: People, said: str
) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    answer = who.call("GET", "/session", headers={"Authorization": said})
    assert answer.status_code == 401


@pytest.mark.parametrize("more", [{"role": "administrator"}, {"level": "full"}, {"name": "admin"}])
def test_nobody_gives_themselves_more(app: Flask, people: People, more: dict[str, str]) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    body = {"new": "көк асман, ак булут", "current": PASSWORD, **more}
    assert who.post("/session/password", body).status_code == 422
    assert (
        who.post("/session", {"name": "aida", "password": PASSWORD, "role": "x"}).status_code == 422
    )
    assert who.call("PATCH", "/accounts/aida", more).status_code == 403
    assert people.find("aida").wanted.role == Role.OBSERVER


def test_an_administrator_gives_themselves_no_other_role(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    assert admin.call("PATCH", "/accounts/admin", {"role": "cec-member"}).status_code == 403


@pytest.mark.parametrize(
    "body", [{"folded": "x"}, {"password": "x"}, {"name": "x"}, {"totp": ""}, {"active": "yes"}]
)
def test_a_change_takes_nothing_that_is_not_offered(
    app: Flask, people: People, body: dict[str, str]
) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    people.add("aida")
    assert admin.call("PATCH", "/accounts/aida", body).status_code == 422


def test_an_unknown_name_is_looked_at_as_long_as_a_known_one(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.add("aida")
    looked, real = [], passwords.holds
    monkeypatch.setattr(passwords, "holds", lambda s, p: looked.append(s) or real(s, p))
    answers = [Browser(app).log_in(name, "wrong").get_json() for name in ("aida", "nobody")]
    assert answers[0] == answers[1]
    assert len(looked) == 2


def test_guessing_is_told_to_wait(app: Flask, people: People) -> None:
    people.add("aida")
    answers = [Browser(app).log_in("aida", "wrong") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [401] * 6 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 2
    assert answers[-1].get_json()["code"] == "too-many-attempts"


def test_a_code_seen_over_the_shoulder_is_used_up(app: Flask, people: People) -> None:
    member = browser(app, people, "member", Role.CEC_MEMBER)
    seen = member.code(1)
    first, second = Browser(app), Browser(app)
    first.log_in("member")
    second.log_in("member")
    assert first.post("/session/second-step", {"code": seen}).status_code == 200
    assert second.post("/session/second-step", {"code": seen}).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"name": "aida", "password": "x" * 1001},
        {"name": "a" * 101, "password": "x"},
        {"name": "aida", "password": ""},
        {"name": ["aida"], "password": "x"},
        {"name": "aida"},
        {"name": "aida", "password": None},
    ],
)
def test_what_is_no_log_in_is_not_even_looked_at(app: Flask, people: People, body: object) -> None:
    assert Browser(app).post("/session", body).status_code == 422
    assert people.rows(models.attempt) == []


@pytest.mark.parametrize("name", ["\0", "a\0b", "\ud800", "a\r\nSet-Cookie: x=y", "' OR 1=1 --"])
@pytest.mark.parametrize("password", ["x", "\0", "\ud800"])
def test_a_strange_name_is_an_unknown_one(
    app: Flask, people: People, name: str, password: str
) -> None:
    answer = Browser(app).log_in(name, password)
    assert answer.status_code in (400, 401)  # not even read, or not known
    assert answer.headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize("given", [{"code": "\ud80012345"}, {"recovery_code": "\ud800" * 10}])
def test_a_strange_code_is_a_wrong_one(app: Flask, people: People, given: dict[str, str]) -> None:
    browser(app, people, "member", Role.CEC_MEMBER)
    again = Browser(app)
    again.log_in("member")
    assert again.post("/session/second-step", given).status_code == 400


def test_a_refusal_tells_nothing_of_the_insides(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    said = [
        Browser(app).log_in("aida", "wrong"),
        Browser(app).log_in("nobody", "wrong"),
        who.get("/accounts"),
        who.call("DELETE", "/session", headers={}),
        Browser(app).get("/session"),
        who.post("/tokens", {"label": 1}),
    ]
    for answer in said:
        assert answer.status_code in (401, 403, 422)
        for inside in ("Traceback", "sqlalchemy", "argon2", who.cookie, PASSWORD, "SELECT"):
            assert inside not in answer.text
