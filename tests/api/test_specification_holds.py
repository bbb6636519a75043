"""Schemathesis against a served process: what the specification says is what is answered."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.counting import Count

PROJECT = Path(__file__).parents[2]
SERVE = "from tabulator.cli import main; main()"
# A cursor is opaque: no specification can say which ones there are, so some that it allows are
# refused. Every other check is on.
NOT_ALL = "positive_data_acceptance"
CONFIG = """
[parameters]
election_id = "sample"
"""
CALLERS: dict[str, Callable[[Count], list[str]]] = {"nobody": lambda _: []}
"""Who calls → makes their account where they need one, and gives their headers, "name: value"."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture
def served(loaded: Count, database_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a process that serves the register."""
    port = free_port()
    environment = {
        **os.environ,
        "TABULATOR_HOME": str(tmp_path),
        "TABULATOR_DATABASE_URL": database_url,
    }
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port), "--workers", "1"]
    with (
        open(tmp_path / "served.log", "w") as log,
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            wait_until_open(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "the service did not start"
        time.sleep(0.1)
    raise AssertionError("the service does not answer after 30 s")


@pytest.mark.parametrize("caller", CALLERS)
def test_every_answer_is_one_that_the_specification_knows(
    served: str, loaded: Count, tmp_path: Path, caller: str
) -> None:
    """No 5xx, no status, content type, header or member that is not documented."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", config, "run"]
    given = [word for header in CALLERS[caller](loaded) for word in ("--header", header)]
    bounds = ["--max-examples", "10", "--seed", "1", "--generation-database", "none", "--no-color"]
    address = [f"{served}/api/v1/openapi.json", "--exclude-checks", NOT_ALL]
    ran = subprocess.run(
        [*command, *address, *bounds, *given],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr + (tmp_path / "served.log").read_text()
    assert "0 operations tested" not in ran.stdout


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 9000 + b"\r\n\r\n", 431),
        (b"<script> HTTP/9\r\n\r\n", 400),
    ],
)
def test_what_does_not_reach_the_application_is_a_problem_document_too(
    served: str, sent: bytes, status: int
) -> None:
    port = int(served.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(sent)
        head, _, body = client.makefile("rb").read().partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Content-Type: application/problem+json" in head
    assert (json.loads(body)["status"], json.loads(body)["code"]) == (status, "bad-request")
