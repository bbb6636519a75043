"""The commands. `main` turns what went wrong into one line and an exit status."""

from __future__ import annotations

import json
import sys

import click
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InternalError,
    ProgrammingError,
)

from tabulator.cli import audit, count, issue, late, people, serve, show
from tabulator.cli.surroundings import settings
from tabulator.errors import Malformed, Misconfigured, NotInOrder, TabulatorError
from tabulator.package.problems import problem_as_dict, say


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tabulator")
def cli() -> None:
    """From the protocols of precinct election commissions to the national result."""


for command in (
    *count.COMMANDS,
    *show.COMMANDS,
    audit.audit,
    issue.documents,
    late.late,
    people.user,
    serve.serve,
):
    cli.add_command(command)


def main() -> None:
    """Exit status: 0 done; 1 done, but what was looked at is not in order; 2 refused."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and give its exit status."""
    try:
        return cli.main(arguments, prog_name="tabulator", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("stopped", err=True)
        return 130
    except Malformed as error:
        _show_problems(error, as_json="--json" in arguments)
        return 2
    except TabulatorError as error:
        click.echo(f"{error.code}: {error}", err=True)
        return 1 if isinstance(error, NotInOrder) else 2
    except DatabaseError as error:
        if isinstance(error, IntegrityError | ProgrammingError | DataError | InternalError):
            raise  # a fault of this service, not of its surroundings
        # Without what SQLAlchemy adds: the statement and an address of its own.
        reason = str(error.orig).strip().splitlines()[0]
        click.echo(f"misconfigured: the database cannot be used: {reason}", err=True)
        return 2
    except OSError as error:
        click.echo(f"misconfigured: {error.filename}: {error.strerror}", err=True)
        return 2


def _show_problems(error: Malformed, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"problems": [problem_as_dict(p) for p in error.problems]}))
        return
    for problem in error.problems:
        click.echo(say(problem, _lang()), err=True)


def _lang() -> str:
    try:
        return settings().lang
    except Misconfigured:
        return "ky"
