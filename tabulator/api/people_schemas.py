"""What is said about people: bodies of requests, which take nothing unknown, and answers."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from tabulator.api.schemas import Schema, Truth, between, one_of
from tabulator.domain.text import LANGUAGES
from tabulator.package.accounts import LONGEST_NAME, ROLES
from tabulator.people.passwords import LONGEST
from tabulator.people.tokens import RIGHTS


def _text(longest: int, shortest: int = 0, **more: Any) -> fields.String:
    return fields.String(validate=_fits(longest, shortest), **more)


def _fits(longest: int, shortest: int) -> list[validate.Length]:
    return [validate.Length(shortest, longest, error=f"too-long|{shortest}–{longest}")]


def _printable(text: str) -> None:
    if not text.isprintable():
        raise ValidationError("control-character")


class LogIn(Schema):
    """Who comes in."""

    name = _text(LONGEST_NAME, 1, required=True)
    password = _text(
        LONGEST, 1, required=True, metadata={"description": "or the start code, the first time"}
    )


class SecondStep(Schema):
    """One of the two."""

    code = _text(12, 6)
    recovery_code = _text(24, 10)

    @validates_schema
    def _one_of_them(self, data: dict[str, Any], **_: Any) -> None:
        if len(data) != 1:
            raise ValidationError("either code or recovery_code", "code")


class Confirmation(Schema):
    """Nothing asks for a secret; its code confirms it."""

    code = _text(12, 6)


class Password(Schema):
    """Another password; of at least 10 characters, and none that is easily guessed."""

    new = _text(LONGEST, 1, required=True)
    current = _text(
        LONGEST, load_default="", metadata={"description": "not asked for the first time"}
    )


_ELECTION = {"description": "its id; every election where it is empty"}
_SCOPE = {"description": "a precinct's number; code of a commission or an area; empty: everything"}


class AccountChanges(Schema):
    """What is to be another; what somebody may do has changed when it is answered."""

    role = fields.String(validate=one_of(ROLES))
    election = _text(64, metadata=_ELECTION)
    scope = _text(64, metadata=_SCOPE)
    person = _text(2000)
    lang = fields.String(validate=one_of(LANGUAGES))
    active = Truth()


class NewAccount(Schema):
    """Who may log in. The scope of a precinct's chair is its number, of others a commission."""

    name = _text(LONGEST_NAME, 1, required=True)
    role = fields.String(required=True, validate=one_of(ROLES))
    election = _text(64, metadata=_ELECTION)
    scope = _text(64, metadata=_SCOPE)
    person = _text(2000)
    lang = fields.String(validate=one_of(LANGUAGES))


class Page(Schema):
    cursor = _text(400, load_default="")
    limit = fields.Integer(load_default=100, validate=between(1, 500))


class NewToken(Schema):
    """What a machine may do in the name of the caller, and how long."""

    label = fields.String(required=True, validate=[*_fits(200, 1), _printable])
    rights = fields.List(
        fields.String(validate=one_of(RIGHTS)),
        required=True,
        validate=validate.Length(1, len(RIGHTS), error=f"out-of-range|1–{len(RIGHTS)}"),
    )
    expires_at = fields.AwareDateTime(required=True)


class AccountShown(Schema):
    """Who may log in, and for what."""

    name = fields.String()
    role = fields.String()
    election = fields.String()
    scope = fields.String()
    person = fields.String()
    lang = fields.String()
    active = fields.Boolean()
    must_change = fields.Boolean(metadata={"description": "has a start code and no password yet"})
    second_step = fields.Boolean(metadata={"description": "whether one is set up"})
    created_at = fields.AwareDateTime()


class AccountCoded(AccountShown):
    start_code = fields.String(metadata={"description": "shown this once"})


class AccountsShown(Schema):
    accounts = fields.List(fields.Nested(AccountShown))
    next = fields.String(allow_none=True)


class SessionShown(Schema):
    """Who is logged in, and how far."""

    name = fields.String()
    person = fields.String()
    role = fields.String()
    election = fields.String()
    scope = fields.String()
    lang = fields.String()
    via = fields.String(metadata={"description": "session or token"})
    level = fields.String(metadata={"description": "first-password, second-step or full"})
    csrf = fields.String(metadata={"description": "for X-CSRF-Token; empty with a token"})
    second_step = fields.Boolean(metadata={"description": "whether one is set up"})


class Offered(Schema):
    """Either what to put into an authenticator, or, after its code, the session and the codes."""

    secret = fields.String()
    address = fields.String(metadata={"description": "otpauth://…"})
    recovery_codes = fields.List(fields.String())
    session = fields.Nested(SessionShown)


class Ended(Schema):
    ended = fields.Integer()


class TokenShown(Schema):
    id = fields.Integer()
    label = fields.String()
    rights = fields.List(fields.String())
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()
    revoked_at = fields.AwareDateTime(allow_none=True)


class TokenMade(TokenShown):
    token = fields.String(metadata={"description": "shown this once"})


class TokensShown(Schema):
    tokens = fields.List(fields.Nested(TokenShown))
