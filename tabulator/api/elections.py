"""Elections and their results: public, without login, with an ETag."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from sqlalchemy import Connection

from tabulator.aggregate.results import as_document
from tabulator.aggregate.tables import precincts_csv
from tabulator.guard import public
from tabulator.storage.db import snapshot
from tabulator.storage.register import Stored, election_titles, find_election
from tabulator.storage.results import precinct_rows, result

routes = Blueprint("elections", __name__)


@routes.get("/")
@routes.get("/api/v1/elections")
@public
def elections() -> Response:
    """Every election, with where its results are."""
    with snapshot(current_app.extensions["engine"]) as connection:
        found = election_titles(connection)
    listed = [
        {"id": id_, "title": title.as_dict(), "results": f"/api/v1/elections/{id_}/results"}
        for id_, title in found.items()
    ]
    return jsonify({"elections": listed})


@routes.get("/api/v1/elections/<election_id>/results")
@public
def results(election_id: str) -> Response:
    """Totals, coverage, shares and children of one area; the whole country by default."""
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = _stored(connection, election_id)
        contest = stored.contest(request.args.get("contest") or None)
        shown = result(connection, stored, contest, request.args.get("area", ""))
    return _tagged(jsonify(as_document(stored.election, contest, shown)))


@routes.get("/api/v1/elections/<election_id>/results.csv")
@public
def results_csv(election_id: str) -> Response:
    """Every precinct, every line of one contest."""
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = _stored(connection, election_id)
        contest = stored.contest(request.args.get("contest") or None)
        table = precincts_csv(contest, precinct_rows(connection, stored, contest))
    response = make_response(table)
    response.content_type = "text/csv; charset=utf-8"
    return _tagged(response)


def _stored(connection: Connection, election_id: str) -> Stored:
    """The election, kept for the life of the process: a register never changes once loaded."""
    kept: dict[str, Stored] = current_app.extensions["elections"]
    if election_id not in kept:
        kept[election_id] = find_election(connection, election_id)
    return kept[election_id]


def _tagged(response: Response) -> Response:
    """With an ETag over its content; 304 when the caller has it already."""
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
