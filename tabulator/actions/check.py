"""Checking what was received; what has an error is disputed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
    for item in items:
        item.found = replace(item.found, errors=errors_of(found[item.precinct.number]))
    arrived = [item for item in items if item.state == State.RECEIVED]
    desk.move(arrived, Step.CHECK)
    _store_findings(desk, arrived, found)
    desk.record(
        "protocol.checked",
        ((item, {"findings": findings_as_facts(found[item.precinct.number])}) for item in arrived),
    )
    _dispute(desk, [item for item in arrived if item.errors])
    return found


def findings_as_facts(findings: Iterable[Finding]) -> list[list[str | list[str]]]:
    """As the trail holds them: code, severity, lines, equation."""
    return [[one.code, str(one.severity), list(one.lines), one.equation] for one in findings]


def errors_of(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(found.code for found in findings if found.severity == Severity.ERROR)


def _store_findings(
    desk: Desk, items: Iterable[Handled], found: Mapping[int, Sequence[Finding]]
) -> None:
    rows = [
        row
        for item in items
        for row in finding_rows(
            (desk.key, item.precinct.number, item.version), found[item.precinct.number]
        )
    ]
    if rows:
        desk.connection.execute(sa.insert(models.finding), rows)


def finding_rows(
    place: tuple[int, int, int], findings: Iterable[Finding]
) -> Iterator[dict[str, Any]]:
    """Rows of the table of findings for one version: (contest key, precinct, version)."""
    for finding in findings:
        yield {
            **dict(zip(("contest", "precinct", "version"), place, strict=True)),
            "code": finding.code,
            "severity": str(finding.severity),
            "lines": json.dumps(finding.lines, ensure_ascii=False),
            "equation": finding.equation,
        }


def _dispute(desk: Desk, items: Sequence[Handled]) -> None:
    desk.move(items, Step.DISPUTE)
    desk.record("protocol.disputed", ((item, {"errors": sorted(item.errors)}) for item in items))
