"""What tests share: empty databases of both kinds, the real election of 2017, and no network."""

from __future__ import annotations

import ipaddress
import itertools
import os
import pwd
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from tabulator.storage.db import open_engine
from tabulator.storage.upgrade import upgrade

PROJECT = Path(__file__).parents[1]
INITDB = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
FAST = ["-F", "--synchronous_commit=off", "--full_page_writes=off", "--listen_addresses="]


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: a connection from Python code to anywhere but this machine is an error."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise RuntimeError(f"a test wanted to reach {host}: tests use no network")


sys.addaudithook(refuse_network)
for name in [name for name in os.environ if name.startswith("TABULATOR_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The folder of the socket of an own server, started when first asked for.

    PostgreSQL refuses to run as root, so root hands it to `nobody`. It dies with this
    process even if that is killed; the data are thrown away.
    """
    initdb = max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
    assert initdb, "PostgreSQL's server programs are not installed: 'make test' installs them"
    prefix: list[str | Path] = ["setpriv", "--pdeathsig", "INT"]
    with tempfile.TemporaryDirectory(prefix="tabulator-postgresql-") as folder:
        home = Path(folder)
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(home, nobody.pw_uid, nobody.pw_gid)
            prefix += [f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        with open(home / "log", "w") as log:
            create = [*prefix, initdb, "-D", home / "data", *INITDB]
            subprocess.run(create, check=True, stdout=log)
            start = [*prefix, initdb.with_name("postgres"), "-D", home / "data", "-k", home, *FAST]
            with subprocess.Popen(start, stdout=log, stderr=log) as server:
                try:
                    wait_until_ready(server, home)
                    yield folder
                finally:
                    server.send_signal(signal.SIGINT)  # "fast": it waits for no client


def wait_until_ready(server: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(300):
        try:
            administer(str(home), "SELECT 1")
        except psycopg.OperationalError:
            assert server.poll() is None, (home / "log").read_text()
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"PostgreSQL is not ready after 30 s: {(home / 'log').read_text()}")


def administer(socket: str, statement: str) -> None:
    with psycopg.connect(host=socket, user="postgres", autocommit=True) as connection:
        connection.execute(statement)


databases = itertools.count(1)


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """A fresh empty PostgreSQL database."""
    name = f"test_{next(databases)}"
    administer(postgresql, f"CREATE DATABASE {name}")
    yield f"postgresql+psycopg://postgres@/{name}?host={postgresql}"
    administer(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tabulator.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated, empty database of each kind."""
    opened = open_engine(database_url)
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def president_2017() -> Path:
    """The folder with the presidential election of 2017, beside the project's own folder."""
    folder = PROJECT.parent / "shared" / "data" / "president-2017"
    if not folder.is_dir():
        pytest.skip("the data of the election of 2017 are not here, so this test did not run")
    return folder
