"""Whether what an account shall reach is there: its election, precinct, commission or area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from tabulator.domain.register import Election, Precinct
from tabulator.domain.roles import Role
from tabulator.domain.text import Text
from tabulator.errors import NotFound
from tabulator.package.accounts import Wanted
from tabulator.package.place import Place
from tabulator.storage.register import find_election, find_precincts


@dataclass
class Registers:
    """The registers of the elections that accounts name, each read once."""

    connection: Connection
    _read: dict[str, tuple[Election, dict[int, Precinct]] | None] = field(default_factory=dict)

    def find(self, election: str) -> tuple[Election, dict[int, Precinct]] | None:
        """None where no such election is loaded."""
        if election not in self._read:
            try:
                stored = find_election(self.connection, election)
            except NotFound:
                self._read[election] = None
            else:
                self._read[election] = stored.election, find_precincts(self.connection, stored)
        return self._read[election]

    def check(self, accounts: Iterable[tuple[Place, Wanted]]) -> None:
        """Note every account whose reach is not there. One for every election is not judged."""
        for place, wanted in accounts:
            if wanted.election:
                self._check(place, wanted)

    def _check(self, place: Place, wanted: Wanted) -> None:
        found = self.find(wanted.election)
        if found is None:
            place.at(column="election").bad("unknown-election", "", wanted.election)
        elif not wanted.scope:
            return
        elif wanted.role == Role.PRECINCT_CHAIR:
            if int(wanted.scope) not in found[1]:
                place.at(column="scope").bad("unknown-precinct", "", wanted.scope)
        elif wanted.scope not in found[0].areas and wanted.scope not in found[0].commissions:
            where = "areas.csv, commissions.csv"
            place.at(column="scope").bad("unknown-reference", where, wanted.scope)

    def place(self, wanted: Wanted) -> Text:
        """What the account's scope is called; empty where no register tells."""
        found = self.find(wanted.election) if wanted.election and wanted.scope else None
        if found is None:
            return Text()
        election, precincts = found
        if wanted.role == Role.PRECINCT_CHAIR:
            return precincts[int(wanted.scope)].place
        if wanted.scope in election.commissions:
            return election.commissions[wanted.scope].name
        return election.areas[wanted.scope].name
