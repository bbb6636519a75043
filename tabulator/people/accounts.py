"""Accounts: made, changed, given a new start code. Each change is an event in one chain."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator import audit
from tabulator.domain.roles import APPROVING, Actor, Role
from tabulator.errors import Conflict, Malformed, NotAllowed, NotFound, Problem
from tabulator.package.accounts import Wanted, folded, wanted
from tabulator.package.place import Place
from tabulator.people import sessions
from tabulator.people.reach import Registers
from tabulator.storage import models
from tabulator.storage.db import lock

CHAIN = "accounts"
NEEDS_SECOND_STEP = APPROVING | {Role.ADMINISTRATOR}
_table = models.account


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it stands.

    Attributes:
        wanted: Name, role, how far it reaches, person, language.
        password: As `passwords.hashed` gives it; "" where nobody can log in with one.
        must_change: The password is a start code and opens nothing but the choice of another.
        totp: Encrypted secret of the second step; "" where none is set up.
        totp_step: The last step of the clock that was used.
    """

    wanted: Wanted
    active: bool
    must_change: bool
    created_at: datetime
    password: str = field(repr=False)
    totp: str = field(repr=False)
    totp_step: int = field(repr=False)
    recovery: str = field(repr=False)

    @property
    def name(self) -> str:
        return self.wanted.name

    @property
    def needs_second_step(self) -> bool:
        return self.wanted.role in NEEDS_SECOND_STEP

    def actor(self, origin: str) -> Actor:
        w = self.wanted
        return Actor(w.name, w.role, w.person, w.election, w.scope, origin)


def account_of(row: Row[Any]) -> Account:
    wanted_ = Wanted(row.name, Role(row.role), row.election, row.scope, row.person, row.lang)
    own = [name.name for name in dataclasses.fields(Account)[1:]]
    return Account(wanted_, **{name: getattr(row, name) for name in own})


def find(connection: Connection, name: str) -> Account:
    """The account of that name, in any case; NotFound where there is none."""
    known = sa.select(_table).where(_table.c.folded == folded(name))
    row = connection.execute(known).one_or_none()
    if row is None:
        raise NotFound("no such account")
    return account_of(row)


def listed(connection: Connection, *, after: str = "", limit: int = 100) -> list[Account]:
    """Accounts by name, those behind `after`, at most `limit`."""
    page = sa.select(_table).order_by(_table.c.folded).limit(limit)
    if after:
        page = page.where(_table.c.folded > folded(after))
    return [account_of(row) for row in connection.execute(page)]


def existing(connection: Connection) -> set[str]:
    """Every name that is taken, folded."""
    return set(connection.execute(sa.select(_table.c.folded)).scalars())


def create_account(
    connection: Connection,
    actor: Actor,
    asked: Wanted,
    *,
    password: str,
    must_change: bool = True,
    now: datetime,
) -> Account:
    """Make one account.

    Args:
        password: As `passwords.hashed` gives it.
        must_change: It is a start code.

    Raises:
        Malformed: What it shall reach is not there.
        Conflict: There is one of that name already.
    """
    _refuse_out_of_reach(connection, asked)
    create_accounts(connection, actor, [(asked, password)], must_change=must_change, now=now)
    return find(connection, asked.name)


def create_accounts(
    connection: Connection,
    actor: Actor,
    new: Sequence[tuple[Wanted, str]],
    *,
    must_change: bool = True,
    now: datetime,
) -> None:
    """Make accounts, all or none, from what was checked before; Conflict if a name is taken."""
    lock(connection, [CHAIN])
    taken = existing(connection)
    for asked, _ in new:
        if folded(asked.name) in taken:
            raise Conflict(f"there is an account {asked.name} already")
        taken.add(folded(asked.name))
    given = {"must_change": must_change, "active": True, "created_at": now}
    empty = {"totp": "", "totp_step": 0, "recovery": "[]"}
    rows = [{**_stated(asked), "password": password, **given, **empty} for asked, password in new]
    connection.execute(sa.insert(_table), rows)
    entries = [
        audit.Entry(CHAIN, "account.created", asked.name, facts(asked, active=True))
        for asked, _ in new
    ]
    audit.record(connection, at=now, actor=actor, entries=entries)


def _stated(asked: Wanted) -> dict[str, Any]:
    return {**dataclasses.asdict(asked), "folded": folded(asked.name)}


def facts(asked: Wanted, *, active: bool) -> dict[str, Any]:
    """What every event of an account holds. Never a secret."""
    return {
        "role": asked.role,
        "scope": asked.scope,
        "election": asked.election,
        "person": asked.person,
        "active": active,
    }


