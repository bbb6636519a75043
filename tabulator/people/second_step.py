"""The second step: codes of a clock (TOTP), and ten recovery codes for who has lost it."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import datetime

import pyotp
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection

from tabulator.domain.roles import Actor
from tabulator.errors import Conflict, Misconfigured
from tabulator.people.accounts import CHAIN, Account, find, note
from tabulator.people.codes import recovery_code, typed
from tabulator.people.keys import derived, sealed
from tabulator.storage import models
from tabulator.storage.db import lock

STEP = 30
RECOVERY_CODES = 10
ISSUER = "Tabulator"
_table = models.account


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret_text: str, name: str) -> str:
    """The otpauth address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret_text, interval=STEP).provisioning_uri(name=name, issuer_name=ISSUER)


def encrypted(key: bytes, secret_text: str) -> str:
    return _fernet(key).encrypt(secret_text.encode()).decode()


def decrypted(key: bytes, stored: str) -> str:
    """Misconfigured where the secret key is another one than when it was stored."""
    try:
        return _fernet(key).decrypt(stored).decode()
    except InvalidToken:
        reason = "second steps cannot be read: the secret key is not the one they were stored with"
        raise Misconfigured(reason) from None


def _fernet(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived(key, "second step")))


def step_of(secret_text: str, code: str, now: datetime) -> int | None:
    """Which step of the clock the code is of: this one, the one before or after; None: of none."""
    clock, current = pyotp.TOTP(secret_text, interval=STEP), int(now.timestamp()) // STEP
    given = code.replace(" ", "").encode(errors="replace")
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(clock.generate_otp(step).encode(), given):
            return step
    return None


def use_code(
    connection: Connection, key: bytes, account: Account, code: str, *, now: datetime
) -> bool:
    """Whether the code holds; each step of the clock counts once, and no earlier one after it."""
    if not account.totp:
        return False
    step = step_of(decrypted(key, account.totp), code, now)
    if step is None:
        return False
    unused = (_table.c.name == account.name) & (_table.c.totp_step < step)
    taken = sa.update(_table).where(unused).values(totp_step=step)
    return connection.execute(taken).rowcount == 1


def use_recovery_code(connection: Connection, key: bytes, account: Account, code: str) -> bool:
    """Whether the code is one of those that are left; it is used up."""
    sought = sealed(key, "recovery", typed(code))
    left = json.loads(account.recovery)
    rest = [one for one in left if not hmac.compare_digest(one, sought)]
    # Two at once with one code: the second finds other codes left than it has read.
    same = (_table.c.name == account.name) & (_table.c.recovery == account.recovery)
    used = sa.update(_table).where(same).values(recovery=json.dumps(rest))
    return len(rest) < len(left) and connection.execute(used).rowcount == 1


def set_second_step(
    connection: Connection, actor: Actor, key: bytes, pending: str, step: int, *, now: datetime
) -> list[str]:
    """Set up for the actor what was offered, and confirmed by the code of `step`.

    Args:
        pending: The encrypted secret.

    Returns:
        The recovery codes, which are shown this once.

    Raises:
        Conflict: One was set up meanwhile.
    """
    lock(connection, [CHAIN])
    account = find(connection, actor.name)
    if account.totp:
        raise Conflict("a second step is set up already")
    codes = [recovery_code() for _ in range(RECOVERY_CODES)]
    digests = json.dumps([sealed(key, "recovery", typed(code)) for code in codes])
    values = {"totp": pending, "totp_step": step, "recovery": digests}
    connection.execute(sa.update(_table).where(_table.c.name == account.name).values(values))
    note(connection, actor, "account.second_step_set", account, now=now)
    return codes
