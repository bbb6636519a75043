"""Packages unlike any built-in election go the whole way: load, import, count, verify."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.cli.conftest import Tabulator
from tests.cli.packages import CONTEST, Package, president

OF = ("--election", "sample")


def go(tabulator: Tabulator, package: Package, rows: Sequence[Any]) -> dict[str, Any]:
    """Load, import all rows, and give the results; the trail must hold, sums must agree."""
    loaded = tabulator("election", "load", package.write())
    assert loaded.status == 0, loaded.err
    file = package.protocols(*rows)
    said = tabulator("protocols", "import", file, *OF, "--accept-clean", "--json").json
    assert (said["imported"], said["accepted"]) == (len(rows), len(rows)), said["findings"]
    assert tabulator("audit", "verify").status == 0
    shown: dict[str, Any] = tabulator("results", *OF, "--format", "json").json
    assert tabulator("results", *OF).status == 0
    return shown


def test_a_referendum(migrated: Tabulator, package: Package) -> None:
    package.kind = "referendum"
    package.contests = ({**CONTEST, "form": "referendum/2021"},)
    package.options = {"main": [("yes", "answer"), ("no", "answer")]}
    rows = []
    for number in (1001, 9001):
        row = president(number)
        row |= {"V": 300, "yes": row.pop("asan"), "no": row.pop("none")}
        rows.append(row)
    shown = go(migrated, package, rows)
    assert [(o["code"], o["votes"], o["share"]) for o in shown["options"]] == [
        ("yes", 180, "92.78"),
        ("no", 10, "5.16"),  # 5.1546…, and the hundredth that makes all shares sum to 100.00
    ]
    assert shown["other_shares"] == {"INV": "2.06", "U": "0.00"}
    assert shown["outcome"]["verdict"] == "adopted"


PLAIN = """
[[forms]]
code = "handbook/7"
title = { ky = "Барак", en = "Sheet" }
lines = [
  { role = "LISTED", number = "1", caption = { ky = "Тизмеде", en = "Listed" } },
  { role = "FOUND", number = "2а", caption = { ky = "Табылды" } },
  { role = "REMARK", number = "3", caption = { ky = "Белги" }, summed = false, required = false },
]
"""


def test_a_form_with_roles_of_its_own_and_none_that_the_rules_know(
    migrated: Tabulator, package: Package
) -> None:
    package.forms = PLAIN
    package.contests = ({**CONTEST, "form": "handbook/7"},)
    rows = [
        {"precinct": 1001, "contest": "main", "LISTED": 10, "FOUND": 4, "REMARK": 1},
        {"precinct": 7001, "contest": "main", "LISTED": 20, "FOUND": 5, "REMARK": ""},
    ]
    shown = go(migrated, package, [{**row, "asan": 3, "none": 1} for row in rows])
    assert shown["totals"] == {"LISTED": 30, "FOUND": 9}
    assert [(o["votes"], o["share"]) for o in shown["options"]] == [(6, None), (2, None)]
    assert shown["turnout"] is None
    assert shown["outcome"]["elected"] == []


def test_a_form_of_forty_lines(migrated: Tabulator, package: Package) -> None:
    roles = [f"L{k}" for k in range(1, 41)]
    lines = "".join(
        f'[[forms.lines]]\nrole = "{role}"\nnumber = {k}\ncaption = {{ ru = "Строка {k}" }}\n'
        for k, role in enumerate(roles, start=1)
    )
    package.forms = f'[[forms]]\ncode = "long/1"\ntitle = {{ ru = "Длинная" }}\n{lines}'
    package.contests = ({**CONTEST, "form": "long/1"},)
    rows = [
        {
            "precinct": number,
            "contest": "main",
            **{role: number + k for k, role in enumerate(roles)},
            "asan": 1,
            "none": 2,
        }
        for number in (1001, 1002, 9001)
    ]
    shown = go(migrated, package, rows)
    assert list(shown["totals"]) == roles
    assert shown["totals"] == {role: 11004 + 3 * k for k, role in enumerate(roles)}
    assert [option["votes"] for option in shown["options"]] == [3, 6]


def test_a_tree_of_five_levels_with_precincts_on_every_one(
    migrated: Tabulator, package: Package
) -> None:
    codes = ("kg", "oblast", "rayon", "ayyl", "block")
    kinds = ("country", "region", "territory", "territory", "block")
    package.areas = [
        (code, parent, kind, "cec" if code == "kg" else "tec")
        for code, parent, kind in zip(codes, ("", *codes), kinds, strict=False)
    ]
    package.precincts = {10 + k: code for k, code in enumerate(codes)}
    rows = [president(number, asan=50 + number) for number in package.precincts]
    shown = go(migrated, package, rows)
    for level, code in enumerate(codes):
        part = migrated("results", *OF, "--area", code, "--format", "json").json
        below = rows[level:]
        assert part["coverage"]["included"] == len(below)
        assert part["options"][0]["votes"] == sum(int(str(row["asan"])) for row in below)
        assert [child["area"] for child in part["children"]] == list(codes[level + 1 : level + 2])
    assert shown["coverage"]["formed"] == 5


def test_precinct_numbers_of_seven_digits(migrated: Tabulator, package: Package) -> None:
    package.precincts = {1234567: "bishkek", 9999999: "abroad", 999999999: "kemin"}
    shown = go(migrated, package, [president(number) for number in package.precincts])
    assert shown["coverage"]["included"] == 3
    listed = migrated("protocols", "list", *OF, "--json").json["protocols"]
    assert [row["precinct"] for row in listed] == [1234567, 9999999, 999999999]


def test_names_with_quotes_commas_and_markup(migrated: Tabulator, package: Package) -> None:
    names = {
        "kg": 'Кыргыз «Республикасы», "Ала-Тоо"; өлкө',
        "asan": "Асан О'Коннор, <b>Өмүр</b> & Co",
        "none": 'Баарына "каршы"',
    }
    package.names = names
    shown = go(migrated, package, [president(1001)])
    assert shown["name"]["ky"] == names["kg"]
    table = migrated("results", *OF).out
    assert names["kg"] in table
    assert names["asan"] in table


def test_several_contests_on_one_day(migrated: Tabulator, package: Package) -> None:
    package.contests = (CONTEST, {**CONTEST, "id": "local", "area": "chui", "open_abroad": False})
    package.options = {
        "main": [("asan", "candidate"), ("none", "against_all")],
        "local": [("chynar", "candidate"), ("none", "against_all")],
    }
    local: dict[str, object] = {**president(7001), "contest": "local", "chynar": 90}
    del local["asan"]
    go(migrated, package, [president(1001), president(7001), local])
    second = migrated("results", *OF, "--contest", "local", "--format", "json").json
    assert (second["contest"], second["area"]) == ("local", "kg")
    assert second["coverage"]["formed"] == second["coverage"]["included"] == 1
    assert [(o["code"], o["votes"]) for o in second["options"]] == [("chynar", 90), ("none", 5)]


@pytest.mark.parametrize("marks", [2, 3])
def test_a_ballot_of_several_marks(migrated: Tabulator, package: Package, marks: int) -> None:
    package.kind = "local-district"
    form = "local-district/2024"
    package.contests = ({**CONTEST, "form": form, "seats": marks, "max_marks": marks},)
    codes = ("aida", "bek", "chynar")
    package.options = {"main": [(code, "candidate") for code in codes]}
    row: dict[str, object] = {**president(1001, 90, 5), "aida": 80, "bek": 60, "chynar": 40}
    del row["asan"], row["none"]
    shown = go(migrated, package, [row])
    assert [o["votes"] for o in shown["options"]] == [80, 60, 40]
    assert shown["options"][0]["share"] == "82.47"
