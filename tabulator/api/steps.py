"""The steps of a protocol: one route for each; whoever approves names the version seen."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, current_app, request
from sqlalchemy import Connection

from tabulator.actions import corrections, entry, first_copy, review
from tabulator.actions.queue import HOLD, next_for, refuse_claimed
from tabulator.actions.work import Arrival, Work, refuse_unreachable, work_on
from tabulator.api import protocol_schemas as schemas
from tabulator.api import protocol_views as views
from tabulator.api.blueprint import Blueprint
from tabulator.api.protocol_shown import protocol_document
from tabulator.api.results import ContestQuery
from tabulator.api.seen import seen_version
from tabulator.api.sent import body_of, keep_files, read_body
from tabulator.api.writes import Answer, write
from tabulator.domain.protocol import utc_text
from tabulator.domain.roles import Role
from tabulator.errors import Malformed, Problem
from tabulator.guard import caller, only
from tabulator.package.one import read_protocol
from tabulator.storage.db import snapshot, utc_now
from tabulator.storage.protocols import find_key
from tabulator.storage.register import known_election

routes = Blueprint("steps", __name__, description="What moves a protocol, and who may move it.")

CHAIR, OPERATOR = Role.PRECINCT_CHAIR, Role.TERRITORIAL_OPERATOR
VERIFIER, HEAD = Role.TERRITORIAL_VERIFIER, Role.TERRITORIAL_CHAIR
MEMBER = Role.CEC_MEMBER

PROTOCOL = "/api/v1/protocols/<protocol_id>/"


def _take(
    protocol_id: str,
    do: Callable[[Work], Mapping[str, Any] | None],
    *,
    seen: int | None,
) -> Response:
    """Do it to the protocol, end any claim on it, and show how it stands then."""
    me = caller()

    def change(connection: Connection) -> Answer:
        now = utc_now()
        with work_on(connection, me.actor, protocol_id, now=now, seen=seen) as work:
            refuse_claimed(connection, work.key, work.precinct.number, me.name, now=now)
            more = do(work) or {}
        return Answer({**protocol_document(work), **more}, version=work.story.version)

    return write(me.name, change)


def decision_of(body: Mapping[str, Any]) -> dict[str, str]:
    """As the trail holds it."""
    said = body["decision"]
    return {"number": said["number"], "date": said["date"].isoformat(), "reason": said["reason"]}


@routes.route("/api/v1/elections/<election_id>/queue/next", methods=["POST"])
@only(OPERATOR, VERIFIER, HEAD)
@routes.arguments(ContestQuery, location="query")
@routes.response(200, views.NextSchema)
def next_protocol(query: dict[str, Any], election_id: str) -> Response:
    """Claim the next protocol that waits for the caller, the most consequential first."""
    me = caller()

    def change(connection: Connection) -> Answer:
        now = utc_now()
        stored = known_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        found = next_for(connection, me.actor, stored, contest, now=now)
        protocol_id, step = found or (None, None)
        until = utc_text(now + HOLD) if found else None
        return Answer({"protocol": protocol_id, "step": step and str(step), "until": until})

    return write(me.name, change)


@routes.route(f"{PROTOCOL}enter", methods=["POST"])
@only(OPERATOR)
@routes.arguments(schemas.FiguresSchema)
@routes.response(200, views.EnteredSchema)
def enter(body: dict[str, Any], protocol_id: str) -> Response:
    """A second entry from scan or paper, typed blindly: it agrees, or names the lines that differ.

    The lines to type are the protocol's `asked`.
    """

    def do(work: Work) -> dict[str, Any]:
        differing = entry.enter(work, entry.in_printed_order(work, body["figures"]))
        return {"agrees": not differing, "differing": list(differing)}

    return _take(protocol_id, do, seen=None)


@routes.route(f"{PROTOCOL}settle", methods=["POST"])
@only(VERIFIER, HEAD)
@routes.approves
@routes.arguments(schemas.SettleSchema)
@routes.response(200, views.ProtocolSchema)
def settle(body: dict[str, Any], protocol_id: str) -> Response:
    """A third person decides the contested lines with the scan at hand."""
    seen = seen_version(request)
    return _take(
        protocol_id,
        lambda w: entry.settle(w, entry.in_printed_order(w, body["figures"]), body["reason"]),
        seen=seen,
    )


@routes.route(f"{PROTOCOL}accept", methods=["POST"])
@only(VERIFIER, HEAD)
@routes.approves
@routes.response(200, views.ProtocolSchema)
def accept(protocol_id: str) -> Response:
    """Accept a verified protocol whose findings are settled: from here on it counts."""
    return _take(protocol_id, review.accept, seen=seen_version(request))


@routes.route(f"{PROTOCOL}dispute", methods=["POST"])
@only(VERIFIER, HEAD)
@routes.approves
@routes.arguments(schemas.ReasonSchema)
@routes.response(200, views.ProtocolSchema)
def dispute(body: dict[str, Any], protocol_id: str) -> Response:
    """Put a protocol aside; accepted figures leave the sums."""
    seen = seen_version(request)
    return _take(protocol_id, lambda w: review.dispute(w, body["reason"]), seen=seen)


@routes.route(f"{PROTOCOL}return", methods=["POST"])
@only(VERIFIER, HEAD)
@routes.approves
@routes.arguments(schemas.ReturnSchema)
@routes.response(200, views.ProtocolSchema)
def return_to_precinct(body: dict[str, Any], protocol_id: str) -> Response:
    """Return it to the precinct with reasons, and the lines that they are about."""
    seen = seen_version(request)
    return _take(
        protocol_id,
        lambda w: review.return_to_precinct(w, body["reason"], body["lines"]),
        seen=seen,
    )


@routes.route(f"{PROTOCOL}order-recount", methods=["POST"])
@only(HEAD)
@routes.approves
@routes.arguments(schemas.DecidedSchema)
@routes.response(200, views.ProtocolSchema)
def order_recount(body: dict[str, Any], protocol_id: str) -> Response:
    """Order a recount by decision of the commission."""
    seen, decision = seen_version(request), decision_of(body)
    return _take(protocol_id, lambda w: review.order_recount(w, decision), seen=seen)


@routes.route(f"{PROTOCOL}explain", methods=["POST"])
@only(CHAIR, OPERATOR, VERIFIER, HEAD)
@routes.approves
@routes.arguments(schemas.ExplainSchema)
@routes.response(200, views.ProtocolSchema)
def explain(body: dict[str, Any], protocol_id: str) -> Response:
    """Write the explanation that a warning needs; it is printed on the territorial protocol."""
    seen = seen_version(request)
    return _take(protocol_id, lambda w: review.explain(w, body["code"], body["text"]), seen=seen)


@routes.route(f"{PROTOCOL}decide", methods=["POST"])
@only(VERIFIER, HEAD)
@routes.approves
@routes.arguments(schemas.DecideSchema)
@routes.response(200, views.ProtocolSchema)
def decide(body: dict[str, Any], protocol_id: str) -> Response:
    """Record the commission's decision on an error that is not corrected."""
    seen, decision = seen_version(request), decision_of(body)
    return _take(protocol_id, lambda w: review.decide(w, body["code"], decision), seen=seen)


