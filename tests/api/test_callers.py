"""The marks of routes: on plain views and on a blueprint's, with sessions and with tokens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tabulator.api import accounts, health
from tabulator.api import people as people_routes
from tabulator.api.blueprint import Blueprint
from tabulator.app import create_app
from tabulator.config import Settings
from tabulator.domain.roles import Role
from tabulator.errors import Misconfigured
from tabulator.guard import Caller, caller, caller_or_none, logged_in, only, public
from tests.api.logging_in import Browser, browser
from tests.people.people import People


def told(who: Caller | None) -> dict[str, str]:
    if who is None:
        return {}
    return {"name": who.name, "role": who.actor.role, "via": who.via, "from": who.actor.origin}


def routes() -> Blueprint:
    made = Blueprint("try", __name__)

    @made.route("/api/v1/try/anybody", methods=["GET", "POST"])
    @public
    def anybody() -> dict[str, str]:
        return told(caller_or_none())

    @made.route("/api/v1/try/members", methods=["GET", "POST"])
    @only(Role.CEC_MEMBER, Role.CEC_OPERATOR)
    def members() -> dict[str, str]:
        return told(caller())

    @made.route("/api/v1/try/any-level")
    @logged_in
    def any_level() -> dict[str, str]:
        return {}

    return made


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application with three routes in the place of its own, marked in three ways."""
    monkeypatch.setattr(health, "routes", routes())
    application = create_app(settings)
    yield application
    application.extensions["engine"].dispose()


def test_a_public_route_knows_who_calls_but_needs_nobody(app: Flask, people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    who = Browser(app)
    assert who.get("/try/anybody").get_json() == {}
    who.log_in("member")
    assert who.get("/try/anybody").get_json() == {}
    who.set_up()
    known = {"name": "member", "role": "cec-member", "via": "session", "from": "127.0.0.1"}
    assert who.get("/try/anybody").get_json() == known
    assert who.call("POST", "/try/anybody", headers={}).get_json() == {}


def test_a_route_for_roles_is_for_full_sessions_in_these_roles(app: Flask, people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    who = Browser(app)
    assert who.get("/try/members").status_code == 401
    assert who.get("/try/any-level").status_code == 401
    who.log_in("member")
    assert who.get("/try/members").status_code == 401
    assert who.get("/try/any-level").status_code == 200
    who.set_up()
    assert who.get("/try/members").status_code == 200
    assert who.post("/try/members").status_code == 200
    assert who.call("POST", "/try/members", headers={}).status_code == 403
    assert browser(app, people, "watch", Role.OBSERVER).get("/try/members").status_code == 403


def test_a_token_that_reads_does_not_write(app: Flask, people: People) -> None:
    who = browser(app, people, "operator", Role.CEC_OPERATOR)
    expires = (people.now + timedelta(days=1)).isoformat()
    asked = {"label": "x", "rights": ["read"], "expires_at": expires}
    header = {"Authorization": f"bearer {who.post('/tokens', asked).get_json()['token']}"}
    machine = Browser(app)
    assert machine.call("GET", "/try/members", headers=header).get_json()["via"] == "token"
    assert machine.call("HEAD", "/try/members", headers=header).status_code == 200
    assert machine.call("POST", "/try/members", headers=header).status_code == 403


def test_a_route_for_no_role_is_a_mistake() -> None:
    with pytest.raises(Misconfigured):
        only()


def test_the_first_mark_of_each_route_is_its_own() -> None:
    assert people_routes.log_in.tabulator_guard == "public"
    assert people_routes.log_out.tabulator_guard == "logged in"
    assert accounts.list_accounts.tabulator_guard == "administrator"
