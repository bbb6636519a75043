"""The trail as a file that needs no database: JSON Lines, without any address.

First what it is, then the checkpoints, then every event, chain by chain: whoever reads it knows
what is sealed before the first event comes, and keeps none of them in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.audit.chain import Break, events, first_break
from tabulator.audit.keys import public_pem
from tabulator.audit.lines import checkpoint_from, event_from, header_from, objects, refused
from tabulator.audit.seal import Checkpoint, chain_heads
from tabulator.audit.sealed import (
    Sealed,
    Unreadable,
    fault_among,
    fault_of_kept,
    read_checkpoints,
    sealed_events,
    unlike,
)
from tabulator.domain.protocol import canonical_json, utc_text
from tabulator.errors import NotInOrder
from tabulator.storage import models

FORMAT = "tabulator-audit/1"


class _Event(NamedTuple):
    """An event as `chain.event_hash` takes it; `at` is the text that was hashed."""

    chain: str
    number: int
    at: str
    actor: str
    role: str
    kind: str
    subject: str
    facts: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What a file held, and the first place where it does not hold."""

    events: int
    checkpoints: int
    sealed: int
    first_break: Break | None


def export(connection: Connection) -> Iterator[str]:
    """The lines of an export; the caller gives a transaction in which everything is of one moment.

    Raises:
        NotInOrder: A checkpoint cannot be read; nothing was given out yet.
    """
    try:
        checkpoints = read_checkpoints(connection)
        keys = [public_pem(key) for key in dict.fromkeys(one.key for one in checkpoints)]
    except Unreadable as error:
        raise NotInOrder(f"checkpoint {error.number}: {error}") from None
    except ValueError:
        raise NotInOrder("a checkpoint names a key that is none") from None
    yield _line(
        format=FORMAT,
        elections=list(connection.scalars(sa.select(models.election.c.id).order_by("id"))),
        events=sum(number for number, _ in chain_heads(connection).values()),
        checkpoints=len(checkpoints),
        keys=keys,
    )
    for one in checkpoints:
        yield _line(checkpoint=one.as_dict())
    for row in events(connection):
        yield _line(event={**row._mapping, "at": utc_text(row.at)})


def _line(**said: Any) -> str:
    return canonical_json(said) + "\n"


def verify_export(
    file: BinaryIO,
    name: str,
    *,
    keys: Collection[str] = (),
    kept: Sequence[Checkpoint] = (),
) -> Exported:
    """Check an export by itself: chains, checkpoints, signatures, and that nothing is left out.

    Args:
        keys: The public keys that may have signed; empty: those that the file names, and then
            only `kept` or the printed seal of a document shows that it is not another history.

    Raises:
        Malformed: It is no export; the first line that cannot be read.
    """
    return _Reading(objects(file, name), name).verdict(keys, kept)


class _Reading:
    """One reading of an export, line by line."""

    def __init__(self, lines: Iterator[tuple[int, dict[str, Any]]], name: str) -> None:
        self.lines = lines
        self.name = name
        self.events = 0
        self.broken: Break | None = None

    def verdict(self, keys: Collection[str], kept: Sequence[Checkpoint]) -> Exported:
        header = self._header()
        checkpoints = [self._checkpoint() for _ in range(header["checkpoints"])]
        named = {public for public in {one.key for one in checkpoints} if _named(public, header)}
        broken = fault_among(checkpoints, keys or named or {""})
        broken = broken or fault_of_kept(checkpoints, kept)
        broken = broken or self._fault_in_events(sealed_events(checkpoints), header["events"])
        sealed = checkpoints[-1].events if checkpoints else 0
        return Exported(self.events, len(checkpoints), sealed, broken)

    def _fault_in_events(self, sealed: Sealed, due: int) -> Break | None:
        left = dict(sealed)
        broken = first_break(self._chained(left, sealed)) or self.broken
        if broken or self.events != due:
            return broken or Break("export", 0, f"the file has {self.events} events, not {due}")
        return next((unlike(place, sealed, there=False) for place in left), None)

    def _chained(self, left: Sealed, sealed: Sealed) -> Iterator[_Event]:
        """The events; the reader asks for the next one only while this one holds."""
        finished: set[str] = set()
        chain = ""
        for event in self._read_events():
            if event.chain != chain:
                finished.add(chain)
                chain = event.chain
            if chain in finished:
                self.broken = Break(chain, event.number, "the chain is there twice")
                return
            yield event
            self.events += 1
            place = (event.chain, event.number)
            if left.pop(place, (event.hash, 0))[0] != event.hash:
                self.broken = unlike(place, sealed, there=True)
                return

    def _read_events(self) -> Iterator[_Event]:
        for line, said in self.lines:
            try:
                yield _Event(**event_from(_only(said, "event")))
            except ValueError as error:
                raise self._refused(line, "event", error) from None

    def _header(self) -> dict[str, Any]:
        line, said = next(self.lines, (1, {}))
        try:
            header = header_from(said)
            if header["format"] != FORMAT:
                raise ValueError(f"format is not {FORMAT}")
        except ValueError as error:
            raise self._refused(line, "export", error) from None
        return header

    def _checkpoint(self) -> Checkpoint:
        line, said = next(self.lines, (0, {}))
        try:
            return checkpoint_from(_only(said, "checkpoint"))
        except ValueError as error:
            raise self._refused(line, "checkpoint", error) from None

    def _refused(self, line: int, expected: str, error: ValueError) -> Exception:
        return refused(self.name, line, "not-of-the-trail", expected, str(error))


def _only(said: dict[str, Any], name: str) -> Any:
    if list(said) != [name]:
        raise ValueError(f"its only key must be {name}")
    return said[name]


def _named(public: str, header: dict[str, Any]) -> bool:
    try:
        return public_pem(public) in header["keys"]
    except ValueError:
        return False
