"""An application with two routes more: one that reads strictly, one that writes."""

from __future__ import annotations

import threading
from typing import Any

import sqlalchemy as sa
from flask import Flask, Response, jsonify, request
from marshmallow import fields
from sqlalchemy import Connection

from tabulator.api.blueprint import Blueprint
from tabulator.api.schemas import Schema, Truth, between, one_of, text, whole
from tabulator.api.seen import seen_version
from tabulator.api.writes import Answer, write
from tabulator.app import create_app
from tabulator.config import Settings
from tabulator.errors import Conflict
from tabulator.guard import public


class InnerSchema(Schema):
    """One row."""

    number = whole(1, 9999, required=True)


class BodySchema(Schema):
    """Everything that a body may hold."""

    number = whole(0, 100)
    word = text(5)
    state = fields.String(validate=one_of(("open", "closed")))
    sure = Truth()
    at = fields.AwareDateTime()
    figures = fields.Dict(
        keys=fields.String(), values=fields.Integer(strict=True, validate=between(0, 99))
    )
    rows = fields.List(fields.Nested(InnerSchema))


def app_to_try(settings: Settings) -> Flask:
    """With `/read`, which gives back what it read, and `/write` for the account of `?as=`.

    `/write` counts what it does in `app.extensions["done"]` and inserts a row into `tried`.
    """
    app = create_app(settings)
    app.extensions["done"] = []
    app.extensions["go"] = threading.Event()
    app.extensions["go"].set()
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    api.register_blueprint(_routes(app))
    return app


def _routes(app: Flask) -> Blueprint:
    routes = Blueprint("tried", __name__)

    @routes.route("/read", methods=["POST"])
    @public
    @routes.arguments(BodySchema)
    @routes.response(200, {"type": "object"})
    def read(body: dict[str, Any]) -> Response:
        return jsonify({name: str(value) for name, value in body.items()})

    @routes.route("/write/<int:number>", methods=["POST"])
    @public
    def change(number: int) -> Response:
        def work(connection: Connection) -> Answer:
            app.extensions["go"].wait(10)
            app.extensions["done"].append(number)
            connection.execute(sa.text("INSERT INTO tried (number) VALUES (:n)"), {"n": number})
            if number == 13:
                raise Conflict("thirteen")
            body = None if number == 14 else {"number": number, "word": "сөз"}
            return Answer(
                body, 204 if number == 14 else 201, f"/things/{number}", number, number != 15
            )

        return write(request.args.get("as", ""), work)

    @routes.route("/approve", methods=["POST"])
    @public
    @routes.approves
    @routes.response(200, {"type": "object"})
    def approve() -> Response:
        return jsonify({"seen": seen_version(request)})

    return routes
