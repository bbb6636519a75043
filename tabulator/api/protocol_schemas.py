"""How protocols come in, how they look, and what the steps about them take."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from tabulator.actions.corrections import CORRECTIONS
from tabulator.actions.first_copy import CHECKLIST
from tabulator.api.schemas import Schema, one_of, text, whole
from tabulator.domain.protocol import MOST

LONG = 4_000
"""Characters of the longest explanation or reason."""

SHORT = 200


def written(length: int, **options: Any) -> fields.String:
    """A text that has to say something."""
    said = validate.Regexp(r"(?s).*\S", error="empty-cell")
    long = validate.Length(max=length, error=f"too-long|{length}")
    return fields.String(required=True, validate=[said, long], **options)


def figures(**options: Any) -> fields.Dict:
    """Line or option → whole number; null for one that was left blank."""
    return fields.Dict(
        keys=text(64), values=whole(0, MOST, allow_none=True), required=True, **options
    )


def in_utc(moment: datetime) -> None:
    """Refuses what is a moment only in its own zone: year 1 east of Greenwich, 9999 west of it."""
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise ValidationError("out-of-range|0001–9999") from None


class ProtocolBodySchema(Schema):
    """What a precinct states. Every line of the contest's form and every option is named."""

    precinct = whole(1, required=True)
    contest = text(64, required=True)
    figures = figures()
    beside = fields.Dict(
        keys=text(SHORT),
        values=fields.Raw(),
        metadata={"description": "receipts, voter list, figures in words: as in protocols.csv"},
    )
    signed_at = text(64, metadata={"description": "ISO 8601; the precinct's time without offset"})
    protocol_no = text(64)
    copy_no = text(64)


class DecisionSchema(Schema):
    """A decision of the commission."""

    number = written(64)
    date = fields.Date(required=True)
    reason = written(LONG)


class FiguresSchema(Schema):
    """Exactly the lines that are asked."""

    figures = figures()


class SettleSchema(FiguresSchema):
    """Exactly the contested lines, read from the scan."""

    reason = text(LONG, load_default="")


class ReasonSchema(Schema):
    """Why."""

    reason = written(LONG)


class ReturnSchema(ReasonSchema):
    """Why, and which lines it is about."""

    lines = fields.List(text(64), load_default=list, validate=validate.Length(max=1000))


class DecidedSchema(Schema):
    """By which decision."""

    decision = fields.Nested(DecisionSchema, required=True)


class ExplainSchema(Schema):
    """What explains a warning."""

    code = text(8, required=True)
    text = written(LONG)


class DecideSchema(DecidedSchema):
    """On which error."""

    code = text(8, required=True)


class PartSchema(DecidedSchema, FiguresSchema):
    """The figures that remain of a precinct, all lines."""


class CorrectSchema(DecidedSchema):
    """A corrected or recount protocol."""

    kind = fields.String(required=True, validate=one_of(CORRECTIONS))
    protocol = fields.Nested(ProtocolBodySchema, required=True)


def _answered(checklist: dict[str, bool]) -> None:
    lacking = [name for name in CHECKLIST if name not in checklist and name != "aeu"]
    if lacking:
        raise ValidationError(f"missing-key|{', '.join(lacking)}")


class ActSchema(Schema):
    """The act by which the first copy was received."""

    number = text(64, load_default="")
    deliverer = written(SHORT)
    receiver = written(SHORT)
    at = fields.AwareDateTime(required=True, validate=in_utc)
    checklist = fields.Dict(
        keys=fields.String(validate=one_of(CHECKLIST)),
        values=fields.Boolean(),
        required=True,
        validate=_answered,
        metadata={
            "description": "what was handed over with it, yes or no for each: "
            f"{', '.join(CHECKLIST)} (where there is an urn)"
        },
    )
    remarks = text(LONG, load_default="")


class FirstCopySchema(Schema):
    """The figures of the first copy; null: as they stand."""

    figures = figures(allow_none=True)
