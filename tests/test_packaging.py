"""What `pip install .` brings along: everything, so that it runs from any folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
FOLDERS = {
    "tabulator": "tabulator",
    "templates": "tabulator/templates",
    "migrations": "tabulator/migrations",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, installed into a folder of its own, from a copy: a build leaves files behind."""
    copy = tmp_path_factory.mktemp("project with a space")
    for folder in FOLDERS:
        shutil.copytree(PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("*.pyc"))
    for file in ("setup.cfg", "pyproject.toml", "README.md"):
        shutil.copy(PROJECT / file, copy)
    target = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", *options, str(copy)], check=True)
    return target


def files(folder: Path) -> set[Path]:
    return {
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.mark.parametrize(("folder", "place"), FOLDERS.items())
def test_every_file_is_installed(installed: Path, folder: str, place: str) -> None:
    missing = files(PROJECT / folder) - files(installed / place)
    assert missing == set(), "not installed: setup.cfg names every package"


def test_the_installed_program_migrates_a_database_from_another_folder(
    installed: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "TABULATOR_HOME": str(tmp_path)}
    command = [str(installed / "bin" / "tabulator"), "db", "upgrade"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    with closing(sqlite3.connect(tmp_path / "tabulator.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
