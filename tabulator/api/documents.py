"""Documents that were issued: listed, fetched, handed over."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify, send_file
from sqlalchemy import Connection

from tabulator.actions.issue import record_handing
from tabulator.api import sitting_schemas as schemas
from tabulator.api.blueprint import Blueprint
from tabulator.api.protocol_views import listed
from tabulator.api.results import ContestQuery
from tabulator.api.writes import Answer, write
from tabulator.audit.issued import Issued, issued_documents
from tabulator.domain.roles import TERRITORIAL, Actor, Role
from tabulator.errors import NotFound
from tabulator.guard import caller, only
from tabulator.storage.db import snapshot, utc_now
from tabulator.storage.register import Stored, known_election

routes = Blueprint("documents", __name__, description="Official documents.")

STAFF = (*sorted(TERRITORIAL), Role.CEC_OPERATOR, Role.CEC_MEMBER)
DOCUMENTS = "/api/v1/elections/<election_id>/documents"


@routes.route(DOCUMENTS)
@only(*STAFF, Role.OBSERVER)
@routes.arguments(ContestQuery, location="query")
@routes.response(200, listed("documents", schemas.IssuedSchema))
def documents(query: dict[str, Any], election_id: str) -> Response:
    """Everything that was issued, void documents too, with who has received it."""
    with snapshot(current_app.extensions["engine"]) as connection:
        found = _reachable(connection, election_id, query["contest"], caller().actor)
    return jsonify({"documents": [one.as_dict() for one in found]})


@routes.route(f"{DOCUMENTS}/<sha256>")
@only(*STAFF, Role.OBSERVER)
@routes.arguments(ContestQuery, location="query")
@routes.response(200, content_type="application/pdf", description="The document as issued")
def document(query: dict[str, Any], election_id: str, sha256: str) -> Response:
    """One document: the same bytes whenever it is fetched."""
    with snapshot(current_app.extensions["engine"]) as connection:
        found = _reachable(connection, election_id, query["contest"], caller().actor)
    one = _named(found, sha256)
    path = current_app.extensions["files"].open(sha256)
    name = f"{one.area}-{one.kind}-{one.lang}.pdf"
    return send_file(path, mimetype="application/pdf", as_attachment=True, download_name=name)


@routes.route(f"{DOCUMENTS}/<sha256>/hand-over", methods=["POST"])
@only(*STAFF)
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.DelivererSchema)
@routes.response(200, schemas.IssuedSchema)
def hand_over(query: Any, body: Any, election_id: str, sha256: str) -> Response:
    """Record who received a document, so that they are told when it becomes void."""
    me = caller()

    def change(connection: Connection) -> Answer:
        stored = known_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        one = _named(_reachable(connection, election_id, query["contest"], me.actor), sha256)
        record_handing(connection, me.actor, stored, contest, sha256, body["name"], now=utc_now())
        return Answer({**one.as_dict(), "handed_to": [*one.handed_to, body["name"]]})

    return write(me.name, change)


def _reachable(
    connection: Connection, election_id: str, contest_id: str, actor: Actor
) -> list[Issued]:
    stored = known_election(connection, election_id)
    contest = stored.contest(contest_id or None)
    found = issued_documents(connection, f"{election_id}/{contest.id}")
    return [one for one in found if _reaches(actor, stored, one.area)]


def _reaches(actor: Actor, stored: Stored, name: str) -> bool:
    """Whether the actor may see what concerns an area, or a commission's areas together."""
    election = stored.election
    if name in election.areas:
        return actor.reaches_area(election, name)
    code = name if name in election.commissions else name.rpartition("-")[0]
    tops = election.areas.tops_of(code)
    return bool(tops) and all(actor.reaches_area(election, top.code) for top in tops)


def _named(found: list[Issued], sha256: str) -> Issued:
    one = next((one for one in found if one.sha256 == sha256), None)
    if one is None:
        raise NotFound(f"no document {sha256[:64]}")
    return one
