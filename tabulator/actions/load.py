"""Loading an election."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator import audit
from tabulator.domain.register import ElectionPackage
from tabulator.domain.roles import Actor
from tabulator.errors import Conflict
from tabulator.storage import models
from tabulator.storage.db import lock
from tabulator.storage.register import register_digest
from tabulator.storage.store import store_package


def load_election(
    connection: Connection, actor: Actor, package: ElectionPackage, *, now: datetime
) -> bool:
    """Store an election's register. False when this very package is loaded already.

    Raises:
        Conflict: Another package with this election's id is loaded; a register never changes.
    """
    lock(connection, [audit.MAIN])
    table, election = models.election.c, package.election
    digest = connection.execute(
        sa.select(table.package_digest).where(table.id == election.id)
    ).scalar_one_or_none()
    if digest == package.digest:
        return False
    if digest is not None:
        raise Conflict(f"election {election.id} is loaded already, from another package")
    store_package(connection, package, now)
    facts = {
        "package": package.digest,
        "register": register_digest(election, package.precincts),
        "areas": len(election.areas),
        "precincts": len(package.precincts),
        "contests": list(election.contests),
    }
    entry = audit.Entry(audit.MAIN, "election.loaded", election.id, facts)
    audit.record(connection, at=now, actor=actor, entries=[entry])
    return True
