"""The application: settings → engine → blueprints → refuse unguarded routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from tabulator.api import (
    accounts,
    clock,
    documents,
    elections,
    explain,
    health,
    openapi,
    people,
    problems,
    protocols,
    results,
    sittings,
    steps,
)
from tabulator.api.flood import Flood
from tabulator.api.schemas import LARGEST
from tabulator.audit.keys import open_key
from tabulator.config import Settings, secret_key, templates_folder
from tabulator.errors import NotFound
from tabulator.guard import refuse_unguarded
from tabulator.storage.db import open_engine
from tabulator.storage.files import Files

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PARTS = (
    health,
    elections,
    results,
    explain,
    protocols,
    steps,
    sittings,
    documents,
    clock,
    people,
    accounts,
    openapi,
)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONLY_TLS = "max-age=31536000; includeSubDomains"
MAX_BODY = 64_000_000
"""Bytes of a whole request, files included."""


class StorableInteger(IntegerConverter):
    """A number in a path; what the database could not hold is not found."""

    regex = "[0-9]+"

    def __init__(self, url_map: Any, **options: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST, **options})


class BehindProxyHere:
    """Believes a proxy on this machine, and nobody else, about where a call comes from."""

    def __init__(self, app: WSGIApplication) -> None:
        self._direct, self._proxied = app, ProxyFix(app, x_for=1, x_proto=1, x_host=0)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        here = environ.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")
        told = here and environ.get("HTTP_X_FORWARDED_FOR")
        return (self._proxied if told else self._direct)(environ, start_response)


def create_app(settings: Settings) -> Flask:
    """The application on the database of `settings`.

    Raises:
        Misconfigured: A route does not say who may call it.
    """
    app = Flask("tabulator", static_folder=None, template_folder=templates_folder())
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, TABULATOR_LANG=settings.lang)
    app.url_map.converters["int"] = StorableInteger
    app.url_map.merge_slashes = False
    app.wsgi_app = BehindProxyHere(app.wsgi_app)  # type: ignore[method-assign]
    app.extensions["engine"] = open_engine(settings.database_url)
    app.extensions["settings"] = settings
    app.extensions["secret"] = secret_key(settings)
    app.extensions["files"] = Files(settings.files)
    app.extensions["seal_key"] = lambda: open_key(settings)
    _register(app)
    problems.register(app)
    app.before_request(Flood().refuse)
    app.before_request(_refuse_zero_bytes)
    app.after_request(_with_headers)
    if (settings.base_url or "").startswith("https://"):
        app.after_request(_only_tls)
    refuse_unguarded(app)
    return app


def _register(app: Flask) -> None:
    api = openapi.Api(app)
    for part in PARTS:
        api.register_blueprint(part.routes)


def _refuse_zero_bytes() -> None:
    # No name of ours has one, and PostgreSQL fails on it instead of finding nothing.
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise NotFound("no name has a zero byte")


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _only_tls(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", ONLY_TLS)
    return response
