"""How elections and their registers look."""

from __future__ import annotations

from marshmallow import fields

from tabulator.api.pages import PageQuery
from tabulator.api.schemas import Schema, TextSchema, one_of
from tabulator.domain.areas import AREA_KINDS, COMMISSION_KINDS
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.register import OPTION_KINDS


class ElectionLinkSchema(Schema):
    """An election, and where its results are."""

    id = fields.String(required=True)
    title = fields.Nested(TextSchema, required=True)
    results = fields.String(required=True, metadata={"format": "uri-reference"})


class ElectionsSchema(Schema):
    """Every election, newest first."""

    elections = fields.List(fields.Nested(ElectionLinkSchema), required=True)


class LineSchema(Schema):
    """One printed line of a form."""

    role = fields.String(required=True, metadata={"description": "name of its column in files"})
    number = fields.String(required=True, metadata={"description": "as printed"})
    caption = fields.Nested(TextSchema, required=True)
    summed = fields.Boolean(required=True, metadata={"description": "added upward"})
    required = fields.Boolean(required=True, metadata={"description": "a blank is a fault"})


class FormSchema(Schema):
    """The form of a contest's protocols; the options follow the lines."""

    code = fields.String(required=True)
    title = fields.Nested(TextSchema, required=True)
    lines = fields.List(fields.Nested(LineSchema), required=True)


class OptionSchema(Schema):
    """What a voter can mark."""

    position = fields.Integer(required=True, metadata={"description": "on the ballot"})
    code = fields.String(required=True, metadata={"description": "name of its column in files"})
    kind = fields.String(required=True, validate=one_of(OPTION_KINDS))
    name = fields.Nested(TextSchema, required=True)
    list = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "of a candidate in a preference annex: the list"},
    )


class ContestSchema(Schema):
    """One question put to the voters."""

    id = fields.String(required=True)
    title = fields.Nested(TextSchema, required=True)
    kind = fields.String(required=True, validate=one_of(ELECTION_TYPES))
    area = fields.String(required=True, metadata={"description": "in which it is held"})
    seats = fields.Integer(required=True)
    max_marks = fields.Integer(required=True)
    open_abroad = fields.Boolean(required=True)
    form = fields.Nested(FormSchema, required=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)


class AreaSchema(Schema):
    """A node of the tree that is tabulated."""

    code = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, validate=one_of(AREA_KINDS))
    commission = fields.String(required=True, metadata={"description": "who tabulates it"})
    name = fields.Nested(TextSchema, required=True)


class CommissionSchema(Schema):
    """A commission above the precinct."""

    code = fields.String(required=True)
    kind = fields.String(required=True, validate=one_of(COMMISSION_KINDS))
    parent = fields.String(required=True, allow_none=True)
    name = fields.Nested(TextSchema, required=True)


class ElectionSchema(Schema):
    """The register of an election, without its precincts."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=one_of(ELECTION_TYPES))
    date = fields.Date(required=True)
    title = fields.Nested(TextSchema, required=True)
    contests = fields.List(fields.Nested(ContestSchema), required=True)
    areas = fields.List(
        fields.Nested(AreaSchema),
        required=True,
        metadata={"description": "parents before children"},
    )
    commissions = fields.List(fields.Nested(CommissionSchema), required=True)


class PrecinctSchema(Schema):
    """A polling precinct as the register knows it; null: not known."""

    number = fields.Integer(required=True)
    area = fields.String(required=True)
    timezone = fields.String(required=True)
    abroad = fields.Boolean(required=True)
    country = fields.String(required=True)
    place = fields.Nested(TextSchema, required=True)
    address = fields.String(required=True)
    voters = fields.Integer(required=True, allow_none=True)
    voters_men = fields.Integer(required=True, allow_none=True)
    voters_women = fields.Integer(required=True, allow_none=True)
    aeu = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "has a ballot-reading urn"}
    )


class PrecinctsQuery(PageQuery):
    """Which precincts."""

    area = fields.String(
        load_default="", metadata={"description": "code of an area; the whole tree without it"}
    )
