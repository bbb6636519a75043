"""What happened by when: the trail, read against the limits of a contest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.domain import watched
from tabulator.domain.areas import Commission
from tabulator.domain.deadlines import (
    Deed,
    Limit,
    Since,
    Whose,
    clock,
    closes_at,
    day_ends,
    limits_of,
)
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.watched import Watched
from tabulator.errors import NotFound
from tabulator.storage import models
from tabulator.storage.register import Stored, find_precincts


@dataclass(frozen=True, slots=True)
class _Happened:
    """When events of one kind were recorded, and the place of the last one in its chain."""

    first: datetime
    last: datetime
    number: int

    @property
    def order(self) -> tuple[datetime, int]:
        """What is done in one transaction bears one moment: the chain tells what came first."""
        return self.last, self.number


# What is done stands until something later in the chain undoes it: new figures have to be
# entered twice again, and what was disputed, returned or restored has to be accepted again.
_NEW = ("protocol.received", "protocol.corrected", "protocol.amended")
_REVERSED = (
    "protocol.disputed",
    "protocol.returned",
    "protocol.recount_ordered",
    "protocol.restored",
)
_REOPENED = ("result.returned", "result.reopened", "result.voided")
_Deeds = Mapping[Deed, tuple[Collection[str], Collection[str]]]
_OF_PRECINCTS: _Deeds = {
    Deed.ARRIVED: (("protocol.received",), ()),
    Deed.VERIFIED: (("protocol.confirmed", "protocol.settled"), _NEW),
    # An annulled protocol waits for nobody.
    Deed.ACCEPTED: (("protocol.accepted", "protocol.annulled"), (*_NEW, *_REVERSED)),
}
_OF_COMMISSIONS: _Deeds = {
    Deed.SIGNED: (("sitting.signed",), _REOPENED),
    Deed.HANDED_OVER: (("result.received",), _REOPENED),
    Deed.ACCEPTED: (("result.approved",), _REOPENED),
    Deed.PUBLISHED: (("result.published",), _REOPENED),
}


def late(
    connection: Connection,
    stored: Stored,
    contest: Contest,
    now: datetime,
    area: str = "",
    limit: str = "",
) -> list[Watched]:
    """Whatever was late at `now` in an area or of a commission, the latest first."""
    return watched.late(watch(connection, stored, contest, now, area), limit)


def watch(
    connection: Connection, stored: Stored, contest: Contest, now: datetime, area: str = ""
) -> list[Watched]:
    """Every limit of every precinct and commission in an area, as it stood at `now`.

    Args:
        area: An area or a commission; "" for all, and with them the CEC.

    Raises:
        NotFound: Neither an area nor a commission has this code.
    """
    election = stored.election
    areas, commissions = _within(stored, area)
    formed = [
        precinct
        for precinct in find_precincts(connection, stored).values()
        if election.contest_holds_in(contest, precinct)
    ]
    closes = _last_closes(stored, formed)
    mine = [precinct for precinct in formed if precinct.area in areas]
    chosen = [election.commissions[code] for code in closes if code in commissions]
    seen = _Seen(connection, stored, contest, limits_of(election, contest), now)
    return [*seen.precincts(mine), *seen.commissions(chosen, closes)]


def _within(stored: Stored, code: str) -> tuple[set[str], set[str]]:
    """Codes of the areas in which precincts are looked at, and of the commissions looked at."""
    tree, known = stored.election.areas, stored.election.commissions
    if code in ("", tree.root.code):
        return {area.code for area in tree}, set(known)
    if code in tree:
        named = {tree[each].commission for each in (*tree.below(code), *tree.above(code))}
        return set(tree.below(code)), {each for each in named if known[each].kind != "cec"}
    if code in known:
        return {each for top in tree.tops_of(code) for each in tree.below(top.code)}, {code}
    raise NotFound(f"no area or commission {code} in election {stored.election.id}")


def _last_closes(stored: Stored, precincts: Iterable[Precinct]) -> dict[str, datetime]:
    """Commission → when the last of the precincts closes that lie in its areas; all for the CEC."""
    last: dict[str, datetime] = {}
    tree, day = stored.election.areas, stored.election.date
    for precinct in precincts:
        closes = closes_at(day, precinct.timezone)
        for commission in {tree[code].commission for code in tree.above(precinct.area)}:
            last[commission] = max(closes, last.get(commission, closes))
    return last


@dataclass(frozen=True, slots=True)
class _Seen:
    """One look at the clock."""

    connection: Connection
    stored: Stored
    contest: Contest
    limits: tuple[Limit, ...]
    now: datetime

    def precincts(self, precincts: Iterable[Precinct]) -> Iterator[Watched]:
        limits = self._of(Whose.PRECINCT)
        happened = self._happened(models.precinct, models.precinct.c.number, _OF_PRECINCTS)
        for one in precincts:
            starts = {Since.PRECINCT_CLOSES: closes_at(self.stored.election.date, one.timezone)}
            code = str(one.number)
            done = _done(_OF_PRECINCTS, happened.get(code, {}))
            if Deed.ACCEPTED in done:  # also without a second entry, by who has a shell
                done.setdefault(Deed.VERIFIED, done[Deed.ACCEPTED])
            for moment in clock(limits, starts, done, self.now):
                yield Watched(code, one.area, one.place, one.phone, one.email, moment)

    def commissions(
        self, commissions: Iterable[Commission], closes: Mapping[str, datetime]
    ) -> Iterator[Watched]:
        happened = self._happened(models.commission, models.commission.c.code, _OF_COMMISSIONS)
        whole = {Since.VOTING_DAY: day_ends(self.stored.election.date)}
        if closes:
            whole[Since.ELECTION_CLOSES] = max(closes.values())
        for one in commissions:
            done = _done(_OF_COMMISSIONS, happened.get(one.code, {}))
            starts = {**whole, Since.AREA_CLOSES: closes[one.code]}
            if Deed.SIGNED in done:
                starts[Since.SIGNED] = done[Deed.SIGNED]
            whose = Whose.CEC if one.kind == "cec" else Whose.COMMISSION
            for moment in clock(self._of(whose), starts, done, self.now):
                yield Watched(one.code, "", one.name, one.phone, one.email, moment)

    def _of(self, whose: Whose) -> list[Limit]:
        return [limit for limit in self.limits if limit.whose == whose]

    def _happened(
        self, table: sa.Table, code: sa.ColumnElement[Any], deeds: _Deeds
    ) -> dict[str, dict[str, _Happened]]:
        """Number or code → kind → when, up to now: one query, by the index over subjects."""
        event, election = models.event.c, self.stored.election.id
        named = sa.cast(code, sa.Text)
        kinds = {kind for both in deeds.values() for these in both for kind in these}
        subject = sa.literal(f"{election}/{self.contest.id}/", sa.Text) + named
        rows = self.connection.execute(
            sa.select(
                named,
                event.kind,
                sa.func.min(event.at),
                sa.func.max(event.at),
                sa.func.max(event.number),
            )
            .select_from(table)
            .join(models.event, event.subject == subject)
            .where(table.c.election == election, event.at <= self.now)
            .where(event.kind.in_(sorted(kinds)))
            .group_by(code, event.kind)
        )
        found: dict[str, dict[str, _Happened]] = defaultdict(dict)
        for whose, kind, first, last, number in rows:
            found[whose][kind] = _Happened(first, last, number)
        return found


def _done(deeds: _Deeds, happened: Mapping[str, _Happened]) -> dict[Deed, datetime]:
    """When what stands was done: for the first time where nothing undoes it, else the last."""
    done = {}
    for deed, (doing, undoing) in deeds.items():
        undone = max((happened[kind].order for kind in undoing if kind in happened), default=None)
        standing = [
            each.last if undoing else each.first
            for each in (happened[kind] for kind in doing if kind in happened)
            if undone is None or each.order > undone
        ]
        if standing:
            done[deed] = min(standing)
    return done
