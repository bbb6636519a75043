"""Protocols as stored, in the version that stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.domain.protocol import Protocol, digest, protocol_from_canonical
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.workflow import State
from tabulator.errors import NotFound
from tabulator.storage import models
from tabulator.storage.counts import insert_rows
from tabulator.storage.register import Stored, find_precinct, known_election


@dataclass(frozen=True, slots=True)
class Key:
    """Which protocol: of which contest and precinct. It need not have come yet."""

    stored: Stored
    contest: Contest
    precinct: Precinct

    @property
    def id(self) -> str:
        """As it stands in addresses: key of the contest and number of the precinct."""
        return f"{self.stored.contests[self.contest.id]}-{self.precinct.number}"


def find_key(connection: Connection, protocol_id: str) -> Key:
    """The protocol named "1-1047", come or not; NotFound where none can come."""
    found = re.fullmatch(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})", protocol_id, re.ASCII)
    if found is None:
        raise NotFound("no such protocol")
    contest, number = int(found[1]), int(found[2])
    table = models.contest.c
    row = connection.execute(
        sa.select(table.election, table.id).where(table.key == contest)
    ).one_or_none()
    if row is None:
        raise NotFound(f"no protocol {protocol_id}")
    stored = known_election(connection, row.election)
    return Key(stored, stored.contest(row.id), find_precinct(connection, stored, number))


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of a version. `name`: as the sender called it; `media_type`: by its content."""

    sha256: str
    name: str
    media_type: str
    size: int


def store_scans(connection: Connection, place: tuple[int, int, int], scans: Sequence[Scan]) -> None:
    """Attach files, in order, to the version (contest key, precinct, number)."""
    rows = [
        (*place, position, scan.sha256, scan.name, scan.media_type, scan.size)
        for position, scan in enumerate(scans, start=1)
    ]
    insert_rows(connection, models.scan, rows)


def scans_of(connection: Connection, contest: int, precinct: int) -> dict[int, list[Scan]]:
    """Version → its files, in order."""
    table, found = models.scan.c, defaultdict[int, list[Scan]](list)
    rows = connection.execute(
        sa.select(models.scan)
        .where(table.contest == contest, table.precinct == precinct)
        .order_by(table.version, table.position)
    )
    for row in rows:
        found[row.version].append(Scan(row.sha256, row.name, row.media_type, row.size))
    return found


def versions_of(connection: Connection, contest: int, precinct: int) -> Sequence[Row[Any]]:
    """Every version of a protocol as stored, oldest first."""
    table = models.version.c
    return connection.execute(
        sa.select(models.version)
        .where(table.contest == contest, table.precinct == precinct)
        .order_by(table.number)
    ).all()


def store_version(
    connection: Connection,
    place: tuple[int, int, int],
    made: Protocol,
    *,
    came: Mapping[str, str],
    entered: tuple[str, datetime],
) -> None:
    """Insert one version.

    Args:
        place: Key of the contest, number of the precinct, number of the version.
        came: Its channel and its source.
        entered: By whom and when.
    """
    contest, precinct, number = place
    row = {
        "contest": contest,
        "precinct": precinct,
        "number": number,
        "canonical": made.canonical(),
        "digest": digest(made.canonical()),
        "figures_digest": digest(made.figures_canonical()),
        **came,
        "entered_by": entered[0],
        "entered_at": entered[1],
    }
    connection.execute(sa.insert(models.version), row)


@dataclass(frozen=True, slots=True)
class Current:
    """A protocol in its current version."""

    contest: str
    precinct: int
    area: str
    state: State
    version: int
    channel: str
    digest: str
    canonical: str

    def read(self) -> Protocol:
        return protocol_from_canonical(self.canonical)


def current(
    connection: Connection,
    stored: Stored,
    contest: Contest,
    *conditions: sa.ColumnElement[bool],
) -> Iterator[Current]:
    """Every protocol of a contest in its current version, by precinct."""
    protocol, version = models.protocol.c, models.version.c
    codes = {key: code for code, key in stored.areas.items()}
    rows = connection.execute(
        sa.select(
            protocol.precinct,
            protocol.area,
            protocol.state,
            version.number,
            version.channel,
            version.digest,
            version.canonical,
        )
        .join(
            models.version,
            (version.contest == protocol.contest)
            & (version.precinct == protocol.precinct)
            & (version.number == protocol.version),
        )
        .where(protocol.contest == stored.contests[contest.id], *conditions)
        .order_by(protocol.precinct)
    )
    for precinct, area, state, *version_ in rows:
        yield Current(contest.id, precinct, codes[area], State(state), *version_)
