"""The commands as a person types them, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tabulator.cli import run
from tests.cli.packages import Package


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status, and what it wrote where."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        assert self.status == 0, self.err
        return json.loads(self.out)


Tabulator = Callable[..., Ran]


@pytest.fixture
def tabulator(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> Tabulator:
    """Runs one command line; the database is there, but not migrated."""
    monkeypatch.setenv("TABULATOR_DATABASE_URL", database_url)
    monkeypatch.setenv("TABULATOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TABULATOR_LANG", "en")

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        return Ran(status, *capsys.readouterr())

    return ran


@pytest.fixture
def migrated(tabulator: Tabulator) -> Tabulator:
    assert tabulator("db", "upgrade").status == 0
    return tabulator


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A small package in order, in a folder."""
    folder = tmp_path / "package"
    folder.mkdir()
    return Package(folder)


@pytest.fixture
def loaded(migrated: Tabulator, package: Package) -> Tabulator:
    assert migrated("election", "load", package.write()).status == 0
    return migrated
