"""Findings that need more than one protocol (K21, K29): derived when asked, never stored,
because a neighbour that arrives later changes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.domain.register import Contest, Precinct
from tabulator.domain.rules import check_medians, check_twins
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
