"""No route without a mark: the application does not start."""

from __future__ import annotations

import pytest
from flask import Flask

from tabulator.api import health
from tabulator.api.blueprint import Blueprint
from tabulator.app import create_app
from tabulator.config import Settings
from tabulator.errors import Misconfigured
from tabulator.guard import public, refuse_unguarded


def app_with(*routes: str, marked: bool) -> Flask:
    app = Flask("sample", static_folder=None)
    for route in routes:

        def view() -> str:
            return ""

        app.add_url_rule(route, route, public(view) if marked else view)
    return app


def test_a_marked_route_is_let_through() -> None:
    refuse_unguarded(app_with("/a", "/b", marked=True))


def test_every_unmarked_route_is_named() -> None:
    with pytest.raises(Misconfigured, match="/a, /b"):
        refuse_unguarded(app_with("/b", "/a", marked=False))


def test_flask_s_own_static_route_is_refused_too() -> None:
    with pytest.raises(Misconfigured, match="/static/"):
        refuse_unguarded(Flask("sample"))


def test_the_application_does_not_start_with_a_route_that_does_not_say_who_may_call_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/forgotten", "forgotten", lambda: "")
    monkeypatch.setattr(health, "routes", forgotten)
    with pytest.raises(Misconfigured, match="/forgotten"):
        create_app(settings)


def test_every_route_of_the_application_has_a_mark(app: Flask) -> None:
    routes = [rule.rule for rule in app.url_map.iter_rules()]
    assert "/api/v1/elections/<election_id>/results" in routes
    refuse_unguarded(app)
