"""Sittings: from preparation to a signed result, its way to the CEC, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, current_app, jsonify, request
from sqlalchemy import Connection

from tabulator.actions import reopen as reopening
from tabulator.actions import sittings
from tabulator.actions.corrections import annul_area
from tabulator.actions.sittings import Session, refuse_unreachable, session
from tabulator.api import sitting_schemas as schemas
from tabulator.api.blueprint import Blueprint
from tabulator.api.protocol_schemas import ReasonSchema
from tabulator.api.results import ContestQuery
from tabulator.api.seen import seen_version, tag
from tabulator.api.signing import sign_result
from tabulator.api.sitting_shown import sitting_document
from tabulator.api.steps import decision_of
from tabulator.api.writes import Answer, write
from tabulator.audit.sittings import sitting_of
from tabulator.domain.roles import Role
from tabulator.guard import caller, only
from tabulator.storage.db import snapshot, utc_now
from tabulator.storage.register import known_election

routes = Blueprint("sittings", __name__, description="Sittings of commissions.")

OPERATOR, VERIFIER = Role.TERRITORIAL_OPERATOR, Role.TERRITORIAL_VERIFIER
HEAD, MEMBER = Role.TERRITORIAL_CHAIR, Role.CEC_MEMBER
STAFF = (OPERATOR, VERIFIER, HEAD, Role.CEC_OPERATOR, MEMBER)
CEC = (Role.CEC_OPERATOR, MEMBER)

SITTING = "/api/v1/elections/<election_id>/sittings/<commission>"


def _move(
    election_id: str,
    commission: str,
    contest_id: str,
    do: Callable[[Session], Mapping[str, Any] | None],
    *,
    seen: int | None = None,
) -> Response:
    """Do it in the sitting and show how it stands then."""
    me = caller()

    def change(connection: Connection) -> Answer:
        stored = known_election(connection, election_id)
        contest = stored.contest(contest_id or None)
        place = (connection, me.actor, stored, contest, commission)
        with session(*place, now=utc_now(), seen=seen) as at:
            more = do(at) or {}
        shown = sitting_document(connection, stored, contest, commission, at.sitting)
        return Answer({**shown, **more}, version=at.sitting.moves)

    return write(me.name, change)


@routes.route(SITTING)
@only(*STAFF, Role.OBSERVER)
@routes.arguments(ContestQuery, location="query")
@routes.response(200, schemas.SittingSchema)
def sitting(query: dict[str, Any], election_id: str, commission: str) -> Response:
    """How a commission's result stands, and what is open below it."""
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        refuse_unreachable(caller().actor, stored, commission)
        found = sitting_of(connection, stored, contest, commission)
        shown = sitting_document(connection, stored, contest, commission, found)
    response = jsonify(shown)
    response.headers["ETag"] = tag(found.moves)
    return response


