"""Findings that need more than one protocol (K21, K29): derived when asked, never stored,
because a neighbour that arrives later changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.domain.register import Contest, Precinct
from tabulator.domain.rules import check_medians, check_twins, same_scan
from tabulator.domain.rules.base import Case, Finding
from tabulator.storage import models
from tabulator.storage.protocols import current
from tabulator.storage.register import Stored, find_precincts


def neighbour_findings(
    connection: Connection, stored: Stored, contest: Contest, of: Collection[int]
) -> list[Finding]:
    """What stands out in the protocols of the precincts `of` beside their neighbours.

    Twins (K21) are looked for in the whole contest, medians (K29) in each territory.
    """
    precincts = find_precincts(connection, stored)
    areas = {stored.areas[precincts[number].area] for number in of}
    by_area = defaultdict(list)
    for case in _cases(connection, stored, contest, precincts, models.protocol.c.area.in_(areas)):
        by_area[case.precinct.area].append(case)
    twins = _cases(connection, stored, contest, precincts, _has_twin(stored, contest))
    found = check_twins(twins)
    for cases in by_area.values():
        found += check_medians(cases)
    return [finding for finding in found if finding.precinct in of]


def twin_findings(
    connection: Connection, stored: Stored, contest: Contest, precinct: int
) -> list[Finding]:
    """K21 alone, of one protocol: a glance at two indexes where it has no twin."""
    key = stored.contests[contest.id]
    given: dict[str, Any] = {"contest": key, "precinct": precinct}
    twin = connection.execute(_a_twin(), given).first()
    found = neighbour_findings(connection, stored, contest, {precinct}) if twin else []
    same_figures = [finding for finding in found if finding.code == "K21"]
    given = {**given, "contests": list(stored.contests.values())}
    others = connection.execute(_same_scans(), given).scalars()
    return same_figures + [same_scan(contest.id, precinct, other) for other in others]


@cache
def _a_twin() -> sa.Select[Any]:
    """Another precinct whose figures are those of a protocol's current version."""
    mine, theirs = models.version.alias("mine"), models.version.alias("theirs")
    protocol = models.protocol.c
    same = (theirs.c.contest == mine.c.contest) & (theirs.c.figures_digest == mine.c.figures_digest)
    return (
        sa.select(theirs.c.precinct)
        .select_from(models.protocol)
        .join(
            mine,
            (mine.c.contest == protocol.contest)
            & (mine.c.precinct == protocol.precinct)
            & (mine.c.number == protocol.version),
        )
        .join(theirs, same & (theirs.c.precinct != mine.c.precinct))
        .where(protocol.contest == sa.bindparam("contest"))
        .where(protocol.precinct == sa.bindparam("precinct"))
        .limit(1)
    )


@cache
def _same_scans() -> sa.Select[Any]:
    """Precincts of the election that have sent a file of this one too, byte for byte."""
    mine, theirs = models.scan.alias("mine").c, models.scan.alias("theirs").c
    return (
        sa.select(theirs.precinct)
        .where(
            mine.contest == sa.bindparam("contest"),
            mine.precinct == sa.bindparam("precinct"),
            theirs.sha256 == mine.sha256,
            theirs.precinct != mine.precinct,
            theirs.contest.in_(sa.bindparam("contests", expanding=True)),
        )
        .distinct()
        .order_by(theirs.precinct)
    )


def _cases(
    connection: Connection,
    stored: Stored,
    contest: Contest,
    precincts: Mapping[int, Precinct],
    condition: sa.ColumnElement[bool],
) -> list[Case]:
    election = stored.election
    return [
        Case(row.read(), contest, precincts[row.precinct], election.id, election.date)
        for row in current(connection, stored, contest, condition)
    ]


def _has_twin(stored: Stored, contest: Contest) -> sa.ColumnElement[bool]:
    version = models.version.alias("other").c
    repeated = (
        sa.select(version.figures_digest)
        .where(version.contest == stored.contests[contest.id])
        .group_by(version.figures_digest)
        .having(sa.func.count() > 1)
    )
    return models.version.c.figures_digest.in_(repeated)
