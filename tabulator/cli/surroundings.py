"""What every command needs: settings, the engine, who acts, and how to print."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click
from sqlalchemy import Connection, Engine

from tabulator.audit.keys import open_key
from tabulator.audit.seal import seal_if_due
from tabulator.config import Settings
from tabulator.domain.roles import Actor, Role
from tabulator.errors import Misconfigured
from tabulator.storage.db import open_engine, utc_now
from tabulator.storage.upgrade import refuse_outdated


def settings() -> Settings:
    return Settings.from_environment(os.environ)


def engine(*, outdated: bool = False) -> Engine:
    """The database of the settings; Misconfigured when its migrations are behind."""
    found = settings()
    if found.database_url.startswith("sqlite"):
        found.home.mkdir(parents=True, exist_ok=True)
    opened = open_engine(found.database_url)
    click.get_current_context().call_on_close(opened.dispose)
    if not outdated:
        with opened.connect() as connection:
            refuse_outdated(connection)
    return opened


def seal_when_due(connection: Connection) -> None:
    """Seal the trail when enough was added; as the last step of a command's transaction."""
    seal_if_due(connection, open_key(settings()), utc_now())


def actor(name: str | None) -> Actor:
    """Who acts: the name given with --as, else the name of the system's user."""
    try:
        return Actor(name or getpass.getuser(), Role.COMMAND_LINE)
    except (KeyError, OSError):
        raise Misconfigured("the system's user has no name: say with --as who acts") from None


def print_json(document: Any) -> None:
    """One JSON document on standard output and nothing else."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def note(text: str) -> None:
    """A message for people: standard error, so that output can be piped."""
    click.echo(text, err=True)


def watched(label: str) -> Callable[[Iterable[Any], int], Iterator[Any]]:
    """A progress bar on standard error around an iteration; only its label where none watches."""

    def around(items: Iterable[Any], length: int) -> Iterator[Any]:
        with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
            yield from bar

    return around


def options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several click options as one decorator, in reading order."""

    def decorate(function: Any) -> Any:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


ELECTION = click.option("--election", "election_id", required=True, metavar="ID")
CONTEST = click.option("--contest", "contest_id", metavar="C", help="Default: the first one.")
AREA = click.option("--area", "area", default="", metavar="CODE", help="An area or a commission.")
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document, nothing else.")
AS = click.option("--as", "name", metavar="NAME", help="In whose name; default: the system's user.")
