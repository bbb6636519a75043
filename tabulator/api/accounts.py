"""Accounts, for administrators, and the tokens that people make for their machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app
from sqlalchemy import Connection

from tabulator import guard
from tabulator.api import people_schemas as s
from tabulator.api.blueprint import Blueprint
from tabulator.api.people import shown_account
from tabulator.api.writes import Answer, write
from tabulator.domain.roles import Role
from tabulator.guard import only
from tabulator.package.accounts import ROLES, wanted
from tabulator.people import accounts, passwords, tokens
from tabulator.people.accounts import Account
from tabulator.people.codes import start_code, typed
from tabulator.storage.db import lock, snapshot, utc_now

routes = Blueprint("accounts", __name__, description="Accounts and tokens.")


@routes.route("/api/v1/accounts", methods=["GET"])
@only(Role.ADMINISTRATOR)
@routes.arguments(s.Page, location="query")
@routes.response(200, s.AccountsShown)
def list_accounts(page: dict[str, Any]) -> dict[str, Any]:
    """Accounts by name; `next` is the cursor of the page that follows, if one does."""
    with snapshot(current_app.extensions["engine"]) as connection:
        found = accounts.listed(connection, after=page["cursor"], limit=page["limit"] + 1)
    shown = found[: page["limit"]]
    more = shown[-1].name if len(found) > len(shown) else None
    return {"accounts": [shown_account(account) for account in shown], "next": more}


@routes.route("/api/v1/accounts", methods=["POST"])
@only(Role.ADMINISTRATOR)
@routes.arguments(s.NewAccount)
@routes.response(201, s.AccountCoded)
@routes.alt_response(409, description="the name is taken")
def create_account(given: dict[str, str]) -> Response:
    """Make an account; its start code is in this answer and nowhere else. Not with a token."""
    asked, actor = wanted(given), guard.own_session()[0].actor
    return _with_code(
        lambda connection, password: accounts.create_account(
            connection, actor, asked, password=password, now=utc_now()
        ),
        status=201,
    )


@routes.route("/api/v1/accounts/<name>", methods=["GET"])
@only(Role.ADMINISTRATOR)
@routes.response(200, s.AccountShown)
def show_account(name: str) -> dict[str, Any]:
    """One account."""
    with snapshot(current_app.extensions["engine"]) as connection:
        return shown_account(accounts.find(connection, name))


@routes.route("/api/v1/accounts/<name>", methods=["PATCH"])
@only(Role.ADMINISTRATOR)
@routes.arguments(s.AccountChanges)
@routes.response(200, s.AccountShown)
def change_account(given: dict[str, Any], name: str) -> Response:
    """Change what is named, and nothing else."""
    me = guard.caller()

    def change(connection: Connection) -> Answer:
        changed = accounts.change_account(connection, me.actor, name, given, now=utc_now())
        return Answer(s.AccountShown().dump(shown_account(changed)))

    return write(me.name, change)


@routes.route("/api/v1/accounts/<name>/reset", methods=["POST"])
@only(Role.ADMINISTRATOR)
@routes.response(200, s.AccountCoded)
def reset_account(name: str) -> Response:
    """A new start code, and no second step: for who has lost either. Not with a token."""
    actor = guard.own_session()[0].actor
    return _with_code(
        lambda connection, password: accounts.reset_account(
            connection, actor, name, password=password, now=utc_now()
        )
    )


def _with_code(make: Callable[[Connection, str], Account], *, status: int = 200) -> Response:
    """Make an account that begins with a code; an answer with a code is kept nowhere."""
    code = start_code()
    password = passwords.hashed(typed(code))

    def change(connection: Connection) -> Answer:
        shown = {**shown_account(make(connection, password)), "start_code": code}
        return Answer(s.AccountCoded().dump(shown), status, keep=False)

    return write(guard.caller().name, change)


@routes.route("/api/v1/accounts/<name>/sessions", methods=["DELETE"])
@only(Role.ADMINISTRATOR)
@routes.response(200, s.Ended)
def end_sessions(name: str) -> Response:
    """Log an account out everywhere."""
    me = guard.caller()

    def change(connection: Connection) -> Answer:
        ended = accounts.end_sessions(connection, me.actor, name, now=utc_now())
        return Answer({"ended": ended})

    return write(me.name, change)


@routes.route("/api/v1/accounts/<name>/tokens", methods=["DELETE"])
@only(Role.ADMINISTRATOR)
@routes.response(200, s.Ended)
def revoke_tokens(name: str) -> Response:
    """Revoke every token of an account."""
    me = guard.caller()

    def change(connection: Connection) -> Answer:
        lock(connection, [accounts.CHAIN])
        account = accounts.find(connection, name)
        ended = accounts.revoke_all(connection, me.actor, account, now=utc_now())
        return Answer({"ended": ended})

    return write(me.name, change)


@routes.route("/api/v1/tokens", methods=["GET"])
@only(*ROLES)
@routes.response(200, s.TokensShown)
def list_tokens() -> dict[str, Any]:
    """The caller's own tokens, also those that no longer hold."""
    with snapshot(current_app.extensions["engine"]) as connection:
        found = tokens.tokens_of(connection, guard.caller().name)
    return {"tokens": found}


@routes.route("/api/v1/tokens", methods=["POST"])
@only(*ROLES)
@routes.arguments(s.NewToken)
@routes.response(201, s.TokenMade)
def create_token(given: dict[str, Any]) -> Response:
    """A token of the caller's own account; it is in this answer and nowhere else."""
    who, _ = guard.own_session()

    def change(connection: Connection) -> Answer:
        token, shown = tokens.create_token(connection, who.actor, **given, now=utc_now())
        made = {**s.TokenShown().dump(token), "token": shown}
        return Answer(made, 201, keep=False)

    return write(who.name, change)


@routes.route("/api/v1/tokens/<int:id_>", methods=["DELETE"])
@only(*ROLES)
@routes.response(204)
def revoke_token(id_: int) -> Response:
    """Revoke one of the caller's own tokens."""
    who, _ = guard.own_session()

    def change(connection: Connection) -> Answer:
        tokens.revoke_token(connection, who.actor, id_, now=utc_now())
        return Answer(None, 204)

    return write(who.name, change)
