"""An election's register, read back as domain objects."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Row

from tabulator.domain.areas import Area, Areas, Commission
from tabulator.domain.form import Form, form_from_dict
from tabulator.domain.register import Contest, Election, Option, Precinct
from tabulator.domain.text import LANGUAGES, Text
from tabulator.errors import NotFound
from tabulator.storage import models

_LARGEST = 2**31 - 1
"""PostgreSQL fails on a larger number instead of finding nothing."""


@dataclass(frozen=True)
class Stored:
    """An election as stored, with the keys that its rows carry.

    Attributes:
        contests: Contest id → key.
        areas: Area code → key.
    """

    election: Election
    contests: Mapping[str, int]
    areas: Mapping[str, int]
    package_digest: str
    loaded_at: datetime

    def contest(self, contest_id: str | None) -> Contest:
        """The contest named, or the election's first; NotFound where there is none such."""
        contests = self.election.contests
        if contest_id is None:
            return next(iter(contests.values()))
        if contest_id not in contests:
            raise NotFound(f"no contest {contest_id} in election {self.election.id}")
        return contests[contest_id]


def find_election(connection: Connection, election_id: str) -> Stored:
    """The election without its precincts; NotFound where there is none."""
    table = models.election
    # PostgreSQL fails on a zero byte instead of finding nothing.
    known = sa.select(table).where(table.c.id == election_id.replace("\0", ""))
    row = connection.execute(known).one_or_none()
    if row is None or row.id != election_id:
        raise NotFound(f"no election {election_id}")
    contests = {contest.id: (key, contest) for key, contest in _contests(connection, election_id)}
    areas, area_keys = _areas(connection, election_id)
    election = Election(
        id=row.id,
        kind=row.kind,
        date=row.date,
        title=_text(row, "title"),
        areas=areas,
        commissions=_commissions(connection, election_id),
        contests={id_: contest for id_, (_, contest) in contests.items()},
        limits=json.loads(row.limits),
    )
    keys = {id_: key for id_, (key, _) in contests.items()}
    return Stored(election, keys, area_keys, row.package_digest, row.loaded_at)


def subject_of(stored: Stored, contest: Contest, of: int | str) -> str:
    """What events are about: a precinct's protocol of a contest, or a commission's result."""
    return f"{stored.election.id}/{contest.id}/{of}"


_KNOWN: WeakKeyDictionary[Engine, dict[str, Stored]] = WeakKeyDictionary()


def known_election(connection: Connection, election_id: str) -> Stored:
    """The same, read once for the life of the process: a register never changes once loaded."""
    kept = _KNOWN.setdefault(connection.engine, {})
    if election_id not in kept:
        kept[election_id] = find_election(connection, election_id)
    return kept[election_id]


def _commissions(connection: Connection, election_id: str) -> dict[str, Commission]:
    table = models.commission
    rows = connection.execute(
        sa.select(table).where(table.c.election == election_id).order_by(table.c.position)
    )
    return {r.code: Commission(r.code, r.kind, r.parent, _text(r), r.phone, r.email) for r in rows}


def _areas(connection: Connection, election_id: str) -> tuple[Areas, dict[str, int]]:
    table = models.area
    rows = connection.execute(
        sa.select(table).where(table.c.election == election_id).order_by(table.c.first)
    ).all()
    tree = Areas(Area(r.code, r.parent, r.kind, r.commission, _text(r)) for r in rows)
    return tree, {row.code: row.key for row in rows}


def _contests(connection: Connection, election_id: str) -> Iterable[tuple[int, Contest]]:
    table = models.contest
    rows = connection.execute(
        sa.select(table).where(table.c.election == election_id).order_by(table.c.position)
    ).all()
    for row in rows:
        yield row.key, _contest(row, form_from_dict(json.loads(row.form)), connection)


