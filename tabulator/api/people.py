"""Logging in and out, second steps, passwords, tokens; and the accounts, for administrators."""

from __future__ import annotations

from typing import Any

from flask import after_this_request, current_app, request
from sqlalchemy import Engine

from tabulator import guard
from tabulator.api import people_schemas as s
from tabulator.api.blueprint import Blueprint
from tabulator.guard import logged_in, public
from tabulator.people import accounts, entrance, second_step, sessions
from tabulator.people.accounts import Account
from tabulator.people.entrance import Entered
from tabulator.people.sessions import Level
from tabulator.storage.db import transaction, utc_now

routes = Blueprint("people", __name__, description="Who works here, and how they come in.")


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine


def _secret() -> bytes:
    secret: bytes = current_app.extensions["secret"]
    return secret


def _origin() -> str:
    return request.remote_addr or ""


@routes.route("/api/v1/session", methods=["POST"])
@public
@routes.arguments(s.LogIn)
@routes.response(200, s.SessionShown)
@routes.alt_response(401, description="name and password do not go together")
@routes.alt_response(429, description="too many failures; Retry-After says how long to wait")
def log_in(given: dict[str, str]) -> dict[str, Any]:
    """Log in with a password or a start code; `level` says what is still to be done."""
    entered = entrance.log_in(_engine(), given["name"], given["password"], _origin(), now=utc_now())
    return _at(entered)


@routes.route("/api/v1/session", methods=["GET"])
@logged_in
@routes.response(200, s.SessionShown)
@routes.alt_response(401, description="nobody is logged in")
def who_am_i() -> dict[str, Any]:
    """Who is logged in, how far, and the CSRF token of the session."""
    who = guard.caller_at_any_level()
    csrf = guard.csrf_token() if who.session else ""
    return _shown_session(who.account, who.level, csrf, who.via)


@routes.route("/api/v1/session", methods=["DELETE"])
@logged_in
@routes.response(204)
@routes.alt_response(401, description="nobody is logged in")
def log_out() -> None:
    """Log out here."""
    _, session = guard.own_session()
    with transaction(_engine()) as connection:
        sessions.end(connection, session.id)
    _set_cookie("")


@routes.route("/api/v1/sessions", methods=["DELETE"])
@logged_in
@routes.response(200, s.Ended)
@routes.alt_response(401, description="nobody is logged in")
def log_out_everywhere() -> dict[str, int]:
    """Log out here and everywhere else."""
    who, _ = guard.own_session()
    with transaction(_engine()) as connection:
        ended = accounts.end_sessions(connection, who.actor, who.name, now=utc_now())
    _set_cookie("")
    return {"ended": ended}


@routes.route("/api/v1/session/second-step", methods=["POST"])
@logged_in
@routes.arguments(s.SecondStep)
@routes.response(200, s.SessionShown)
@routes.alt_response(401, description="the code is wrong, or was used before")
@routes.alt_response(429, description="too many failures; Retry-After says how long to wait")
def take_second_step(given: dict[str, str]) -> dict[str, Any]:
    """Go on with a code of the authenticator or a recovery code; each is good once."""
    who, session = guard.own_session()
    entered = entrance.take_second_step(
        _engine(), _secret(), session, who.name, _origin(), **given, now=utc_now()
    )
    return _at(entered)


@routes.route("/api/v1/session/second-step/setup", methods=["POST"])
@logged_in
@routes.arguments(s.Confirmation)
@routes.response(200, s.Offered)
@routes.alt_response(401, description="the code is wrong")
@routes.alt_response(409, description="a second step is set up already")
def set_up_second_step(given: dict[str, str]) -> dict[str, Any]:
    """Without a code: a secret for the authenticator. With its code: set up, and recovery codes."""
    who, session = guard.own_session()
    if "code" not in given:
        secret = entrance.offer_second_step(_engine(), _secret(), session, who.account)
        return {"secret": secret, "address": second_step.address(secret, who.name)}
    code, now = given["code"], utc_now()
    entered, codes = entrance.confirm_second_step(
        _engine(), _secret(), session, who.account, code, _origin(), now=now
    )
    return {"recovery_codes": codes, "session": {**_at(entered), "second_step": True}}


@routes.route("/api/v1/session/password", methods=["POST"])
@logged_in
@routes.arguments(s.Password)
@routes.response(200, s.SessionShown)
@routes.alt_response(403, description="the current password is wrong")
@routes.alt_response(422, description="the new password is weak")
def choose_password(given: dict[str, str]) -> dict[str, Any]:
    """Choose a password, the first one or another; every other session ends."""
    who, session = guard.own_session()
    new, current = given["new"], given["current"]
    entered = entrance.choose_password(
        _engine(), session, who.account, new, current, _origin(), now=utc_now()
    )
    return _at(entered)


def _at(entered: Entered) -> dict[str, Any]:
    """The session at its new level, whose id goes into the cookie."""
    _set_cookie(entered.cookie)
    csrf = guard.csrf_token_of(entered.cookie)
    return _shown_session(entered.account, entered.level, csrf, "session")


def _shown_session(account: Account, level: Level, csrf: str, via: str) -> dict[str, Any]:
    told = {key: value for key, value in shown_account(account).items() if key != "created_at"}
    return {**told, "level": level, "csrf": csrf, "via": via}


def _set_cookie(value: str) -> None:
    """Set at the end of this request; "" takes the cookie away."""

    @after_this_request
    def _(response: Any) -> Any:
        secure = (current_app.extensions["settings"].base_url or "").startswith("https:")
        age = int(sessions.LONGEST.total_seconds()) if value else 0
        response.set_cookie(
            guard.COOKIE, value, age, path="/", secure=secure, httponly=True, samesite="Lax"
        )
        response.headers["Cache-Control"] = "no-store"
        return response


def shown_account(account: Account) -> dict[str, Any]:
    w = account.wanted
    return {
        **{"name": w.name, "person": w.person, "role": w.role, "election": w.election},
        **{"scope": w.scope, "lang": w.lang, "active": account.active},
        "must_change": account.must_change,
        "second_step": bool(account.totp),
        "created_at": account.created_at,
    }
