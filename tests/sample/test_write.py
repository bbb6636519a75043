from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime, time
from pathlib import Path

import pytest

from tabulator.domain.protocol import Protocol
from tabulator.domain.register import ElectionPackage
from tabulator.domain.rules import check, check_medians, check_twins
from tabulator.domain.rules.base import Case
from tabulator.package import read_package, read_protocols
from tabulator.sample import write_sample

PRESIDENT_CODES = (
    {f"K{n:02}" for n in range(1, 31)} - {"K16", "K18", "K27"} - {f"K{n}" for n in (22, 23, 24, 25)}
)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def expected(folder: Path, suffix: str = "") -> list[tuple[int, str, str]]:
    with open(folder / f"faults{suffix}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(int(row["precinct"]), row["contest"], row["code"]) for row in rows]


def read(folder: Path, suffix: str = "") -> tuple[ElectionPackage, list[Protocol]]:
    package = read_package(folder)
    path = folder / f"protocols{suffix}.csv"
    return package, read_protocols(path, package.election, package.precincts)


def found(folder: Path, suffix: str = "") -> list[tuple[int | None, str, str]]:
    """Everything that the checks find, on each protocol and between neighbours."""
    package, protocols = read(folder, suffix)
    election = package.election
    cases = [
        Case(
            protocol,
            election.contests[protocol.contest],
            package.precincts[protocol.precinct],
            election.id,
            election.date,
        )
        for protocol in protocols
    ]
    findings = [finding for case in cases for finding in check(case)] + check_twins(cases)
    for area in {case.precinct.area for case in cases}:
        findings += check_medians(case for case in cases if case.precinct.area == area)
    return sorted({(each.precinct or 0, each.contest, each.code) for each in findings})


def test_the_checks_find_the_planted_faults_of_the_default_and_nothing_else(
    default_sample: Path,
) -> None:
    assert found(default_sample) == expected(default_sample)
    assert found(default_sample, "-toktogul") == expected(default_sample, "-toktogul")


@pytest.mark.parametrize(
    ("seed", "precincts"), [(1, 60), (2, 60), (3, 75), (4, 130), (5, 300), (6, 300), (7, 1_000)]
)
def test_the_checks_find_exactly_the_planted_faults(
    tmp_path: Path, seed: int, precincts: int
) -> None:
    write_sample(tmp_path, seed=seed, precincts=precincts)
    assert found(tmp_path) == expected(tmp_path)
    assert found(tmp_path, "-toktogul") == expected(tmp_path, "-toktogul")


@pytest.mark.parametrize("precincts", [60, 61, 90, 300])
@pytest.mark.parametrize("seed", range(8))
def test_every_code_is_planted_at_least_twice(tmp_path: Path, seed: int, precincts: int) -> None:
    write_sample(tmp_path, seed=seed, precincts=precincts)
    planted = Counter(code for _, _, code in expected(tmp_path))
    assert set(planted) == PRESIDENT_CODES
    assert min(planted.values()) >= 2
    in_town = Counter(code for _, _, code in expected(tmp_path, "-toktogul"))
    assert in_town == {"K16": 2, "K27": 2}


def test_about_8_percent_of_the_protocols_have_a_fault(default_sample: Path) -> None:
    spoilt = {precinct for precinct, _, _ in expected(default_sample)}
    assert 190 <= len(spoilt) <= 215


def test_every_precinct_hands_in_one_presidential_protocol(default_sample: Path) -> None:
    package, protocols = read(default_sample)
    assert [each.precinct for each in protocols] == list(package.precincts)
    assert {each.contest for each in protocols} == {"president"}


def test_the_town_votes_for_its_kenesh_and_two_protocols_stray_in_from_abroad(
    default_sample: Path,
) -> None:
    package, protocols = read(default_sample, "-toktogul")
    areas = Counter(package.precincts[each.precinct].area for each in protocols)
    assert areas == {"jalal-abad-toktogul": 11, "abroad": 2}
    contest = package.election.contests["toktogul"]
    assert [len(annex) for annex in contest.annexes.values()] == [5] * 6


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, default_sample: Path) -> None:
    write_sample(tmp_path / "again", seed=1)
    assert contents(tmp_path / "again") == contents(default_sample)


def test_another_seed_gives_other_figures_in_the_same_country(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_sample(tmp_path / str(seed), seed=seed, precincts=60)
    one, other = contents(tmp_path / "1"), contents(tmp_path / "2")
    same = {name for name in one if one[name] == other[name]}
    assert same == {"areas.csv", "commissions.csv", "election.toml", "options.csv"}


def test_the_figures_are_believable(default_sample: Path) -> None:
    package, protocols = read(default_sample)
    total: Counter[str] = Counter()
    for protocol in protocols:
        total.update({column: n for column, n in protocol.figures.items() if n})
    assert 30 < 100 * total["I"] / total["V"] < 45
    assert 5 < 1000 * total["INV"] / total["I"] < 20
    assert 10 < 1000 * total["I2"] / total["I"] < 50
    options = package.election.contests["president"].choice_codes
    assert len(options) == 9
    assert min(total[code] for code in options) > total["I"] // 100


def test_hours_stand_with_the_offset_of_the_precincts_clock(default_sample: Path) -> None:
    with open(default_sample / "protocols.csv", newline="") as file:
        signed = {row["precinct"]: row["signed_at"] for row in csv.DictReader(file)}
    assert signed["1001"].endswith("+06:00")
    late = [at for at in map(datetime.fromisoformat, signed.values()) if at.time() >= time(20)]
    assert {str(at.utcoffset()) for at in late} >= {"12:00:00", "6:00:00", "-1 day, 16:00:00"}
