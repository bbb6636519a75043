"""The presidential election of 2017: published figures, as found, through the commands."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Tabulator

FAULTS = {(2, "K04"), (2, "K05"), (51, "K04"), (51, "K05"), (22, "K02")}
DISPUTED = {number for number, _ in FAULTS}
RESULTS = ("results", "--election", "president-2017")


@pytest.fixture
def imported(migrated: Tabulator, president_2017: Path) -> Ran:
    assert migrated("election", "load", president_2017).status == 0
    return migrated(
        "protocols",
        "import",
        president_2017 / "protocols.csv",
        "--election",
        "president-2017",
        "--accept-clean",
        "--json",
    )


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with open(folder / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def added(folder: Path) -> dict[str, dict[str, int]]:
    """Area → column → sum of the rows in order, by nothing but the csv module."""
    regions = {row["number"]: row["area"] for row in rows(folder, "precincts.csv")}
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(folder, "protocols.csv"):
        if int(row["precinct"]) not in DISPUTED:
            for column, cell in row.items():
                if column not in ("precinct", "contest"):
                    sums[regions[row["precinct"]]][column] += int(cell)
                    sums["kg"][column] += int(cell)
    return sums


def test_the_three_slips_of_the_source_are_found_and_nothing_else_is_an_error(
    imported: Ran,
) -> None:
    said = imported.json
    assert (said["imported"], said["accepted"], said["disputed"]) == (53, 50, 3)
    errors = [f for f in said["findings"] if f["severity"] == "error"]
    assert {(f["precinct"], f["code"]) for f in errors} == FAULTS
    assert len(errors) == len(FAULTS)
    for finding in errors:
        assert finding["contest"] == "president"
        assert finding["lines"]
        assert set(finding["texts"]) == {"ky", "ru", "en"}
    equations = {(f["precinct"], f["code"]): f["equation"] for f in errors}
    assert equations[22, "K02"] == "R = C + I: 25047 ≠ 10658 + 14388 (= 25046)"


def test_the_roll_up_equals_the_rows_added_by_hand(
    imported: Ran, migrated: Tabulator, president_2017: Path
) -> None:
    assert imported.status == 0
    shown = migrated(*RESULTS, "--format", "json").json
    due = added(president_2017)
    areas = {area["area"]: area for area in (shown, *shown["children"])}
    for code, sums in due.items():
        area = areas.pop(code)
        found = {**area["totals"], **{o["code"]: o["votes"] for o in area["options"]}}
        assert found == sums, code
    for area in areas.values():
        assert set(area["totals"].values()) == {None}


def test_coverage_and_shares_are_those_of_fifty_rows(imported: Ran, migrated: Tabulator) -> None:
    assert imported.status == 0
    shown = migrated(*RESULTS, "--format", "json").json
    names = ("formed", "received", "missing", "disputed", "annulled", "included")
    assert [shown["coverage"][name] for name in names] == [53, 53, 0, 3, 0, 50]
    assert (shown["election"], shown["contest"], shown["area"]) == (
        "president-2017",
        "president",
        "kg",
    )
    assert shown["status"] == "preliminary"
    for area in (shown, *shown["children"]):
        printed = [o["share"] for o in area["options"]] + list(area["other_shares"].values())
        assert sum(int(share.replace(".", "")) for share in printed) == 10_000
        assert area["coverage"]["formed"] == area["coverage"]["received"]


def test_with_the_three_rows_the_published_sums_come_out(
    imported: Ran, migrated: Tabulator, president_2017: Path
) -> None:
    """The figures of the three rows are kept as written and never enter a sum."""
    shown = migrated(*RESULTS, "--format", "json").json
    apart = [
        row for row in rows(president_2017, "protocols.csv") if int(row["precinct"]) in DISPUTED
    ]
    votes = {option["code"]: option["votes"] for option in shown["options"]}
    published = {"V": 2_970_137, "I": 1_677_249, "Jeenbekov": 908_493, "Babanov": 563_742}
    for column, total in published.items():
        counted = shown["totals"].get(column) or votes.get(column)
        assert counted + sum(int(row[column]) for row in apart) == total


def test_the_trail_holds_and_a_second_import_changes_nothing(
    imported: Ran, migrated: Tabulator, president_2017: Path
) -> None:
    before = migrated(*RESULTS, "--format", "json").out
    verdict = migrated("audit", "verify", "--json").json
    assert (verdict["events"], verdict["holds"], verdict["first_break"]) == (160, True, None)
    again = migrated(
        "protocols",
        "import",
        president_2017 / "protocols.csv",
        "--election",
        "president-2017",
        "--accept-clean",
        "--json",
    ).json
    assert (again["imported"], again["unchanged"], again["accepted"]) == (0, 53, 0)
    assert again["findings"] == imported.json["findings"]
    assert migrated(*RESULTS, "--format", "json").out == before
    listed = migrated("protocols", "list", "--election", "president-2017", "--json").json
    states = {row["precinct"]: row["state"] for row in listed["protocols"]}
    assert {number for number, state in states.items() if state == "disputed"} == DISPUTED
