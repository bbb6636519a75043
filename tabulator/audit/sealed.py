"""Whether checkpoints hold: each in itself, one after another, and against the chains."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.audit import seal
from tabulator.audit.chain import Break
from tabulator.audit.keys import signed_by
from tabulator.audit.lines import checkpoint_from
from tabulator.audit.origin import origin_fault
from tabulator.audit.seal import Checkpoint
from tabulator.storage import models

CHAIN = "checkpoints"
"""Named as the chain of a Break when a checkpoint does not hold."""

Sealed = dict[tuple[str, int], tuple[str, int]]
"""Chain and number of an event → the hash that it must have, and the first checkpoint with it."""


@dataclass(frozen=True, slots=True)
class Seals:
    """How many checkpoints and events under them were read, and the first that does not hold."""

    checkpoints: int
    sealed: int
    first_break: Break | None


def verify_seals(
    connection: Connection, *, keys: Collection[str] = (), kept: Sequence[Checkpoint] = ()
) -> Seals:
    """Check every checkpoint against the chains, which must have been found whole before.

    Args:
        keys: The public keys that may have signed; empty: whichever each checkpoint names.
        kept: Checkpoints that somebody keeps elsewhere. Without them only who can sign is kept
            from cutting off the newest events together with the newest checkpoints.
    """
    try:
        checkpoints = read_checkpoints(connection)
    except Unreadable as error:
        return Seals(0, 0, Break(CHAIN, error.number, str(error)))
    broken = (
        fault_among(checkpoints, keys)
        or _fault_in_chains(connection, sealed_events(checkpoints))
        or fault_of_kept(checkpoints, kept)
        or _fault_of_origins(connection)
    )
    return Seals(len(checkpoints), checkpoints[-1].events if checkpoints else 0, broken)


class Unreadable(ValueError):
    """A stored checkpoint is not even of the right shape."""

    def __init__(self, number: int, reason: object) -> None:
        self.number = number
        super().__init__(f"it cannot be read as it is stored: {reason}")


def read_checkpoints(connection: Connection) -> list[Checkpoint]:
    """All of them, in order; Unreadable when one was replaced by something else."""
    found: list[Checkpoint] = []
    rows = sa.select(models.checkpoint).order_by(models.checkpoint.c.number)
    try:
        for row in connection.execute(rows):
            found.append(checkpoint_from(seal.stored_text(row)))
    except ValueError as error:
        raise Unreadable(len(found) + 1, error) from None
    return found


def fault_among(checkpoints: Iterable[Checkpoint], keys: Collection[str] = ()) -> Break | None:
    """The first checkpoint that is not whole or does not follow from the one before it."""
    before: Checkpoint | None = None
    for number, one in enumerate(checkpoints, start=1):
        reason = _misplaced(one, number, before) or fault_in(one, keys)
        if reason:
            return Break(CHAIN, number, reason)
        before = one
    return None


def fault_in(one: Checkpoint, keys: Collection[str] = ()) -> str:
    """What is wrong with a checkpoint by itself; "" when nothing is."""
    said = (one.number, one.at, one.events, one.heads, one.root, one.previous)
    if seal.hash_of(*said) != one.hash or seal.root_of(one.heads) != one.root:
        return "its content was changed"
    if sum(number for number, _ in one.heads.values()) != one.events:
        return "it counts other events than its chains have"
    if not signed_by(one.key, one.signature, seal.message(one.hash)):
        return "it is not signed by the key that it names"
    if keys and one.key not in keys:
        return f"it is signed by another key than it should be: {one.key}"
    return ""


def _misplaced(one: Checkpoint, number: int, before: Checkpoint | None) -> str:
    if one.number != number:
        return f"checkpoint {number} is missing"
    if one.previous != (before.hash if before else seal.FIRST):
        return "it does not follow the checkpoint before it"
    for chain, (reached, head) in (before.heads if before else {}).items():
        now, hash_now = one.heads.get(chain, (0, ""))
        if now < reached or (now == reached and hash_now != head):
            return f"chain {chain} had come further in the checkpoint before it"
    return ""


def sealed_events(checkpoints: Iterable[Checkpoint]) -> Sealed:
    """What the checkpoints say that chains hold. In their order, and each event once."""
    sealed: Sealed = {}
    for one in checkpoints:
        for chain, (number, head) in one.heads.items():
            sealed.setdefault((chain, number), (head, one.number))
    return sealed


def _fault_in_chains(connection: Connection, sealed: Sealed) -> Break | None:
    """Chain by chain: pairs of chain and number would make SQLite read all events."""
    found: dict[tuple[str, int], str] = {}
    event = models.event.c
    numbers: dict[str, list[int]] = {}
    for chain, number in sealed:
        numbers.setdefault(chain, []).append(number)
    for chain, wanted in numbers.items():
        rows = connection.execute(
            sa.select(event.number, event.hash).where(
                event.chain == chain, event.number.in_(wanted)
            )
        )
        found |= {(chain, number): head for number, head in rows}
    for place, (head, _) in sealed.items():
        if found.get(place) != head:
            return unlike(place, sealed, there=place in found)
    return None


def unlike(place: tuple[str, int], sealed: Sealed, *, there: bool) -> Break:
    """The break where a chain has not, or not at that number, what a checkpoint says."""
    chain, number = place
    reason = "is another one" if there else "is missing"
    return Break(CHAIN, sealed[place][1], f"event {number} of chain {chain} {reason}")


def fault_of_kept(checkpoints: Sequence[Checkpoint], kept: Iterable[Checkpoint]) -> Break | None:
    """The first checkpoint kept elsewhere that is not among these; they hold in themselves."""
    for one in sorted(kept, key=lambda one: one.number):
        number = one.number
        if 0 < number <= len(checkpoints) and checkpoints[number - 1] == one:
            continue
        if wrong := fault_in(one):
            return Break(CHAIN, number, f"the one kept elsewhere does not hold: {wrong}")
        if number > len(checkpoints):
            reason = f"rolled back: all this is older than checkpoint {number}, kept elsewhere"
            return Break(CHAIN, number, reason)
        return Break(CHAIN, number, "it is another one than the one kept elsewhere")
    return None


def _fault_of_origins(connection: Connection) -> Break | None:
    found = origin_fault(connection)
    return Break(*found) if found else None
