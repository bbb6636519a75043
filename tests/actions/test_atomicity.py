"""Whichever statement fails, nothing is left of the batch; afterwards it can be taken in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator.domain.workflow import State
from tabulator.storage import models
from tests.builders import contest
from tests.counting import NOW, Count, register, sent


class PulledPlugError(Exception):
    """The statement that was chosen to fail."""


@contextmanager
def failing(engine: Engine, at: int, when: str) -> Iterator[list[str]]:
    """Raise at the statement with this number, `when` "before" or "after" it was executed."""
    seen: list[str] = []

    def pull(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)
        if len(seen) == at:
            raise PulledPlugError(statement)

    name = f"{when}_cursor_execute"
    sa.event.listen(engine, name, pull)
    try:
        yield seen
    finally:
        sa.event.remove(engine, name, pull)


def everything(count: Count) -> dict[str, list[str]]:
    with count.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in models.metadata.sorted_tables
        }


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_failure_at_any_statement_leaves_nothing(engine: Engine, when: str) -> None:
    both = contest(), contest("referendum/2021", id="second")
    count = Count.load(engine, register(*both))
    first, second = both
    count.take(sent(first, 1001), sent(first, 1002, I=1), sent(second, 7001))
    batch = [
        sent(first, 1002),
        sent(first, 7001),
        sent(first, 9001, V=1),
        sent(second, 7101),
        sent(second, 7002, INV=500),
    ]
    before = everything(count)
    number = 0
    while True:
        number += 1
        try:
            with failing(engine, number, when) as seen:
                count.take(*batch, now=NOW + timedelta(minutes=5))
        except PulledPlugError:
            assert everything(count) == before, f"statement {number}: {seen[-1]}"
        else:
            break
    assert number > 25
    assert count.states(first)[1002] == (State.ACCEPTED, 2)
    assert count.verdict().first_break is None
    assert count.reconcile(first) == count.reconcile(second) == []


def test_a_failing_commit_leaves_nothing(engine: Engine) -> None:
    count = Count.load(engine, register())
    before = everything(count)

    def pull(_connection: Any) -> None:
        raise PulledPlugError

    sa.event.listen(engine, "commit", pull)
    with pytest.raises(PulledPlugError):
        count.take(sent(count.contest, 1001))
    sa.event.remove(engine, "commit", pull)
    assert everything(count) == before
    assert count.take(sent(count.contest, 1001)).accepted == 1
