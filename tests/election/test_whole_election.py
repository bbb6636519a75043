"""An election from the first protocol to the nation's signature, over HTTP, and its trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabulator.cli import run
from tests.election import judge
from tests.election.driver import Election, begun, play, prepare
from tests.election.tampering import SEED, Copy, changes, found

PRECINCTS = 160
MOST = 4
"""Precincts of an area that are kept."""

TERRITORIES = (
    *("tec-bishkek", "tec-toguz-toro", "tec-chatkal", "tec-tash-kumyr", "tec-sulyukta"),
    *("tec-chui", "tec-chon-alay", "tec-aravan", "tec-jumgal", "tec-kyzyl-kiya"),
)
"""Among them all kinds of faults, and precincts abroad."""

ROUNDS, WIDE = 1, 0.05
"""So many cells of each column are changed, in this part of the columns of figures alike."""

EXPECTED = (
    *("sent", "typed first by an operator", "second entries typed wrongly", "contested"),
    *("settled by a third person", "warnings explained", "errors decided on"),
    *("returned to the precinct", "protocols sent again, corrected", "accepted"),
    *("recounts ordered", "recounts delivered", "precincts annulled"),
    *("votes outside the premises annulled", "districts annulled and restored"),
    *("first copies compared", "first copies that differ", "missing protocols explained"),
    *("results signed", "results returned by the CEC", "results approved", "results reopened"),
    *("documents fetched", "documents handed over", "documents void after the reopening"),
    *("corrected after signing", "writes repeated with their key"),
    *("refused: stale", "refused: version-not-named", "refused: frozen", "refused: needs-first"),
    *("refused: not-found", "refused: not-allowed", "refused: wrong-state", "refused: malformed"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("election")


@pytest.fixture(scope="module")
def played(folder: Path) -> Iterator[Election]:
    """The election, over; its service still runs."""
    service, package = prepare(folder, PRECINCTS, TERRITORIES, MOST)
    with begun(service, package, PRECINCTS) as election:
        play(election)
        yield election


def test_the_night_had_everything_that_can_go_wrong(played: Election) -> None:
    happened = {what for what, number in played.tally.counts.items() if number}
    assert set(EXPECTED) - happened == set()
    assert len(played.commissions) == len(TERRITORIES) >= 10


def test_every_sum_is_that_of_the_accepted_figures(played: Election) -> None:
    observer = played.person("observer")
    assert judge.sums_hold(observer, played.package, judge.accepted(observer)) > 20


def test_every_figure_names_the_versions_people_and_files_behind_it(played: Election) -> None:
    observer = played.person("observer")
    assert judge.explained(played.night, observer, judge.accepted(observer)) > 150


def test_an_observer_reads_everything_and_writes_nothing(played: Election) -> None:
    observer = played.person("observer")
    judge.reads_everything(played.night, observer, [*played.commissions, "cec"])
    assert judge.writes_nothing(observer, played.night) > 25


def test_the_trail_holds_and_finds_any_byte_that_was_changed(
    played: Election, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(played.service.run("audit", "verify", "--json"))
    assert told["holds"], told
    copy = Copy.of(played.service.home, folder / "copy")
    monkeypatch.setenv("TABULATOR_HOME", str(copy.home))
    assert run(["audit", "verify"]) == 0
    assert byte_of_a_scan_is_found(copy, played)
    tried = list(changes(copy.database, SEED, ROUNDS, wide=WIDE))
    assert len(tried) > 60
    assert [str(change) for change in tried if not found(copy, change)] == []
    assert run(["audit", "verify"]) == 0, "every change was taken back"


def byte_of_a_scan_is_found(copy: Copy, played: Election) -> bool:
    """Whether a scan with another last byte on the disk is named; it is taken back."""
    observer, (_, id_) = played.person("observer"), max(played.night.ids.items())
    scan = observer.get(f"/api/v1/protocols/{id_}/files").json["files"][0]["sha256"]
    kept = copy.home / "files" / scan[:2] / scan
    whole = kept.read_bytes()
    kept.chmod(0o600)
    kept.write_bytes(whole[:-1] + b"?")
    try:
        return run(["audit", "verify"]) == 1
    finally:
        kept.write_bytes(whole)
