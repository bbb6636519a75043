"""Logging in, step by step. Each level opens one thing more; only the last opens the service.

    name and password   → first-password   the password is a start code
                        → second-step      the role approves or administers
                        → full
    first-password      → second-step | full   by choosing a password
    second-step         → full                 by a code; by setting one up where there is none

These take the engine, not a connection: an attempt is counted and committed before it is looked
at, and a password is hashed while nobody waits for the database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from tabulator.errors import Conflict, NotAllowed, NotFound, NotLoggedIn
from tabulator.people import accounts, attempts, passwords, second_step, sessions
from tabulator.people.accounts import Account
from tabulator.people.codes import typed
from tabulator.people.sessions import Level, Session
from tabulator.storage.db import snapshot, transaction

WRONG = "the name or the password is wrong"


@dataclass(frozen=True, slots=True)
class Entered:
    """A session at a new level; `cookie` is given out this once."""

    account: Account
    level: Level
    cookie: str


def log_in(engine: Engine, name: str, password: str, origin: str, *, now: datetime) -> Entered:
    """Open a session with a password or a start code.

    Raises:
        NotLoggedIn: They do not go together, or the account is disabled; not told which.
        TooMany: There were too many failures; nothing was looked at.
    """
    keys = attempts.of_log_in(name, origin)
    with transaction(engine) as connection:
        attempts.admit(connection, keys, now=now)
    with snapshot(engine) as connection:
        account = _find(connection, name)
    if not _opens(account, password) or account is None or not account.active:
        raise NotLoggedIn(WRONG)
    fresh = _hashed_anew(account, password)
    with transaction(engine) as connection:
        standing = _find(connection, name)
        if standing != account:
            raise NotLoggedIn(WRONG)  # changed or disabled while it was looked at
        if fresh:
            accounts.rehash(connection, account, fresh)
        attempts.succeeded(connection, keys, now=now)
        level = _first_level(account)
        cookie = sessions.open_session(connection, account.name, level, origin, now=now)
    return Entered(account, level, cookie)


def _find(connection: Connection, name: str) -> Account | None:
    try:
        return accounts.find(connection, name)
    except NotFound:
        return None


def _opens(account: Account | None, password: str) -> bool:
    if account is None:
        return passwords.holds("", password)
    return passwords.holds(account.password, _as_hashed(account, password))


def _as_hashed(account: Account, password: str) -> str:
    return typed(password) if account.must_change else password


def _hashed_anew(account: Account, password: str) -> str:
    outdated = passwords.outdated(account.password)
    return passwords.hashed(_as_hashed(account, password)) if outdated else ""


def _first_level(account: Account) -> Level:
    if account.must_change:
        return Level.FIRST_PASSWORD
    return Level.SECOND_STEP if account.needs_second_step else Level.FULL


def choose_password(
    engine: Engine,
    session: Session,
    account: Account,
    new: str,
    current: str,
    origin: str,
    *,
    now: datetime,
) -> Entered:
    """Choose a password, the first one or another; every other session of the account ends.

    Args:
        current: Needed but for the first one.

    Raises:
        Malformed: The new one is weak, or the one before.
        NotAllowed: The current one is wrong.
        NotLoggedIn: The second step is still to be made.
    """
    if session.level == Level.SECOND_STEP:
        raise NotLoggedIn("the second step comes first")
    if session.level == Level.FULL:
        _prove(engine, account, current, origin, now)
    passwords.refuse_weak(new, account.wanted)
    if _opens(account, new):
        raise passwords.as_before()
    stored = passwords.hashed(new)
    chosen = replace(account, password=stored, must_change=False)
    level = Level.FULL if session.level == Level.FULL else _first_level(chosen)
    with transaction(engine) as connection:
        actor = account.actor(origin)
        accounts.set_password(connection, actor, account, password=stored, now=now)
        cookie = sessions.renew(connection, session, level, origin, now=now)
    return Entered(chosen, level, cookie)


def _prove(engine: Engine, account: Account, current: str, origin: str, now: datetime) -> None:
    """NotAllowed unless it is the password: an open page left alone must not give it away."""
    keys = attempts.of_log_in(account.name, origin)
    with transaction(engine) as connection:
        attempts.admit(connection, keys, now=now)
    if not passwords.holds(account.password, current):
        raise NotAllowed("the current password is wrong")
    with transaction(engine) as connection:
        attempts.succeeded(connection, keys, now=now)


def offer_second_step(engine: Engine, key: bytes, session: Session, account: Account) -> str:
    """A new secret for an account that has none; nothing is set up until a code confirms it.

    Raises:
        Conflict: One is set up already; who has lost it asks an administrator for a reset.
        NotAllowed: The session is not at the second step.
    """
    _refuse_other_level(session)
    if account.totp:
        raise Conflict("a second step is set up already")
    secret = second_step.new_secret()
    with transaction(engine) as connection:
        sessions.offer(connection, session, second_step.encrypted(key, secret))
    return secret


def confirm_second_step(
    engine: Engine,
    key: bytes,
    session: Session,
    account: Account,
    code: str,
    origin: str,
    *,
    now: datetime,
) -> tuple[Entered, list[str]]:
    """Set up what was offered, if the code is of it; beside the session the recovery codes."""
    _refuse_other_level(session)
    if not session.pending:
        raise Conflict("no second step was offered in this session")
    keys = attempts.of_second_step(account.name, origin)
    with transaction(engine) as connection:
        attempts.admit(connection, keys, now=now)
    step = second_step.step_of(second_step.decrypted(key, session.pending), code, now)
    if step is None:
        raise NotLoggedIn("the code is wrong")
    with transaction(engine) as connection:
        actor = account.actor(origin)
        codes = second_step.set_second_step(connection, actor, key, session.pending, step, now=now)
        attempts.succeeded(connection, keys, now=now)
        cookie = sessions.renew(connection, session, Level.FULL, origin, now=now)
    return Entered(account, Level.FULL, cookie), codes


def take_second_step(
    engine: Engine,
    key: bytes,
    session: Session,
    name: str,
    origin: str,
    *,
    code: str = "",
    recovery_code: str = "",
    now: datetime,
) -> Entered:
    """Go on with a code of the clock or a recovery code; each is good once.

    Raises:
        NotLoggedIn: It does not hold.
        NotAllowed: The session is not at the second step.
    """
    _refuse_other_level(session)
    keys = attempts.of_second_step(name, origin)
    with transaction(engine) as connection:
        attempts.admit(connection, keys, now=now)
    with transaction(engine) as connection:
        account = accounts.find(connection, name)
        if recovery_code:
            holds = second_step.use_recovery_code(connection, key, account, recovery_code)
        else:
            holds = second_step.use_code(connection, key, account, code, now=now)
        if not holds:
            raise NotLoggedIn("the code is wrong")
        attempts.succeeded(connection, keys, now=now)
        cookie = sessions.renew(connection, session, Level.FULL, origin, now=now)
    return Entered(account, Level.FULL, cookie)


def _refuse_other_level(session: Session) -> None:
    if session.level != Level.SECOND_STEP:
        raise NotAllowed("this session is not at the second step")
