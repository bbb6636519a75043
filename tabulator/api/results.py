"""Results: public, without login, with an ETag."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify, make_response
from marshmallow import fields

from tabulator.aggregate.results import as_document
from tabulator.aggregate.tables import precincts_csv
from tabulator.api.blueprint import Blueprint
from tabulator.api.fresh import tagged
from tabulator.api.schemas import Schema, TextSchema, one_of
from tabulator.audit.sittings import status_of
from tabulator.guard import public
from tabulator.storage.db import snapshot
from tabulator.storage.register import known_election
from tabulator.storage.results import precinct_rows, result

routes = Blueprint("results", __name__, description="What has been counted so far.")


STATUSES = ("preliminary", "signed", "official")


class ContestQuery(Schema):
    """Of which contest."""

    contest = fields.String(
        load_default="", metadata={"description": "id of a contest; the first one without it"}
    )


class ResultsQuery(ContestQuery):
    """Of which contest and area."""

    area = fields.String(
        load_default="", metadata={"description": "code of an area; the whole tree without it"}
    )


class CoverageSchema(Schema):
    """How many protocols there are, and how many of them are in the sums."""

    formed = fields.Integer(required=True)
    received = fields.Integer(required=True)
    missing = fields.Integer(required=True)
    pending = fields.Integer(
        required=True, metadata={"description": "received, neither included nor put aside"}
    )
    disputed = fields.Integer(required=True)
    annulled = fields.Integer(required=True)
    included = fields.Integer(required=True)


class VotesSchema(Schema):
    """Votes of one option."""

    code = fields.String(required=True)
    votes = fields.Integer(required=True, allow_none=True)
    share = fields.String(
        required=True, allow_none=True, metadata={"description": "percent, two places"}
    )


class AreaResultSchema(Schema):
    """The figures of one area; null: nothing was stated, which is not zero."""

    area = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.Nested(TextSchema, required=True)
    coverage = fields.Nested(CoverageSchema, required=True)
    totals = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(allow_none=True),
        required=True,
        metadata={"description": "every summed line of the form by its role"},
    )
    options = fields.List(fields.Nested(VotesSchema), required=True)
    turnout = fields.String(
        required=True, allow_none=True, metadata={"description": "percent, two places"}
    )
    lost = fields.Integer(required=True, allow_none=True)
    other_shares = fields.Dict(
        keys=fields.String(), values=fields.String(allow_none=True), required=True
    )
    blanks = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "in how many protocols a line was left blank"},
    )
    children = fields.List(fields.Nested(lambda: AreaResultSchema()), required=True)


class OutcomeSchema(Schema):
    """Who is elected by the figures included, step by step."""

    method = fields.String(required=True)
    verdict = fields.String(required=True)
    elected = fields.List(fields.String(), required=True)
    second_round = fields.List(fields.String(), required=True)
    seats = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    tied = fields.List(fields.String(), required=True)
    steps = fields.List(fields.Nested(TextSchema), required=True)


class ResultsSchema(AreaResultSchema):
    """The results of a contest in one area; with the outcome for the whole tree."""

    election = fields.String(required=True)
    contest = fields.String(required=True)
    status = fields.String(required=True, validate=one_of(STATUSES))
    outcome = fields.Nested(OutcomeSchema)


@routes.route("/api/v1/elections/<election_id>/results")
@public
@routes.arguments(ResultsQuery, location="query")
@routes.tagged(ResultsSchema)
def results(query: dict[str, Any], election_id: str) -> Response:
    """Totals, coverage, shares and children of one area; the whole country by default."""
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        shown = result(connection, stored, contest, query["area"])
        status = status_of(connection, stored, contest, shown.area)
    return tagged(jsonify(as_document(stored.election, contest, shown, status)))


@routes.route("/api/v1/elections/<election_id>/results.csv")
@public
@routes.arguments(ContestQuery, location="query")
@routes.tagged(
    {"type": "string"}, content_type="text/csv", description="Every precinct, every line"
)
def results_csv(query: dict[str, Any], election_id: str) -> Response:
    """Every precinct, every line of one contest."""
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        table = precincts_csv(contest, precinct_rows(connection, stored, contest))
    response = make_response(table)
    response.content_type = "text/csv; charset=utf-8"
    return tagged(response)
