"""Every sum explains itself down to the scan: public; people are named to staff and observers."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify
from marshmallow import fields

from tabulator.api.blueprint import Blueprint
from tabulator.api.pages import PageQuery, cursor, position
from tabulator.api.results import CoverageSchema
from tabulator.api.schemas import Schema, text
from tabulator.audit.explain import explained_rows, explained_sum
from tabulator.domain.roles import Role
from tabulator.guard import caller_or_none, public
from tabulator.storage.db import snapshot
from tabulator.storage.register import known_election

routes = Blueprint("explain", __name__, description="What a sum is made of.")

STRANGERS = (Role.PRECINCT_CHAIR, Role.ADMINISTRATOR)


class ExplainQuery(PageQuery):
    """Which sum."""

    contest = text(64, load_default="")
    area = text(64, load_default="")
    line = text(64, load_default="I", metadata={"description": "role of a line, code of an option"})


class AddendSchema(Schema):
    """What one precinct adds. `withheld` figures are not yet verified."""

    protocol = fields.String(required=True)
    precinct = fields.Integer(required=True)
    area = fields.String(required=True)
    state = fields.String(required=True)
    included = fields.Boolean(required=True)
    value = fields.Integer(required=True, allow_none=True)
    version = fields.Integer(required=True)
    digest = fields.String(required=True, allow_none=True)
    events = fields.List(fields.Dict(), required=True)
    files = fields.List(fields.Dict(), required=True)


class ExplainedSchema(Schema):
    """A sum with its addends, in pages. The sum is that of all pages."""

    election = fields.String(required=True)
    contest = fields.String(required=True)
    area = fields.String(required=True)
    line = fields.String(required=True)
    sum = fields.Integer(required=True, allow_none=True)
    coverage = fields.Nested(CoverageSchema, required=True)
    precincts = fields.List(fields.Nested(AddendSchema), required=True)
    next = fields.String(required=True, allow_none=True)


@routes.route("/api/v1/elections/<election_id>/explain")
@public
@routes.arguments(ExplainQuery, location="query")
@routes.response(200, ExplainedSchema)
@routes.alt_response(503, description="The sum is not that of its parts: nothing is shown")
def explain(query: dict[str, Any], election_id: str) -> Response:
    """The precincts, versions, entries and files behind a sum."""
    me, (start,) = caller_or_none(), position(query["cursor"], 0)
    named = me is not None and me.actor.role not in STRANGERS
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        place = (connection, stored, contest)
        head, rows = explained_sum(*place, query["area"], query["line"])
        end = start + query["limit"]
        shown = explained_rows(*place, query["line"], rows[start:end], named=named)
    follows = cursor(end) if end < len(rows) else None
    return jsonify({**head, "precincts": shown, "next": follows})
