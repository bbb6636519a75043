"""Sealing: what a checkpoint states, when the next one is due, and who waits for whom."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from tabulator.audit.merkle import includes
from tabulator.audit.seal import (
    FIRST,
    Checkpoint,
    last_printed,
    leaf,
    printed,
    seal,
    seal_if_due,
    unsealed_events,
)
from tabulator.audit.sealed import verify_seals
from tabulator.storage.db import open_engine, snapshot, transaction
from tabulator.storage.upgrade import upgrade
from tests.audit.sealing import KEY, MINE, append, said, sealed, stored, three_checkpoints
from tests.counting import NOW


def test_a_checkpoint_states_how_far_every_chain_came(engine: Engine) -> None:
    first, second, third = three_checkpoints(engine)
    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert (first.previous, second.previous, third.previous) == (FIRST, first.hash, second.hash)
    assert (first.events, second.events, third.events) == (2, 4, 6)
    assert {chain: number for chain, (number, _) in third.heads.items()} == {"a": 3, "b": 3}
    assert stored(engine) == [first, second, third]
    with snapshot(engine) as connection:
        assert said(connection, keys=MINE, kept=[first, third]) == "the trail holds"
        assert verify_seals(connection).sealed == 6


def test_before_the_first_event_there_is_nothing_to_seal_and_that_can_be_sealed(
    engine: Engine,
) -> None:
    assert (sealed(engine).events, sealed(engine).heads) == (0, {})
    with snapshot(engine) as connection:
        assert said(connection) == "the trail holds"


def test_one_head_is_proven_without_the_others(engine: Engine) -> None:
    append(engine, *(f"chain-{number}" for number in range(7)))
    one = sealed(engine)
    for chain, (number, head) in one.heads.items():
        index, path = one.proof(chain)
        told = {"index": index, "size": len(one.heads), "proof": [bytes.fromhex(p) for p in path]}
        whole = bytes.fromhex(one.root)
        assert includes(whole, leaf(chain, number, head), **told)  # type: ignore[arg-type]
        assert not includes(whole, leaf(chain, number + 1, head), **told)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        one.proof("none")


def test_what_is_printed_names_one_checkpoint(engine: Engine) -> None:
    with snapshot(engine) as connection:
        assert last_printed(connection) == ""
    one = sealed(engine)
    with snapshot(engine) as connection:
        assert last_printed(connection) == printed(one) == f"1-{one.hash[:32]}"


def test_the_next_checkpoint_is_due_after_so_many_events(engine: Engine) -> None:
    def due() -> int:
        with transaction(engine) as connection:
            made = seal_if_due(connection, KEY, NOW, every=4)
            assert unsealed_events(connection) in (0, 2)
            return made.events if made else 0

    told = []
    for _ in range(5):
        append(engine, "a", "b")
        told.append(due())
    assert told == [0, 4, 0, 8, 0]


def test_two_that_seal_at_once_follow_each_other_and_no_writer_waits(
    postgresql_url: str,
) -> None:
    engine = open_engine(postgresql_url)
    upgrade(engine)
    with ThreadPoolExecutor(1) as other:
        with transaction(engine) as connection:
            seal(connection, KEY, NOW)
            other.submit(append, engine, "a").result(timeout=30)
            waiting: Future[Checkpoint] = other.submit(sealed, engine)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        assert waiting.result(timeout=30).events == 1
    with snapshot(engine) as connection:
        assert said(connection) == "the trail holds"
    engine.dispose()


def test_while_many_write_and_seal_no_chain_goes_back(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    upgrade(engine)

    def work(chain: str) -> None:
        for _ in range(10):
            append(engine, chain)
            with transaction(engine) as connection:
                seal_if_due(connection, KEY, NOW, every=3)

    with ThreadPoolExecutor(4) as desks:
        list(desks.map(work, "abcd"))
    with snapshot(engine) as connection:
        assert said(connection, keys=MINE) == "the trail holds"
        assert verify_seals(connection).checkpoints > 3
    engine.dispose()
