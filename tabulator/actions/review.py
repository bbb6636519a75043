"""Review: explain, decide, accept, dispute, return, order a recount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tabulator.actions.work import Work
from tabulator.domain.workflow import Deed, Step
from tabulator.errors import Malformed, NotFound, Problem

Decision = Mapping[str, str]
"""number, date (ISO 8601) and reason of a commission's decision."""


def accept(work: Work) -> None:
    """Accept a verified protocol so that it counts.

    Raises:
        NeedsFirst: Findings are open, entries are lacking, or the actor entered figures of it.
    """
    work.step(Step.ACCEPT, {"digest": work.digest})


def dispute(work: Work, reason: str) -> None:
    """Put a protocol aside; accepted figures leave the sums."""
    work.step(Step.DISPUTE, {"reason": reason})


def return_to_precinct(work: Work, reason: str, lines: Sequence[str] = ()) -> None:
    """Give a protocol back to its precinct, with reasons and the lines that they are about."""
    _refuse_unknown(work, lines)
    work.step(Step.RETURN, {"reason": reason, "lines": list(lines)})


def order_recount(work: Work, decision: Decision) -> None:
    """Order a recount; accepted figures leave the sums until it is in."""
    work.step(Step.ORDER_RECOUNT, {"decision": dict(decision)})


def explain(work: Work, code: str, text: str) -> None:
    """Write the explanation that a warning needs."""
    _deed(work, Deed.EXPLAIN, code, {"text": text})


def decide(work: Work, code: str, decision: Decision) -> None:
    """Record the commission's decision on an error that is not corrected."""
    _deed(work, Deed.DECIDE, code, {"decision": dict(decision)})


def _deed(work: Work, deed: Deed, code: str, said: Mapping[str, Any]) -> None:
    known = {found[0] for found in work.story.findings} | work.beside()
    if code not in known:
        raise NotFound(f"version {work.story.version} has no finding {code}")
    work.deed(deed, {"code": code, **said})


def _refuse_unknown(work: Work, lines: Sequence[str]) -> None:
    unknown = sorted(set(lines) - set(work.contest.columns))
    if unknown:
        number = work.precinct.number
        known = ", ".join(work.contest.columns)
        raise Malformed(
            [Problem("body", 0, "/lines", "not-one-of", known, line, number) for line in unknown]
        )
