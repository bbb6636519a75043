"""Accepting what is clean, many at once: from here on it counts."""

from __future__ import annotations

from collections.abc import Sequence

from tabulator.actions.desk import Desk, Handled
from tabulator.domain.workflow import Step
from tabulator.storage.counts import accept_figures


def accept_checked(desk: Desk, items: Sequence[Handled]) -> None:
    """Accept checked protocols so that they count; raises as `next_state` does."""
    desk.move(items, Step.ACCEPT)
    accept_figures(
        desk.connection,
        desk.stored,
        desk.contest,
        ((item.precinct.area, item.precinct.number, item.protocol.figures) for item in items),
    )
    desk.record("protocol.accepted", ((item, {"digest": item.digest}) for item in items))
