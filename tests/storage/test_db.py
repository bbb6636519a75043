"""Transactions on both databases: whole or not at all, none lost, and readers undisturbed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError

from tabulator.audit import first_break
from tabulator.audit.chain import events
from tabulator.errors import Misconfigured
from tabulator.storage import models
from tabulator.storage.db import UtcDateTime, open_engine, snapshot, transaction
from tabulator.storage.upgrade import upgrade
from tests.counting import Count, register, sent

PROJECT = Path(__file__).parents[2]


def appending(engine: Engine, name: str, transactions: int, *chains: str) -> subprocess.Popen[str]:
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.appending", url, name, str(transactions), *chains]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def kept(engine: Engine) -> dict[str, int]:
    """Chain → how many events it has, having seen that all chains hold."""
    with snapshot(engine) as connection:
        assert first_break(events(connection)) is None
        chain = models.event.c.chain
        counted = sa.select(chain, sa.func.count()).group_by(chain)
        return {row.chain: row[1] for row in connection.execute(counted)}


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    naive = datetime(2021, 1, 10, 19, 0)  # noqa: DTZ001 - that is the point
    with (
        snapshot(engine) as connection,
        pytest.raises(StatementError, match="naive datetime"),
    ):
        connection.execute(sa.select(sa.literal(naive, UtcDateTime)))


def test_a_moment_comes_back_in_utc_to_the_microsecond(engine: Engine) -> None:
    given = datetime(2021, 1, 11, 1, 0, 0, 123456, tzinfo=timezone(timedelta(hours=6)))
    entered = sa.table("moments", sa.column("at", UtcDateTime))
    with transaction(engine) as connection:
        connection.execute(sa.text("CREATE TABLE moments (at TIMESTAMP WITH TIME ZONE)"))
        connection.execute(sa.insert(entered), {"at": given})
        (found,) = connection.execute(sa.select(entered.c.at)).scalars()
    assert (found, found.tzinfo) == (given, UTC)


@pytest.mark.parametrize("url", ["sqlite:/", "postgresql+psycopg://u@h:port/x", "nonsense"])
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        open_engine(url)
    assert url not in str(refused.value)


def test_what_fails_leaves_nothing(engine: Engine) -> None:
    count = Count.load(engine, register())

    def fail() -> None:
        with transaction(engine) as connection:
            connection.execute(sa.insert(models.standing).values((1, 1, "accepted", 1)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count.rows("SELECT * FROM standing") == []


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    count = Count.load(engine, register())
    of = count.contest
    accepted = sa.select(sa.func.count()).select_from(models.accepted)
    with snapshot(engine) as reading:
        assert reading.execute(accepted).scalar_one() == 0
        count.take(sent(of, 1001))
        assert reading.execute(accepted).scalar_one() == 0
    with snapshot(engine) as reading:
        assert reading.execute(accepted).scalar_one() == 1


def test_on_sqlite_a_writer_keeps_others_out_from_its_first_moment(tmp_path: Path) -> None:
    """Also those that know nothing of our queue: otherwise its own commit could fail."""
    place = tmp_path / "tabulator.sqlite"
    engine = open_engine(f"sqlite:///{place}")
    upgrade(engine)
    outside = sqlite3.connect(place, timeout=0)
    with transaction(engine), pytest.raises(sqlite3.OperationalError, match="locked"):
        outside.execute("INSERT INTO standing VALUES (1, 1, 'accepted', 1)")
    outside.execute("INSERT INTO standing VALUES (1, 1, 'accepted', 1)")
    outside.close()
    engine.dispose()


def test_of_processes_that_write_at_once_none_loses_anything(engine: Engine) -> None:
    writers = [appending(engine, f"writer-{k}", 25, "one", "two") for k in range(4)]
    assert [writer.communicate(timeout=120)[0].split()[-1] for writer in writers] == ["24"] * 4
    assert kept(engine) == {"one": 100, "two": 100}


def test_chains_locked_in_any_order_do_not_wait_for_each_other(engine: Engine) -> None:
    writers = [
        appending(engine, "a", 25, "one", "two"),
        appending(engine, "b", 25, "two", "one"),
        appending(engine, "c", 25, "three"),
    ]
    for writer in writers:
        writer.communicate(timeout=120)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert kept(engine) == {"one": 50, "two": 50, "three": 25}


def test_a_process_killed_before_its_commit_leaves_nothing_and_blocks_nobody(
    engine: Engine,
) -> None:
    with appending(engine, "half", 3, "one", "two") as writer:
        assert writer.stdout
        assert [writer.stdout.readline().strip() for _ in range(3)] == ["0", "1", "half"]
        writer.kill()
    with appending(engine, "next", 1, "one", "two") as writer:
        assert writer.wait(60) == 0
    assert kept(engine) == {"one": 3, "two": 3}


@pytest.mark.parametrize("after", [1, 7, 30])
def test_a_process_killed_at_any_moment_leaves_whole_transactions(
    engine: Engine, after: int
) -> None:
    with appending(engine, "killed", 10_000, "one", "two") as writer:
        assert writer.stdout
        said = [writer.stdout.readline() for _ in range(after)]
        time.sleep(0.003 * after % 0.01)
        writer.kill()
        said += writer.stdout.readlines()
    acknowledged = sum(line.endswith("\n") for line in said)
    left = kept(engine)
    assert left["one"] == left["two"]
    assert acknowledged <= left["one"] <= acknowledged + 1


def test_databases_are_migrated_once_by_processes_that_start_together(database_url: str) -> None:
    script = (
        "import sys; from tabulator.storage.db import open_engine; "
        "from tabulator.storage.upgrade import upgrade; print(upgrade(open_engine(sys.argv[1])))"
    )
    command = [sys.executable, "-W", "error", "-c", script, database_url]
    started = [
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    reached = {process.communicate(timeout=120)[0].strip() for process in started}
    opened = open_engine(database_url)
    assert reached == {upgrade(opened)}
    opened.dispose()
