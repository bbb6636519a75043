"""Issuing documents: the sums are compared first, then facts become PDFs, all or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from tabulator import audit
from tabulator.actions.notes import Remarks, remarks
from tabulator.aggregate.outcome import Outcome
from tabulator.aggregate.results import AreaResult, PrecinctRow, outcome_of
from tabulator.documents.facts import Block, Facts
from tabulator.domain.areas import Area, Commission
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.register import Contest
from tabulator.domain.roles import Actor
from tabulator.domain.rules.circumstances import CLOSING
from tabulator.errors import NotInOrder
from tabulator.storage.db import lock
from tabulator.storage.reconcile import DEEP, reconcile
from tabulator.storage.register import Stored
from tabulator.storage.results import (
    commission_result,
    figures_digest,
    own_result,
    precinct_rows,
    result,
)

TERRITORIAL = ("summary-table", "protocol")
NATIONAL = ("national-summary-table", "national-protocol")
ON_DEMAND = ("national-annex",)

BISHKEK = ZoneInfo("Asia/Bishkek")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document to render, in every language asked for."""

    kind: str
    area: str
    facts: Facts


@dataclass(frozen=True)
class _Count:
    """Everything that stands for one contest at one moment."""

    connection: Connection
    stored: Stored
    contest: Contest
    whole: AreaResult
    rows: Mapping[str, Sequence[PrecinctRow]]

    @property
    def decided_by_cec(self) -> bool:
        return ELECTION_TYPES[self.stored.election.kind_of(self.contest)].determined_by == "cec"


def wanted_documents(
    connection: Connection,
    stored: Stored,
    contest: Contest,
    *,
    area: str = "",
    kind: str = "",
    status: str = "preliminary",
) -> list[Wanted]:
    """The facts of every document of a contest, in order of the tree, the nation's last.

    Args:
        area: Only what belongs to this area or commission; "" for everything.
        kind: Only this kind; "" for all but the ones made on demand.
        status: A key of `captions.STATUS`: "signed" while the commission signs them.

    Raises:
        NotInOrder: Two ways of adding the figures differ (K22-K24): nothing is issued.
    """
    differing = reconcile(connection, stored, contest)
    if differing:
        said = "; ".join(f"{f.code} {f.area}: {f.equation}" for f in differing[:5])
        raise NotInOrder(f"nothing is issued, the sums differ: {said}")
    count = _count(connection, stored, contest)
    sets = [
        one
        for one in (*_territorial(count), *_national(count))
        if _asked(stored, one.area, area) and one.chosen(kind)
    ]
    rows = (row for one in sets for row in one.rows)
    beside = remarks(connection, stored, contest, rows)
    made = ((one, _facts(count, one, beside, status)) for one in sets)
    return [Wanted(name, one.area, facts) for one, facts in made for name in one.chosen(kind)]


def _count(connection: Connection, stored: Stored, contest: Contest) -> _Count:
    rows = defaultdict(list)
    for row in precinct_rows(connection, stored, contest):
        rows[row.area].append(row)
    root = stored.election.areas.root.code
    whole = result(connection, stored, contest, root, DEEP)
    return _Count(connection, stored, contest, whole, rows)


def _asked(stored: Stored, code: str, area: str) -> bool:
    tree = stored.election.areas
    if not area or code == area:
        return True
    if area in tree:
        return area == tree.root.code or (code in tree and area in tree.above(code))
    return any(top.code == code for top in tree.tops_of(area))


@dataclass(frozen=True)
class _Set:
    """Documents of one commission that print the same facts."""

    kinds: tuple[str, ...]
    area: str
    commission: Commission
    tops: Sequence[Area]
    blocks: tuple[Block, ...]

    @property
    def rows(self) -> Iterator[PrecinctRow]:
        return (row for block in self.blocks for row in block.rows)

    def chosen(self, kind: str) -> list[str]:
        """Those of this kind; "" for all but the ones made on demand."""
        return [k for k in self.kinds if k == kind or (not kind and k not in ON_DEMAND)]


