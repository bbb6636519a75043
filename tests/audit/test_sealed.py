"""What a chain alone cannot show is found by its checkpoints, or by a copy of them elsewhere."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator.audit.seal import Checkpoint, hash_of, message, root_of, seal
from tabulator.audit.sealed import verify_seals
from tabulator.audit.verify import verify
from tabulator.domain.protocol import canonical_json
from tabulator.storage import models
from tabulator.storage.db import open_engine, snapshot
from tabulator.storage.upgrade import upgrade
from tests.audit.sealing import (
    KEY,
    MINE,
    STRANGER,
    append,
    rewrite,
    said,
    seal_anew,
    sealed,
    three_checkpoints,
)
from tests.audit.tampering import administering
from tests.counting import NOW, Count, register

# What is done to the database → what is said of it.
TAMPERED: dict[str, tuple[str | tuple[str, ...], str]] = {
    "the end of a chain cut off": (
        "DELETE FROM event WHERE chain = 'b' AND number > 2",
        "checkpoints 3 event 3 of chain b is missing",
    ),
    "a whole chain gone": (
        "DELETE FROM event WHERE chain = 'b'",
        "checkpoints 1 event 1 of chain b is missing",
    ),
    "the first checkpoint gone": (
        "DELETE FROM checkpoint WHERE number = 1",
        "checkpoints 1 checkpoint 1 is missing",
    ),
    "a checkpoint gone from the middle": (
        "DELETE FROM checkpoint WHERE number = 2",
        "checkpoints 2 checkpoint 2 is missing",
    ),
    "a checkpoint gone and the next one in its place": (
        (
            "DELETE FROM checkpoint WHERE number = 2",
            "UPDATE checkpoint SET number = 2 WHERE number = 3",
        ),
        "checkpoints 2 it does not follow the checkpoint before it",
    ),
    "two checkpoints exchanged": (
        (
            "UPDATE checkpoint SET number = 9 WHERE number = 2",
            "UPDATE checkpoint SET number = 2 WHERE number = 3",
            "UPDATE checkpoint SET number = 3 WHERE number = 9",
        ),
        "checkpoints 2 it does not follow the checkpoint before it",
    ),
    "two chains exchanged in a checkpoint": (
        "UPDATE checkpoint SET heads = replace(replace(replace(heads, '\"a\"', '\"x\"'), "
        "'\"b\"', '\"a\"'), '\"x\"', '\"b\"') WHERE number = 3",
        "checkpoints 3 its content was changed",
    ),
    "heads that are no JSON": (
        "UPDATE checkpoint SET heads = '{' WHERE number = 2",
        "checkpoints 2 it cannot be read as it is stored",
    ),
    "heads of another shape": (
        "UPDATE checkpoint SET heads = '{\"a\": 3}' WHERE number = 2",
        "checkpoints 2 it cannot be read as it is stored",
    ),
    "the root": (
        "UPDATE checkpoint SET root = hash WHERE number = 2",
        "checkpoints 2 its content was changed",
    ),
    "the number of events": (
        "UPDATE checkpoint SET events = 5 WHERE number = 2",
        "checkpoints 2 its content was changed",
    ),
    "a signature of another checkpoint": (
        "UPDATE checkpoint SET signature = (SELECT signature FROM checkpoint WHERE number = 1) "
        "WHERE number = 2",
        "checkpoints 2 it is not signed by the key that it names",
    ),
    "another key": (
        "UPDATE checkpoint SET key = root WHERE number = 2",
        "checkpoints 2 it is not signed by the key that it names",
    ),
    "from where somebody acted": (
        "UPDATE origin SET address = '192.0.2.78'",
        "a 1 from where it was done is gone or was changed",
    ),
    "from where somebody acted gone": (
        "DELETE FROM origin",
        "a 1 from where it was done is gone or was changed",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_is_found_and_named(engine: Engine, what: str) -> None:
    three_checkpoints(engine)
    statements, expected = TAMPERED[what]
    with administering(engine) as connection:
        assert said(connection) == "the trail holds"
        for statement in [statements] if isinstance(statements, str) else statements:
            assert connection.execute(sa.text(statement)).rowcount, "nothing was tampered with"
        assert expected in said(connection)


CUT = ("DELETE FROM event WHERE number > 2 OR chain = 'c'",)


def test_the_last_checkpoint_cut_off_with_its_events_is_found_by_who_kept_it(
    engine: Engine,
) -> None:
    kept = three_checkpoints(engine)
    with administering(engine) as connection:
        for statement in (*CUT, "DELETE FROM checkpoint WHERE number > 2"):
            connection.execute(sa.text(statement))
        assert said(connection, keys=MINE, kept=kept[:2]) == "the trail holds"
        expected = "checkpoints 3 rolled back: all this is older than checkpoint 3, kept elsewhere"
        assert said(connection, kept=kept) == expected


def test_a_history_cut_and_continued_is_found_by_who_kept_the_old_one(engine: Engine) -> None:
    kept = three_checkpoints(engine)
    with administering(engine) as connection:
        for statement in (*CUT, "DELETE FROM checkpoint WHERE number > 2"):
            connection.execute(sa.text(statement))
        seal(connection, KEY, NOW + timedelta(hours=1))
        assert said(connection, keys=MINE) == "the trail holds"
        expected = "checkpoints 3 it is another one than the one kept elsewhere"
        assert said(connection, keys=MINE, kept=kept[2:]) == expected


def test_a_rewritten_chain_is_found_although_it_is_whole(engine: Engine) -> None:
    three_checkpoints(engine)
    with administering(engine) as connection:
        rewrite(connection, "b")
        assert said(connection) == "checkpoints 1 event 1 of chain b is another one"


def test_a_history_sealed_anew_without_the_key_is_found_by_the_key(engine: Engine) -> None:
    kept = three_checkpoints(engine)
    with administering(engine) as connection:
        rewrite(connection, "b")
        seal_anew(connection, STRANGER, kept)
        assert said(connection) == "the trail holds"
        assert "1 it is signed by another key than it should be" in said(connection, keys=MINE)
        expected = "checkpoints 1 it is another one than the one kept elsewhere"
        assert said(connection, kept=kept) == expected


def test_a_history_sealed_anew_with_the_key_is_found_by_who_kept_a_checkpoint(
    engine: Engine,
) -> None:
    kept = three_checkpoints(engine)
    with administering(engine) as connection:
        rewrite(connection, "b")
        seal_anew(connection, KEY, kept)
        assert said(connection, keys=MINE) == "the trail holds"
        expected = "checkpoints 1 it is another one than the one kept elsewhere"
        assert said(connection, keys=MINE, kept=kept[:1]) == expected


def signed(one: Checkpoint, **changed: object) -> Checkpoint:
    """Whoever has the key can sign anything."""
    told = dataclasses.replace(one, **changed)  # type: ignore[arg-type]
    told = dataclasses.replace(told, root=root_of(told.heads))
    number, at, events = told.number, told.at, told.events
    digest = hash_of(number, at, events, told.heads, told.root, told.previous)
    return dataclasses.replace(told, hash=digest, signature=KEY.sign(message(digest)).hex())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda one: {"heads": {**one.heads, "a": (2, "x")}, "events": 5},
            "chain a had come further in the checkpoint before it",
        ),
        (
            lambda one: {"heads": {"a": one.heads["a"]}, "events": 3},
            "chain b had come further in the checkpoint before it",
        ),
        (
            lambda one: {"heads": {**one.heads, "b": (3, "x")}},
            "chain b had come further in the checkpoint before it",
        ),
        (lambda one: {"events": 7}, "it counts other events than its chains have"),
        (
            lambda one: {"heads": {**one.heads, "b": (4, "x")}, "events": 7},
            "event 4 of chain b is missing",
        ),
        (
            lambda one: {"heads": {**one.heads, "a": (4, "x")}, "events": 7},
            "event 4 of chain a is another one",
        ),
    ],
)
def test_a_checkpoint_that_is_signed_and_not_true_is_found(
    engine: Engine, change: Callable[[Checkpoint], dict[str, object]], reason: str
) -> None:
    last = three_checkpoints(engine)[-1]
    told = {"number": 4, "previous": last.hash, **change(last)}
    row = signed(last, **told).as_dict()
    row |= {"at": NOW, "heads": canonical_json(row["heads"])}
    with administering(engine) as connection:
        connection.execute(sa.insert(models.checkpoint), [row])
        assert said(connection, keys=MINE) == f"checkpoints 4 {reason}"


def test_the_last_thing_done_cut_off_with_all_that_it_did_is_found(engine: Engine) -> None:
    Count.load(engine, register())
    sealed(engine)
    Count.load(engine, register(id="other"))
    sealed(engine)
    with administering(engine) as connection:
        assert verify(connection).first_break is None
        assert verify_seals(connection, keys=MINE).first_break is None
        for table in ("formed", "option", "line"):
            theirs = "contest IN (SELECT key FROM contest WHERE election = 'other')"
            connection.execute(sa.text(f'DELETE FROM "{table}" WHERE {theirs}'))  # noqa: S608
        for table in ("contest", "precinct", "area", "commission"):
            connection.execute(sa.text(f"DELETE FROM {table} WHERE election = 'other'"))  # noqa: S608
        connection.execute(sa.text("DELETE FROM election WHERE id = 'other'"))
        connection.execute(sa.text("DELETE FROM event WHERE subject = 'other'"))
        assert verify(connection).first_break is None
        assert said(connection) == "checkpoints 2 event 2 of chain main is missing"


def test_an_older_copy_of_the_whole_database_is_found_by_who_kept_a_checkpoint(
    tmp_path: Path,
) -> None:
    file = tmp_path / "tabulator.sqlite"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    append(engine, "a")
    sealed(engine)
    engine.dispose()
    shutil.copy(file, tmp_path / "older.sqlite")
    append(engine, "a")
    kept = [sealed(engine)]
    engine.dispose()
    older = open_engine(f"sqlite:///{tmp_path / 'older.sqlite'}")
    with snapshot(older) as connection:
        assert said(connection, keys=MINE) == "the trail holds"
        assert "2 rolled back: all this is older" in said(connection, keys=MINE, kept=kept)
    older.dispose()


def test_a_false_copy_accuses_nobody(engine: Engine) -> None:
    kept = dataclasses.replace(three_checkpoints(engine)[1], events=5)
    with snapshot(engine) as connection:
        expected = "checkpoints 2 the one kept elsewhere does not hold: its content was changed"
        assert said(connection, kept=[kept]) == expected
