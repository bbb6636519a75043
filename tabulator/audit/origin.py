"""From where somebody acted: the digest in the event, the address beside the trail.

The hash of an event covers the digest only. So the trail can be handed to anybody whole, and the
address of one event be shown to whoever may know it: with its salt it gives that digest.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.domain.roles import Actor
from tabulator.storage import models

_TOLD = re.compile(r'"by":\{"origin":"([^"]*)"')
"""In canonical JSON, where keys are in order."""


def told_by(connection: Connection, actor: Actor) -> dict[str, Any]:
    """What the facts of an event say of who acted: nothing when nothing is known.

    The address is stored once for all events of one call, under a salt of its own: addresses are
    few enough to be tried out one by one.
    """
    by = {"person": actor.person} if actor.person else {}
    if actor.origin:
        salt = secrets.token_hex(16)
        by["origin"] = origin_digest(salt, actor.origin)
        row = {"digest": by["origin"], "salt": salt, "address": actor.origin}
        connection.execute(sa.insert(models.origin), [row])
    return {"by": by} if by else {}


def origin_digest(salt: str, address: str) -> str:
    """SHA-256 of the salt's 32 digits and the address, with a space between them."""
    return hashlib.sha256(f"{salt} {address}".encode()).hexdigest()


def origin_fault(connection: Connection) -> tuple[str, int, str] | None:
    """Chain, number and reason of the first event whose origin is not kept as it was."""
    streamed = {"yield_per": 1000}
    rows = connection.execute(sa.select(models.origin).execution_options(**streamed))
    kept = {row.digest for row in rows if origin_digest(row.salt, row.address) == row.digest}
    event = models.event.c
    telling = (
        sa.select(event.chain, event.number, event.facts)
        .where(event.facts.contains('"origin":', autoescape=True))
        .order_by(event.chain, event.number)
    )
    with connection.execute(telling.execution_options(**streamed)) as events:
        for chain, number, facts in events:
            if not kept.issuperset(_TOLD.findall(facts)):
                return chain, number, "from where it was done is gone or was changed"
    return None
