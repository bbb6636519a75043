"""Who may call a route. The application refuses to start while one route does not say.

A caller comes with the cookie of a session or with `Authorization: Bearer` and a token. Account,
role and session are read from the database at each request: what ended has ended at once.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from sqlalchemy import Engine

from tabulator.domain.roles import Actor, Role
from tabulator.errors import Misconfigured, NotAllowed, NotLoggedIn
from tabulator.people import accounts, sessions, tokens
from tabulator.people.accounts import Account
from tabulator.people.sessions import Level, Session
from tabulator.storage.db import snapshot, transaction, utc_now

Route = TypeVar("Route", bound=Callable[..., Any])

COOKIE = "tabulator_session"
CSRF_HEADER = "X-CSRF-Token"

_MARK = "tabulator_guard"
_READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls.

    Attributes:
        actor: The account as it stands now; `origin` is the remote address.
        via: "session" or "token".
        session: None with a token.
        rights: What they may do at all: "read", "write".
    """

    actor: Actor
    account: Account
    via: str
    session: Session | None
    rights: frozenset[str]

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def level(self) -> Level:
        return self.session.level if self.session else Level.FULL


def public(route: Route) -> Route:
    """Mark a route that anybody may call."""
    setattr(route, _MARK, "public")
    return route


def only(*roles: Role) -> Callable[[Route], Route]:
    """Mark a route for who is logged in fully, in one of these roles.

    Stands below the line that gives the route its address, and above what reads the request.
    """
    allowed = frozenset(roles)
    if not allowed:
        raise Misconfigured("a route is only for some roles, and names none")

    def check() -> None:
        who = caller()
        if who.actor.role not in allowed:
            raise NotAllowed(f"not with the role {who.actor.role}")

    return _guarded(check, ", ".join(sorted(allowed)))


def logged_in(route: Route) -> Route:
    """Mark a route for any account, however far its session has come."""
    return _guarded(lambda: _refuse_foreign(_known()), "logged in")(route)


def _guarded(check: Callable[[], object], mark: str) -> Callable[[Route], Route]:
    def decorate(route: Route) -> Route:
        @wraps(route)
        def guarded(*arguments: Any, **named: Any) -> Any:
            check()
            return route(*arguments, **named)

        setattr(guarded, _MARK, mark)
        return guarded  # type: ignore[return-value]

    return decorate


def caller() -> Caller:
    """Who calls.

    Raises:
        NotLoggedIn: Nobody, or somebody whose session is not at its last level.
        NotAllowed: A write without the session's CSRF token, or with a token that only reads.
    """
    who = _known()
    _refuse_foreign(who)
    if who.level != Level.FULL:
        raise NotLoggedIn(f"the session is at the level {who.level}")
    return who


def caller_or_none() -> Caller | None:
    """Who calls a public route, if `caller` would know them."""
    try:
        return caller()
    except (NotLoggedIn, NotAllowed):
        return None


def caller_at_any_level() -> Caller:
    """Who calls a route that is marked `logged_in`."""
    return _known()


def own_session() -> tuple[Caller, Session]:
    """Who calls with a session; NotAllowed with a token, which cannot speak for a person here."""
    who = _known()
    if who.session is None:
        raise NotAllowed("not with a token")
    return who, who.session


def csrf_token() -> str:
    """The one of the session whose cookie came with this request."""
    return csrf_token_of(request.cookies.get(COOKIE, ""))


def csrf_token_of(cookie: str) -> str:
    return sessions.csrf_token(current_app.extensions["secret"], cookie)


def refuse_unguarded(app: Flask) -> None:
    """Misconfigured if any route has no mark; Flask's own static route is switched off."""
    unmarked = sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], _MARK)
    )
    if unmarked:
        raise Misconfigured(f"routes that do not say who may call them: {', '.join(unmarked)}")


def _known() -> Caller:
    """Who calls, at any level, read once per request; NotLoggedIn if nobody."""
    if "caller" not in g:
        # One way only: a header that fails is not made good by a cookie.
        by_token = "Authorization" in request.headers
        g.caller = _by_token() if by_token else _by_cookie()
    found: Caller = g.caller
    return found


def _refuse_foreign(who: Caller) -> None:
    if request.method in _READING:
        if "read" not in who.rights:
            raise NotAllowed("the token does not read")
    elif "write" not in who.rights:
        raise NotAllowed("the token does not write")
    elif who.session is not None and not _same(request.headers.get(CSRF_HEADER, "")):
        raise NotAllowed(f"the header {CSRF_HEADER} is missing or not of this session")


def _same(given: str) -> bool:
    return hmac.compare_digest(given.encode(), csrf_token().encode())


def _by_cookie() -> Caller:
    engine, now = _engine(), utc_now()
    with snapshot(engine) as connection:
        session = sessions.find_session(connection, request.cookies.get(COOKIE, ""))
        account = accounts.find(connection, session.account) if session else None
    if (
        session is None
        or account is None
        or not account.active
        or sessions.is_over(session, account.wanted.role, now=now)
    ):
        raise NotLoggedIn("nobody is logged in")
    if now - session.seen_at >= sessions.SEEN_EVERY:
        with transaction(engine) as connection:
            sessions.seen(connection, session, now=now)
    actor = account.actor(request.remote_addr or "")
    return Caller(actor, account, "session", session, frozenset(tokens.RIGHTS))


def _by_token() -> Caller:
    scheme, _, shown = request.headers["Authorization"].partition(" ")
    if scheme.lower() != "bearer":
        raise NotLoggedIn("only Bearer tokens are known")
    with snapshot(_engine()) as connection:
        token = tokens.find_token(connection, shown.strip())
        account = accounts.find(connection, token.account) if token else None
    if token is None or account is None or not account.active or not token.holds(utc_now()):
        raise NotLoggedIn("the token does not hold")
    return Caller(account.actor(request.remote_addr or ""), account, "token", None, token.rights)


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine
