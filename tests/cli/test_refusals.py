"""What is refused says so in one line, with status 2, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Tabulator
from tests.cli.packages import Package, president

COMMANDS = [
    ("results",),
    ("results", "--format", "json"),
    ("protocols", "list"),
    ("protocols", "list", "--json"),
    ("protocols", "import", "{file}"),
    ("protocols", "import", "{file}", "--json"),
]


def one_line(ran: Ran, *parts: str) -> bool:
    """Refused in one line on standard error that holds all of `parts`."""
    assert (ran.status, ran.out) == (2, ""), ran
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    return all(part in ran.err for part in parts)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("election", ["none", "'; DROP TABLE event; --"])
def test_an_unknown_election_is_refused(
    migrated: Tabulator, package: Package, command: tuple[str, ...], election: str
) -> None:
    file = package.protocols(president(1001))
    words = [word.format(file=file) for word in command]
    assert one_line(migrated(*words, "--election", election), "not-found", election)


@pytest.mark.parametrize(
    "chosen", [("--contest", "none"), ("--area", "none"), ("--area", "1001")], ids=" ".join
)
def test_an_unknown_contest_or_area_is_refused(loaded: Tabulator, chosen: tuple[str, ...]) -> None:
    assert one_line(loaded("results", "--election", "sample", *chosen), "not-found", chosen[1])


@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        ("election", "load", "{folder}"),
        ("audit", "verify"),
        ("audit", "verify", "--json"),
        ("documents", "--out", "{folder}/out"),
    ],
    ids=" ".join,
)
def test_a_database_that_is_not_migrated_names_the_command(
    tabulator: Tabulator, package: Package, command: tuple[str, ...]
) -> None:
    places = {"folder": package.write(), "file": package.protocols(president(1001))}
    words = [word.format(**places) for word in command]
    if command[0] not in ("election", "audit"):
        words += ["--election", "sample"]
    assert one_line(tabulator(*words), "tabulator db upgrade")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TABULATOR_LANG", "de"),
        ("TABULATOR_BASE_URL", "example.org"),
        ("TABULATOR_DATABASE_URL", "mysql://u:secret@h/x"),
        ("TABULATOR_DATABASE_URL", "postgresql://u:secret@localhost:port/x"),
        ("TABULATOR_DATABASE_URL", "postgresql://u:secret@localhost:1/x"),
        ("TABULATOR_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite"),
        ("TABULATOR_DATABASE_URL", "sqlite:///{file}"),
        ("TABULATOR_HOME", "{file}"),
    ],
)
@pytest.mark.parametrize("command", ["upgrade", "verify"])
def test_a_wrong_setting_is_refused_in_one_sentence(
    tabulator: Tabulator,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    value: str,
    command: str,
) -> None:
    file = tmp_path / "file"
    file.write_text("neither a folder nor a database")
    monkeypatch.setenv(name, value.format(file=file))
    words = ("db", "upgrade") if command == "upgrade" else ("audit", "verify")
    refused = tabulator(*words)
    assert one_line(refused)
    assert "secret" not in refused.err


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("nonsense",),
        ("results",),
        ("results", "--election", "sample", "--format", "xml"),
        ("protocols", "list", "--election", "sample", "--state", "lost"),
        ("election", "load", "no/such/folder"),
        ("protocols", "import", "no/such/file.csv", "--election", "sample"),
    ],
    ids=" ".join,
)
def test_bad_usage_is_status_2(tabulator: Tabulator, command: tuple[str, ...]) -> None:
    refused = tabulator(*command)
    assert (refused.status, refused.out) == (2, "")
    assert "Usage:" in refused.err
    assert "Traceback" not in refused.err


def test_the_installed_command_gives_its_status_to_the_shell(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from tabulator.cli import main; main()", "audit", "verify"]
    environment = {"TABULATOR_HOME": str(tmp_path / "home"), "LANG": "C"}
    refused = subprocess.run(
        command,
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "tabulator db upgrade" in refused.stderr


def test_help_and_version_are_no_errors(tabulator: Tabulator) -> None:
    assert tabulator("--version").status == 0
    for command in ((), ("results",), ("protocols", "import"), ("documents",), ("serve",)):
        shown = tabulator(*command, "--help")
        assert (shown.status, shown.err) == (0, "")
        assert shown.out.startswith("Usage: tabulator")
