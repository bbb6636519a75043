"""The protocols of an election as a list: one row for each that is expected or has come."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.domain.register import Precinct
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.register import Stored


@dataclass(frozen=True, slots=True)
class OnBoard:
    """One protocol, without its figures. `version` is 0 while it is missing."""

    id: str
    contest: str
    precinct: int
    area: str
    state: State
    version: int = 0
    verified: bool = False
    original: bool = False
    channel: str = ""
    entered_by: str = ""
    entered_at: datetime | None = None
    errors: int | None = 0
    warnings: int | None = 0


def board(
    connection: Connection,
    stored: Stored,
    areas: Collection[str],
    *,
    contest: str = "",
    precinct: int | None = None,
    state: str = "",
) -> Iterator[OnBoard]:
    """Protocols of these areas by contest and precinct; only some of them, if asked so."""
    codes = {stored.areas[code]: code for code in areas}
    for id_, key in stored.contests.items():
        if contest in ("", id_):
            rows = connection.execute(_rows(key, stored.election.id, list(codes), precinct))
            for row in rows:
                shown = _shown(stored, id_, key, codes[row.area], row)
                if shown and state in ("", shown.state):
                    yield shown


def _rows(key: int, election: str, areas: list[int], number: int | None) -> sa.Select[Any]:
    precinct, protocol, version = models.precinct.c, models.protocol.c, models.version.c
    finding = models.finding.c
    current = (version.contest == key) & (version.precinct == protocol.precinct)
    counted = [
        sa.select(sa.func.count())
        .where(
            finding.contest == key,
            finding.precinct == protocol.precinct,
            finding.version == protocol.version,
            finding.severity == str(severity),
        )
        .scalar_subquery()
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    rows = (
        sa.select(
            *(precinct.number, precinct.area, precinct.abroad),
            *(protocol.state, protocol.version, protocol.verified, protocol.original),
            *(version.channel, version.entered_by, version.entered_at),
            counted[0].label("errors"),
            counted[1].label("warnings"),
        )
        .select_from(models.precinct)
        .outerjoin(
            models.protocol, (protocol.contest == key) & (protocol.precinct == precinct.number)
        )
        .outerjoin(models.version, current & (version.number == protocol.version))
        .where(precinct.election == election, precinct.area.in_(areas))
        .order_by(precinct.number)
    )
    return rows if number is None else rows.where(precinct.number == number)


def _shown(stored: Stored, contest: str, key: int, area: str, row: Row[Any]) -> OnBoard | None:
    """None for a protocol that has not come and is not expected."""
    id_ = f"{key}-{row.number}"
    if row.state is None:
        expected = stored.election.contest_holds_in(
            stored.contest(contest), Precinct(row.number, area, abroad=row.abroad)
        )
        return OnBoard(id_, contest, row.number, area, State.MISSING) if expected else None
    return OnBoard(
        id_,
        contest,
        row.number,
        area,
        State(row.state),
        row.version,
        row.verified == row.version,
        row.original == row.version,
        row.channel,
        row.entered_by,
        row.entered_at,
        row.errors,
        row.warnings,
    )
