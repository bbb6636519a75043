"""Corrected and recount protocols, annulment and restoring: each with its decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.actions.entry import refuse_other_lines
from tabulator.actions.review import Decision
from tabulator.actions.work import Arrival, Work, open_work
from tabulator.audit.chain import chain_of
from tabulator.domain.protocol import Figures, Protocol
from tabulator.domain.register import Contest
from tabulator.domain.roles import Actor, Role
from tabulator.domain.workflow import State, Step
from tabulator.errors import NotAllowed, NotFound, WrongState
from tabulator.storage import models
from tabulator.storage.db import lock
from tabulator.storage.protocols import Key
from tabulator.storage.register import Stored, find_precincts

CORRECTIONS = ("corrected", "recount")
PART_ANNULLED = "part-annulled"


def correct(
    work: Work, protocol: Protocol, kind: str, decision: Decision, arrival: Arrival
) -> None:
    """Take in a corrected or recount protocol: a new version that names its predecessor.

    Args:
        kind: One of CORRECTIONS.

    Raises:
        WrongState: A recount was ordered and this is none, or the other way round.
    """
    if (work.story.state == State.RECOUNT) != (kind == "recount"):
        raise WrongState(f"a {kind} protocol is not waited for while it is {work.story.state}")
    facts = {"kind": kind, "decision": dict(decision)}
    work.new_version(Step.CORRECT, protocol, arrival, facts)


def annul_out_of_premises(work: Work, figures: Figures, decision: Decision) -> None:
    """Annul only the vote outside the premises: the commission states the figures that remain.

    They become a version of their own, are entered a second time and accepted like any other.
    """
    if work.actor.role == Role.PRECINCT_CHAIR:
        raise NotAllowed("the commission above a precinct annuls a part of its vote")
    if work.protocol is None or work.story.state == State.RECOUNT:
        raise WrongState("there are no figures of which a part could be annulled")
    refuse_other_lines(work.precinct.number, figures, work.contest.columns)
    made = replace(work.protocol, figures=dict(figures))
    facts = {"kind": PART_ANNULLED, "decision": dict(decision)}
    work.new_version(Step.CORRECT, made, Arrival("decision"), facts)


def annul(work: Work, decision: Decision) -> None:
    """Annul the returns of a precinct: they leave the sums and stay visible."""
    work.step(Step.ANNUL, {"decision": dict(decision)})


def restore(work: Work, decision: Decision) -> None:
    """Take an annulment back: the protocol is disputed and has to be accepted anew."""
    work.step(Step.RESTORE, {"decision": dict(decision)})


def annul_area(
    connection: Connection,
    actor: Actor,
    stored: Stored,
    contest: Contest,
    area: str,
    decision: Decision,
    *,
    now: datetime,
) -> list[int]:
    """Annul every protocol of an area that is not annulled yet; gives their precincts.

    Raises:
        NotFound: There is no such area within the actor's reach.
        Frozen: A territory in it has signed.
    """
    if area not in stored.election.areas or not actor.reaches_area(stored.election, area):
        raise NotFound(f"no area {area}")
    below = stored.election.areas.below(area)
    # All at once: one after the other, two such could wait for each other.
    lock(connection, (chain_of(stored.election.id, code) for code in below))
    numbers = list(_standing(connection, stored, contest, below))
    precincts = find_precincts(connection, stored)
    for number in numbers:
        key = Key(stored, contest, precincts[number])
        with open_work(connection, actor, key, now=now) as work:
            work.step(Step.ANNUL, {"decision": dict(decision), "area": area})
    return numbers


def _standing(
    connection: Connection, stored: Stored, contest: Contest, areas: Iterable[str]
) -> Iterator[int]:
    table = models.protocol.c
    yield from connection.execute(
        sa.select(table.precinct)
        .where(
            table.contest == stored.contests[contest.id],
            table.area.in_([stored.areas[code] for code in areas]),
            table.state != str(State.ANNULLED),
        )
        .order_by(table.area, table.precinct)
    ).scalars()
