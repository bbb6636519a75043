"""Loading, importing and listing: what a person sees and what a program reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Tabulator
from tests.cli.packages import Package, president

IMPORT = ("protocols", "import")
OF = ("--election", "sample")


def test_the_database_is_created_and_migrated_and_again_nothing_happens(
    tabulator: Tabulator,
) -> None:
    first, second = tabulator("db", "upgrade"), tabulator("db", "upgrade")
    assert (first.status, first.out, second.status) == (0, "", 0)
    assert first.err == second.err
    assert "revision 0" in first.err


def test_an_election_is_loaded_once(migrated: Tabulator, package: Package) -> None:
    folder = package.write()
    first = migrated("election", "load", folder)
    assert (first.status, first.out) == (0, "")
    assert "election sample loaded: 4 precincts, 5 areas, 1 contest(s)" in first.err
    assert migrated("election", "load", folder, "--json").json == {
        "election": "sample",
        "loaded": False,
    }


def test_another_package_of_the_same_name_is_refused(loaded: Tabulator, package: Package) -> None:
    package.precincts = {5001: "chui"}
    refused = loaded("election", "load", package.write())
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "sample" in refused.err


def malformed(package: Package) -> Path:
    folder = package.write()
    for name, wrong in (("areas.csv", "kemin,chui,town,tec-kemin,,,\n"), ("options.csv", "x\n")):
        with open(folder / name, "a", encoding="utf-8") as file:
            file.write(wrong)
    return folder


def test_every_problem_of_every_file_is_named_and_nothing_is_loaded(
    migrated: Tabulator, package: Package
) -> None:
    refused = migrated("election", "load", malformed(package))
    assert (refused.status, refused.out) == (2, "")
    assert {line.split(",")[0] for line in refused.err.splitlines()} == {"areas.csv", "options.csv"}
    assert len(refused.err.splitlines()) >= 3
    assert migrated("results", *OF).status == 2


def test_problems_are_machine_readable_too(migrated: Tabulator, package: Package) -> None:
    refused = migrated("election", "load", malformed(package), "--json")
    assert (refused.status, refused.err) == (2, "")
    problems = json.loads(refused.out)["problems"]
    assert {p["file"] for p in problems} == {"areas.csv", "options.csv"}
    for problem in problems:
        assert {"code", "file", "row", "column", "expected", "found", "texts"} <= set(problem)
        assert all(problem["texts"].values())


def test_an_import_prints_findings_and_says_what_became_of_the_rows(
    loaded: Tabulator, package: Package
) -> None:
    file = package.protocols(president(1001), president(1002, INV=9), president(9001, V=""))
    done = loaded(*IMPORT, file, *OF, "--accept-clean")
    assert done.status == 0
    assert "3 imported, 0 unchanged, 1 accepted, 2 disputed" in done.err
    lines = [line.split() for line in done.out.splitlines()]
    assert [line[:4] for line in lines] == [
        ["1002", "main", "K04", "error"],
        ["9001", "main", "K01", "error"],
    ]
    assert "I = VAL + INV + U: 97 ≠ 95 + 9 + 0 (= 104)" in done.out


def test_an_import_as_json_is_what_the_contract_says(loaded: Tabulator, package: Package) -> None:
    file = package.protocols(president(1001), president(1002, INV=9))
    said = loaded(*IMPORT, file, *OF, "--accept-clean", "--json").json
    assert (said["imported"], said["accepted"], said["unchanged"], said["disputed"]) == (2, 1, 0, 1)
    (finding,) = said["findings"]
    assert {key: finding[key] for key in finding if key != "texts"} == {
        "precinct": 1002,
        "contest": "main",
        "code": "K04",
        "severity": "error",
        "lines": ["I", "VAL", "INV", "U"],
        "equation": "I = VAL + INV + U: 97 ≠ 95 + 9 + 0 (= 104)",
    }


def test_a_file_with_a_malformed_row_is_refused_as_a_whole(
    loaded: Tabulator, package: Package
) -> None:
    file = package.protocols(president(1001), president(1002, V="-5"), president(4444))
    refused = loaded(*IMPORT, file, *OF, "--accept-clean")
    assert (refused.status, refused.out, len(refused.err.splitlines())) == (2, "", 2)
    assert loaded("protocols", "list", *OF, "--json").json == {"protocols": []}


def test_accepted_protocols_are_not_replaced_by_a_file(loaded: Tabulator, package: Package) -> None:
    first = package.protocols(president(1001), president(1002))
    assert loaded(*IMPORT, first, *OF, "--accept-clean").status == 0
    before = loaded("results", *OF, "--format", "json").out
    second = package.protocols(president(1001, 80), president(1002, 80), president(7001))
    refused = loaded(*IMPORT, second, *OF, "--accept-clean", "--json")
    assert refused.status == 2
    problems = json.loads(refused.out)["problems"]
    assert [(p["code"], p["precinct"]) for p in problems] == [
        ("already-accepted", 1001),
        ("already-accepted", 1002),
    ]
    assert loaded("results", *OF, "--format", "json").out == before


def test_a_disputed_protocol_is_corrected_by_importing_it_again(
    loaded: Tabulator, package: Package
) -> None:
    loaded(*IMPORT, package.protocols(president(1001, INV=9)), *OF, "--accept-clean")
    done = loaded(*IMPORT, package.protocols(president(1001)), *OF, "--accept-clean", "--json")
    assert (done.json["imported"], done.json["accepted"]) == (1, 1)
    assert loaded("protocols", "list", *OF, "--json").json["protocols"] == [
        {
            "precinct": 1001,
            "contest": "main",
            "state": "accepted",
            "version": 2,
            "channel": "import",
        }
    ]


@pytest.mark.parametrize(
    ("state", "listed"),
    [("accepted", [1001]), ("disputed", [1002]), ("checked", [7001]), ("received", [])],
)
def test_protocols_are_listed_by_state(
    loaded: Tabulator, package: Package, state: str, listed: list[int]
) -> None:
    rows = president(1001), president(1002, INV=9)
    assert loaded(*IMPORT, package.protocols(*rows), *OF, "--accept-clean").status == 0
    assert loaded(*IMPORT, package.protocols(president(7001)), *OF).status == 0
    found = loaded("protocols", "list", *OF, "--state", state, "--json").json["protocols"]
    assert [(row["precinct"], row["state"]) for row in found] == [(n, state) for n in listed]
    shown = loaded("protocols", "list", *OF, "--state", state)
    assert [int(line.split()[0]) for line in shown.out.splitlines()] == listed


def test_who_acts_is_the_one_who_is_named(loaded: Tabulator, package: Package) -> None:
    file = package.protocols(president(1001))
    done = loaded(*IMPORT, file, *OF, "--as", "Ө. Ыйман уулу", "--json")
    assert done.json["imported"] == 1
    assert loaded("audit", "verify").status == 0
