"""Documents as the trail tells of them: issued, handed over, voided."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection

from tabulator.audit.told import told_of


@dataclass(slots=True)
class Issued:
    """One document. `voided`: why it is void; None while it is valid."""

    kind: str
    area: str
    lang: str
    sha256: str
    pages: int = 0
    handed_to: list[str] = field(default_factory=list)
    voided: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "valid": self.voided is None}


def issued_documents(connection: Connection, subject: str) -> list[Issued]:
    """Everything issued of "election/contest", in order; the same again is valid again."""
    found: dict[str, Issued] = {}
    for event in told_of(connection, subject):
        if event.kind == "documents.issued":
            for said in event.facts["documents"]:
                one = found.setdefault(said["sha256"], _issued(said))
                one.voided = None
        elif event.kind == "documents.handed":
            found[event.facts["sha256"]].handed_to.append(event.facts["to"])
        elif event.kind == "documents.voided":
            for said in event.facts["documents"]:
                found[said["sha256"]].voided = event.facts["reason"]
    return list(found.values())


def _issued(said: dict[str, Any]) -> Issued:
    said = {"pages": 0, **said}
    return Issued(*(said[name] for name in ("kind", "area", "lang", "sha256", "pages")))
