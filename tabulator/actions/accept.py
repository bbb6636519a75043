"""Accepting: from here on a protocol counts."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from tabulator.actions.desk import Desk, Handled, chunks
from tabulator.domain.rules.base import Severity
from tabulator.domain.workflow import Step
from tabulator.errors import Conflict
from tabulator.storage import models
from tabulator.storage.counts import accept_figures


def accept(desk: Desk, items: Sequence[Handled]) -> None:
    """Accept checked protocols so that they count.

    Raises:
        Conflict: One of them has an error among its stored findings.
        NotAllowed: One of them is not in a state to be accepted.
    """
    _refuse_errors(desk, items)
    desk.move(items, Step.ACCEPT)
    accept_figures(
        desk.connection,
        desk.stored,
        desk.contest,
        ((item.precinct.area, item.precinct.number, item.protocol.figures) for item in items),
    )
    desk.record("protocol.accepted", ((item, {"digest": item.digest}) for item in items))


def _refuse_errors(desk: Desk, items: Sequence[Handled]) -> None:
    table = models.finding.c
    versions = {item.precinct.number: item.version for item in items}
    for some in chunks(list(versions)):
        rows = desk.connection.execute(
            sa.select(table.precinct, table.version, table.code).where(
                table.contest == desk.key,
                table.precinct.in_(some),
                table.severity == str(Severity.ERROR),
            )
        )
        for precinct, version, code in rows:
            if versions[precinct] == version:
                raise Conflict(f"precinct {precinct} has an open error: {code}")
