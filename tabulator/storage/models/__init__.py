"""The tables. Invariants stand here too: counts are never negative, states are known.

Register tables, versions, findings, scans, events, origins and checkpoints are only ever added
to: triggers forbid UPDATE and DELETE (migrations/versions).
"""

from __future__ import annotations

from tabulator.storage.models.base import metadata
from tabulator.storage.models.figures import (
    SHEET,
    accepted,
    claim,
    finding,
    protocol,
    scan,
    standing,
    subtotal,
    version,
)
from tabulator.storage.models.people import account, attempt, session, token
from tabulator.storage.models.register import (
    area,
    commission,
    contest,
    election,
    formed,
    line,
    option,
    precinct,
)
from tabulator.storage.models.trail import answer, checkpoint, event, origin

__all__ = [
    "APPEND_ONLY",
    "SHEET",
    "accepted",
    "account",
    "answer",
    "area",
    "attempt",
    "checkpoint",
    "claim",
    "commission",
    "contest",
    "election",
    "event",
    "finding",
    "formed",
    "line",
    "metadata",
    "option",
    "origin",
    "precinct",
    "protocol",
    "scan",
    "session",
    "standing",
    "subtotal",
    "token",
    "version",
]

APPEND_ONLY = (
    "election",
    "commission",
    "area",
    "precinct",
    "contest",
    "option",
    "line",
    "formed",
    "version",
    "finding",
    "scan",
    "event",
    "origin",
    "checkpoint",
)
"""Tables whose rows nobody may change or delete."""
