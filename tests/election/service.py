"""A service as its administrator starts it: home, database, election, accounts, `serve`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tabulator.config import Settings
from tabulator.domain.roles import Actor, Role
from tabulator.package.accounts import Wanted
from tabulator.people.accounts import create_accounts
from tabulator.people.tokens import create_token
from tabulator.storage.db import open_engine, transaction, utc_now

PROJECT = Path(__file__).parents[2]
TABULATOR = (sys.executable, "-c", "from tabulator.cli import main; main()")
START = 60
"""Seconds until the service must answer."""


@dataclass(frozen=True)
class Service:
    """An installation in its own folder."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("TABULATOR_")}
        return {**kept, "TABULATOR_HOME": str(self.home), "TABULATOR_LANG": "en"}

    @property
    def database(self) -> Path:
        return self.home / "tabulator.sqlite"

    def run(self, *arguments: object, status: int = 0) -> str:
        """One command as a person types it; gives its standard output."""
        ran = subprocess.run(
            [*TABULATOR, *map(str, arguments)],
            env=self.environment,
            cwd=PROJECT,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == status, ran.stdout + ran.stderr
        return ran.stdout

    @contextmanager
    def serving(self) -> Iterator[int]:
        """The service on a free port of this machine, until the end of the block."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(self.home / "log", "w") as log:
            process = subprocess.Popen(
                [*TABULATOR, "serve", "--port", str(port)],
                env=self.environment,
                cwd=PROJECT,
                stdout=log,
                stderr=log,
            )
            try:
                _await(process, port)
                yield port
            finally:
                process.terminate()
                process.wait(30)

    def accounts(self, wanted: Iterable[Wanted]) -> dict[str, str]:
        """Make these accounts, each with a token that reads and writes; name → token."""
        settings = Settings.from_environment(self.environment)
        engine, now = open_engine(settings.database_url), utc_now()
        keeper, listed = Actor("keeper", Role.COMMAND_LINE), list(wanted)
        made = {}
        with transaction(engine) as connection:
            create_accounts(
                connection, keeper, [(one, "") for one in listed], must_change=False, now=now
            )
            for one in listed:
                actor = Actor(one.name, one.role, one.person, one.election, one.scope)
                until = now + timedelta(days=2)
                _, made[one.name] = create_token(
                    connection, actor, "night", ("read", "write"), until, now=now
                )
        engine.dispose()
        return made


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the service did not start")
