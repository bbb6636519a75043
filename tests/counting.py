"""A count in a database, and what is done with it, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator.actions.load import load_election
from tabulator.actions.take_in import TakenIn, take_in
from tabulator.aggregate.results import AreaResult
from tabulator.audit.verify import Verdict, verify
from tabulator.domain.areas import Areas
from tabulator.domain.form import Form, Line
from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Contest, ElectionPackage
from tabulator.domain.roles import Actor, Role
from tabulator.domain.rules.base import Finding
from tabulator.domain.workflow import State
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.protocols import current
from tabulator.storage.reconcile import reconcile
from tabulator.storage.register import Stored, find_election
from tabulator.storage.results import result
from tests.builders import contest, election, option, options, precinct, protocol, text

NOW = datetime(2021, 1, 10, 19, 0, tzinfo=UTC)
CLERK = Actor("Айгүл О'Коннор", Role.COMMAND_LINE)
PLACES = {
    1001: "bishkek",
    1002: "bishkek",
    7001: "alamudun",
    7002: "alamudun",
    7101: "sokuluk",
    9001: "abroad",
}


def register(
    *contests: Contest, places: Mapping[int, str] = PLACES, **changes: Any
) -> ElectionPackage:
    """The tree of `builders.areas` with six precincts, or with those given."""
    precincts = {n: precinct(n, area, abroad=area == "abroad") for n, area in places.items()}
    return ElectionPackage(election(*contests, **changes), precincts, "0" * 64)


def lists(members: int = 20) -> Contest:
    """A contest on a form of boxes with so many preference candidates in each annex."""
    listed = options("ata", "bir", kind="list", against_all=True)
    annexes = [
        option(f"{code}-{k}", position=k, list=code)
        for code in ("ata", "bir")
        for k in range(1, members + 1)
    ]
    return contest("jk-list/2021", options=(*listed, *annexes))


def plain() -> Contest:
    """A contest on a form whose roles no rule knows, with a line that is not summed and one that
    may stay blank."""
    lines = (
        Line("X", "1", text("x")),
        Line("NOTE", "2", text("note"), summed=False, required=False),
        Line("EXTRA", "3", text("extra"), required=False),
    )
    form = Form("plain/1", text("plain"), lines)
    return Contest("plain", form, options("asan", "bermet"), title=text("plain"))


def sent(of: Contest, number: int, **changed: int | None) -> Protocol:
    """A protocol in order, with other figures for every precinct, but for those given."""
    votes = {o.code: (number * 7919 + k * 611) % 400 + 20 for k, o in enumerate(of.choices)}
    preferred = {
        o.code: votes[o.list] // (len(of.annex(o.list)) + o.position % 5)
        for o in of.options
        if o.list
    }
    valid, invalid, outside, cancelled = sum(votes.values()), number % 7, number % 31, number % 97
    took_part = valid + invalid
    lines = {
        "V": took_part + cancelled + number % 1409 + 200,
        "R": took_part + cancelled,
        "C": cancelled,
        "I": took_part,
        "I1": took_part - outside,
        "I2": outside,
        "I3": 0,
        "M": outside,
        "S": took_part - outside,
        "U": 0,
        "VAL": valid,
        "INV": invalid,
    }
    figures = dict.fromkeys(of.columns, number % 1000) | lines | votes | preferred
    return protocol(of, number, **{c: figures[c] for c in of.columns} | changed)


def sums(
    of: Contest, protocols: Iterable[Protocol], places: Mapping[int, str], tree: Areas, code: str
) -> dict[str, int | None]:
    """Every summed figure of an area, added one by one; None where nothing was stated."""
    below = tree.below(code)
    mine = [one.figures for one in protocols if places[one.precinct] in below]
    stated = {c: [n for figures in mine if (n := figures[c]) is not None] for c in of.summed}
    return {column: sum(numbers) if numbers else None for column, numbers in stated.items()}


@dataclass
class Count:
    """A database with one election loaded."""

    engine: Engine
    package: ElectionPackage
    stored: Stored

    @classmethod
    def load(cls, engine: Engine, package: ElectionPackage) -> Count:
        with transaction(engine) as connection:
            load_election(connection, CLERK, package, now=NOW)
            return cls(engine, package, find_election(connection, package.election.id))

    @property
    def contest(self) -> Contest:
        return self.stored.contest(None)

    def take(
        self,
        *protocols: Protocol,
        accept_clean: bool = True,
        source: str = "protocols.csv",
        now: datetime = NOW,
    ) -> TakenIn:
        with transaction(self.engine) as connection:
            return take_in(
                connection,
                CLERK,
                self.stored,
                protocols,
                self.package.precincts,
                source=source,
                accept_clean=accept_clean,
                now=now,
            )

    def take_all(self, of: Contest | None = None) -> list[Protocol]:
        """Every precinct sends a protocol in order, and all are accepted."""
        of = of or self.contest
        protocols = [sent(of, number) for number in self.package.precincts]
        assert self.take(*protocols).accepted == len(protocols)
        return protocols

    def result(self, code: str = "", depth: int = 1, of: Contest | None = None) -> AreaResult:
        with snapshot(self.engine) as connection:
            return result(connection, self.stored, of or self.contest, code, depth)

    def reconcile(self, of: Contest | None = None) -> list[Finding]:
        with snapshot(self.engine) as connection:
            return reconcile(connection, self.stored, of or self.contest)

    def verdict(self) -> Verdict:
        with snapshot(self.engine) as connection:
            return verify(connection)

    def states(self, of: Contest | None = None) -> dict[int, tuple[State, int]]:
        """Precinct → state and number of the version that stands."""
        with snapshot(self.engine) as connection:
            rows = current(connection, self.stored, of or self.contest)
            return {row.precinct: (row.state, row.version) for row in rows}

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with snapshot(self.engine) as connection:
            return [tuple(row) for row in connection.execute(sa.text(statement))]

    def do(self, *statements: str) -> None:
        with transaction(self.engine) as connection:
            for statement in statements:
                connection.execute(sa.text(statement))