@routes.route(f"{SITTING}/complaints", methods=["POST"])
@only(*STAFF)
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.ComplaintSchema)
@routes.response(200, schemas.SittingSchema)
def lodge(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Take in a complaint."""

    def do(at: Session) -> None:
        sittings.lodge_complaint(at, body["complainant"], body["text"], body["precinct"])

    return _move(election_id, commission, query["contest"], do)


@routes.route(f"{SITTING}/missing", methods=["POST"])
@only(*STAFF)
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.MissingSchema)
@routes.response(200, schemas.SittingSchema)
def explain_missing(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Say why a protocol, or the first copy of one that counts, is missing."""

    def do(at: Session) -> None:
        sittings.explain_missing(at, body["precinct"], body["reason"])

    return _move(election_id, commission, query["contest"], do)


@routes.route(f"{SITTING}/open", methods=["POST"])
@only(HEAD, MEMBER)
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.OpenSchema)
@routes.response(200, schemas.SittingSchema)
def open_sitting(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Open the final sitting; more than half of the members have to be present."""

    def do(at: Session) -> None:
        sittings.open_sitting(at, body["members"], body["present"])

    return _move(election_id, commission, query["contest"], do)


@routes.route(f"{SITTING}/complaints/<int:number>/consider", methods=["POST"])
@only(HEAD, MEMBER)
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.ConsiderSchema)
@routes.response(200, schemas.SittingSchema)
def consider(query: Any, body: Any, election_id: str, commission: str, number: int) -> Response:
    """Decide on one complaint."""

    def do(at: Session) -> None:
        sittings.consider_complaint(at, number, body["outcome"], body["votes"])

    return _move(election_id, commission, query["contest"], do)


@routes.route(f"{SITTING}/opinions", methods=["POST"])
@only(HEAD, MEMBER)
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.OpinionSchema)
@routes.response(200, schemas.SittingSchema)
def dissent(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Record a member's dissenting opinion."""

    def do(at: Session) -> None:
        sittings.record_opinion(at, body["member"], body["text"])

    return _move(election_id, commission, query["contest"], do)


@routes.route(f"{SITTING}/sign", methods=["POST"])
@only(HEAD, MEMBER)
@routes.approves
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.SignSchema)
@routes.response(200, schemas.SittingSchema)
def sign(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Sign the result: its documents are printed, and everything below is frozen."""
    place = (election_id, commission, query["contest"])
    return sign_result(*place, body["signers"], seen=seen_version(request))


@routes.route(f"{SITTING}/receive", methods=["POST"])
@only(*CEC)
@routes.approves
@routes.arguments(ContestQuery, location="query")
@routes.arguments(schemas.DelivererSchema)
@routes.response(200, schemas.SittingSchema)
def receive(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """The CEC takes over a territory's signed protocol and summary table."""
    seen = seen_version(request)

    def do(at: Session) -> None:
        sittings.receive_result(at, body["name"])

    return _move(election_id, commission, query["contest"], do, seen=seen)


@routes.route(f"{SITTING}/approve", methods=["POST"])
@only(MEMBER)
@routes.approves
@routes.arguments(ContestQuery, location="query")
@routes.response(200, schemas.SittingSchema)
def approve(query: Any, election_id: str, commission: str) -> Response:
    """The CEC accepts a territory's result for the national one."""
    seen = seen_version(request)
    return _move(election_id, commission, query["contest"], sittings.approve_result, seen=seen)


@routes.route(f"{SITTING}/return", methods=["POST"])
@only(MEMBER)
@routes.approves
@routes.arguments(ContestQuery, location="query")
@routes.arguments(ReasonSchema)
@routes.response(200, schemas.ReopenedSchema)
def return_result(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """The CEC gives a result back; it has to be signed anew, and its documents are void."""
    seen = seen_version(request)

    def do(at: Session) -> dict[str, Any]:
        return {"voided": reopening.return_result(at, body["reason"])}

    return _move(election_id, commission, query["contest"], do, seen=seen)


@routes.route(f"{SITTING}/ask-to-reopen", methods=["POST"])
@only(HEAD, MEMBER)
@routes.approves
@routes.arguments(ContestQuery, location="query")
@routes.arguments(ReasonSchema)
@routes.response(200, schemas.SittingSchema)
def ask_to_reopen(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Ask for a signed result to be reopened; another person grants it."""
    seen = seen_version(request)

    def do(at: Session) -> None:
        reopening.ask_to_reopen(at, body["reason"])

    return _move(election_id, commission, query["contest"], do, seen=seen)


@routes.route(f"{SITTING}/reopen", methods=["POST"])
@only(MEMBER)
@routes.approves
@routes.arguments(ContestQuery, location="query")
@routes.arguments(ReasonSchema)
@routes.response(200, schemas.ReopenedSchema)
def reopen(query: Any, body: Any, election_id: str, commission: str) -> Response:
    """Grant a reopening: signatures and documents above are void, each named with who has it."""
    seen = seen_version(request)

    def do(at: Session) -> dict[str, Any]:
        return {"voided": reopening.reopen(at, body["reason"])}

    return _move(election_id, commission, query["contest"], do, seen=seen)


@routes.route("/api/v1/elections/<election_id>/areas/<area>/annul", methods=["POST"])
@only(HEAD, MEMBER)
@routes.arguments(schemas.AreaAnnulSchema)
@routes.response(200, schemas.AnnulledSchema)
def annul_district(body: Any, election_id: str, area: str) -> Response:
    """Annul the returns of a whole district by decision."""
    me = caller()

    def change(connection: Connection) -> Answer:
        stored = known_election(connection, election_id)
        contest = stored.contest(body["contest"] or None)
        place = (connection, me.actor, stored, contest, area, decision_of(body))
        return Answer({"precincts": annul_area(*place, now=utc_now())})

    return write(me.name, change)
