"""A night of uploads against a served process: is every acknowledged protocol there, once?

Every precinct's chair sends figures and a scan of 300 kB at a random moment, and sends again with
the same Idempotency-Key when the line broke. Limit: 250 ms for 99 of 100 answers.
Usage: python bench/night.py [--precincts N] [--minutes M] [--seed S] [--json]
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from tabulator.actions.load import load_election
from tabulator.config import Settings
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor, Role
from tabulator.package import read_package, read_protocols
from tabulator.package.accounts import wanted
from tabulator.people.accounts import create_accounts
from tabulator.people.tokens import create_token
from tabulator.sample import write_sample
from tabulator.storage import models
from tabulator.storage.db import open_engine, snapshot, transaction, utc_now
from tabulator.storage.upgrade import upgrade

SCAN = 300_000
CLIENTS = 32
TRIES = 10
LIMIT = 0.250
KEEPER = Actor("bench", Role.COMMAND_LINE)


@dataclass(frozen=True)
class Sent:
    """One upload: whether it was acknowledged, and how long its last answer took."""

    acknowledged: bool
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precincts", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = night(Path(folder), given.precincts, given.minutes * 60, given.seed)
    if given.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:<14} {value}")
    print(f"p99 = {figures['p99_ms'] / LIMIT / 1000:.2f} x the limit of {LIMIT * 1000:.0f} ms")


def night(home: Path, precincts: int, seconds: float, seed: int) -> dict[str, int]:
    """Play it; gives what contract and limit are about. Lost: acknowledged, but not stored."""
    protocols, tokens = prepare(home, precincts, seed)
    chance = random.Random(seed)  # noqa: S311 - a load, not a secret
    moments = sorted(chance.uniform(0, seconds) for _ in protocols)
    with serving(home) as port, ThreadPoolExecutor(CLIENTS) as chairs:
        began = time.monotonic()
        waiting = []
        for moment, protocol in zip(moments, protocols, strict=True):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            scan = b"%PDF-1.7\n" + chance.randbytes(SCAN)
            waiting.append(chairs.submit(send, port, tokens[protocol.precinct], protocol, scan))
        sent = [one.result() for one in waiting]
    stored = versions(home)
    times = sorted(one.seconds for one in sent)
    acknowledged = sum(one.acknowledged for one in sent)
    return {
        "sent": len(sent),
        "acknowledged": acknowledged,
        "stored": len(stored),
        "lost": max(0, acknowledged - len(stored)),
        "doubled": sum(number > 1 for number in stored.values()),
        "p50_ms": round(1000 * times[len(times) // 2]),
        "p99_ms": round(1000 * times[len(times) * 99 // 100]),
    }


def prepare(home: Path, precincts: int, seed: int) -> tuple[list[Protocol], dict[int, str]]:
    """An election with one chair for every precinct; its protocols, and the chairs' tokens."""
    write_sample(home / "package", seed=seed, precincts=precincts)
    package = read_package(home / "package")
    election = package.election
    protocols = read_protocols(home / "package" / "protocols.csv", election, package.precincts)
    engine, now = open_engine(settings(home).database_url), utc_now()
    upgrade(engine)
    chairs = [
        wanted({"name": f"chair-{n}", "role": "precinct-chair", "scope": str(n)})
        for n in package.precincts
    ]
    tokens = {}
    with transaction(engine) as connection:
        load_election(connection, KEEPER, package, now=now)
        new = [(chair, "") for chair in chairs]
        create_accounts(connection, KEEPER, new, must_change=False, now=now)
        for chair in chairs:
            actor = Actor(chair.name, Role.PRECINCT_CHAIR, scope=chair.scope)
            rights, until = ("read", "write"), now + timedelta(days=1)
            _, token = create_token(connection, actor, "night", rights, until, now=now)
            tokens[int(chair.scope)] = token
    engine.dispose()
    return protocols, tokens


def settings(home: Path) -> Settings:
    return Settings.from_environment({"TABULATOR_HOME": str(home)})


@contextmanager
def serving(home: Path) -> Iterator[int]:
    """The service on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TABULATOR_")}
    command = [sys.executable, "-c", "from tabulator.cli import main; main()", "serve", "--port"]
    environment = {**kept, "TABULATOR_HOME": str(home)}
    with subprocess.Popen([*command, str(port)], env=environment) as service:
        try:
            for _ in range(600):
                if socket.socket().connect_ex(("127.0.0.1", port)) == 0:
                    break
                time.sleep(0.1)
            yield port
        finally:
            service.terminate()


def send(port: int, token: str, protocol: Protocol, scan: bytes) -> Sent:
    """Until it is acknowledged, always with the same key: a broken line does not double it."""
    body, border = multipart(protocol, scan)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={border}",
        "Idempotency-Key": f"night-{protocol.precinct}",
    }
    taken = 0.0
    for _ in range(TRIES):
        began = time.perf_counter()
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            line.request("POST", "/api/v1/elections/sample/protocols", body, headers)
            status = line.getresponse().status
            line.close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
            continue
        taken = time.perf_counter() - began
        if status in (200, 201):
            return Sent(True, taken)
    return Sent(False, taken)


def multipart(protocol: Protocol, scan: bytes) -> tuple[bytes, str]:
    said = {
        "precinct": protocol.precinct,
        "contest": protocol.contest,
        "figures": dict(protocol.figures),
        "beside": dict(protocol.beside),
        "signed_at": protocol.signed_at.isoformat() if protocol.signed_at else "",
        "protocol_no": protocol.protocol_no,
        "copy_no": protocol.copy_no,
    }
    border = "night-of-the-count"
    parts = (
        f'--{border}\r\nContent-Disposition: form-data; name="protocol"\r\n\r\n{json.dumps(said)}',
        f'\r\n--{border}\r\nContent-Disposition: form-data; name="files"; filename="scan.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n",
    )
    return "".join(parts).encode() + scan + f"\r\n--{border}--\r\n".encode(), border


def versions(home: Path) -> Counter[int]:
    """Precinct → how many versions of its protocol are stored."""
    engine = open_engine(settings(home).database_url)
    with snapshot(engine) as connection:
        found = Counter(connection.execute(sa.select(models.version.c.precinct)).scalars())
    engine.dispose()
    return found


if __name__ == "__main__":
    main()
