"""What voids a signed result: the CEC returns it, or two people reopen it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tabulator import audit
from tabulator.actions.sittings import Session, above
from tabulator.audit.issued import issued_documents
from tabulator.audit.sittings import sitting_of
from tabulator.domain.sittings import Move


def return_result(at: Session, reason: str) -> list[dict[str, Any]]:
    """The CEC gives a result back: its signature and documents are void, it is signed anew.

    Returns:
        The void documents, each with who has received it.
    """
    at.move(Move.RETURN, {"reason": reason})
    return _void_documents(at, reason)


def ask_to_reopen(at: Session, reason: str) -> None:
    """Ask for a reopening; another person grants it."""
    at.move(Move.ASK_TO_REOPEN, {"reason": reason})


def reopen(at: Session, reason: str) -> list[dict[str, Any]]:
    """Reopen a result: signatures above are void, and so is every document of it and above.

    Returns:
        Those documents, each with who has received it.

    Raises:
        NeedsFirst: Nobody, or the same person, asked for it.
    """
    at.move(Move.REOPEN, {"reason": reason})
    for code in above(at.stored, at.commission):
        higher = Session(
            at.connection,
            at.actor,
            at.stored,
            at.contest,
            code,
            at.now,
            sitting_of(at.connection, at.stored, at.contest, code),
        )
        if higher.sitting.frozen:
            higher.tell(Move.VOID, {"reason": reason, "because_of": at.commission})
            higher.finish()
    return _void_documents(at, reason)


def _void_documents(at: Session, reason: str) -> list[dict[str, Any]]:
    subject, touched = f"{at.stored.election.id}/{at.contest.id}", _touched(at)
    voided = [
        replace(one, voided=reason).as_dict()
        for one in issued_documents(at.connection, subject)
        if one.voided is None and one.area in touched
    ]
    if voided:
        facts = {"commission": at.commission, "reason": reason, "documents": voided}
        entry = audit.Entry(audit.MAIN, "documents.voided", subject, facts)
        audit.record(at.connection, at=at.now, actor=at.actor, entries=[entry])
    return voided


def _touched(at: Session) -> set[str]:
    """The areas whose documents hold figures of this commission, and its own code."""
    tree = at.stored.election.areas
    tops = tree.tops_of(at.commission)
    codes = {up for top in tops for up in tree.above(top.code)}
    return codes | {f"{code}{suffix}" for code, suffix in _named(at)}


def _named(at: Session) -> Iterable[tuple[str, str]]:
    for code in (at.commission, *above(at.stored, at.commission)):
        yield code, ""
        yield code, f"-{at.stored.election.commissions[code].kind}"
