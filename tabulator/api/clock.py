"""The clock of a count: how its limits are kept, and whom to call where one was missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, jsonify
from marshmallow import fields

from tabulator.api.blueprint import Blueprint
from tabulator.api.pages import PageQuery, page, paged, position
from tabulator.api.schemas import Schema, TextSchema, one_of
from tabulator.domain.deadlines import CODES, Deed, Since, Unit, Whose, limits_of
from tabulator.domain.protocol import utc_text
from tabulator.domain.register import Election
from tabulator.domain.roles import TERRITORIAL, Actor, Role
from tabulator.domain.watched import summary
from tabulator.errors import NotFound
from tabulator.guard import caller, only
from tabulator.storage.clock import late, watch
from tabulator.storage.db import snapshot, utc_now
from tabulator.storage.register import find_election

routes = Blueprint("clock", __name__, description="Limits of the count, and who is late.")

STAFF = (*sorted(TERRITORIAL), Role.CEC_OPERATOR, Role.CEC_MEMBER)


class _Limited(Schema):
    limit = fields.String(required=True, metadata={"description": "code of the limit"})
    caption = fields.Nested(TextSchema, required=True)
    law = fields.Boolean(required=True, metadata={"description": "false: a service target"})
    whose = fields.String(required=True, validate=one_of(Whose))


class LimitSchema(_Limited):
    """How one limit is kept."""

    source = fields.String(required=True)
    since = fields.String(required=True, validate=one_of(Since))
    length = fields.Integer(required=True)
    unit = fields.String(required=True, validate=one_of(Unit))
    deed = fields.String(
        required=True,
        validate=one_of(Deed),
        metadata={"description": "what has to have happened"},
    )
    not_yet = fields.Integer(required=True)
    running = fields.Integer(required=True)
    met = fields.Integer(required=True)
    met_late = fields.Integer(required=True, metadata={"description": "of those met, too late"})
    late = fields.Integer(required=True)
    next = fields.String(
        required=True, allow_none=True, metadata={"description": "when the next one ends, in UTC"}
    )


class ClockSchema(Schema):
    """Every limit of a contest."""

    election = fields.String(required=True)
    contest = fields.String(required=True)
    area = fields.String(required=True)
    at = fields.String(required=True)
    limits = fields.List(fields.Nested(LimitSchema), required=True)


class LateSchema(_Limited):
    """A limit that is over while what it asks for has not happened."""

    code = fields.String(
        required=True, metadata={"description": "a precinct's number or a commission's code"}
    )
    area = fields.String(required=True)
    name = fields.Nested(TextSchema, required=True)
    phone = fields.String(required=True)
    email = fields.String(required=True)
    ends = fields.String(required=True)
    late = fields.Integer(required=True, metadata={"description": "whole seconds"})


class ClockQuery(Schema):
    """Which contest, and which area or commission."""

    contest = fields.String(load_default=None, allow_none=True)
    area = fields.String(load_default="")


class LateQuery(ClockQuery, PageQuery):
    """Which of the late."""

    deadline = fields.String(
        load_default="",
        validate=one_of(("", *CODES)),
        metadata={"description": "code of the only limit asked for; all without it"},
    )


@routes.route("/api/v1/elections/<election_id>/clock")
@only(*STAFF, Role.OBSERVER)
@routes.arguments(ClockQuery, location="query")
@routes.response(200, ClockSchema)
def clock(query: dict[str, Any], election_id: str) -> Response:
    """How many limits are met, running, late and not yet running; in the caller's own area."""
    now = utc_now()
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = find_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        area = _own(caller().actor, stored.election, query["area"])
        seen = watch(connection, stored, contest, now, area)
    document = {
        "election": election_id,
        "contest": contest.id,
        "area": area,
        "at": utc_text(now),
        "limits": summary(seen, limits_of(stored.election, contest)),
    }
    return jsonify(document)


@routes.route("/api/v1/elections/<election_id>/late")
@only(*STAFF)
@routes.arguments(LateQuery, location="query")
@routes.response(200, paged("late", LateSchema))
def late_ones(query: dict[str, Any], election_id: str) -> Response:
    """Who is late in the caller's own area, the latest first, and how they are reached."""
    after = position(query["cursor"], "", "", "")
    with snapshot(current_app.extensions["engine"]) as connection:
        stored = find_election(connection, election_id)
        contest = stored.contest(query["contest"] or None)
        area = _own(caller().actor, stored.election, query["area"])
        found = late(connection, stored, contest, utc_now(), area, query["deadline"])
    rows = [each.as_dict() for each in found if each.key > after][: query["limit"] + 1]
    return jsonify(page("late", rows, query["limit"], _key))


def _key(row: Mapping[str, Any]) -> tuple[int | str, ...]:
    return row["ends"], row["limit"], row["code"]


def _own(actor: Actor, election: Election, area: str) -> str:
    """The area or commission asked for, by default the caller's own; NotFound where not theirs."""
    asked = area or (actor.scope if actor.role in TERRITORIAL else election.areas.root.code)
    tops = [asked] if asked in election.areas else [a.code for a in election.areas.tops_of(asked)]
    if not tops or not all(actor.reaches_area(election, top) for top in tops):
        raise NotFound(f"no area or commission {asked} in election {election.id}")
    return asked