def _territorial(count: _Count) -> Iterator[_Set]:
    """One set per area that a TEC or DEC tabulates; where it has several, one more for them all."""
    election = count.stored.election
    for commission in election.commissions.values():
        if commission.kind == "cec":
            continue
        found = [(top, _blocks(count, [top])) for top in election.areas.tops_of(commission.code)]
        held = [(top, blocks) for top, blocks in found if blocks]
        for top, blocks in held:
            yield _Set(TERRITORIAL, top.code, commission, [top], blocks)
        if len(held) > 1:
            code, taken = commission.code, commission.code in election.areas
            # An area of the same code has documents of its own.
            name = f"{code}-{commission.kind}" if taken else code
            together = tuple(block for _, blocks in held for block in blocks)
            yield _Set(TERRITORIAL, name, commission, [top for top, _ in held], together)


def _national(count: _Count) -> Iterator[_Set]:
    """The CEC's set, where the CEC determines the result."""
    election = count.stored.election
    commission = election.commissions[election.areas.root.commission]
    if count.decided_by_cec and commission.kind == "cec":
        root = election.areas.root
        blocks = _blocks(count, [root])
        yield _Set((*NATIONAL, *ON_DEMAND), root.code, commission, [root], blocks)


def _facts(count: _Count, made: _Set, beside: Remarks, status: str) -> Facts:
    commission, tops, blocks = made.commission, made.tops, made.blocks
    total = _find(count.whole, tops[0].code) if len(tops) == 1 else None
    total = total or commission_result(
        count.connection, count.stored, count.contest, commission.code, DEEP
    )
    return Facts(
        election=count.stored.election,
        contest=count.contest,
        commission=commission,
        blocks=blocks,
        total=total,
        outcome=_outcome(count, commission, total),
        as_of=_last_arrival(count, made.rows),
        digest=figures_digest(made.rows),
        status=status,
        **beside.of(commission.code, made.rows),
    )


def _blocks(count: _Count, tops: Sequence[Area]) -> tuple[Block, ...]:
    return tuple(
        Block(shown, tuple(count.rows[code]))
        for top in tops
        for code in count.stored.election.areas.below(top.code)
        if count.rows.get(code)
        for shown in [_own(count, code)]
        # A protocol from where the contest is not held (K27) makes no area of it.
        if shown and shown.coverage.formed
    )


def _own(count: _Count, code: str) -> AreaResult | None:
    """The area without the areas below it: those are blocks of their own."""
    if count.stored.election.areas.children(code):
        return own_result(count.connection, count.stored, count.contest, code)
    return _find(count.whole, code)


def _find(shown: AreaResult, code: str) -> AreaResult | None:
    if shown.area == code:
        return shown
    return next((hit for child in shown.children if (hit := _find(child, code))), None)


def _outcome(count: _Count, commission: Commission, total: AreaResult) -> Outcome | None:
    """The result itself, on the protocol of the commission that determines it; else None."""
    election, contest = count.stored.election, count.contest
    decides = (
        commission.kind == "cec"
        if count.decided_by_cec
        else total.area in election.areas.above(contest.area or election.areas.root.code)
    )
    return outcome_of(election, contest, total) if decides else None


def _last_arrival(count: _Count, rows: Iterable[PrecinctRow]) -> datetime:
    """When the last protocol came, as the protocols state it; else when voting ended in Bishkek.

    Never the clock of this machine: the same input gives the same document anywhere.
    """
    came = [row.came_at for row in rows if row.came_at]
    return max(came, default=datetime.combine(count.stored.election.date, CLOSING, BISHKEK))


def record_issue(
    connection: Connection,
    actor: Actor,
    stored: Stored,
    contest: Contest,
    issued: Sequence[Mapping[str, str]],
    *,
    now: datetime,
) -> None:
    """Record that these documents were issued: kind, area, language and SHA-256 of each."""
    lock(connection, [audit.MAIN])
    subject = f"{stored.election.id}/{contest.id}"
    entry = audit.Entry(audit.MAIN, "documents.issued", subject, {"documents": list(issued)})
    audit.record(connection, at=now, actor=actor, entries=[entry])


def record_handing(
    connection: Connection,
    actor: Actor,
    stored: Stored,
    contest: Contest,
    sha256: str,
    to: str,
    *,
    now: datetime,
) -> None:
    """Record who received a document that was issued."""
    lock(connection, [audit.MAIN])
    subject = f"{stored.election.id}/{contest.id}"
    entry = audit.Entry(audit.MAIN, "documents.handed", subject, {"sha256": sha256, "to": to})
    audit.record(connection, at=now, actor=actor, entries=[entry])
