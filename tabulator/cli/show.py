"""Commands that look and print: rules, results."""

from __future__ import annotations

import click

from tabulator.aggregate.results import AreaResult, as_document, outcome_of
from tabulator.aggregate.tables import areas_csv
from tabulator.audit.sittings import status_of
from tabulator.cli import surroundings as here
from tabulator.domain.register import Contest, Election
from tabulator.domain.rules import RULES, catalogue
from tabulator.storage.db import snapshot
from tabulator.storage.register import find_election
from tabulator.storage.results import result


@click.command("rules")
@here.JSON
def rules(as_json: bool) -> None:
    """The catalogue of checks."""
    if as_json:
        here.print_json({"rules": catalogue()})
        return
    lang = here.settings().lang
    for rule in RULES:
        click.echo(f"{rule.code}  {rule.severity:<8} {rule.equation}\n     {rule.says.say(lang)}")


@click.command("results")
@click.option("--format", "shape", type=click.Choice(["table", "json", "csv"]), default="table")
@here.options(here.ELECTION, here.CONTEST, here.AREA)
def results(election_id: str, contest_id: str | None, area: str, shape: str) -> None:
    """The roll-up of a contest; default area: the whole country."""
    with snapshot(here.engine()) as connection:
        stored = find_election(connection, election_id)
        contest = stored.contest(contest_id)
        shown = result(connection, stored, contest, area)
        status = status_of(connection, stored, contest, shown.area)
    if shape == "json":
        here.print_json(as_document(stored.election, contest, shown, status))
    elif shape == "csv":
        click.echo(areas_csv(contest, shown), nl=False)
    else:
        _print_table(stored.election, contest, shown)


def _print_table(election: Election, contest: Contest, shown: AreaResult) -> None:
    lang = here.settings().lang
    c = shown.coverage
    click.echo(f"{election.title.say(lang)} · {shown.name.say(lang)}")
    click.echo("  ".join(f"{name} {number}" for name, number in c.as_dict().items()))
    for line in contest.form.lines:
        if line.summed:
            click.echo(f"{_number(shown.totals[line.role])}          {line.caption.say(lang)}")
    click.echo(f"{'':>13}  {shown.turnout or '—':>6}%  T / V")
    for option in contest.options:
        share = shown.shares.get(option.code)
        percent = f"{share:>6}%" if share else f"{'':>7}"
        click.echo(f"{_number(shown.votes[option.code])}  {percent} {option.name.say(lang)}")
    if shown.area == election.areas.root.code:
        for step in outcome_of(election, contest, shown).steps:
            click.echo(step.say(lang))


def _number(value: int | None) -> str:
    return f"{'—' if value is None else format(value, ',').replace(',', ' '):>13}"


COMMANDS = (rules, results)
