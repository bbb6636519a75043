"""The command that issues documents."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import click

from tabulator.actions.issue import NATIONAL, ON_DEMAND, TERRITORIAL, record_issue, wanted_documents
from tabulator.cli import surroundings as here
from tabulator.documents.pool import Job, render_all
from tabulator.documents.render import Rendered
from tabulator.domain.register import Contest
from tabulator.domain.text import LANGUAGES
from tabulator.errors import NotFound
from tabulator.storage.db import snapshot, transaction, utc_now
from tabulator.storage.register import find_election

_Job = tuple[Contest, str, Job]

KINDS = (*TERRITORIAL, *NATIONAL, *ON_DEMAND)


def _languages(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    unknown = [lang for lang in chosen if lang not in LANGUAGES]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} is none of {', '.join(LANGUAGES)}")
    return chosen


languages_option = click.option(
    "--lang", "languages", default="ky,ru", show_default=True, callback=_languages
)


@click.command("documents")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Default: all but those on demand.")
@languages_option
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, metavar="N")
@here.options(here.ELECTION, here.CONTEST, here.AREA, here.AS, here.JSON)
def documents(
    out: Path,
    kind: str | None,
    languages: tuple[str, ...],
    workers: int,
    election_id: str,
    contest_id: str | None,
    area: str,
    name: str | None,
    as_json: bool,
) -> None:
    """Issue the official PDFs: all of them or none. Default: every contest, every area."""
    engine = here.engine()
    with snapshot(engine) as connection:
        stored = find_election(connection, election_id)
        contests = [stored.contest(contest_id)] if contest_id else stored.election.contests.values()
        jobs = [
            (contest, wanted.area, Job(wanted.kind, wanted.facts, lang))
            for contest in contests
            for wanted in wanted_documents(connection, stored, contest, area=area, kind=kind or "")
            for lang in languages
        ]
    if not jobs:
        raise NotFound(f"no document {kind or 'of any kind'} for {area or 'any area'}")
    issued = _render(jobs, out, workers)
    with transaction(engine) as connection:
        for contest in {job[0].id: job[0] for job in jobs}.values():
            mine = [entry for entry in issued if entry["contest"] == contest.id]
            record_issue(connection, here.actor(name), stored, contest, mine, now=utc_now())
    if as_json:
        here.print_json({"documents": issued})
        return
    here.note(f"{len(issued)} documents in {out}")


def _render(jobs: Sequence[_Job], out: Path, workers: int) -> list[dict[str, Any]]:
    """Render into a folder inside the target, and move the files only when all are there."""
    out.mkdir(parents=True, exist_ok=True)
    staging = Path(mkdtemp(prefix=".issue-", dir=out))
    try:
        rendered = render_all([job for _, _, job in jobs], workers=workers)
        watched = here.watched("PDFs")(rendered, len(jobs))
        issued = [
            _put(staging, contest, area, job, made)
            for (contest, area, job), made in zip(jobs, watched, strict=True)
        ]
        for entry in issued:
            (out / entry["path"]).parent.mkdir(exist_ok=True)
            (staging / entry["path"]).replace(out / entry["path"])
        return [{**entry, "path": str(out / entry["path"])} for entry in issued]
    finally:
        shutil.rmtree(staging)


def _put(folder: Path, contest: Contest, area: str, job: Job, made: Rendered) -> dict[str, Any]:
    """Write one document below `folder`; its path is given relative to it."""
    path = Path(contest.id) / f"{area}-{job.kind}-{job.lang}.pdf"
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(made.pdf)
    return {
        "kind": job.kind,
        "contest": contest.id,
        "area": area,
        "lang": job.lang,
        "path": str(path),
        "sha256": hashlib.sha256(made.pdf).hexdigest(),
        "pages": made.pages,
    }
