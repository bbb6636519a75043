"""Is it alive, and can it work?"""

from __future__ import annotations

from flask import Response, current_app, jsonify
from marshmallow import fields

from tabulator.api.blueprint import Blueprint
from tabulator.api.schemas import Schema
from tabulator.guard import public
from tabulator.storage.db import snapshot
from tabulator.storage.upgrade import refuse_outdated

routes = Blueprint("health", __name__, description="Is it alive, and can it work?")


class HealthSchema(Schema):
    """One word."""

    status = fields.String(required=True)


@routes.route("/healthz")
@public
@routes.response(200, HealthSchema)
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@routes.route("/readyz")
@public
@routes.response(200, HealthSchema)
def readyz() -> Response:
    """The database answers and stands at the newest migration; 5xx otherwise."""
    with snapshot(current_app.extensions["engine"]) as connection:
        refuse_outdated(connection)
    return jsonify({"status": "ready"})
