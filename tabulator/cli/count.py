"""Commands that change something: db, election, sample, protocols import."""

from __future__ import annotations

from pathlib import Path

import click

from tabulator.actions.load import load_election
from tabulator.actions.take_in import TakenIn, take_in
from tabulator.cli import surroundings as here
from tabulator.domain.rules import finding_as_dict, text
from tabulator.domain.workflow import State
from tabulator.package.protocols import read_protocols
from tabulator.package.register import read_package
from tabulator.sample import write_sample
from tabulator.storage.db import snapshot, transaction, utc_now
from tabulator.storage.grant import grant
from tabulator.storage.models import APPEND_ONLY
from tabulator.storage.protocols import current
from tabulator.storage.register import find_election, find_precincts
from tabulator.storage.upgrade import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Migrate the database to the newest revision; creates it where there is none."""
    here.note(f"database at revision {upgrade(here.engine(outdated=True))}")


@db.command("grant")
@click.argument("role")
def db_grant(role: str) -> None:
    """Let ROLE work with the database, but change nothing that is recorded (PostgreSQL).

    Run by the owner of the tables, after every 'db upgrade'. The service then connects as ROLE.
    """
    with transaction(here.engine()) as connection:
        grant(connection, role)
    here.note(f"{role} may add to {len(APPEND_ONLY)} tables and change the others")


@click.group()
def election() -> None:
    """Elections."""


@election.command("load")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@here.options(here.AS, here.JSON)
def election_load(folder: Path, name: str | None, as_json: bool) -> None:
    """Load an election package: all or nothing, every error of every file at once."""
    package = read_package(folder)
    with transaction(here.engine()) as connection:
        loaded = load_election(connection, here.actor(name), package, now=utc_now())
    if as_json:
        here.print_json({"election": package.election.id, "loaded": loaded})
        return
    verb = "loaded" if loaded else "is loaded already"
    election = package.election
    here.note(
        f"election {election.id} {verb}: {len(package.precincts)} precincts, "
        f"{len(election.areas)} areas, {len(election.contests)} contest(s)"
    )


@click.command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True, metavar="N")
@click.option("--precincts", type=int, metavar="N", help="Default: 2,438 at home and 100 abroad.")
def sample(folder: Path, seed: int, precincts: int | None) -> None:
    """Write a sample election package with its protocols and planted faults."""
    write_sample(folder, seed=seed, precincts=precincts)
    here.note(f"sample election written to {folder}")


@click.group()
def protocols() -> None:
    """Protocols of precincts."""


@protocols.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--accept-clean", is_flag=True, help="Accept what has no error finding.")
@here.options(here.ELECTION, here.AS, here.JSON)
def protocols_import(
    file: Path, election_id: str, accept_clean: bool, name: str | None, as_json: bool
) -> None:
    """Take in a file of protocols: each row is what a precinct sent. Prints every finding."""
    engine = here.engine()
    with snapshot(engine) as connection:
        stored = find_election(connection, election_id)
        precincts = find_precincts(connection, stored)
    read = read_protocols(file, stored.election, precincts)
    with transaction(engine) as connection:
        taken = take_in(
            connection,
            here.actor(name),
            stored,
            read,
            precincts,
            source=file.name,
            accept_clean=accept_clean,
            now=utc_now(),
            progress=here.watched("checking"),
        )
        here.seal_when_due(connection)
    _show_taken(taken, as_json)


def _show_taken(taken: TakenIn, as_json: bool) -> None:
    counts = {name: getattr(taken, name) for name in ("imported", "unchanged", "accepted")}
    counts["disputed"] = taken.disputed
    if as_json:
        here.print_json({**counts, "findings": [finding_as_dict(f) for f in taken.findings]})
        return
    lang = here.settings().lang
    for finding in taken.findings:
        click.echo(
            f"{finding.precinct} {finding.contest} {finding.code} {finding.severity}  "
            f"{finding.equation}  {text(finding, lang)}"
        )
    here.note(", ".join(f"{number} {name}" for name, number in counts.items()))


@protocols.command("list")
@click.option(
    "--state", type=click.Choice([*map(str, State)][1:]), help="Only those that stand so."
)
@here.options(here.ELECTION, here.JSON)
def protocols_list(election_id: str, state: str | None, as_json: bool) -> None:
    """List the protocols with their state and version."""
    with snapshot(here.engine()) as connection:
        stored = find_election(connection, election_id)
        rows = [
            {
                "precinct": row.precinct,
                "contest": row.contest,
                "state": str(row.state),
                "version": row.version,
                "channel": row.channel,
            }
            for contest in stored.election.contests.values()
            for row in current(connection, stored, contest)
            if state in (None, row.state)
        ]
    if as_json:
        here.print_json({"protocols": rows})
        return
    for row in rows:
        click.echo("  ".join(str(value) for value in row.values()))


COMMANDS = (db, election, sample, protocols)
