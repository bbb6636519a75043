"""How protocols look when they are shown."""

from __future__ import annotations

from marshmallow import fields

from tabulator.api.pages import PageQuery
from tabulator.api.schemas import Digits, Schema, TextSchema, between, one_of, text
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import State

STATES = tuple(State)

STEPS_OF_A_ROLE = (
    "what the caller's role may do from here, whatever else it needs, by the names of the workflow:"
    " `receive` is POST …/protocols, `confirm` and `contradict` are …/enter,"
    " `confirm-first-copy` and `amend` are …/compare-first-copy, the others have their own name"
)


class ScanSchema(Schema):
    """A file of a protocol."""

    sha256 = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "as the sender called it"})
    media_type = fields.String(required=True, metadata={"description": "by its content"})
    size = fields.Integer(required=True, metadata={"description": "bytes"})


class AnswerSchema(Schema):
    """What was said about a finding."""

    text = fields.String(required=True)
    decision = fields.Dict(required=True, allow_none=True)


class FindingSchema(Schema):
    """A check that failed, with its numbers put in."""

    precinct = fields.Integer(required=True)
    contest = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "see docs/checks.md"})
    severity = fields.String(required=True, validate=one_of(Severity))
    lines = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "roles; the form of the contest has their numbers and captions"},
    )
    equation = fields.String(required=True)
    texts = fields.Nested(TextSchema, required=True)
    answer = fields.Nested(AnswerSchema, allow_none=True)


class ProtocolSchema(Schema):
    """A protocol as it stands. `withheld`: who is to enter it blindly sees no figures."""

    id = fields.String(required=True)
    election = fields.String(required=True)
    contest = fields.String(required=True)
    precinct = fields.Integer(required=True)
    area = fields.String(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    says = fields.Nested(TextSchema, required=True, metadata={"description": "of the state"})
    version = fields.Integer(required=True)
    verified = fields.Boolean(
        required=True,
        metadata={"description": "two entries agree on this version, or a third person decided"},
    )
    provisional = fields.Boolean(
        required=True,
        metadata={"description": "not yet confirmed by the first copy"},
    )
    first_copy = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "the act by which the first copy came; null: it did not yet"},
    )
    frozen = fields.Boolean(
        required=True,
        metadata={"description": "the territory has signed: nothing moves until it is reopened"},
    )
    withheld = fields.Boolean(required=True)
    figures = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(allow_none=True),
        required=True,
        allow_none=True,
    )
    beside = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "receipts, voter list, figures in words"},
    )
    signed_at = fields.String(required=True, allow_none=True)
    received_at = fields.String(required=True, allow_none=True)
    protocol_no = fields.String(required=True)
    copy_no = fields.String(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    open = fields.List(
        fields.String(),
        required=True,
        metadata={
            "description": "codes: errors without a decision, warnings without an explanation"
        },
    )
    asked = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "the lines that a second entry or a settlement has to state"},
    )
    entry = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "the figures of the entry that differs; only for who decides"},
    )
    sent_back = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "why the precinct has it again: `reason` and `lines`, `decision`"},
    )
    steps = fields.List(fields.String(), required=True, metadata={"description": STEPS_OF_A_ROLE})
    files = fields.List(
        fields.Nested(ScanSchema),
        required=True,
        metadata={"description": "of all versions, oldest first"},
    )


class EnteredSchema(ProtocolSchema):
    """The protocol after a second entry, and which lines differed."""

    agrees = fields.Boolean(required=True)
    differing = fields.List(fields.String(), required=True)


class ReceiptSchema(Schema):
    """What the sender gets at once: what came, when, and the result of every check."""

    receipt = fields.String(
        required=True,
        metadata={"description": "to be kept: protocol, version and the beginning of the digest"},
    )
    protocol = fields.String(
        required=True,
        metadata={"description": "its id, for /api/v1/protocols/…"},
    )
    election = fields.String(required=True)
    contest = fields.String(required=True)
    precinct = fields.Integer(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    says = fields.Nested(TextSchema, required=True, metadata={"description": "of the state"})
    received_at = fields.String(required=True, metadata={"description": "in UTC"})
    received_local = fields.String(required=True, metadata={"description": "the precinct's time"})
    digest = fields.String(required=True, metadata={"description": "SHA-256 of what was stated"})
    files = fields.List(fields.Nested(ScanSchema), required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)


class VersionSchema(Schema):
    """One version, and what it changed in the one before."""

    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    predecessor = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    decision = fields.Dict(required=True, allow_none=True)
    channel = fields.String(required=True)
    source = fields.String(required=True)
    entered_by = fields.String(required=True)
    entered_at = fields.String(required=True)
    digest = fields.String(required=True, allow_none=True)
    figures = fields.Dict(required=True, allow_none=True)
    changed = fields.List(fields.Dict(), required=True)
    files = fields.List(fields.Nested(ScanSchema), required=True)


class EventSchema(Schema):
    """One event of the trail."""

    number = fields.Integer(required=True)
    at = fields.String(required=True)
    actor = fields.String(required=True)
    person = fields.String(required=True)
    role = fields.String(required=True)
    kind = fields.String(required=True)
    facts = fields.Dict(required=True)
    hash = fields.String(required=True)


def listed(noun: str, item: type[Schema]) -> type[Schema]:
    """The schema of a whole list of `item`."""
    members = {noun: fields.List(fields.Nested(item), required=True)}
    name = f"{item.__name__.removesuffix('Schema')}ListSchema"
    return type(name, (Schema,), {"__doc__": f"All {noun}.", **members})


class OnBoardSchema(Schema):
    """One line of the list."""

    id = fields.String(required=True)
    contest = fields.String(required=True)
    precinct = fields.Integer(required=True)
    area = fields.String(required=True)
    state = fields.String(required=True, validate=one_of(STATES))
    version = fields.Integer(required=True)
    verified = fields.Boolean(required=True)
    provisional = fields.Boolean(required=True)
    channel = fields.String(required=True)
    entered_by = fields.String(required=True)
    entered_at = fields.String(required=True, allow_none=True)
    errors = fields.Integer(required=True, allow_none=True)
    warnings = fields.Integer(required=True, allow_none=True)


class ProtocolsQuery(PageQuery):
    """Which protocols."""

    contest = text(64, load_default="")
    area = text(64, load_default="")
    state = fields.String(load_default="", validate=one_of(("", *STATES)))
    precinct = Digits(load_default=None, validate=between(1, 10**9))


class NextSchema(Schema):
    """What waits for this person; null: nothing."""

    protocol = fields.String(required=True, allow_none=True)
    step = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "as in a protocol's `steps`"},
    )
    until = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "how long it is held for the caller, in UTC"},
    )
