"""What precincts sent becomes a version: as written, never over another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from tabulator.actions.desk import Desk, Handled
from tabulator.audit.sittings import frozen_areas
from tabulator.audit.told import story_of, told_of_all
from tabulator.domain.protocol import Protocol, digest
from tabulator.domain.register import Precinct
from tabulator.domain.workflow import Circumstances, State, Step, next_state
from tabulator.errors import Conflict, NotAllowed, Problem
from tabulator.storage import models
from tabulator.storage.counts import insert_rows
from tabulator.storage.db import chunks


def sort_out(desk: Desk, protocols: Sequence[tuple[Protocol, Precinct]]) -> list[Handled]:
    """Set what precincts sent beside what is there; the caller holds the chains of their areas.

    What is the same as the version already there is not new; anything else wants to become
    the next version.
    """
    known = _known(desk, [precinct.number for _, precinct in protocols])
    areas = {precinct.area for _, precinct in protocols}
    frozen = frozen_areas(desk.connection, desk.stored, desk.contest, areas)
    handled = [_handled(protocol, precinct, known) for protocol, precinct in protocols]
    for item in handled:
        item.found = Circumstances(frozen=item.precinct.area in frozen)
    _look_back(desk, [item for item in handled if item.is_new and item.version > 1])
    return handled


def _look_back(desk: Desk, items: Sequence[Handled]) -> None:
    """What the trail tells of the version that each of these is to replace."""
    subjects = {item.precinct.number: desk.subject(item) for item in items}
    told = told_of_all(desk.connection, subjects.values())
    for item in items:
        story = story_of(told[subjects[item.precinct.number]])
        item.found = story.circumstances({}, frozen=item.found.frozen)


def closed(desk: Desk, items: Iterable[Handled], source: str) -> Iterator[Problem]:
    """Those that cannot take a new version: one is accepted, at work or frozen already."""
    for item in items:
        try:
            if item.is_new:
                next_state(item.state, Step.RECEIVE, desk.actor, item.found)
        except (Conflict, NotAllowed):
            contest, number = desk.contest.id, item.precinct.number
            code = "already-accepted" if item.state == State.ACCEPTED else "closed"
            yield Problem(source, 0, "contest", code, "", contest, number)


def receive(desk: Desk, items: Sequence[Handled], *, channel: str, source: str) -> None:
    """Store what is new, as written, as a version of its own.

    Raises:
        NotAllowed: Some cannot take a new version; `closed` names them all beforehand.
    """
    arrived = [item for item in items if item.is_new]
    fresh = [item for item in arrived if item.version == 1]
    insert_rows(
        desk.connection,
        models.protocol,
        [
            (desk.key, p.number, desk.stored.areas[p.area], str(State.RECEIVED), 1, 0, 0)
            for p in (item.precinct for item in fresh)
        ],
    )
    for item in fresh:
        item.state = next_state(State.MISSING, Step.RECEIVE, desk.actor, item.found)
    _replace(desk, [item for item in arrived if item.version > 1])
    came = {"channel": channel, "source": source}
    _store_versions(desk, arrived, came)
    desk.record(
        "protocol.received",
        (
            (item, {"digest": item.digest, "figures": item.protocol.figures, **came})
            for item in arrived
        ),
    )


def _known(desk: Desk, precincts: Sequence[int]) -> dict[int, tuple[State, int, str]]:
    protocol, version = models.protocol.c, models.version.c
    current = (
        (version.contest == protocol.contest)
        & (version.precinct == protocol.precinct)
        & (version.number == protocol.version)
    )
    known: dict[int, tuple[State, int, str]] = {}
    for some in chunks(precincts):
        rows = desk.connection.execute(
            sa.select(protocol.precinct, protocol.state, protocol.version, version.digest)
            .join(models.version, current)
            .where(protocol.contest == desk.key, protocol.precinct.in_(some))
        )
        known |= {number: (State(state), n, digest_) for number, state, n, digest_ in rows}
    return known


def _handled(
    protocol: Protocol, precinct: Precinct, known: Mapping[int, tuple[State, int, str]]
) -> Handled:
    made = digest(protocol.canonical())
    state, version, before = known.get(precinct.number, (State.MISSING, 0, ""))
    if made == before:
        return Handled(protocol, precinct, made, state, version, is_new=False)
    return Handled(protocol, precinct, made, state, version + 1)


def _replace(desk: Desk, items: Sequence[Handled]) -> None:
    desk.move(items, Step.RECEIVE)
    for item in items:
        item.found = Circumstances(frozen=item.found.frozen)  # of the new version
    table = models.protocol
    for item in items:
        desk.connection.execute(
            sa.update(table)
            .where(table.c.contest == desk.key, table.c.precinct == item.precinct.number)
            .values(version=item.version, verified=0, original=0)
        )


def _store_versions(desk: Desk, items: Sequence[Handled], came: Mapping[str, str]) -> None:
    rows = [
        {
            "contest": desk.key,
            "precinct": item.precinct.number,
            "number": item.version,
            "canonical": item.protocol.canonical(),
            "digest": item.digest,
            "figures_digest": digest(item.protocol.figures_canonical()),
            **came,
            "entered_by": desk.actor.name,
            "entered_at": desk.now,
        }
        for item in items
    ]
    if rows:
        desk.connection.execute(sa.insert(models.version), rows)
