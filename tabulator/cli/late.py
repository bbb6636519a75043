"""The command that says who is late."""

from __future__ import annotations

import click

from tabulator.cli import surroundings as here
from tabulator.domain.deadlines import CODES
from tabulator.domain.watched import Watched
from tabulator.storage import clock
from tabulator.storage.db import snapshot, utc_now
from tabulator.storage.register import find_election


@click.command("late")
@here.options(here.ELECTION, here.CONTEST, here.AREA)
@click.option("--deadline", type=click.Choice(CODES), default=None, help="Only this limit.")
@here.JSON
def late(
    election_id: str, contest_id: str | None, area: str, deadline: str | None, as_json: bool
) -> None:
    """Who has missed a limit and still has not done it, the latest first; and whom to call."""
    with snapshot(here.engine()) as connection:
        stored = find_election(connection, election_id)
        contest = stored.contest(contest_id)
        found = clock.late(connection, stored, contest, utc_now(), area, deadline or "")
    if as_json:
        here.print_json({"late": [each.as_dict() for each in found]})
        return
    lang = here.settings().lang
    for each in found:
        click.echo(_line(each, lang))
    here.note(f"{len(found)} late")


def _line(each: Watched, lang: str) -> str:
    hours, seconds = divmod(each.moment.late, 3600)
    who = (each.code, each.name.say(lang), each.phone, each.email)
    told = "  ".join(filter(None, who))
    return f"{hours:>5}:{seconds // 60:02}  {each.moment.limit.caption.say(lang)} – {told}"
