"""How a commission's result looks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from tabulator.actions.signing import refuse_unfinished
from tabulator.domain.register import Contest
from tabulator.domain.sittings import Sitting
from tabulator.errors import NeedsFirst
from tabulator.storage.register import Stored


def sitting_document(
    connection: Connection, stored: Stored, contest: Contest, commission: str, sitting: Sitting
) -> dict[str, Any]:
    """How it stands; `open` names what hinders a signature below."""
    return {
        "election": stored.election.id,
        "contest": contest.id,
        "commission": commission,
        "stage": str(sitting.stage),
        "moves": sitting.moves,
        "version": sitting.version,
        "digest": sitting.digest,
        "members": sitting.members,
        "present": list(sitting.present),
        "complaints": [_plain(said) for said in sitting.complaints.values()],
        "explained": [{"precinct": n, "reason": why} for n, why in sitting.explained.items()],
        "opinions": [_plain(said) for said in sitting.opinions],
        "reopening_asked_by": sitting.asked or None,
        "open": _open(connection, stored, contest, commission, sitting),
    }


def _plain(said: Any) -> dict[str, Any]:
    """Without what the trail adds to every event: who recorded it, and from where."""
    return {name: value for name, value in said.items() if name != "by"}


def _open(
    connection: Connection, stored: Stored, contest: Contest, commission: str, sitting: Sitting
) -> list[Any]:
    if sitting.frozen:
        return []
    try:
        refuse_unfinished(connection, stored, contest, commission, sitting)
    except NeedsFirst as lacking:
        return list(lacking.open)
    return []
