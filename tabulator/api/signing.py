"""Signing: the documents are printed first, outside any write; then all at once, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Response, current_app
from sqlalchemy import Connection

from tabulator.actions.issue import Wanted, record_issue, wanted_documents
from tabulator.actions.signing import refuse_unfinished
from tabulator.actions.sittings import chains_below, refuse_unreachable, session, sign
from tabulator.api.sitting_shown import sitting_document
from tabulator.api.writes import Answer, answered, write
from tabulator.audit.chain import heads_of, last_moment
from tabulator.audit.seal import printed, seal
from tabulator.audit.sittings import sitting_chain, sitting_of
from tabulator.documents.facts import Facts
from tabulator.documents.pool import Job, render_all
from tabulator.documents.render import Rendered
from tabulator.domain.sittings import Move, next_stage, refuse_outsider
from tabulator.guard import caller
from tabulator.storage.db import snapshot, transaction, utc_now
from tabulator.storage.files import Files
from tabulator.storage.register import known_election
from tabulator.storage.results import commission_rows, figures_digest

LANGUAGES = ("ky", "ru")
"""The official languages, in which a commission signs."""

WORKERS = 2


def sign_result(
    election_id: str, commission: str, contest_id: str, signers: Sequence[str], *, seen: int
) -> Response:
    """Print the documents of the figures that stand, then sign exactly these figures.

    Raises:
        Stale: A figure changed while the documents were printed.
    """
    me = caller()
    # Sent again after it was signed, the same request would find nothing left to print.
    if (before := answered(me.name)) is not None:
        return before
    engine, key = current_app.extensions["engine"], current_app.extensions["seal_key"]
    with snapshot(engine) as connection:
        digest, wanted = _to_print(connection, election_id, commission, contest_id)
        stored = known_election(connection, election_id)
        below = chains_below(stored, commission)
        told = heads_of(connection, below)
        # Decisions and the sitting itself came after the last protocol.
        moment = last_moment(connection, [*below, sitting_chain(stored, commission)])
    with transaction(engine) as connection:
        # What is printed names a checkpoint over everything that it stands on.
        sealed = printed(seal(connection, key(), utc_now()))
    jobs = [
        (one.area, Job(one.kind, _signed(one.facts, moment, sealed), lang))
        for one in wanted
        for lang in LANGUAGES
    ]
    rendered = render_all([job for _, job in jobs], workers=WORKERS)
    issued = [_kept(*named, made) for named, made in zip(jobs, rendered, strict=True)]

    def change(connection: Connection) -> Answer:
        contest, now = stored.contest(contest_id or None), utc_now()
        place = (connection, me.actor, stored, contest, commission)
        with session(*place, now=now, seen=seen) as at:
            sign(at, signers, digest, issued, told)
        record_issue(connection, me.actor, stored, contest, issued, now=now)
        seal(connection, key(), now)
        shown = sitting_document(connection, stored, contest, commission, at.sitting)
        return Answer(shown, version=at.sitting.moves)

    return write(me.name, change)


def _signed(facts: Facts, moment: datetime | None, sealed: str) -> Facts:
    as_of = max(facts.as_of, moment or facts.as_of)
    return replace(facts, status="signed", seal=sealed, as_of=as_of)


def _to_print(
    connection: Connection, election_id: str, commission: str, contest_id: str
) -> tuple[str, list[Wanted]]:
    """What is refused anyhow is refused before anything is printed."""
    actor, stored = caller().actor, known_election(connection, election_id)
    contest = stored.contest(contest_id or None)
    refuse_unreachable(actor, stored, commission)
    refuse_outsider(Move.SIGN, actor, stored.election, commission)
    sitting = sitting_of(connection, stored, contest, commission)
    next_stage(sitting.stage, Move.SIGN, actor)
    refuse_unfinished(connection, stored, contest, commission, sitting)
    wanted = wanted_documents(connection, stored, contest, area=commission)
    return figures_digest(commission_rows(connection, stored, contest, commission)), wanted


def _kept(area: str, job: Job, made: Rendered) -> dict[str, Any]:
    """The document is on the disk before anything says that it was issued."""
    files: Files = current_app.extensions["files"]
    sha256 = files.keep(made.pdf)
    return {
        "kind": job.kind,
        "area": area,
        "lang": job.lang,
        "sha256": sha256,
        "pages": made.pages,
    }
