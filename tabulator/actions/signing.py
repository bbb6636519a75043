"""What has to be finished before a commission may sign."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.audit.sittings import sittings
from tabulator.domain.register import Contest
from tabulator.domain.sittings import Sitting, Stage
from tabulator.domain.workflow import State
from tabulator.errors import NeedsFirst
from tabulator.storage import models
from tabulator.storage.register import Stored
from tabulator.storage.results import commission_rows


def refuse_unfinished(
    connection: Connection, stored: Stored, contest: Contest, commission: str, sitting: Sitting
) -> None:
    """NeedsFirst, naming what is open, unless everything below is finished.

    Of its own precincts each is accepted (with its first copy), annulled, or explained as
    missing; the result of each commission below is approved.
    """
    rows = commission_rows(connection, stored, contest, commission)
    tree = stored.election.areas
    own = [row for row in rows if tree[row.area].commission == commission]
    without_original = provisional(connection, stored, contest)
    lacking = [
        row.precinct
        for row in own
        if (row.state == State.MISSING or row.precinct in without_original)
        and not sitting.explained.get(row.precinct)
    ]
    finished = (State.MISSING, State.ACCEPTED, State.ANNULLED)
    lacking += [row.precinct for row in own if row.state not in finished]
    if lacking:
        reason = "precincts are neither accepted with their first copy, nor annulled, nor explained"
        raise NeedsFirst(reason, sorted(lacking))
    _refuse_unapproved(connection, stored, contest, commission)


def provisional(connection: Connection, stored: Stored, contest: Contest) -> set[int]:
    """Precincts whose figures count, but whose first copy does not confirm them yet."""
    table = models.protocol.c
    rows = connection.execute(
        sa.select(table.precinct).where(
            table.contest == stored.contests[contest.id],
            table.state == str(State.ACCEPTED),
            table.original != table.version,
        )
    )
    return set(rows.scalars())


def _refuse_unapproved(
    connection: Connection, stored: Stored, contest: Contest, commission: str
) -> None:
    below = concerned(connection, stored, contest, commission)
    found = sittings(connection, stored, contest, below)
    waiting = [code for code in below if found[code].stage != Stage.APPROVED]
    if waiting:
        raise NeedsFirst("results of the commissions below are not approved", waiting)


def concerned(
    connection: Connection, stored: Stored, contest: Contest, commission: str
) -> list[str]:
    """The commissions right below one in whose areas the contest is held."""
    area, formed = models.area.c, models.formed.c
    held = set(
        connection.execute(
            sa.select(area.commission)
            .join(models.formed, formed.area == area.key)
            .where(formed.contest == stored.contests[contest.id])
        ).scalars()
    )
    below = stored.election.commissions.values()
    return [one.code for one in below if one.parent == commission and one.code in held]
