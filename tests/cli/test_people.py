"""Accounts from the command line: the first administrator, and a file full with slips."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tabulator.cli import people as commands
from tabulator.people.codes import LETTERS
from tests.cli.conftest import Tabulator
from tests.documents.reading import pages, text

HEADER = "name,role,election,scope,person,lang\n"
ROWS = (
    "chair-1001,precinct-chair,sample,1001,Жаңыл Ө.,ky\n"
    "chair-1002,precinct-chair,sample,01002,,ru\n"
    "kemin,territorial-chair,sample,tec-kemin,,\n"
    "watch,observer,,,,\n"
)


def accounts(tabulator: Tabulator) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = tabulator("user", "list", "--json").json["accounts"]
    return listed


def test_the_first_administrator_comes_with_a_start_code(migrated: Tabulator) -> None:
    ran = migrated("user", "add", "admin", "--role", "administrator", "--person", "Азамат")
    code = ran.out.strip()
    assert (ran.status, len(code)) == (0, 14)
    assert set(code) <= {*LETTERS, "-"}
    assert accounts(migrated) == [
        {
            "name": "admin",
            "role": "administrator",
            "election": "",
            "scope": "",
            "person": "Азамат",
            "lang": "ky",
            "active": True,
        }
    ]
    assert code not in migrated("user", "list").out
    assert migrated("user", "reset", "ADMIN").out.strip() != code


def test_a_password_comes_on_standard_input(
    migrated: Tabulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given, status in (("Password123\n", 2), ("тоо жана көл 7\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        ran = migrated("user", "add", "a", "--role", "cec-operator", "--password-stdin")
        assert (ran.status, ran.out) == (status, "")
        assert given.strip() not in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "a", "--role", "king"], "king"),
        (["add", "=a", "--role", "observer"], "cannot be the name of an account"),
        (["add", "a", "--role", "precinct-chair"], "left empty"),
        (["add", "a", "--role", "territorial-chair", "--area", "x", "--election", "no"], "no"),
        (["reset", "nobody"], "not-found"),
        (["disable", "nobody"], "not-found"),
        (["end-sessions", "nobody"], "not-found"),
    ],
)
def test_what_is_not_in_order_is_refused(
    migrated: Tabulator, arguments: list[str], said: str
) -> None:
    ran = migrated("user", *arguments)
    assert ran.status == 2
    assert said in ran.err
    assert accounts(migrated) == []


def test_an_account_is_disabled_and_logged_out(migrated: Tabulator) -> None:
    migrated("user", "add", "a", "--role", "observer")
    assert "0 session(s)" in migrated("user", "end-sessions", "a").err
    assert migrated("user", "disable", "a").status == 0
    assert "(disabled)" in migrated("user", "list").out


def test_a_file_of_accounts_becomes_accounts_and_slips(
    loaded: Tabulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "_PER_FILE", 3)
    monkeypatch.setenv("TABULATOR_BASE_URL", "https://count.example")
    file, slips = tmp_path / "people.csv", tmp_path / "slips.pdf"
    file.write_text(HEADER + ROWS)
    ran = loaded("user", "import", file, "--slips", slips, "--lang", "ky,ru", "--json")
    second = tmp_path / "slips-2.pdf"
    assert ran.json == {"accounts": 4, "slips": [str(slips), str(second)]}
    assert [path.stat().st_mode & 0o777 for path in (slips, second)] == [0o600, 0o600]
    assert sorted(path.name for path in tmp_path.glob("*slips*")) == ["slips-2.pdf", "slips.pdf"]
    assert {a["name"]: a["scope"] for a in accounts(loaded)} == {
        "chair-1001": "1001",
        "chair-1002": "1002",
        "kemin": "tec-kemin",
        "watch": "",
    }
    (page,) = pages(slips.read_bytes())
    assert all(said in text(page) for said in ("chair-1001", "№1002", "https://count.example"))
    again = loaded("user", "import", file, "--slips", tmp_path / "other.pdf")
    assert again.status == 2
    assert again.err.count("already") == 4


def test_every_problem_of_a_file_is_told_at_once_and_nothing_is_made(
    loaded: Tabulator, tmp_path: Path
) -> None:
    loaded("user", "add", "taken", "--role", "observer")
    file, slips = tmp_path / "people.csv", tmp_path / "slips.pdf"
    file.write_text(
        HEADER + ROWS + "Taken,observer,,,,\n"
        "chair-9,precinct-chair,sample,9,,\n"
        "osh,territorial-chair,sample,tec-osh,,\n"
        "other,observer,none,,,\n"
        "CHAIR-1001,observer,,,,\n"
        "=cmd,observer,,,=1+1,\n"
        "x,king,,,,de\n"
        "y,precinct-chair,,,,\n"
        "z,observer,,7,,\n"
    )
    ran = loaded("user", "import", file, "--slips", slips, "--json")
    problems = json.loads(ran.out)["problems"]
    assert [(p["row"], p["column"], p["code"]) for p in problems] == [
        (6, "name", "account-exists"),
        (7, "scope", "unknown-precinct"),
        (8, "scope", "unknown-reference"),
        (9, "election", "unknown-election"),
        (10, "name", "duplicate"),
        (11, "name", "not-an-account-name"),
        (11, "person", "formula"),
        (12, "lang", "not-one-of"),
        (12, "role", "not-one-of"),
        (13, "scope", "empty-cell"),
        (14, "scope", "must-be-empty"),
    ]
    assert ran.status == 2
    assert {p["file"] for p in problems} == {"people.csv"}
    assert not slips.exists()
    assert len(accounts(loaded)) == 1


def test_slips_that_are_there_are_not_overwritten(loaded: Tabulator, tmp_path: Path) -> None:
    file, slips = tmp_path / "people.csv", tmp_path / "slips.pdf"
    file.write_text(HEADER + ROWS)
    slips.write_text("codes that nobody else has")
    ran = loaded("user", "import", file, "--slips", slips)
    assert (ran.status, accounts(loaded)) == (2, [])
    assert slips.read_text() == "codes that nobody else has"


def test_without_slips_there_are_no_accounts(loaded: Tabulator, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(HEADER + ROWS)
    ran = loaded("user", "import", file, "--slips", tmp_path / "none" / "slips.pdf")
    assert (ran.status, accounts(loaded)) == (2, [])
