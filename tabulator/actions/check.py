"""Checking what was received; what has an error is disputed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from tabulator.actions.desk import Desk, Handled
from tabulator.domain.rules import check
from tabulator.domain.rules.base import Case, Finding, Severity
from tabulator.domain.workflow import State, Step
from tabulator.storage import models


def check_received(desk: Desk, items: Sequence[Handled]) -> dict[int, list[Finding]]:
    """Run every rule that looks at one protocol; those with an error become disputed.

    Gives the findings on every item by precinct; those on new ones are stored with their version.
    """
    election = desk.stored.election
    found = {
        item.precinct.number: check(
            Case(item.protocol, desk.contest, item.precinct, election.id, election.date)
        )
        for item in desk.progress(items, len(items))
    }
    arrived = [item for item in items if item.state == State.RECEIVED]
    desk.move(arrived, Step.CHECK)
    _store_findings(desk, arrived, found)
    desk.record(
        "protocol.checked",
        (
            (item, {"findings": [_facts(finding) for finding in found[item.precinct.number]]})
            for item in arrived
        ),
    )
    _dispute(desk, [item for item in arrived if has_errors(found[item.precinct.number])], found)
    return found


def _facts(finding: Finding) -> list[str | list[str]]:
    return [finding.code, str(finding.severity), list(finding.lines), finding.equation]


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity == Severity.ERROR for finding in findings)


def _store_findings(
    desk: Desk, items: Iterable[Handled], found: Mapping[int, Sequence[Finding]]
) -> None:
    rows = [
        {
            "contest": desk.key,
            "precinct": item.precinct.number,
            "version": item.version,
            "code": finding.code,
            "severity": str(finding.severity),
            "lines": json.dumps(finding.lines, ensure_ascii=False),
            "equation": finding.equation,
        }
        for item in items
        for finding in found[item.precinct.number]
    ]
    if rows:
        desk.connection.execute(sa.insert(models.finding), rows)


def _dispute(desk: Desk, items: Sequence[Handled], found: Mapping[int, Sequence[Finding]]) -> None:
    desk.move(items, Step.DISPUTE)
    desk.record(
        "protocol.disputed",
        (
            (item, {"errors": [f.code for f in found[item.precinct.number] if has_errors([f])]})
            for item in items
        ),
    )
