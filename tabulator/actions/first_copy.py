"""The first copy: received by act, then its figures confirmed or every difference listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tabulator.actions.entry import refuse_other_lines
from tabulator.actions.work import Arrival, Work
from tabulator.domain.protocol import Figures
from tabulator.domain.story import is_blind
from tabulator.domain.workflow import Deed, Step, next_state
from tabulator.errors import WrongState

CHECKLIST = (
    "ballots",
    "voter_lists",
    "applications",
    "decisions",
    "acts",
    "minutes",
    "aeu",
)
"""What is handed over with the first copy (regulation № 102, § 9.1); "aeu": its handover abroad."""


def take_by_act(work: Work, act: Mapping[str, Any]) -> None:
    """Record the act: deliverer, receiver, time, and what of the CHECKLIST was there."""
    work.deed(Deed.TAKE_BY_ACT, {"act": dict(act)})


def compare_first_copy(work: Work, figures: Figures | None, arrival: Arrival) -> tuple[str, ...]:
    """Confirm the provisional figures by the first copy, or replace them by its own.

    Args:
        figures: All lines as the first copy states them; None: exactly as they stand.

    Returns:
        The lines that differ, each listed by K28 on the new version: the first copy wins.

    Raises:
        NeedsFirst: It was not received by act. Malformed: Not all lines are stated.
        WrongState: Who may type second states figures where they could not replace those.
    """
    standing = work.protocol
    if standing is None:
        raise WrongState("no figures have come yet")
    stated = dict(standing.figures) if figures is None else dict(figures)
    refuse_other_lines(work.precinct.number, stated, work.contest.columns)
    if figures is not None and is_blind(work.actor, work.story):
        # Where other figures could not replace these, they could be tried until they fit.
        found = work.story.circumstances({}, frozen=work.frozen)
        next_state(work.story.state, Step.AMEND, work.actor, found)
    differing = {line: was for line, was in standing.figures.items() if stated[line] != was}
    if not differing:
        work.deed(Deed.CONFIRM_FIRST_COPY, {})
        return ()
    # What was sent ahead stays beside the figures that replace it (K28).
    ahead = {f"sent_{line}": was for line, was in differing.items() if was is not None}
    beside = {name: said for name, said in standing.beside.items() if not name.startswith("sent_")}
    made = replace(standing, figures=stated, beside={**beside, **ahead})
    work.new_version(Step.AMEND, made, arrival, {"lines": list(differing)})
    return tuple(differing)
