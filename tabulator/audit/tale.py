"""What the whole trail tells, gathered while it is read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from tabulator.audit.chain import Break, chain_of
from tabulator.audit.told import Told, read
from tabulator.domain.roles import Role
from tabulator.domain.sittings import MOVE_OF, Sitting
from tabulator.domain.story import PROTOCOL_EVENTS, STEP_OF, Story
from tabulator.domain.workflow import Step
from tabulator.errors import TabulatorError

_SCAN = ("sha256", "name", "media_type", "size")


@dataclass(slots=True)
class Tale:
    """Registers, how each protocol and each result stands, each version and who sent it.

    Attributes:
        stories, sittings: Subject → how it stands, and the number of its last event.
        versions: Subject and version → digest, channel, source, by whom, when; and its event.
        scans: Subject and version → SHA-256, name, type and size of each file.
        chains: Subject of a protocol → the chain that all its events have to be in.
        accounts: Name → what the last event about the account says of it.
        tokens: Number → account and what was said when it was made; revoked since, or not.
        held: Every name with every role that it ever had.
        acted: Name and role of who acted → the first event of theirs.
        impossible: Events that the tables of steps do not allow.
    """

    number: int = 0
    registers: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    stories: dict[str, tuple[Story, int]] = field(default_factory=dict)
    sittings: dict[str, tuple[Sitting, int]] = field(default_factory=dict)
    versions: dict[tuple[str, int], tuple[tuple[Any, ...], int]] = field(default_factory=dict)
    scans: dict[tuple[str, int], list[list[Any]]] = field(default_factory=dict)
    findings: dict[tuple[str, int], tuple[list[Any], int]] = field(default_factory=dict)
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    chains: dict[str, str] = field(default_factory=dict)
    tokens: dict[int, dict[str, Any]] = field(default_factory=dict)
    held: set[tuple[str, str]] = field(default_factory=set)
    acted: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    impossible: list[Break] = field(default_factory=list)

    def read(self, trail: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
        for row in trail:
            self.number += 1
            yield row
            # The reader asks for the next event only while this one holds.
            self._note(row)

    def _note(self, row: Row[Any]) -> None:
        try:
            event = read(row)
            if event.role != Role.COMMAND_LINE:
                self.acted.setdefault((event.actor, event.role), (event.chain, event.number))
            if event.kind == "election.loaded":
                found = (event.facts["register"], event.facts["package"], event.at)
                self.registers[event.subject] = found
            elif event.kind in PROTOCOL_EVENTS:
                self._of_protocol(event)
            elif event.kind in MOVE_OF:
                _refuse_other_chain(event, _chain_of_sitting(event.subject))
                sitting, _ = self.sittings.get(event.subject, (Sitting(), 0))
                sitting.tell(event.kind, event.by, event.facts)
                self.sittings[event.subject] = (sitting, event.number)
            elif event.kind in ("account.created", "account.changed"):
                self.accounts[event.subject] = event.facts
                self.held.add((event.subject, event.facts["role"]))
            elif event.kind == "token.created":
                said = {**event.facts, "account": event.subject, "revoked": False}
                self.tokens[event.facts["token"]] = said
            elif event.kind == "token.revoked":
                self.tokens[event.facts["token"]]["revoked"] = True
        except (TabulatorError, AttributeError, LookupError, TypeError, ValueError) as error:
            self.impossible.append(Break(row.chain, row.number, f"{row.subject}: {error}"))

    def _of_protocol(self, event: Told) -> None:
        story, _ = self.stories.get(event.subject, (Story(), 0))
        _refuse_other_chain(event, self.chains.setdefault(event.subject, event.chain))
        _refuse_other_version(event, story.version)
        story.tell(event.kind, event.by, event.facts)
        self.stories[event.subject] = (story, event.number)
        facts = event.facts
        key = (event.subject, facts["version"])
        if "digest" in facts and event.kind != "protocol.accepted":
            came = (facts["digest"], facts["channel"], facts["source"], event.actor, event.at)
            self.versions[key] = (came, event.number)
            self.scans[key] = [[scan[name] for name in _SCAN] for scan in facts.get("files", [])]
        if event.kind == "protocol.checked":
            self.findings[key] = (facts["findings"], event.number)


def _chain_of_sitting(subject: str) -> str:
    election, _, rest = subject.partition("/")
    return chain_of(election, f"commission:{rest.rpartition('/')[2]}")


def _refuse_other_chain(event: Told, due: str) -> None:
    if event.chain != due:
        raise ValueError(f"it stands in chain {event.chain}, not in {due}")


def _refuse_other_version(event: Told, standing: int) -> None:
    """An event is about the version that stands, or makes the next one."""
    step = STEP_OF.get(event.kind)
    made = step in (Step.RECEIVE, Step.CORRECT, Step.AMEND)
    due = {standing + 1} if made else {standing}
    due |= {standing + 1} if step == Step.SETTLE else set()
    if event.facts["version"] not in due:
        raise ValueError(f"version {event.facts['version']} does not stand then")
