"""Elections and their registers: public, without login, with an ETag."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify

from tabulator.api.blueprint import Blueprint
from tabulator.api.election_schemas import (
    ElectionSchema,
    ElectionsSchema,
    PrecinctSchema,
    PrecinctsQuery,
)
from tabulator.api.fresh import tagged
from tabulator.api.pages import page, paged, position
from tabulator.domain.form import Line
from tabulator.domain.register import Contest, Election, Option, Precinct
from tabulator.errors import NotFound
from tabulator.guard import public
from tabulator.storage.db import snapshot
from tabulator.storage.register import election_titles, known_election, precincts_after

routes = Blueprint("elections", __name__, description="Elections and what is on their registers.")


@routes.route("/")
@routes.route("/api/v1/elections")
@public
@routes.response(200, ElectionsSchema)
def elections() -> Response:
    """Every election, with where its results are."""
    with snapshot(current_app.extensions["engine"]) as connection:
        found = election_titles(connection)
    listed = [
        {"id": id_, "title": title.as_dict(), "results": f"/api/v1/elections/{id_}/results"}
        for id_, title in found.items()
    ]
    return jsonify({"elections": listed})


@routes.route("/api/v1/elections/<election_id>")
@public
@routes.tagged(ElectionSchema)
def election(election_id: str) -> Response:
    """The register of one election: contests with their forms, areas, commissions."""
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
    return tagged(jsonify(_election(stored.election)))


@routes.route("/api/v1/elections/<election_id>/precincts")
@public
@routes.arguments(PrecinctsQuery, location="query")
@routes.tagged(paged("precincts", PrecinctSchema))
def precincts(query: dict[str, Any], election_id: str) -> Response:
    """Polling precincts as the register knows them, by number; of one area and all below it."""
    (after,) = position(query["cursor"], 0)
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        area = query["area"] or stored.election.areas.root.code
        if area not in stored.areas:
            raise NotFound(f"no area {area} in election {election_id}")
        found = precincts_after(connection, stored, area, after, query["limit"] + 1)
    rows = [_precinct(precinct) for precinct in found]
    return tagged(jsonify(page("precincts", rows, query["limit"], lambda row: (row["number"],))))


def _election(shown: Election) -> dict[str, Any]:
    return {
        "id": shown.id,
        "kind": shown.kind,
        "date": shown.date.isoformat(),
        "title": shown.title.as_dict(),
        "contests": [_contest(shown, contest) for contest in shown.contests.values()],
        "areas": [
            {
                "code": area.code,
                "parent": area.parent or None,
                "kind": area.kind,
                "commission": area.commission,
                "name": area.name.as_dict(),
            }
            for area in shown.areas
        ],
        "commissions": [
            {
                "code": commission.code,
                "kind": commission.kind,
                "parent": commission.parent or None,
                "name": commission.name.as_dict(),
            }
            for commission in shown.commissions.values()
        ],
    }


def _contest(of: Election, contest: Contest) -> dict[str, Any]:
    return {
        "id": contest.id,
        "title": contest.title.as_dict(),
        "kind": of.kind_of(contest),
        "area": contest.area or of.areas.root.code,
        "seats": contest.seats,
        "max_marks": contest.max_marks,
        "open_abroad": contest.open_abroad,
        "form": {
            "code": contest.form.code,
            "title": contest.form.title.as_dict(),
            "lines": [_line(line) for line in contest.form.lines],
        },
        "options": [_option(option) for option in contest.options],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "role": line.role,
        "number": line.number,
        "caption": line.caption.as_dict(),
        "summed": line.summed,
        "required": line.required,
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "position": option.position,
        "code": option.code,
        "kind": option.kind,
        "name": option.name.as_dict(),
        "list": option.list or None,
    }


def _precinct(precinct: Precinct) -> dict[str, Any]:
    return {
        "number": precinct.number,
        "area": precinct.area,
        "timezone": precinct.timezone,
        "abroad": precinct.abroad,
        "country": precinct.country,
        "place": precinct.place.as_dict(),
        "address": precinct.address,
        "voters": precinct.voters,
        "voters_men": precinct.voters_men,
        "voters_women": precinct.voters_women,
        "aeu": precinct.aeu,
    }
