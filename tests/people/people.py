"""People who log in, in one line each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator.domain.roles import Actor, Role
from tabulator.package.accounts import Wanted
from tabulator.people import accounts, entrance, passwords, sessions
from tabulator.people.accounts import Account
from tabulator.people.entrance import Entered
from tabulator.people.sessions import Session
from tabulator.storage import models
from tabulator.storage.db import snapshot, transaction

NOW = datetime(2027, 1, 10, 19, 0, tzinfo=UTC)
SHELL = Actor("root", Role.COMMAND_LINE)
KEY = b"k" * 32
PASSWORD = "тоо жана көл 7"  # noqa: S105
HASHED = passwords.hashed(PASSWORD)
ORIGIN = "192.0.2.7"


@dataclass
class People:
    """A database with accounts, and a clock that a test moves."""

    engine: Engine
    now: datetime = NOW
    secrets: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        name: str,
        role: Role = Role.CEC_OPERATOR,
        *,
        password: str = HASHED,
        must_change: bool = False,
        **reach: Any,
    ) -> Account:
        """An account with PASSWORD."""
        with transaction(self.engine) as connection:
            return accounts.create_account(
                connection,
                SHELL,
                Wanted(name, role, **reach),
                password=password,
                must_change=must_change,
                now=self.now,
            )

    def find(self, name: str) -> Account:
        with snapshot(self.engine) as connection:
            return accounts.find(connection, name)

    def change(self, name: str, **changes: Any) -> Account:
        with transaction(self.engine) as connection:
            return accounts.change_account(connection, SHELL, name, changes, now=self.now)

    def enter(self, name: str, password: str = PASSWORD, origin: str = ORIGIN) -> Entered:
        return entrance.log_in(self.engine, name, password, origin, now=self.now)

    def session(self, entered: Entered) -> Session:
        with snapshot(self.engine) as connection:
            found = sessions.find_session(connection, entered.cookie)
        assert found
        return found

    def set_up(self, entered: Entered) -> tuple[Entered, list[str]]:
        """Sets up the second step, whose secret is kept for `code`."""
        session, account = self.session(entered), entered.account
        secret = entrance.offer_second_step(self.engine, KEY, session, account)
        self.secrets[account.name] = secret
        session, code = self.session(entered), self.code(account.name)
        return entrance.confirm_second_step(
            self.engine, KEY, session, account, code, ORIGIN, now=self.now
        )

    def code(self, name: str) -> str:
        return pyotp.TOTP(self.secrets[name]).at(self.now)

    def step(self, entered: Entered, **given: str) -> Entered:
        name, session = entered.account.name, self.session(entered)
        return entrance.take_second_step(
            self.engine, KEY, session, name, ORIGIN, **given, now=self.now
        )

    def later(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def events(self) -> list[tuple[str, str, str]]:
        """Kind, subject and facts of everything on record."""
        table = models.event.c
        columns = sa.select(table.kind, table.subject, table.facts).order_by(table.number)
        with snapshot(self.engine) as connection:
            return [tuple(row) for row in connection.execute(columns)]

    def rows(self, table: sa.Table) -> list[Any]:
        with snapshot(self.engine) as connection:
            return list(connection.execute(sa.select(table)).mappings())
