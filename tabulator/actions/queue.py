"""The work queue: the next protocol for this person, claimed for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.audit.sittings import frozen_areas
from tabulator.audit.told import story_of, told_of_all
from tabulator.domain.register import Contest
from tabulator.domain.roles import Actor
from tabulator.domain.story import Story
from tabulator.domain.workflow import ROWS, State, Step
from tabulator.errors import Conflict
from tabulator.storage import models
from tabulator.storage.db import chunks, lock
from tabulator.storage.register import Stored, subject_of

HOLD = timedelta(minutes=15)
"""How long a claim lasts; each step taken on the protocol ends it."""

WANTED = (Step.SETTLE, Step.CONFIRM, Step.ACCEPT)
"""What may wait for a person, the most urgent first."""

_AT_ONCE = 50


def next_for(
    connection: Connection, actor: Actor, stored: Stored, contest: Contest, *, now: datetime
) -> tuple[str, Step] | None:
    """Claim the most consequential protocol that waits for this person.

    The one with the most voters on the register comes first; what others hold is left out,
    what the actor holds already is given again.

    Returns:
        Its id and the step that it waits for; None while nothing waits.
    """
    key = stored.contests[contest.id]
    lock(connection, [f"queue:{stored.election.id}"])
    areas = [a.code for a in stored.election.areas if actor.reaches_area(stored.election, a.code)]
    open_areas = set(areas) - frozen_areas(connection, stored, contest, areas)
    waiting = _waiting(connection, actor, key, [stored.areas[code] for code in open_areas], now)
    for some in chunks(waiting, _AT_ONCE):
        subjects = [subject_of(stored, contest, number) for number, _ in some]
        told = told_of_all(connection, subjects)
        for (number, state), subject in zip(some, subjects, strict=True):
            story = story_of(told[subject])
            step = _step_for(actor, state)
            if step and _fits(step, story, actor.name):
                _claim(connection, key, number, actor.name, now + HOLD)
                return f"{key}-{number}", step
    return None


def _fits(step: Step, story: Story, name: str) -> bool:
    """Whether this person could take the step as far as people go, and it is not taken yet."""
    if step == Step.CONFIRM:
        # Whoever made the second entry is asked again for the lines that differ.
        return name != story.first and story.verified != story.version
    return name not in story.entered and (step == Step.SETTLE or story.verified == story.version)


def _step_for(actor: Actor, state: State) -> Step | None:
    return next((step for step in WANTED if (state, step, actor.role) in ROWS), None)


def _waiting(
    connection: Connection, actor: Actor, key: int, areas: Sequence[int], now: datetime
) -> list[tuple[int, State]]:
    protocol, precinct, claim = models.protocol.c, models.precinct.c, models.claim.c
    states = [str(state) for state in State if _step_for(actor, state)]
    rows = connection.execute(
        sa.select(protocol.precinct, protocol.state)
        .join(models.contest, models.contest.c.key == protocol.contest)
        .join(
            models.precinct,
            (precinct.election == models.contest.c.election)
            & (precinct.number == protocol.precinct),
        )
        .outerjoin(
            models.claim,
            (claim.contest == protocol.contest) & (claim.precinct == protocol.precinct),
        )
        .where(protocol.contest == key, protocol.area.in_(areas), protocol.state.in_(states))
        .where(claim.account.is_(None) | (claim.until <= now) | (claim.account == actor.name))
        .order_by(
            sa.case((claim.account == actor.name, 0), else_=1),
            sa.func.coalesce(precinct.voters, 0).desc(),
            protocol.precinct,
        )
    )
    return [(number, State(state)) for number, state in rows]


def _claim(connection: Connection, key: int, number: int, name: str, until: datetime) -> None:
    release(connection, key, number)
    connection.execute(
        sa.insert(models.claim),
        {"contest": key, "precinct": number, "account": name, "until": until},
    )


def release(connection: Connection, key: int, number: int) -> None:
    """End a claim, whosever it is."""
    table = models.claim
    connection.execute(sa.delete(table).where(table.c.contest == key, table.c.precinct == number))


def refuse_claimed(
    connection: Connection, key: int, number: int, name: str, *, now: datetime
) -> None:
    """Conflict while another person has the protocol in hand."""
    table = models.claim.c
    holder = connection.execute(
        sa.select(table.account).where(
            table.contest == key, table.precinct == number, table.until > now
        )
    ).scalar_one_or_none()
    if holder not in (None, name):
        raise Conflict("another person has this protocol in hand")
