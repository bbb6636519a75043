"""A batch of protocols from one source: received, checked, and on demand accepted where clean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from tabulator import audit
from tabulator.actions.accept import accept_checked
from tabulator.actions.check import check_received
from tabulator.actions.desk import Desk, Handled
from tabulator.actions.receive import closed, receive, sort_out
from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Precinct
from tabulator.domain.roles import Actor
from tabulator.domain.rules.base import Finding
from tabulator.domain.workflow import State
from tabulator.errors import Malformed
from tabulator.storage.db import lock
from tabulator.storage.neighbours import neighbour_findings
from tabulator.storage.register import Stored


@dataclass(slots=True)
class TakenIn:
    """What became of a batch.

    Attributes:
        imported: Protocols that became a new version.
        unchanged: Protocols that were there already, to the letter.
        accepted: Protocols accepted now.
        disputed: Protocols of the batch that stand disputed.
        findings: Of every protocol of the batch, in order of precinct and code.
    """

    imported: int = 0
    unchanged: int = 0
    accepted: int = 0
    disputed: int = 0
    findings: list[Finding] = field(default_factory=list)


def take_in(
    connection: Connection,
    actor: Actor,
    stored: Stored,
    protocols: Iterable[Protocol],
    precincts: Mapping[int, Precinct],
    *,
    source: str,
    accept_clean: bool,
    now: datetime,
    channel: str = "import",
    progress: Callable[[Iterable[Handled], int], Iterable[Handled]] = lambda items, _: items,
) -> TakenIn:
    """Take in what arrived in one go: all of it or nothing.

    Args:
        progress: Wraps the protocols being checked, with their number, for whoever watches.

    Raises:
        Malformed: Some protocols are accepted already and cannot be replaced like this: all of
            them are named.
    """
    batch = [(protocol, precincts[protocol.precinct]) for protocol in protocols]
    election = stored.election
    lock(connection, (audit.chain_of(election.id, precinct.area) for _, precinct in batch))
    parts = []
    for contest in election.contests.values():
        part = [(protocol, p) for protocol, p in batch if protocol.contest == contest.id]
        if part:
            desk = Desk(connection, actor, stored, contest, now, progress)
            parts.append((desk, sort_out(desk, part)))
    problems = [problem for desk, items in parts for problem in closed(desk, items, source)]
    if problems:
        raise Malformed(problems)
    taken = TakenIn()
    for desk, items in parts:
        receive(desk, items, channel=channel, source=source)
        _take_on(desk, items, taken, accept_clean)
    taken.findings.sort(key=lambda finding: (finding.contest, finding.precinct or 0, finding.code))
    return taken


def _take_on(desk: Desk, items: Sequence[Handled], taken: TakenIn, accept_clean: bool) -> None:
    found = check_received(desk, items)
    checked = (item for item in items if item.state == State.CHECKED)
    clean = [item for item in checked if accept_clean and not item.errors]
    accept_checked(desk, clean)
    desk.retabulate(items)
    taken.findings += (finding for findings in found.values() for finding in findings)
    taken.findings += neighbour_findings(desk.connection, desk.stored, desk.contest, set(found))
    taken.imported += sum(item.is_new for item in items)
    taken.unchanged += sum(not item.is_new for item in items)
    taken.accepted += len(clean)
    taken.disputed += sum(item.state == State.DISPUTED for item in items)
