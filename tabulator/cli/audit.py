"""Commands about the trail: verify, seal, checkpoints, key, export, verify-export."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from tempfile import mkstemp
from typing import Any

import click

from tabulator.audit.chain import Break
from tabulator.audit.export import export, verify_export
from tabulator.audit.kept import read_kept
from tabulator.audit.keys import known_key, open_key, public_key, public_pem
from tabulator.audit.seal import Checkpoint, printed, seal, seal_if_due
from tabulator.audit.sealed import CHAIN, Unreadable, read_checkpoints, verify_seals
from tabulator.audit.verify import verify
from tabulator.cli import surroundings as here
from tabulator.errors import NotInOrder
from tabulator.storage.db import snapshot, transaction, utc_now
from tabulator.storage.files import Files


def _kept(_context: click.Context, _option: click.Parameter, value: Path | None) -> Any:
    return read_kept(value) if value else None


def _keys(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> Any:
    for name in value:
        try:
            public_pem(name)
        except ValueError:
            raise click.BadParameter(f"{name} is no public key of 64 hexadecimal digits") from None
    return {name.lower() for name in value}


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KEPT = click.option(
    "--checkpoints", "kept", type=_FILE, callback=_kept, help="Checkpoints kept elsewhere."
)
KEYS = click.option(
    "--key", "keys", multiple=True, metavar="HEX", callback=_keys, help="Who may have signed."
)


@click.group()
def audit() -> None:
    """The trail."""


@audit.command("verify")
@here.options(KEPT, KEYS, here.JSON)
@click.pass_context
def audit_verify(
    context: click.Context, kept: list[Checkpoint] | None, keys: set[str], as_json: bool
) -> None:
    """Check the whole trail, everything stored and every seal; status 1 if something was changed.

    With --checkpoints also that nothing kept elsewhere is missing. Who may have signed: the key
    of this installation, unless --key says otherwise.
    """
    settings = here.settings()
    keys = keys or {name for name in [known_key(settings)] if name}
    with snapshot(here.engine()) as connection:
        verdict = verify(connection, here.watched("events"), Files(settings.files))
        seals = verify_seals(connection, keys=keys, kept=kept or ())
    broken = verdict.first_break or seals.first_break
    told = (verdict.events, seals.checkpoints, seals.sealed)
    _show(context, broken, told, kept, as_json)


def _show(
    context: click.Context,
    broken: Break | None,
    told: tuple[int, int, int],
    kept: list[Checkpoint] | None,
    as_json: bool,
) -> None:
    events, checkpoints, sealed = told
    if as_json:
        seals = {"checkpoints": checkpoints, "sealed": sealed, "kept": len(kept or ())}
        first = asdict(broken) if broken else None
        here.print_json({"events": events, "holds": not broken, "first_break": first, **seals})
    elif broken is None:
        click.echo(f"{events} events: the trail holds")
        click.echo(f"{checkpoints} checkpoints: {sealed} events are sealed")
        if kept is not None:
            click.echo(f"{len(kept)} checkpoints kept elsewhere are among them")
    else:
        where = "checkpoint" if broken.chain == CHAIN else f"{broken.chain}, event"
        said = f"{where} {broken.number}: {broken.reason}"
        # A file may hold what a terminal would obey.
        click.echo("".join(sign if sign.isprintable() else "\ufffd" for sign in said))
    context.exit(0 if broken is None else 1)


@audit.command("seal")
@here.JSON
def audit_seal(as_json: bool) -> None:
    """Sign how far every chain has come: a new checkpoint."""
    engine, key = here.engine(), open_key(here.settings())
    with transaction(engine) as connection:
        made = seal(connection, key, utc_now())
    if as_json:
        here.print_json(made.as_dict())
    else:
        click.echo(_said(made))


@audit.command("checkpoints")
@here.JSON
def audit_checkpoints(as_json: bool) -> None:
    """Print the checkpoints; with --json whole, for an observer to keep."""
    with snapshot(here.engine()) as connection:
        try:
            found = read_checkpoints(connection)
        except Unreadable as error:
            raise NotInOrder(f"checkpoint {error.number}: {error}") from None
    if as_json:
        here.print_json({"checkpoints": [one.as_dict() for one in found]})
        return
    for one in found:
        click.echo(_said(one))


def _said(one: Checkpoint) -> str:
    return f"{printed(one)}  {one.at}  {one.events} events in {len(one.heads)} chains"


@audit.command("key")
@here.JSON
def audit_key(as_json: bool) -> None:
    """Print the public key of this installation; makes the key where there is none."""
    name = public_key(open_key(here.settings()))
    if as_json:
        here.print_json({"key": name, "pem": public_pem(name)})
        return
    here.note(name)
    click.echo(public_pem(name), nl=False)


@audit.command("export")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
def audit_export(file: str) -> None:
    """Seal the trail and write it whole into FILE ("-": standard output), without addresses."""
    engine, key = here.engine(), open_key(here.settings())
    with transaction(engine) as connection:
        seal_if_due(connection, key, utc_now(), every=1)
    with snapshot(engine) as connection:
        if file == "-":
            for line in export(connection):
                click.echo(line, nl=False)
            return
        number = _write(Path(file), export(connection))
    here.note(f"{number} lines in {file}")


def _write(path: Path, lines: Iterable[str]) -> int:
    """All of it or nothing: written beside and then put in place."""
    handle, aside = mkstemp(prefix=".export-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            number = 0
            for number, line in enumerate(lines, start=1):  # noqa: B007 - how many there were
                out.write(line)
        os.chmod(aside, 0o644)  # it is for others
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise
    return number


@audit.command("verify-export")
@click.argument("file", type=_FILE)
@here.options(KEPT, KEYS, here.JSON)
@click.pass_context
def audit_verify_export(
    context: click.Context,
    file: Path,
    kept: list[Checkpoint] | None,
    keys: set[str],
    as_json: bool,
) -> None:
    """Check an exported trail; needs no database. Status 1 if something in it was changed."""
    with file.open("rb") as opened:
        found = verify_export(opened, file.name, keys=keys, kept=kept or ())
    told = (found.events, found.checkpoints, found.sealed)
    _show(context, found.first_break, told, kept, as_json)
