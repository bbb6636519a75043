"""The commands about the trail, as the CEC's people and an observer type them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tabulator.storage.db import open_engine
from tests.cli.conftest import Ran, Tabulator
from tests.cli.packages import Package, president
from tests.cli.test_refusals import one_line

FINE = {"holds": True, "first_break": None}


@pytest.fixture
def other(package: Package, tmp_path: Path) -> Callable[[str], Path]:
    """A package of one more election: whatever it is, it leaves one event."""

    def written(name: str) -> Path:
        package.folder = tmp_path / name
        package.folder.mkdir()
        package.id = name
        return package.write()

    return written


def tamper(database_url: str, *statements: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            for table in ("checkpoint", "event"):
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_no_delete"))
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_no_update"))
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def keep(tabulator: Tabulator, path: Path) -> Path:
    path.write_text(tabulator("audit", "checkpoints", "--json").out)
    return path


def broken(ran: Ran) -> dict[str, Any]:
    """What is said as JSON of a trail that does not hold."""
    assert ran.status == 1, ran
    found = json.loads(ran.out)
    assert found["holds"] is False
    return dict(found["first_break"])


def test_a_trail_that_holds_is_said_to_hold(loaded: Tabulator) -> None:
    unsealed = {"events": 1, "checkpoints": 0, "sealed": 0, "kept": 0}
    assert loaded("audit", "verify", "--json").json == {**FINE, **unsealed}
    made = loaded("audit", "seal", "--json").json
    assert (made["number"], made["events"], list(made["heads"])) == (1, 1, ["main"])
    sealed = {"events": 1, "checkpoints": 1, "sealed": 1, "kept": 0}
    assert loaded("audit", "verify", "--json").json == {**FINE, **sealed}
    shown = loaded("audit", "verify")
    expected = "1 events: the trail holds\n1 checkpoints: 1 events are sealed\n"
    assert (shown.status, shown.out) == (0, expected)


def test_a_change_behind_the_service_s_back_is_status_1_and_named(
    loaded: Tabulator, database_url: str
) -> None:
    assert loaded("audit", "verify").status == 0
    tamper(database_url, "UPDATE event SET actor = 'nobody'")
    shown = loaded("audit", "verify")
    assert (shown.status, shown.out) == (1, "main, event 1: its content was changed\n")
    assert shown.err == "events\n"
    found = broken(loaded("audit", "verify", "--json"))
    assert found == {"chain": "main", "number": 1, "reason": "its content was changed"}


def test_checkpoints_are_shown_and_what_was_kept_is_found_again(
    loaded: Tabulator, other: Callable[[str], Path], tmp_path: Path
) -> None:
    first = loaded("audit", "seal").out
    kept = keep(loaded, tmp_path / "kept.json")
    assert loaded("election", "load", other("other")).status == 0
    second = loaded("audit", "seal").out
    assert loaded("audit", "checkpoints").out == first + second
    listed = json.loads(kept.read_text())["checkpoints"]
    assert first.startswith(f"1-{listed[0]['hash'][:32]}  20")
    lines = tmp_path / "kept.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in listed))
    for file in (kept, lines):
        verified = loaded("audit", "verify", "--checkpoints", file, "--json").json
        assert verified == {**FINE, "events": 2, "checkpoints": 2, "sealed": 2, "kept": 1}
    shown = loaded("audit", "verify", "--checkpoints", kept).out
    assert shown.endswith("1 checkpoints kept elsewhere are among them\n")


def test_a_database_older_than_a_kept_checkpoint_is_status_1(
    loaded: Tabulator, database_url: str, tmp_path: Path
) -> None:
    assert loaded("audit", "seal").status == loaded("audit", "seal").status == 0
    kept = keep(loaded, tmp_path / "kept.json")
    tamper(database_url, "DELETE FROM checkpoint WHERE number = 2")
    assert loaded("audit", "verify").status == 0
    shown = loaded("audit", "verify", "--checkpoints", kept)
    expected = "checkpoint 2: rolled back: all this is older than checkpoint 2, kept elsewhere\n"
    assert (shown.status, shown.out) == (1, expected)
    assert broken(loaded("audit", "verify", "--checkpoints", kept, "--json"))["number"] == 2


def test_who_may_have_signed_is_this_installation_or_who_is_named(
    loaded: Tabulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = loaded("audit", "key", "--json").json["key"]
    assert loaded("audit", "seal").status == 0
    monkeypatch.setenv("TABULATOR_HOME", str(tmp_path / "elsewhere"))
    assert loaded("audit", "verify").status == 0
    assert loaded("audit", "verify", "--key", key.upper()).status == 0
    assert "another key" in broken(loaded("audit", "verify", "--key", "0" * 64, "--json"))["reason"]
    mine = loaded("audit", "key", "--json").json["key"]
    assert mine != key
    assert "another key" in loaded("audit", "verify").out
    assert loaded("audit", "verify", "--key", mine, "--key", key).status == 0
    assert loaded("audit", "verify", "--key", "x").status == 2


def test_the_public_key_is_shown_and_the_private_one_is_not(
    loaded: Tabulator, tmp_path: Path
) -> None:
    shown = loaded("audit", "key")
    assert shown.out.startswith("-----BEGIN PUBLIC KEY-----\n")
    assert shown.err.strip() == loaded("audit", "key", "--json").json["key"]
    private = (tmp_path / "home" / "seal-key.pem").read_text().splitlines()[1]
    for command in ("key", "checkpoints", "seal"):
        assert private not in str(loaded("audit", command, "--json"))


def test_an_export_is_sealed_and_verified_without_a_database(
    loaded: Tabulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "trail.jsonl"
    assert loaded("audit", "export", file).status == 0
    assert loaded("audit", "export", "-").out == file.read_text()
    key = loaded("audit", "key", "--json").json["key"]
    kept = keep(loaded, tmp_path / "kept.json")
    monkeypatch.setenv("TABULATOR_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite")
    told = ("--checkpoints", kept, "--key", key, "--json")
    expected = {**FINE, "events": 1, "checkpoints": 1, "sealed": 1, "kept": 1}
    assert loaded("audit", "verify-export", file, *told).json == expected
    assert loaded("audit", "verify-export", file, "--checkpoints", file).status == 0
    file.write_text(file.read_text().replace('"role":"command-line"', '"role":"cec\\u001b[2J"'))
    shown = loaded("audit", "verify-export", file)
    assert (shown.status, shown.out) == (1, "main, event 1: its content was changed\n")


def test_a_file_has_no_power_over_the_terminal(loaded: Tabulator, tmp_path: Path) -> None:
    file = tmp_path / "trail.jsonl"
    assert loaded("audit", "export", file).status == 0
    event = '{"event":{"actor":"","at":"","chain":"\\u001b[2J","facts":"","hash":"","kind":"",'
    event += '"number":1,"previous":"","role":"","subject":""}}\n'
    file.write_text(file.read_text() + event)
    shown = loaded("audit", "verify-export", file)
    assert shown.status == 1
    assert "\x1b" not in shown.out


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", 1),
        ("nonsense", 1),
        ("[]{}", 1),
        ('{"checkpoints": [\n{},\n!\n]}', 3),
        ('{"checkpoints": [{}]}', 1),
        ('{"checkpoint": 1}', 1),
        ("{", 1),
        ('{"format": "x"}\n\n{"number": 1}\n', 3),
        ('{"format": "x"}\n5\n', 2),
        ("[[]]", 1),
        ("[" * 100_000, 1),
    ],
)
def test_a_file_of_checkpoints_that_is_none_is_refused_by_its_line(
    loaded: Tabulator, tmp_path: Path, content: str, line: int
) -> None:
    file = tmp_path / "kept.json"
    file.write_text(content)
    for command in (("verify",), ("verify-export", file)):
        refused = loaded("audit", *command, "--checkpoints", file)
        assert one_line(refused, "kept.json", f"row {line}"), refused
    as_json = loaded("audit", "verify", "--checkpoints", file, "--json")
    assert as_json.status == 2
    assert json.loads(as_json.out)["problems"][0]["row"] == line


def test_no_half_export_is_left_behind(loaded: Tabulator, tmp_path: Path) -> None:
    refused = loaded("audit", "export", tmp_path / "none" / "trail.jsonl")
    assert one_line(refused)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "trail.jsonl").write_text("older")
    assert loaded("audit", "export", folder / "trail.jsonl").status == 0
    assert [path.name for path in folder.iterdir()] == ["trail.jsonl"]
    assert (folder / "trail.jsonl").read_text() != "older"


def test_a_figure_changed_behind_the_service_s_back_is_status_1_and_named(
    loaded: Tabulator, package: Package, database_url: str
) -> None:
    file = package.protocols(president(7001, 80, 33))
    taken = loaded("protocols", "import", file, "--election", "sample", "--accept-clean")
    assert taken.status == 0
    tamper(database_url, "UPDATE accepted SET v0 = v0 + 1 WHERE precinct = 7001")
    assert "precinct 7001" in loaded("audit", "verify").out
    assert broken(loaded("audit", "verify", "--json"))["chain"] == "sample/kemin"


def test_on_sqlite_nobody_can_be_kept_from_anything(tabulator: Tabulator, tmp_path: Path) -> None:
    tabulator("db", "upgrade")
    refused = tabulator("db", "grant", "nobody")
    said = "not-found" if "role nobody" in refused.err else "SQLite has no roles"
    assert one_line(refused, said)
