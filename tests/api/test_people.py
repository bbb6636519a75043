"""People over HTTP: logging in and out, and the accounts for administrators."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from flask import Flask

from tabulator.app import create_app
from tabulator.config import Settings
from tabulator.domain.roles import Role
from tabulator.guard import COOKIE
from tabulator.people import passwords
from tabulator.people.codes import typed
from tabulator.storage.db import utc_now
from tests.api.logging_in import Browser, browser
from tests.people.people import PASSWORD, People

NEW = "көк асман, ак булут"


def test_who_logs_in_is_told_who_they_are_and_how_far(app: Flask, people: People) -> None:
    people.add("Айгүл", Role.PRECINCT_CHAIR, scope="1001", person="Айгүл А.")
    who = Browser(app)
    answer = who.log_in("айгүл")
    assert answer.status_code == 200
    told = answer.get_json()
    assert (told["name"], told["role"], told["scope"]) == ("Айгүл", "precinct-chair", "1001")
    assert (told["level"], told["via"], told["lang"]) == ("full", "session", "ky")
    assert who.get("/session").get_json() == told


@pytest.mark.parametrize(("base_url", "secure"), [("http://a", False), ("https://a", True)])
def test_the_cookie_is_kept_from_scripts_and_foreign_sites(
    settings: Settings, people: People, base_url: str, secure: bool
) -> None:
    people.add("aida")
    made = create_app(dataclasses.replace(settings, base_url=base_url))
    answer = made.test_client().post("/api/v1/session", json={"name": "aida", "password": PASSWORD})
    said = answer.headers["Set-Cookie"]
    assert said.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(said.split("; "))
    assert ("Secure" in said.split("; ")) is secure
    assert answer.headers["Cache-Control"] == "no-store"
    made.extensions["engine"].dispose()


def test_from_a_start_code_to_a_full_session(app: Flask, people: People) -> None:
    start = passwords.hashed(typed("7KQM-2XPR-9WTV"))
    people.add("member", Role.CEC_MEMBER, password=start, must_change=True)
    who = Browser(app)
    cookies = []
    for level, act in (
        ("first-password", lambda: who.log_in("member", "7kqm-2xpr-9wtv")),
        ("second-step", lambda: who.post("/session/password", {"new": NEW})),
    ):
        assert act().get_json()["level"] == level
        assert who.get("/tokens").status_code == 401
        cookies.append(who.cookie)
    offered = who.post("/session/second-step/setup", {}).get_json()
    who.secret = offered["secret"]
    assert offered["address"].startswith("otpauth://totp/")
    assert who.post("/session/second-step/setup", {"code": "000000"}).status_code == 401
    done = who.post("/session/second-step/setup", {"code": who.code()}).get_json()
    assert (done["session"]["level"], len(done["recovery_codes"])) == ("full", 10)
    assert who.get("/tokens").status_code == 200
    assert len({*cookies, who.cookie}) == 3
    again = Browser(app)
    assert again.log_in("member", NEW).get_json()["level"] == "second-step"
    answer = again.post("/session/second-step", {"recovery_code": done["recovery_codes"][0]})
    assert answer.get_json()["level"] == "full"


def test_a_password_is_changed_with_the_current_one(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    other = Browser(app)
    other.log_in("aida")
    assert who.post("/session/password", {"new": NEW}).status_code == 403
    assert who.post("/session/password", {"new": "short", "current": PASSWORD}).status_code == 422
    assert who.post("/session/password", {"new": NEW, "current": PASSWORD}).status_code == 200
    assert who.get("/session").status_code == 200
    assert other.get("/session").status_code == 401


def test_one_session_is_ended_or_all_of_them(app: Flask, people: People) -> None:
    people.add("aida")
    first, second, third = Browser(app), Browser(app), Browser(app)
    for who in (first, second, third):
        who.log_in("aida")
    assert first.call("DELETE", "/session").status_code == 204
    assert first.cookie == ""
    assert second.get("/session").status_code == 200
    assert second.call("DELETE", "/sessions").get_json() == {"ended": 2}
    assert third.get("/session").status_code == 401


def test_an_administrator_keeps_the_accounts(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    asked = {"name": "tec-osh", "role": "territorial-chair", "scope": "tec-osh", "lang": "ru"}
    made = admin.post("/accounts", asked)
    assert made.status_code == 201
    assert admin.post("/accounts", asked).status_code == 409
    assert Browser(app).log_in("tec-osh", made.get_json()["start_code"]).status_code == 200
    shown = admin.get("/accounts/TEC-OSH").get_json()
    assert {**shown, **asked, "must_change": True, "second_step": False} == shown
    assert "start_code" not in shown
    changed = admin.call("PATCH", "/accounts/tec-osh", {"person": "Ош", "active": False})
    assert (changed.get_json()["person"], changed.get_json()["active"]) == ("Ош", False)
    coded = admin.post("/accounts/tec-osh/reset").get_json()
    assert coded["start_code"] != made.get_json()["start_code"]
    assert admin.call("DELETE", "/accounts/tec-osh/sessions").get_json() == {"ended": 0}
    assert admin.get("/accounts/nobody").status_code == 404


def test_the_accounts_are_paged(app: Flask, people: People) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    for name in ("b", "c", "Aida"):
        people.add(name)
    first = admin.get("/accounts?limit=3").get_json()
    assert [account["name"] for account in first["accounts"]] == ["admin", "Aida", "b"]
    rest = admin.get(f"/accounts?limit=3&cursor={first['next']}").get_json()
    assert ([account["name"] for account in rest["accounts"]], rest["next"]) == (["c"], None)


@pytest.mark.parametrize(
    "body",
    [
        {"name": "=cmd", "role": "observer"},
        {"name": "aida", "role": "command-line"},
        {"name": "aida", "role": "observer", "scope": "7"},
        {"name": "aida", "role": "observer", "election": "none"},
        {"name": "aida", "role": "observer", "active": False},
        {"name": "aida", "role": "observer", "password": "x"},
        {"name": "\ud800", "role": "observer"},
        {"name": "a\0", "role": "observer"},
        {"name": "aida"},
        {"name": 7, "role": "observer"},
        [],
        "aida",
    ],
)
def test_an_account_that_is_not_in_order_is_not_made(
    app: Flask, people: People, body: object
) -> None:
    admin = browser(app, people, "admin", Role.ADMINISTRATOR)
    assert admin.post("/accounts", body).status_code in (400, 422)
    assert admin.get("/accounts").get_json()["next"] is None


ADMINISTRATIVE = [
    ("GET", "/accounts"),
    ("POST", "/accounts"),
    ("GET", "/accounts/aida"),
    ("PATCH", "/accounts/aida"),
    ("POST", "/accounts/aida/reset"),
    ("DELETE", "/accounts/aida/sessions"),
]


@pytest.mark.parametrize("role", [Role.CEC_OPERATOR, Role.CEC_MEMBER])
def test_others_do_not_keep_accounts(app: Flask, people: People, role: Role) -> None:
    who = browser(app, people, "aida", role)
    nobody = Browser(app)
    for method, path in ADMINISTRATIVE:
        assert who.call(method, path, {}).status_code == 403, path
        assert nobody.call(method, path, {}).status_code == 401, path


def test_tokens_are_shown_once_listed_and_revoked(app: Flask, people: People) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    expires = (utc_now() + timedelta(days=30)).isoformat()
    asked = {"label": "press", "rights": ["read"], "expires_at": expires}
    made = who.post("/tokens", asked).get_json()
    (listed,) = who.get("/tokens").get_json()["tokens"]
    assert listed == {key: value for key, value in made.items() if key != "token"}
    machine = {"Authorization": f"Bearer {made['token']}"}
    told = Browser(app).call("GET", "/session", headers=machine).get_json()
    assert (told["name"], told["via"], told["csrf"]) == ("aida", "token", "")
    assert who.call("DELETE", f"/tokens/{made['id']}").status_code == 204
    assert Browser(app).call("GET", "/session", headers=machine).status_code == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"expires_at": (utc_now() + timedelta(days=401)).isoformat()},
        {"expires_at": (utc_now() - timedelta(days=1)).isoformat()},
        {"expires_at": "2027-01-01T00:00:00"},
        {"expires_at": None},
        {"label": "a\0"},
        {"label": "\ud800"},
        {"rights": []},
        {"rights": ["read", "administer"]},
        {"role": "administrator"},
        {"account": "other"},
    ],
)
def test_a_token_without_bounds_is_refused(
    app: Flask, people: People, changed: dict[str, object]
) -> None:
    who = browser(app, people, "aida", Role.OBSERVER)
    good = (utc_now() + timedelta(days=399)).isoformat()
    asked = {"label": "press", "rights": ["read"], "expires_at": good, **changed}
    assert who.post("/tokens", asked).status_code in (400, 422)
