"""An election's register: stored once and whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.domain.form import form_as_dict
from tabulator.domain.register import Contest, Election, ElectionPackage, Option, Precinct
from tabulator.domain.text import LANGUAGES, Text
from tabulator.storage import models


def store_package(connection: Connection, package: ElectionPackage, now: datetime) -> None:
    """Insert everything of a package; the caller knows that the election is not there yet."""
    election = package.election
    connection.execute(
        sa.insert(models.election),
        {
            "id": election.id,
            "kind": election.kind,
            "date": election.date,
            **_spread("title", election.title),
            "package_digest": package.digest,
            "loaded_at": now,
            "limits": json.dumps(dict(election.limits), sort_keys=True),
        },
    )
    _store_commissions(connection, election)
    areas = _store_areas(connection, election)
    _store_precincts(connection, election.id, package.precincts.values(), areas)
    for position, contest in enumerate(election.contests.values(), start=1):
        key = _store_contest(connection, election.id, position, contest)
        _store_formed(connection, key, election, contest, package.precincts.values(), areas)


def _store_commissions(connection: Connection, election: Election) -> None:
    rows = [
        {
            "election": election.id,
            "code": commission.code,
            "position": position,
            "kind": commission.kind,
            "parent": commission.parent,
            **_spread("name", commission.name),
            "phone": commission.phone,
            "email": commission.email,
        }
        for position, commission in enumerate(election.commissions.values(), start=1)
    ]
    connection.execute(sa.insert(models.commission), rows)


def _store_areas(connection: Connection, election: Election) -> dict[str, int]:
    order = {area.code: place for place, area in enumerate(election.areas, start=1)}
    rows = [
        {
            "election": election.id,
            "code": area.code,
            "parent": area.parent,
            "kind": area.kind,
            "commission": area.commission,
            **_spread("name", area.name),
            "first": order[area.code],
            "last": order[area.code] + len(election.areas.below(area.code)) - 1,
        }
        for area in election.areas
    ]
    connection.execute(sa.insert(models.area), rows)
    return _area_keys(connection, election.id)


def _area_keys(connection: Connection, election_id: str) -> dict[str, int]:
    table = models.area.c
    found = connection.execute(
        sa.select(table.code, table.key).where(table.election == election_id)
    )
    return {row.code: row.key for row in found}


def _store_precincts(
    connection: Connection,
    election_id: str,
    precincts: Iterable[Precinct],
    areas: Mapping[str, int],
) -> None:
    rows = [
        {
            "election": election_id,
            "number": precinct.number,
            "area": areas[precinct.area],
            "timezone": precinct.timezone,
            "abroad": precinct.abroad,
            "country": precinct.country,
            **_spread("place", precinct.place),
            "address": precinct.address,
            "voters": precinct.voters,
            "voters_men": precinct.voters_men,
            "voters_women": precinct.voters_women,
            "aeu": precinct.aeu,
            "phone": precinct.phone,
            "email": precinct.email,
        }
        for precinct in precincts
    ]
    if rows:
        connection.execute(sa.insert(models.precinct), rows)


def _store_contest(
    connection: Connection, election_id: str, position: int, contest: Contest
) -> int:
    statement = sa.insert(models.contest).values(
        election=election_id,
        id=contest.id,
        position=position,
        form=json.dumps(form_as_dict(contest.form), ensure_ascii=False, sort_keys=True),
        kind=contest.kind,
        seats=contest.seats,
        max_marks=contest.max_marks,
        open_abroad=contest.open_abroad,
        area=contest.area,
        threshold=contest.threshold,
        regional_threshold=contest.regional_threshold,
        **_spread("title", contest.title),
    )
    key: int = connection.execute(statement.returning(models.contest.c.key)).scalar_one()
    connection.execute(sa.insert(models.option), [_option_row(key, o) for o in contest.options])
    summed = set(contest.summed)
    lines = [
        {"contest": key, "number": number, "code": code, "summed": code in summed}
        for number, code in enumerate(contest.columns)
    ]
    connection.execute(sa.insert(models.line), lines)
    return key


def _option_row(contest_key: int, option: Option) -> dict[str, Any]:
    return {
        "contest": contest_key,
        "code": option.code,
        "position": option.position,
        "kind": option.kind,
        **_spread("name", option.name),
        "list": option.list,
        "sex": option.sex,
    }


def _store_formed(
    connection: Connection,
    contest_key: int,
    election: Election,
    contest: Contest,
    precincts: Iterable[Precinct],
    areas: Mapping[str, int],
) -> None:
    formed = Counter(p.area for p in precincts if election.contest_holds_in(contest, p))
    rows = [
        {"contest": contest_key, "area": areas[area], "precincts": n} for area, n in formed.items()
    ]
    if rows:
        connection.execute(sa.insert(models.formed), rows)


def _spread(prefix: str, text: Text) -> dict[str, str]:
    return {f"{prefix}_{lang}": getattr(text, lang) for lang in LANGUAGES}
