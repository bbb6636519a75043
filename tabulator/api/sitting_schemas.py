"""What the moves of a sitting take, and how a commission's result looks."""

from __future__ import annotations

from marshmallow import fields, validate

from tabulator.api.protocol_schemas import LONG, SHORT, DecidedSchema, written
from tabulator.api.schemas import Schema, one_of, text, whole
from tabulator.domain.sittings import Stage

OPEN = (
    "what hinders a signature: precincts that are not settled, or whose first copy neither came"
    " nor has a reason why not; at the CEC commissions that are not approved"
)
VOTES = ("for", "against", "abstained")
NAMES = validate.Length(min=1, max=100, error="out-of-range|1–100")


class ComplaintSchema(Schema):
    """A complaint."""

    complainant = written(SHORT)
    text = written(LONG)
    precinct = whole(1, allow_none=True, load_default=None)


class MissingSchema(Schema):
    """Why a protocol, or the first copy of one, is missing."""

    precinct = whole(1, required=True)
    reason = written(LONG)


class OpenSchema(Schema):
    """Who is present, of how many members."""

    members = whole(1, 1000, required=True)
    present = fields.List(written(SHORT), required=True, validate=NAMES)


class ConsiderSchema(Schema):
    """What was decided on a complaint, with how many votes."""

    outcome = written(LONG)
    votes = fields.Dict(
        keys=fields.String(validate=one_of(VOTES)),
        values=whole(0, 1000),
        load_default=dict,
        metadata={"description": ", ".join(VOTES)},
    )


class OpinionSchema(Schema):
    """A member's dissenting opinion."""

    member = written(SHORT)
    text = written(LONG)


class SignSchema(Schema):
    """Who signs."""

    signers = fields.List(written(SHORT), required=True, validate=NAMES)


class DelivererSchema(Schema):
    """Who brings it, or who gets it."""

    name = written(SHORT)


class AreaAnnulSchema(DecidedSchema):
    """Of which contest; the first one without it."""

    contest = text(64, load_default="")


class AnnulledSchema(Schema):
    """Whose protocols were annulled."""

    precincts = fields.List(fields.Integer(), required=True)


class SittingSchema(Schema):
    """How a commission's result stands, and what is open below it."""

    election = fields.String(required=True)
    contest = fields.String(required=True)
    commission = fields.String(required=True)
    stage = fields.String(required=True, validate=one_of(Stage))
    moves = fields.Integer(required=True, metadata={"description": "its ETag is made of them"})
    version = fields.Integer(required=True, metadata={"description": "how often it was signed"})
    digest = fields.String(required=True, metadata={"description": "of the figures signed"})
    members = fields.Integer(required=True)
    present = fields.List(fields.String(), required=True)
    complaints = fields.List(fields.Dict(), required=True)
    explained = fields.List(fields.Dict(), required=True)
    opinions = fields.List(fields.Dict(), required=True)
    reopening_asked_by = fields.String(required=True, allow_none=True)
    open = fields.List(fields.Raw(), required=True, metadata={"description": OPEN})


class IssuedSchema(Schema):
    """A document that was issued, and who has received it."""

    kind = fields.String(required=True)
    area = fields.String(required=True)
    lang = fields.String(required=True)
    sha256 = fields.String(required=True)
    pages = fields.Integer()
    handed_to = fields.List(fields.String(), required=True)
    valid = fields.Boolean(required=True)
    voided = fields.String(required=True, allow_none=True, metadata={"description": "why"})


class ReopenedSchema(SittingSchema):
    """With every document that is void now."""

    voided = fields.List(fields.Nested(IssuedSchema), required=True)
