"""What one version of a protocol says. Blank is not zero; nothing here is ever changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Figures = Mapping[str, int | None]
"""Role of a line or code of an option → ballots (or voters); None = left blank."""

MOST = 99_999_999
"""The largest count a protocol may state; anything above is malformed, not inconsistent."""

BESIDE_INTEGERS = (
    "aeu_precinct",
    "ident_precinct",
    "ident_first",
    "ident_final",
    "list_handover",
    "list_added",
    "list_outside",
    "list_men",
    "list_women",
)
"""Whole numbers stated beside the figures. ``list_handover``: V when the list was handed over;
``list_added``: recorded additions to the register; ``list_outside``: number on the out-of-premises
list; ``list_men``/``list_women``: of V."""

RECOUNTS = ("asked", "done", "not_asked")
"""What ``aeu_recount`` beside the figures may say."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """One version of one precinct's protocol for one contest.

    Attributes:
        figures: Every line and option of the contest's form, blanks as None.
        beside: What was stated beside them and only that: receipts (``aeu_total``,
            ``aeu_<option>``, ``ident_final``), the voter list (``list_…``), figures in words
            (``words_<column>``), figures sent ahead by e-mail or fax (``sent_<column>``).
        signed_at, received_at: UTC; None = not stated.
    """

    precinct: int
    contest: str
    figures: Figures
    beside: Mapping[str, int | str] = field(default_factory=dict)
    signed_at: datetime | None = None
    received_at: datetime | None = None
    protocol_no: str = ""
    copy_no: str = ""

    def canonical(self) -> str:
        """Everything it says as one JSON text: sorted keys, no spaces, UTC with seconds."""
        return canonical_json(self._as_dict())

    def figures_canonical(self) -> str:
        """The figures alone as one JSON text: equal for twins (K21)."""
        return canonical_json(dict(self.figures))

    def _as_dict(self) -> dict[str, Any]:
        return {
            "precinct": self.precinct,
            "contest": self.contest,
            "figures": dict(self.figures),
            "beside": dict(self.beside),
            "signed_at": utc_text(self.signed_at),
            "received_at": utc_text(self.received_at),
            "protocol_no": self.protocol_no,
            "copy_no": self.copy_no,
        }


def protocol_from_canonical(text: str) -> Protocol:
    """The inverse of `Protocol.canonical`."""
    data = json.loads(text)
    for name in ("signed_at", "received_at"):
        data[name] = datetime.fromisoformat(data[name]) if data[name] else None
    return Protocol(**data)


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(canonical: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def utc_text(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC, microseconds kept; None stays None."""
    return moment.astimezone(UTC).isoformat() if moment else None
