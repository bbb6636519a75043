"""Commands for accounts. The first administrator comes from here and from nowhere else."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from tabulator.cli import surroundings as here
from tabulator.cli.issue import languages_option
from tabulator.documents.slips import Slip, print_slips
from tabulator.errors import Conflict
from tabulator.package.accounts import ROLES, Wanted, wanted
from tabulator.people import accounts, bulk, passwords
from tabulator.people.codes import start_code, typed
from tabulator.storage.db import snapshot, transaction, utc_now

_PER_FILE = 300
"""Slips in one PDF: a layout of very many pages takes very much memory."""


@click.group()
def user() -> None:
    """Accounts: who may log in."""


@user.command("add")
@click.argument("account")
@click.option("--role", type=click.Choice([str(role) for role in ROLES]), required=True)
@click.option("--area", "scope", default="", metavar="CODE", help="Precinct, commission or area.")
@click.option("--election", default="", metavar="ID", help="Default: every election.")
@click.option("--person", default="", metavar="TEXT", help="Full name.")
@click.option("--lang", default="ky", show_default=True, metavar="LANG")
@click.option("--password-stdin", is_flag=True, help="A password instead of a start code.")
@here.options(here.AS, here.JSON)
def user_add(
    account: str, name: str | None, password_stdin: bool, as_json: bool, **given: str
) -> None:
    """Make an account and print its start code, this once."""
    asked = wanted({"name": account, **given})
    password, code = _password(asked) if password_stdin else _coded()
    with transaction(here.engine()) as connection:
        made = accounts.create_account(
            connection,
            here.actor(name),
            asked,
            password=password,
            must_change=not password_stdin,
            now=utc_now(),
        )
    _tell(made.name, code, as_json)


def _password(asked: Wanted) -> tuple[str, str]:
    given = sys.stdin.readline().rstrip("\r\n")
    passwords.refuse_weak(given, asked)
    return passwords.hashed(given), ""


def _coded() -> tuple[str, str]:
    code = start_code()
    return passwords.hashed(typed(code)), code


def _tell(name: str, code: str, as_json: bool) -> None:
    if as_json:
        here.print_json({"name": name, "start_code": code or None})
    elif code:
        here.note(f"start code of {name}, shown this once:")
        click.echo(code)
    else:
        here.note(f"account {name} made")


@user.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--slips",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=f"PDF for the start codes; after {_PER_FILE} slips FILE-2.pdf and so on.",
)
@languages_option
@here.options(here.AS, here.JSON)
def user_import(
    file: Path, slips: Path, languages: tuple[str, ...], name: str | None, as_json: bool
) -> None:
    """Make an account for each row: all or none. Start codes stand on the slips only.

    Columns: name,role,election,scope,person,lang. The slips name the address to open where
    TABULATOR_BASE_URL is set.
    """
    engine = here.engine()
    with snapshot(engine) as connection:
        new = bulk.read_new(connection, file)
    targets = _targets(slips, len(new))
    hashing = here.watched("start codes")(bulk.start_codes(len(new)), len(new))
    codes = list(hashing)
    drafts = [t.with_name(f".{t.name}-{secrets.token_hex(8)}") for t in targets]
    try:
        _print(bulk.slips(new, codes), languages, drafts)
        made = [(n.wanted, code.hashed) for n, code in zip(new, codes, strict=True)]
        _create(engine, name, made, dict(zip(drafts, targets, strict=True)))
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
    if as_json:
        here.print_json({"accounts": len(new), "slips": [str(target) for target in targets]})
    else:
        here.note(f"{len(new)} accounts made; start codes in {', '.join(map(str, targets))}")


def _create(
    engine: Engine,
    name: str | None,
    made: Sequence[tuple[Wanted, str]],
    drafts: dict[Path, Path],
) -> None:
    """The slips are in their place before the accounts are there for good, never after."""
    with transaction(engine) as connection:
        accounts.create_accounts(connection, here.actor(name), made, now=utc_now())
        for draft, target in drafts.items():
            draft.replace(target)


def _targets(first: Path, count: int) -> list[Path]:
    """Conflict if one is there: it may hold the only copy of other codes."""
    others = (first.with_stem(f"{first.stem}-{k}") for k in range(2, -(-count // _PER_FILE) + 1))
    targets = list(chain([first], others))
    for target in targets:
        if target.exists():
            raise Conflict(f"{target} is there already: it may hold codes that are still needed")
    return targets


def _print(slips: Sequence[Slip], languages: Sequence[str], drafts: Sequence[Path]) -> None:
    """One PDF after the other, which nobody else may read."""
    address = here.settings().base_url or ""
    for k, draft in enumerate(here.watched("slips")(drafts, len(drafts))):
        part = slips[k * _PER_FILE : (k + 1) * _PER_FILE]
        pdf = print_slips(part, languages, address, utc_now()).pdf
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())


@user.command("list")
@here.JSON
def user_list(as_json: bool) -> None:
    """Every account by name."""
    with snapshot(here.engine()) as connection:
        found = accounts.listed(connection, limit=1_000_000)
    if as_json:
        here.print_json({"accounts": [_shown(account) for account in found]})
        return
    for account in found:
        w, state = account.wanted, "" if account.active else "  (disabled)"
        click.echo(f"{w.name}  {w.role}  {w.election or '*'}  {w.scope or '*'}  {w.person}{state}")


def _shown(account: accounts.Account) -> dict[str, Any]:
    w = account.wanted
    return {
        **{"name": w.name, "role": w.role, "election": w.election, "scope": w.scope},
        **{"person": w.person, "lang": w.lang, "active": account.active},
    }


@user.command("reset")
@click.argument("account")
@here.options(here.AS, here.JSON)
def user_reset(account: str, name: str | None, as_json: bool) -> None:
    """Print a new start code; the old password and the second step are gone."""
    password, code = _coded()
    with transaction(here.engine()) as connection:
        found = accounts.reset_account(
            connection, here.actor(name), account, password=password, now=utc_now()
        )
    _tell(found.name, code, as_json)


@user.command("disable")
@click.argument("account")
@here.AS
def user_disable(account: str, name: str | None) -> None:
    """Let an account log in no more; its sessions end, its tokens are dead."""
    with transaction(here.engine()) as connection:
        accounts.change_account(
            connection, here.actor(name), account, {"active": False}, now=utc_now()
        )
    here.note(f"account {account} is disabled")


@user.command("end-sessions")
@click.argument("account")
@here.AS
def user_end_sessions(account: str, name: str | None) -> None:
    """Log an account out everywhere."""
    with transaction(here.engine()) as connection:
        ended = accounts.end_sessions(connection, here.actor(name), account, now=utc_now())
    here.note(f"{ended} session(s) of {account} ended")
