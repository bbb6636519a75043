"""Protocols as stored, in the version that stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.domain.protocol import Protocol, protocol_from_canonical
from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.register import Stored


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
    for precinct, area, state, number, channel, digest, canonical in rows:
        yield Current(
            contest.id, precinct, codes[area], State(state), number, channel, digest, canonical
        )
