"""Results in three shapes that agree, and the catalogue of checks."""

from __future__ import annotations

import csv
import io

import pytest

from tabulator.domain.rules import RULES
from tests.cli.conftest import Tabulator
from tests.cli.packages import PRESIDENT, Package, president

OF = ("--election", "sample")


@pytest.fixture
def counted(loaded: Tabulator, package: Package) -> Tabulator:
    rows = [president(1001, 90, 5), president(7001, 80, 33), president(9001, INV=9)]
    done = loaded("protocols", "import", package.protocols(*rows), *OF, "--accept-clean")
    assert done.status == 0
    return loaded


@pytest.mark.parametrize("area", ["", "kg", "chui", "bishkek", "abroad", "tec-bishkek"])
def test_table_csv_and_json_agree_number_by_number(counted: Tabulator, area: str) -> None:
    chosen = ("results", *OF, *(["--area", area] if area else []))
    shown = counted(*chosen, "--format", "json").json
    rows = list(csv.DictReader(io.StringIO(counted(*chosen, "--format", "csv").out)))
    assert [row["area"] for row in rows] == [
        *(child["area"] for child in shown["children"]),
        shown["area"],
    ]
    for row, document in zip(rows, [*shown["children"], shown], strict=True):
        figures = document["totals"] | {o["code"]: o["votes"] for o in document["options"]}
        for name, value in {**document["coverage"], **figures}.items():
            assert row[name] == ("" if value is None else str(value)), (row["area"], name)
        assert row["turnout"] == (document["turnout"] or "")
    table = counted(*chosen, "--format", "table").out
    numbers = [line[:13].strip().replace(" ", "") for line in table.splitlines()[2:]]
    due = [*shown["totals"].values(), *(option["votes"] for option in shown["options"])]
    expected = ["—" if value is None else str(value) for value in due]
    assert numbers[: len(PRESIDENT)] == expected[: len(PRESIDENT)]
    assert numbers[len(PRESIDENT) + 1 :][:2] == expected[len(PRESIDENT) :]
    for option in shown["options"]:
        assert option["share"] is None or f"{option['share']}%" in table
    assert "  ".join(f"{k} {v}" for k, v in shown["coverage"].items()) in table


def test_results_are_the_contract_s_object(counted: Tabulator) -> None:
    shown = counted("results", *OF, "--format", "json").json
    assert (shown["election"], shown["contest"], shown["area"]) == ("sample", "main", "kg")
    assert shown["status"] == "preliminary"
    names = ("formed", "received", "missing", "disputed", "annulled", "included")
    assert [shown["coverage"][name] for name in names] == [4, 3, 1, 1, 0, 2]
    assert list(shown["totals"]) == list(PRESIDENT)
    assert (shown["totals"]["V"], shown["totals"]["I"]) == (800, 97 + 115)
    assert shown["options"][0] == {"code": "asan", "votes": 170, "share": "80.19"}
    assert shown["turnout"] == "26.50"
    assert [child["area"] for child in shown["children"]] == ["chui", "bishkek", "abroad"]
    assert shown["outcome"]["elected"] == ["asan"]


def test_a_part_has_no_outcome(counted: Tabulator) -> None:
    assert "outcome" not in counted("results", *OF, "--area", "chui", "--format", "json").json


def test_before_anything_is_in_there_are_holes_and_no_zeros(loaded: Tabulator) -> None:
    shown = loaded("results", *OF, "--format", "json").json
    assert set(shown["totals"].values()) == {None}
    assert [option["share"] for option in shown["options"]] == [None, None]
    assert "—" in loaded("results", *OF).out
    last = loaded("results", *OF, "--format", "csv").out.splitlines()[-1]
    assert last == "kg,4,0,4,0,0,0,0" + "," * (len(PRESIDENT) + 3)


def test_the_catalogue_of_checks_lists_every_rule(tabulator: Tabulator) -> None:
    listed = tabulator("rules", "--json").json["rules"]
    assert [rule["code"] for rule in listed] == [rule.code for rule in RULES]
    assert {f"K{number:02}" for number in range(1, 31)} == {rule["code"] for rule in listed}
    said = tabulator("rules").out
    for rule in RULES:
        assert rule.code in said
        assert rule.says.say("en") in said
