"""The application: settings → engine → blueprints → refuse unguarded routes."""

from __future__ import annotations

from flask import Flask, Response

from tabulator.api import elections, health, problems
from tabulator.config import Settings
from tabulator.guard import refuse_unguarded
from tabulator.storage.db import open_engine

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(settings: Settings) -> Flask:
    """The application on the database of `settings`.

    Raises:
        Misconfigured: A route does not say who may call it.
    """
    app = Flask("tabulator", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["engine"] = open_engine(settings.database_url)
    app.extensions["elections"] = {}
    app.register_blueprint(health.routes)
    app.register_blueprint(elections.routes)
    problems.register(app)
    app.after_request(_with_headers)
    refuse_unguarded(app)
    return app


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
