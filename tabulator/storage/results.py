"""Results as they stand: the one way from the store to table, CSV, JSON, page and PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.results import AreaResult, PrecinctRow, area_result
from tabulator.aggregate.roll_up import Total
from tabulator.domain.areas import Area
from tabulator.domain.protocol import protocol_from_canonical
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.text import LANGUAGES, Text
from tabulator.domain.workflow import State
from tabulator.errors import NotFound
from tabulator.storage import models
from tabulator.storage.counts import below
from tabulator.storage.register import Stored


def result(
    connection: Connection, stored: Stored, contest: Contest, code: str = "", depth: int = 1
) -> AreaResult:
    """What is known of a contest in an area, with its children down to `depth` levels.

    Args:
        code: An area; or a commission that tabulates several (Bishkek TEC: the city and
            abroad), whose topmost areas are then the children; "" for where the contest is held.

    Raises:
        NotFound: Neither an area nor a commission has this code.
    """
    areas = stored.election.areas
    code = code or areas.root.code
    if code in areas:
        return _area(connection, stored, contest, areas[code], depth)
    if code not in stored.election.commissions:
        raise NotFound(f"no area or commission {code} in election {stored.election.id}")
    return commission_result(connection, stored, contest, code, depth)


def commission_result(
    connection: Connection, stored: Stored, contest: Contest, code: str, depth: int = 1
) -> AreaResult:
    """What all areas of a commission add up to, even where an area has the same code as it."""
    tops = stored.election.areas.tops_of(code)
    children = tuple(_area(connection, stored, contest, top, depth - 1) for top in tops)
    name = stored.election.commissions[code].name
    covered = sum((child.coverage for child in children), Coverage())
    total = _added(_total(contest, child) for child in children)
    return area_result(contest, code, "commission", name, covered, total, children)


def own_result(connection: Connection, stored: Stored, contest: Contest, code: str) -> AreaResult:
    """What the precincts that lie directly in an area add up to, without the areas below it."""
    totals, covered = below(connection, stored, contest, code)
    area = stored.election.areas[code]
    return _result(contest, area, covered.get(code, Coverage()), totals.get(code))


def _area(
    connection: Connection, stored: Stored, contest: Contest, area: Area, depth: int
) -> AreaResult:
    totals, covered = below(connection, stored, contest, area.code)
    tree = stored.election.areas
    children = tuple(
        _area(connection, stored, contest, child, depth - 1)
        if depth > 1 and tree.children(child.code)
        else _result(contest, child, covered.get(child.code, Coverage()), totals.get(child.code))
        for child in tree.children(area.code)
    )
    return _result(
        contest,
        area,
        sum(covered.values(), Coverage()),
        _added(totals.values()),
        children if depth > 0 else (),
    )


def _result(
    contest: Contest,
    area: Area,
    covered: Coverage,
    total: Total | None,
    children: tuple[AreaResult, ...] = (),
) -> AreaResult:
    return area_result(contest, area.code, area.kind, area.name, covered, total, children)


def _added(totals: Iterable[Total]) -> Total | None:
    added = Total()
    for total in totals:
        added.add(total)
    return added if added.protocols else None


def _total(contest: Contest, shown: AreaResult) -> Total:
    included = shown.coverage.included
    return Total(
        values={c: v for c in contest.summed if (v := shown.value(c)) is not None},
        stated={c: included - shown.blanks.get(c, 0) for c in contest.summed},
        protocols=included,
    )


def precinct_rows(
    connection: Connection, stored: Stored, contest: Contest, code: str = ""
) -> Iterator[PrecinctRow]:
    """Every precinct formed for the contest in an area, in order of area and number.

    A precinct whose contest is not open abroad but that sent a protocol (K27) is there too.
    """
    top = code or stored.election.areas.root.code
    for row in connection.execute(_rows_below(stored, stored.contests[contest.id], top)):
        precinct = Precinct(row.number, row.area_code, abroad=row.abroad)
        if row.state or stored.election.contest_holds_in(contest, precinct):
            yield _precinct_row(row)


def commission_rows(
    connection: Connection, stored: Stored, contest: Contest, commission: str
) -> Iterator[PrecinctRow]:
    """Every precinct that a commission answers for, in printed order."""
    area, formed = models.area.c, models.formed.c
    held = set(
        connection.execute(
            sa.select(area.code)
            .join(models.formed, formed.area == area.key)
            .where(formed.contest == stored.contests[contest.id])
        ).scalars()
    )
    for top in stored.election.areas.tops_of(commission):
        for row in precinct_rows(connection, stored, contest, top.code):
            # A protocol from where the contest is not held (K27) makes no area of it.
            if row.area in held:
                yield row


def figures_digest(rows: Iterable[PrecinctRow]) -> str:
    """SHA-256 over number, state and version of every precinct: same figures, same digest."""
    text = "".join(f"{r.precinct} {r.state} {r.version} {r.digest}\n" for r in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def _rows_below(stored: Stored, contest_key: int, top: str) -> sa.Select[Any]:
    precinct, protocol, version = models.precinct.c, models.protocol.c, models.version.c
    lowest, node = models.area.alias("lowest"), models.area.alias("node")
    return (
        sa.select(
            precinct.number,
            precinct.abroad,
            *(precinct[f"place_{lang}"] for lang in LANGUAGES),
            lowest.c.code.label("area_code"),
            protocol.state,
            protocol.verified,
            version.channel,
            version.canonical,
            version.digest,
            version.number.label("version"),
        )
        .select_from(node)
        .join(lowest, lowest.c.first.between(node.c.first, node.c.last))
        .join(models.precinct, precinct.area == lowest.c.key)
        .outerjoin(
            models.protocol,
            (protocol.contest == contest_key) & (protocol.precinct == precinct.number),
        )
        .outerjoin(
            models.version,
            (version.contest == contest_key)
            & (version.precinct == precinct.number)
            & (version.number == protocol.version),
        )
        .where(
            node.c.key == stored.areas[top],
            lowest.c.election == stored.election.id,
        )
        .order_by(lowest.c.first, precinct.number)
    )


def _precinct_row(row: Row[Any]) -> PrecinctRow:
    place = Text(row.place_ky, row.place_ru, row.place_en)
    if row.state is None:
        return PrecinctRow(row.number, row.area_code, place, State.MISSING, None)
    protocol = protocol_from_canonical(row.canonical)
    return PrecinctRow(
        precinct=row.number,
        area=row.area_code,
        place=place,
        state=State(row.state),
        values=protocol.figures,
        version=row.version,
        digest=row.digest,
        came_at=protocol.received_at or protocol.signed_at,
        withheld=row.verified != row.version and _is_awaited(State(row.state), row.channel),
    )


def _is_awaited(state: State, channel: str) -> bool:
    """Whether a second, blind entry is still to come; an import in dispute goes back first."""
    if state in (State.DISPUTED, State.RETURNED):
        return channel != "import"
    return state in (State.CHECKED, State.DIFFERING, State.CONTESTED)
