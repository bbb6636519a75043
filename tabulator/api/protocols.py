"""Protocols: sent, listed, and shown with everything behind them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, jsonify, request, send_file
from sqlalchemy import Connection

from tabulator.actions.entry import send
from tabulator.actions.work import Arrival, Work, open_work, refuse_unreachable, work_on
from tabulator.api import protocol_schemas as schemas
from tabulator.api import protocol_views as views
from tabulator.api.blueprint import Blueprint
from tabulator.api.pages import page, paged, position
from tabulator.api.protocol_shown import (
    event_document,
    findings_document,
    protocol_document,
    scan_document,
    versions_document,
)
from tabulator.api.sent import body_of, keep_files, read_body
from tabulator.api.writes import Answer, write
from tabulator.audit.told import told_of
from tabulator.domain.captions_of_work import STATES
from tabulator.domain.protocol import utc_text
from tabulator.domain.roles import TERRITORIAL, Actor, Role
from tabulator.domain.story import BLIND, is_blind
from tabulator.errors import NotFound
from tabulator.guard import caller, only
from tabulator.package.one import read_protocol
from tabulator.storage.board import OnBoard, board
from tabulator.storage.db import snapshot, utc_now
from tabulator.storage.protocols import Key, scans_of
from tabulator.storage.register import find_precinct, known_election

routes = Blueprint("protocols", __name__, description="Protocols and what is behind them.")

READERS = (
    Role.PRECINCT_CHAIR,
    *sorted(TERRITORIAL),
    Role.CEC_OPERATOR,
    Role.CEC_MEMBER,
    Role.OBSERVER,
)
CHANNELS = {Role.PRECINCT_CHAIR: "upload", Role.TERRITORIAL_OPERATOR: "typed"}


@routes.route("/api/v1/elections/<election_id>/protocols", methods=["POST"])
@only(Role.PRECINCT_CHAIR, Role.TERRITORIAL_OPERATOR)
@routes.doc(requestBody=body_of(schemas.ProtocolBodySchema))
@routes.response(201, views.ReceiptSchema)
@routes.alt_response(200, schema=views.ReceiptSchema, description="It was here already")
def send_protocol(election_id: str) -> Response:
    """Take in a protocol as the precinct's chair sends it, or as an operator types it first.

    The chair's precinct is the only one that a chair may send for.
    """
    me, body = caller(), read_body(request, schemas.ProtocolBodySchema())
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        contest = stored.contest(body["contest"])
        key = Key(stored, contest, find_precinct(connection, stored, body["precinct"]))
        refuse_unreachable(key, me.actor)
    protocol = read_protocol(body, stored.election, key.precinct, contest.id)
    # Files first: on the disk before anything says so, and nobody waits for the disk meanwhile.
    arrival = Arrival(CHANNELS[me.actor.role], "", keep_files(request))

    def change(connection: Connection) -> Answer:
        now = utc_now()
        with open_work(connection, me.actor, key, now=now) as work:
            new = send(work, dataclasses.replace(protocol, received_at=now), arrival)
        location = f"/api/v1/protocols/{key.id}"
        return Answer(_receipt(work), 201 if new else 200, location, work.story.version)

    return write(me.name, change)


def _receipt(work: Work) -> dict[str, Any]:
    assert work.protocol  # noqa: S101 - it was stored just now
    assert work.protocol.received_at  # noqa: S101
    digest, came = work.digest, work.protocol.received_at
    id_, version = f"{work.key}-{work.precinct.number}", work.story.version
    scans = scans_of(work.connection, work.key, work.precinct.number)
    return {
        "receipt": f"{id_}-v{version}-{digest[:12]}",
        "protocol": id_,
        "election": work.stored.election.id,
        "contest": work.contest.id,
        "precinct": work.precinct.number,
        "version": version,
        "state": str(work.story.state),
        "says": STATES[work.story.state].as_dict(),
        "received_at": utc_text(came),
        "received_local": came.astimezone(ZoneInfo(work.precinct.timezone)).isoformat(),
        "digest": digest,
        "files": [scan_document(scan) for scan in scans.get(version, [])],
        "findings": findings_document(work, work.findings_beside()),
    }


@routes.route("/api/v1/elections/<election_id>/protocols")
@only(*READERS)
@routes.arguments(views.ProtocolsQuery, location="query")
@routes.response(200, paged("protocols", views.OnBoardSchema))
def protocols(query: dict[str, Any], election_id: str) -> Response:
    """Every protocol expected or come within the caller's reach, missing ones too."""
    me = caller()
    contest_key, after = position(query["cursor"], 0, 0)
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = known_election(connection, election_id)
        election, number = stored.election, query["precinct"]
        top = query["area"] or election.areas.root.code
        if top not in stored.areas or (query["contest"] and not stored.contest(query["contest"])):
            raise NotFound(f"no area {top}")
        areas = [c for c in election.areas.below(top) if me.actor.reaches_area(election, c)]
        if me.actor.role == Role.PRECINCT_CHAIR:
            number = int(me.actor.scope)
            home = find_precinct(connection, stored, number)
            mine = me.actor.reaches(election, home) and query["precinct"] in (None, number)
            areas = [home.area] if mine else []
        picked = {"contest": query["contest"], "precinct": number, "state": query["state"]}
        found = board(connection, stored, areas, **picked)
        rows = [_on_board(one, me.actor) for one in found]
    begin = (contest_key, after)
    rows = [row for row in rows if _place(row) > begin][: query["limit"] + 1]
    return jsonify(page("protocols", rows, query["limit"], _place))