@routes.route(f"{PROTOCOL}take-by-act", methods=["POST"])
@only(OPERATOR, VERIFIER)
@routes.approves
@routes.arguments(schemas.ActSchema)
@routes.response(200, views.ProtocolSchema)
def take_by_act(body: dict[str, Any], protocol_id: str) -> Response:
    """Record the act by which the first copy and its documents were received."""
    seen, act = seen_version(request), {**body, "at": utc_text(body["at"])}
    return _take(protocol_id, lambda w: first_copy.take_by_act(w, act), seen=seen)


@routes.route(f"{PROTOCOL}compare-first-copy", methods=["POST"])
@only(OPERATOR, VERIFIER)
@routes.approves
@routes.arguments(schemas.FirstCopySchema)
@routes.response(200, views.EnteredSchema)
def compare_first_copy(body: dict[str, Any], protocol_id: str) -> Response:
    """Confirm the provisional figures by the first copy, or replace them by its own (K28)."""
    seen = seen_version(request)

    def do(work: Work) -> dict[str, Any]:
        stated = body["figures"]
        figures = None if stated is None else entry.in_printed_order(work, stated)
        differing = first_copy.compare_first_copy(work, figures, Arrival("first-copy"))
        return {"agrees": not differing, "differing": list(differing)}

    return _take(protocol_id, do, seen=seen)


