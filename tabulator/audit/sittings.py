"""How the results of commissions stand, as the trail tells it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from tabulator.audit.chain import chain_of
from tabulator.audit.told import Told, told_of_all
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.register import Contest
from tabulator.domain.sittings import MOVE_OF, Sitting
from tabulator.storage.register import Stored, subject_of


def sitting_subject(stored: Stored, contest: Contest, commission: str) -> str:
    """What a commission's events are about, and beside it the chain that they are in."""
    return subject_of(stored, contest, commission)


def sitting_chain(stored: Stored, commission: str) -> str:
    """A commission writes its own chain: its territories need not wait for it."""
    return chain_of(stored.election.id, f"commission:{commission}")


def sitting_of(
    connection: Connection, stored: Stored, contest: Contest, commission: str
) -> Sitting:
    """How one commission's result stands."""
    return sittings(connection, stored, contest, [commission])[commission]


def sittings(
    connection: Connection, stored: Stored, contest: Contest, commissions: Iterable[str]
) -> dict[str, Sitting]:
    """How the results of several commissions stand; PREPARING where nothing was done yet."""
    subjects = {code: sitting_subject(stored, contest, code) for code in commissions}
    told = told_of_all(connection, subjects.values(), MOVE_OF)
    return {code: _fold(told.get(subject, [])) for code, subject in subjects.items()}


def _fold(events: Iterable[Told]) -> Sitting:
    sitting = Sitting()
    for event in events:
        sitting.tell(event.kind, event.by, event.facts)
    return sitting


def status_of(connection: Connection, stored: Stored, contest: Contest, area: str) -> str:
    """What the figures of an area or commission are.

    "official" once whoever determines the result has signed, "signed" once its own commission
    has, "preliminary" before.
    """
    tree = stored.election.areas
    own = tree[area].commission if area in tree else area
    kind = ELECTION_TYPES[stored.election.kind_of(contest)]
    decides = tree.root.commission if kind.determined_by == "cec" else own
    found = sittings(connection, stored, contest, {own, decides})
    if found[decides].frozen:
        return "official"
    return "signed" if found[own].frozen else "preliminary"


def frozen_areas(
    connection: Connection, stored: Stored, contest: Contest, areas: Iterable[str]
) -> set[str]:
    """Those of the areas whose commission has signed its result."""
    tree = stored.election.areas
    by_commission = {code: tree[code].commission for code in set(areas)}
    found = sittings(connection, stored, contest, set(by_commission.values()))
    return {code for code, commission in by_commission.items() if found[commission].frozen}
