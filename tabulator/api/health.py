"""Is it alive, and can it work?"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from tabulator.guard import public
from tabulator.storage.db import snapshot
from tabulator.storage.upgrade import refuse_outdated

routes = Blueprint("health", __name__)


@routes.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@routes.get("/readyz")
@public
def readyz() -> Response:
    """The database answers and stands at the newest migration; 5xx otherwise."""
    with snapshot(current_app.extensions["engine"]) as connection:
        refuse_outdated(connection)
    return jsonify({"status": "ready"})