def note(
    connection: Connection, actor: Actor, kind: str, account: Account, *, now: datetime, **more: Any
) -> None:
    """Record one event of an account as it stands; the caller holds CHAIN."""
    told = {**facts(account.wanted, active=account.active), **more}
    entry = audit.Entry(CHAIN, kind, account.name, told)
    audit.record(connection, at=now, actor=actor, entries=[entry])


def change_account(
    connection: Connection, actor: Actor, name: str, changes: Mapping[str, Any], *, now: datetime
) -> Account:
    """Change role, scope, election, person, lang or active. The name stays for ever.

    Sessions end and tokens are revoked where the account may now do something else than they
    were made for: a new role may need a second step.

    Raises:
        Malformed: The account would not be in order.
        NotAllowed: It is the actor's own: nobody gives themselves another role.
    """
    lock(connection, [CHAIN])
    account = find(connection, name)
    if account.name == actor.name and actor.role != Role.COMMAND_LINE:
        raise NotAllowed("nobody changes their own account")
    stated = {key: str(value) for key, value in dataclasses.asdict(account.wanted).items()}
    plain = {key: value for key, value in changes.items() if key in stated and key != "name"}
    asked = wanted({**stated, **plain})
    _refuse_out_of_reach(connection, asked)
    after = dataclasses.replace(
        account, wanted=asked, active=bool(changes.get("active", account.active))
    )
    if after == account:
        return account
    _update(connection, account, **_stated(asked), active=after.active)
    ended = 0
    if facts(asked, active=after.active) != facts(account.wanted, active=account.active):
        ended = sessions.end_all(connection, account.name)
        revoke_all(connection, actor, after, now=now)
    note(connection, actor, "account.changed", after, now=now, sessions_ended=ended)
    return after


def reset_account(
    connection: Connection, actor: Actor, name: str, *, password: str, now: datetime
) -> Account:
    """Give an account a new start code and take its second step away: the way back in for who has
    lost either. Its sessions end and its tokens are revoked: somebody else may have them."""
    lock(connection, [CHAIN])
    account = find(connection, name)
    _update(connection, account, password=password, must_change=True, totp="", recovery="[]")
    ended = sessions.end_all(connection, account.name)
    revoke_all(connection, actor, account, now=now)
    note(connection, actor, "account.reset", account, now=now, sessions_ended=ended)
    return find(connection, account.name)


def revoke_all(connection: Connection, actor: Actor, account: Account, *, now: datetime) -> int:
    """Revoke every token of an account that still holds; the caller holds CHAIN."""
    table = models.token
    holding = (table.c.account == account.name) & table.c.revoked_at.is_(None)
    live = connection.execute(sa.select(table).where(holding).order_by(table.c.id)).all()
    connection.execute(sa.update(table).where(holding).values(revoked_at=now))
    for row in live:
        told = {"token": row.id, "label": row.label, "rights": json.loads(row.rights)}
        expires = row.expires_at.isoformat()
        note(connection, actor, "token.revoked", account, now=now, **told, expires_at=expires)
    return len(live)


def end_sessions(connection: Connection, actor: Actor, name: str, *, now: datetime) -> int:
    """Log an account out everywhere; how many sessions that were."""
    lock(connection, [CHAIN])
    account = find(connection, name)
    ended = sessions.end_all(connection, account.name)
    note(connection, actor, "account.sessions_ended", account, now=now, sessions_ended=ended)
    return ended


def set_password(
    connection: Connection, actor: Actor, account: Account, *, password: str, now: datetime
) -> None:
    """Store a password that its owner chose; every session of theirs ends.

    Raises:
        Conflict: It was changed meanwhile.
    """
    lock(connection, [CHAIN])
    if find(connection, account.name).password != account.password:
        raise Conflict("the password was changed meanwhile")
    _update(connection, account, password=password, must_change=False)
    ended = sessions.end_all(connection, account.name)
    note(connection, actor, "account.password_changed", account, now=now, sessions_ended=ended)


def rehash(connection: Connection, account: Account, password: str) -> None:
    """Keep the same password under today's cost; no event, since nothing changed for anybody."""
    same = (_table.c.name == account.name) & (_table.c.password == account.password)
    connection.execute(sa.update(_table).where(same).values(password=password))


def _update(connection: Connection, of: Account, **values: Any) -> None:
    connection.execute(sa.update(_table).where(_table.c.name == of.name).values(values))


def _refuse_out_of_reach(connection: Connection, asked: Wanted) -> None:
    problems: list[Problem] = []
    Registers(connection).check([(Place(problems, ""), asked)])
    if problems:
        raise Malformed(problems)