def _contest(row: Row[Any], form: Form, connection: Connection) -> Contest:
    table = models.option
    options = connection.execute(
        sa.select(table)
        .join(
            models.line,
            (models.line.c.contest == table.c.contest) & (models.line.c.code == table.c.code),
        )
        .where(table.c.contest == row.key)
        .order_by(models.line.c.number)
    )
    return Contest(
        id=row.id,
        form=form,
        options=tuple(Option(o.position, o.code, o.kind, _text(o), o.list, o.sex) for o in options),
        kind=row.kind,
        seats=row.seats,
        max_marks=row.max_marks,
        open_abroad=row.open_abroad,
        area=row.area,
        threshold=row.threshold,
        regional_threshold=row.regional_threshold,
        title=_text(row, "title"),
    )


def find_precinct(connection: Connection, stored: Stored, number: int) -> Precinct:
    """One precinct; NotFound where the election has none such."""
    table = models.precinct
    row = connection.execute(
        sa.select(table).where(
            table.c.election == stored.election.id, table.c.number == min(number, _LARGEST)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(f"no precinct {number} in election {stored.election.id}")
    codes = {key: code for code, key in stored.areas.items()}
    return _precinct(row, codes[row.area])


def find_precincts(connection: Connection, stored: Stored) -> dict[int, Precinct]:
    """Every precinct of the election by number, in order of number."""
    table = models.precinct
    codes = {key: code for code, key in stored.areas.items()}
    rows = connection.execute(
        sa.select(table).where(table.c.election == stored.election.id).order_by(table.c.number)
    )
    return {row.number: _precinct(row, codes[row.area]) for row in rows}


def precincts_after(
    connection: Connection, stored: Stored, area: str, number: int, limit: int
) -> list[Precinct]:
    """The next precincts after `number`, by number, in an area and all below it."""
    table = models.precinct.c
    codes = {key: code for code, key in stored.areas.items()}
    below = [stored.areas[code] for code in stored.election.areas.below(area)]
    rows = connection.execute(
        sa.select(models.precinct)
        .where(table.election == stored.election.id, table.number > number, table.area.in_(below))
        .order_by(table.number)
        .limit(limit)
    )
    return [_precinct(row, codes[row.area]) for row in rows]


def _precinct(row: Row[Any], area: str) -> Precinct:
    return Precinct(
        number=row.number,
        area=area,
        timezone=row.timezone,
        abroad=row.abroad,
        country=row.country,
        place=_text(row, "place"),
        address=row.address,
        voters=row.voters,
        voters_men=row.voters_men,
        voters_women=row.voters_women,
        aeu=row.aeu,
        phone=row.phone,
        email=row.email,
    )


def register_digest(election: Election, precincts: Mapping[int, Precinct]) -> str:
    """SHA-256 over all that the register says: what `audit verify` compares with the trail.

    Contacts and limits that nothing was said of leave no place: the digests of elections that
    were loaded before there were any stay what they were.
    """
    limits = [dict(sorted(election.limits.items()))] if election.limits else []
    plain = [
        [election.id, election.kind, election.date.isoformat(), _plain(election.title), *limits],
        [_plain(commission) for commission in election.commissions.values()],
        [_plain(area) for area in election.areas],
        [_plain(contest) for contest in election.contests.values()],
        [_plain(precincts[number]) for number in sorted(precincts)],
    ]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        parts = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        contacts = {name: parts.pop(name) for name in ("phone", "email") if name in parts}
        return [*parts.values(), *([contacts] if any(contacts.values()) else [])]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _text(row: Row[Any], prefix: str = "name") -> Text:
    return Text(*(getattr(row, f"{prefix}_{lang}") for lang in LANGUAGES))


def election_titles(connection: Connection) -> dict[str, Text]:
    """Election id → title, newest first."""
    table = models.election.c
    rows = connection.execute(
        sa.select(models.election).order_by(table.date.desc(), table.loaded_at.desc())
    )
    return {row.id: _text(row, "title") for row in rows}
