"""The trail as a file: whole without a database, without addresses, and trusted in nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tabulator.audit.chain import event_hash, genesis
from tabulator.audit.export import Exported, export, verify_export
from tabulator.audit.lines import LONGEST
from tabulator.audit.seal import Checkpoint
from tabulator.domain.protocol import canonical_json
from tabulator.errors import Malformed, NotInOrder
from tabulator.storage.db import open_engine, snapshot
from tabulator.storage.upgrade import upgrade
from tests.audit.sealing import (
    CLERK,
    KEY,
    MINE,
    STRANGER,
    rewrite,
    seal_anew,
    sealed,
    stored,
    three_checkpoints,
)
from tests.audit.tampering import administering

Line = dict[str, Any]


def exported(engine: Engine) -> list[Line]:
    with snapshot(engine) as connection:
        return [json.loads(line) for line in export(connection)]


def read(lines: list[Line], **told: Any) -> Exported:
    return read_bytes("".join(canonical_json(line) + "\n" for line in lines).encode(), **told)


def read_bytes(content: bytes, **told: Any) -> Exported:
    return verify_export(io.BytesIO(content), "trail.jsonl", **told)


def said(found: Exported) -> str:
    broken = found.first_break
    return f"{broken.chain} {broken.number} {broken.reason}" if broken else "the trail holds"


def test_an_export_holds_everything_and_is_whole_by_itself(engine: Engine) -> None:
    kept = [*three_checkpoints(engine), sealed(engine)]
    lines = exported(engine)
    assert read(lines) == Exported(8, 4, 8, None)
    assert read(lines, keys=MINE, kept=kept) == Exported(8, 4, 8, None)
    header, *rest = lines
    assert header["format"] == "tabulator-audit/1"
    assert (header["events"], header["checkpoints"], header["elections"]) == (8, 4, [])
    assert [line["checkpoint"] for line in rest[:4]] == [one.as_dict() for one in kept]
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT hash FROM event ORDER BY chain, number"))
        assert [line["event"]["hash"] for line in rest[4:]] == list(found.scalars())


def test_an_export_tells_who_acted_and_not_from_where(engine: Engine) -> None:
    three_checkpoints(engine)
    text = canonical_json(exported(engine))
    assert CLERK.person in text
    assert CLERK.origin not in text
    with engine.connect() as connection:
        salts = connection.execute(sa.text("SELECT salt FROM origin")).scalars().all()
    assert len(set(salts)) == 4
    assert not [salt for salt in salts if salt in text]


def test_events_after_the_last_checkpoint_are_told_apart(engine: Engine) -> None:
    three_checkpoints(engine)
    assert read(exported(engine)) == Exported(8, 3, 6, None)


def test_an_empty_trail_is_an_export(engine: Engine) -> None:
    assert read(exported(engine)) == Exported(0, 0, 0, None)


def test_checkpoints_that_cannot_be_read_are_not_handed_on(engine: Engine) -> None:
    three_checkpoints(engine)
    for change in ("heads = '['", "key = 'x'"):
        with administering(engine) as connection:
            connection.execute(sa.text(f"UPDATE checkpoint SET {change}"))  # noqa: S608
            with pytest.raises(NotInOrder):
                list(export(connection))


# Header, checkpoints 1 to 3, then events a1 a2 a3 a4 b1 b2 b3 c1: lines 0, 1–3 and 4–11.
CHANGED: dict[str, tuple[Callable[[list[Line]], list[Line]], str]] = {
    "an event changed": (
        lambda x: [*x[:5], _with(x[5], "event", actor="nobody"), *x[6:]],
        "a 2 its content was changed",
    ),
    "an event left out": (lambda x: [*x[:5], *x[6:]], "a 2 event 2 is missing"),
    "two events exchanged": (lambda x: [*x[:4], x[5], x[4], *x[6:]], "a 1 event 1 is missing"),
    "a chain left out": (
        lambda x: [_header(x, events=5), *x[1:8], x[11]],
        "checkpoints 1 event 1 of chain b is missing",
    ),
    "a sealed end of a chain left out": (
        lambda x: [_header(x, events=7), *x[1:10], x[11]],
        "checkpoints 3 event 3 of chain b is missing",
    ),
    "the end of the file cut off": (lambda x: x[:-1], "export 0 the file has 7 events, not 8"),
    "a chain there twice": (lambda x: [*x, x[4]], "a 1 the chain is there twice"),
    "two chains under each other's names": (
        lambda x: [
            *x[:4],
            *(_with(e, "event", chain="ab"[e["event"]["chain"] == "a"]) for e in x[4:]),
        ],
        "b 1 it does not follow the event before it",
    ),
    "a chain written anew": (
        lambda x: [*x[:8], *_anew(x[8:11]), x[11]],
        "checkpoints 1 event 1 of chain b is another one",
    ),
    "a checkpoint left out": (
        lambda x: [_header(x, checkpoints=2), x[1], *x[3:]],
        "checkpoints 2 checkpoint 2 is missing",
    ),
    "checkpoints exchanged": (
        lambda x: [x[0], x[2], x[1], *x[3:]],
        "checkpoints 1 checkpoint 1 is missing",
    ),
    "a checkpoint changed": (
        lambda x: [x[0], _with(x[1], "checkpoint", at="2021"), *x[2:]],
        "checkpoints 1 its content was changed",
    ),
    "a key that the header does not name": (
        lambda x: [_header(x, keys=[]), *x[1:]],
        "checkpoints 1 it is signed by another key than it should be",
    ),
}


def _with(line: Line, kind: str, **changed: Any) -> Line:
    return {kind: {**line[kind], **changed}}


def _header(lines: list[Line], **changed: Any) -> Line:
    return {**lines[0], **changed}


def _anew(lines: list[Line]) -> list[Line]:
    """Other facts, and all hashes computed so that the chain is whole."""
    written, previous = [], genesis(lines[0]["event"]["chain"])
    for line in lines:
        event = {**line["event"], "facts": "{}", "previous": previous}
        previous = event_hash([event[name] for name in EVENT])
        written.append({"event": {**event, "hash": previous}})
    return written


EVENT = ("chain", "number", "at", "actor", "role", "kind", "subject", "facts", "previous")


@pytest.mark.parametrize("what", CHANGED)
def test_what_was_changed_is_found_and_named(engine: Engine, what: str) -> None:
    three_checkpoints(engine)
    change, expected = CHANGED[what]
    lines = exported(engine)
    assert said(read(lines)) == "the trail holds"
    assert expected in said(read(change(lines)))


@pytest.mark.parametrize("key", [KEY, STRANGER])
def test_an_export_of_another_history_is_found_by_who_kept_a_checkpoint(
    engine: Engine, key: Any
) -> None:
    kept: list[Checkpoint] = three_checkpoints(engine)
    with administering(engine) as connection:
        rewrite(connection, "b")
        seal_anew(connection, key, kept)
        lines = [json.loads(line) for line in export(connection)]
    assert said(read(lines)) == "the trail holds"
    assert (said(read(lines, keys=MINE)) == "the trail holds") == (key is KEY)
    assert "1 it is another one than the one kept" in said(read(lines, kept=kept[:1]))


def test_an_export_older_than_a_kept_checkpoint_is_found(engine: Engine) -> None:
    three_checkpoints(engine)
    lines = exported(engine)
    assert "4 rolled back" in said(read(lines, kept=[*stored(engine), sealed(engine)]))


HEADER = b'{"checkpoints":1,"elections":[],"events":1,"format":"tabulator-audit/1","keys":[]}\n'


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"\xff\n", 1),
        (b"[]\n", 1),
        (b"{}\n", 1),
        (b'{"format":"x"}\n', 1),
        (HEADER.replace(b"audit/1", b"audit/2"), 1),
        (HEADER.replace(b'"events":1', b'"events":true'), 1),
        (HEADER.replace(b'"events":1', b'"events":-1'), 1),
        (HEADER.replace(b'"events":1', b'"events":1e0'), 1),
        (HEADER.replace(b'"events":1', b'"events":NaN'), 1),
        (HEADER.replace(b'"events":1', b'"events":1,"events":1'), 1),
        (HEADER + b"\n\n" + b'{"checkpoint":{}}\n', 4),
        (HEADER + b'{"event":{}}\n', 2),
        (HEADER + b"[" * 200_000 + b"\n", 2),
        (HEADER + b'{"a":' + b"9" * 10_000 + b"}\n", 2),
        (HEADER + b" " * (LONGEST + 1) + b"\n", 2),
        (HEADER.replace(b'"checkpoints":1', b'"checkpoints":0') + b'{"event":[]}\n', 2),
        (HEADER.replace(b'"checkpoints":1', b'"checkpoints":0') + b'{"event":{},"x":1}\n', 2),
    ],
    ids=range(18),
)
def test_what_is_no_export_is_refused_by_its_line(content: bytes, line: int) -> None:
    with pytest.raises(Malformed) as refused:
        read_bytes(content)
    (problem,) = refused.value.problems
    assert (problem.file, problem.row) == ("trail.jsonl", line)


@pytest.mark.parametrize("value", [None, True, 1.5, [], {}, "\ud800", 2**31, -1, "x" * 100])
@pytest.mark.parametrize("name", ["chain", "number", "at", "facts", "hash", "heads", "events"])
def test_a_value_of_another_kind_is_refused_or_found(
    engine_with_lines: list[Line], name: str, value: Any
) -> None:
    for place, line in enumerate(engine_with_lines):
        for kind in line.keys() & {"event", "checkpoint"}:
            if name in line[kind]:
                changed = [*engine_with_lines]
                changed[place] = _with(line, kind, **{name: value})
                text = "".join(json.dumps(one) + "\n" for one in changed)
                assert refused_at(text.encode()) in (None, place + 1)


@pytest.fixture(scope="module")
def engine_with_lines(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('export') / 'x.sqlite'}")
    upgrade(engine)
    three_checkpoints(engine)
    lines = exported(engine)
    engine.dispose()
    return lines


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_changed_in_what_is_sealed_is_found(
    engine_with_lines: list[Line], data: st.DataObject
) -> None:
    lines = [canonical_json(line) for line in engine_with_lines]
    content = "\n".join([*lines, ""]).encode()
    start = len(lines[0].encode()) + 1
    place = data.draw(st.integers(start, len(content) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[place]))
    changed = content[:place] + bytes([byte]) + content[place + 1 :]
    if json_lines(changed) != engine_with_lines:
        refused_at(changed, keys=MINE)


def refused_at(content: bytes, **told: Any) -> int | None:
    """The line that cannot be read; None where all can, and then something does not hold."""
    try:
        assert read_bytes(content, **told).first_break
    except Malformed as refused:
        return refused.problems[0].row
    return None


def json_lines(content: bytes) -> list[Any]:
    """What it says; nothing where it cannot be read."""
    try:
        return [json.loads(line) for line in content.decode().split("\n") if line.strip()]
    except ValueError:
        return []