def _place(row: Any) -> tuple[int, ...]:
    return tuple(int(part) for part in row["id"].split("-"))


def _on_board(one: OnBoard, actor: Actor) -> dict[str, Any]:
    """Whoever may enter it blindly is not told either how many errors there are."""
    waits = one.state in BLIND and not one.verified and one.entered_by != actor.name
    if actor.role == Role.TERRITORIAL_OPERATOR and waits:
        one = dataclasses.replace(one, errors=None, warnings=None)
    shown = dataclasses.asdict(one) | {"state": str(one.state)}
    shown["entered_at"] = utc_text(one.entered_at)
    shown["provisional"] = not shown.pop("original")
    return shown


def _looking(protocol_id: str, show: Callable[[Work], Any]) -> Response:
    """What `show` says of a protocol within the caller's reach; nothing is changed."""
    with snapshot(current_app.extensions["engine"]) as connection, ExitStack() as stack:
        work = stack.enter_context(
            work_on(connection, caller().actor, protocol_id, now=utc_now(), locked=False)
        )
        response = jsonify(show(work))
        response.headers["ETag"] = f'"v{work.story.version}"'
        return response


@routes.route("/api/v1/protocols/<protocol_id>")
@only(*READERS)
@routes.response(200, views.ProtocolSchema)
def protocol(protocol_id: str) -> Response:
    """One protocol as it stands, with its findings and what may be done next."""
    return _looking(protocol_id, protocol_document)


@routes.route("/api/v1/protocols/<protocol_id>/versions")
@only(*READERS)
@routes.response(200, views.listed("versions", views.VersionSchema))
def versions(protocol_id: str) -> Response:
    """Every version, with what it changed in the one before."""
    return _looking(protocol_id, lambda w: {"versions": versions_document(w, _events(w))})


@routes.route("/api/v1/protocols/<protocol_id>/findings")
@only(*READERS)
@routes.response(200, views.listed("findings", views.FindingSchema))
def findings(protocol_id: str) -> Response:
    """The findings on the current version, and what was said about them."""
    return _looking(
        protocol_id,
        lambda w: {
            "findings": []
            if is_blind(w.actor, w.story)
            else findings_document(w, w.findings_beside())
        },
    )


@routes.route("/api/v1/protocols/<protocol_id>/trace")
@only(*READERS)
@routes.response(200, views.listed("events", views.EventSchema))
def trace(protocol_id: str) -> Response:
    """Everything that happened to it: by whom, when, why."""
    return _looking(
        protocol_id,
        lambda w: {
            "events": [
                event_document(e, w.actor, blind=is_blind(w.actor, w.story)) for e in _events(w)
            ]
        },
    )


def _events(work: Work) -> Any:
    return told_of(work.connection, work.subject)


@routes.route("/api/v1/protocols/<protocol_id>/files")
@only(*READERS)
@routes.response(200, views.listed("files", views.ScanSchema))
def files(protocol_id: str) -> Response:
    """The files of all versions."""
    return _looking(protocol_id, lambda w: {"files": protocol_document(w)["files"]})


@routes.route("/api/v1/protocols/<protocol_id>/files/<sha256>")
@only(*READERS)
@routes.response(200, content_type="application/octet-stream", description="The bytes as sent")
def file(protocol_id: str, sha256: str) -> Response:
    """One file, byte for byte; never shown by a browser as a page of this service."""
    with snapshot(current_app.extensions["engine"]) as connection, ExitStack() as stack:
        work = stack.enter_context(
            work_on(connection, caller().actor, protocol_id, now=utc_now(), locked=False)
        )
        found = scans_of(connection, work.key, work.precinct.number).values()
        scan = next((s for scans in found for s in scans if s.sha256 == sha256), None)
    if scan is None:
        raise NotFound(f"no file {sha256} of protocol {protocol_id}")
    path = current_app.extensions["files"].open(scan.sha256)
    return send_file(
        path, mimetype="application/octet-stream", as_attachment=True, download_name=scan.name
    )
