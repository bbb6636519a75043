"""A process of its own that appends events to chains of a database, as a web worker would."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

from tabulator import audit
from tabulator.domain.roles import Actor, Role
from tabulator.storage.db import lock, open_engine, transaction

NOW = datetime(2021, 1, 10, 19, 0, tzinfo=UTC)


def main(url: str, name: str, transactions: str, *chains: str) -> None:
    """Append one event to each chain per transaction; print each one's number when it is kept.

    Before the commit of the last one, where the name is "half", it says so and waits.
    """
    engine = open_engine(url)
    for number in range(int(transactions)):
        with transaction(engine) as connection:
            lock(connection, chains)
            entries = [audit.Entry(c, "test", f"{name}-{number}", {"n": number}) for c in chains]
            actor = Actor(name, Role.COMMAND_LINE)
            audit.record(connection, at=NOW, actor=actor, entries=entries)
            if name == "half" and number + 1 == int(transactions):
                print("half", flush=True)
                time.sleep(600)
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