@routes.route(f"{PROTOCOL}correct", methods=["POST"])
@only(CHAIR, OPERATOR)
@routes.approves
@routes.doc(requestBody=body_of(schemas.CorrectSchema))
@routes.response(200, views.ProtocolSchema)
def correct(protocol_id: str) -> Response:
    """Take in a corrected or recount protocol: a new version that names its predecessor.

    With files: a multipart body with the parts `protocol` (this document) and `files`.
    """
    seen, body = seen_version(request), read_body(request, schemas.CorrectSchema())
    with snapshot(current_app.extensions["engine"]) as connection:
        refuse_unreachable(find_key(connection, protocol_id), caller().actor)
    scans, decision = keep_files(request), decision_of(body)

    def do(work: Work) -> None:
        said = body["protocol"]
        if (said["precinct"], said["contest"]) != (work.precinct.number, work.contest.id):
            place = f"{work.precinct.number}, {work.contest.id}"
            raise Malformed([Problem("body", 0, "/protocol/precinct", "not-one-of", place)])
        made = read_protocol(said, work.stored.election, work.precinct, work.contest.id)
        made = dataclasses.replace(made, received_at=work.now)
        arrival = Arrival("corrected", "", scans)
        corrections.correct(work, made, body["kind"], decision, arrival)

    return _take(protocol_id, do, seen=seen)


@routes.route(f"{PROTOCOL}annul-out-of-premises", methods=["POST"])
@only(OPERATOR)
@routes.approves
@routes.arguments(schemas.PartSchema)
@routes.response(200, views.ProtocolSchema)
def annul_out_of_premises(body: dict[str, Any], protocol_id: str) -> Response:
    """Annul only the vote outside the premises; the commission states what remains."""
    seen, decision = seen_version(request), decision_of(body)

    def do(work: Work) -> None:
        figures = entry.in_printed_order(work, body["figures"])
        corrections.annul_out_of_premises(work, figures, decision)

    return _take(protocol_id, do, seen=seen)


@routes.route(f"{PROTOCOL}annul", methods=["POST"])
@only(HEAD, MEMBER)
@routes.approves
@routes.arguments(schemas.DecidedSchema)
@routes.response(200, views.ProtocolSchema)
def annul(body: dict[str, Any], protocol_id: str) -> Response:
    """Annul a precinct's returns by decision: they leave the sums and stay visible."""
    seen, decision = seen_version(request), decision_of(body)
    return _take(protocol_id, lambda w: corrections.annul(w, decision), seen=seen)


@routes.route(f"{PROTOCOL}restore", methods=["POST"])
@only(MEMBER)
@routes.approves
@routes.arguments(schemas.DecidedSchema)
@routes.response(200, views.ProtocolSchema)
def restore(body: dict[str, Any], protocol_id: str) -> Response:
    """Take an annulment back by decision; the protocol has to be accepted anew."""
    seen, decision = seen_version(request), decision_of(body)
    return _take(protocol_id, lambda w: corrections.restore(w, decision), seen=seen)
