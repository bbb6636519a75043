"""`python -m tests.election --precincts 220`: the whole election, told in figures."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from tests.election import judge
from tests.election.driver import Election, begun, play, prepare
from tests.election.tampering import SEED, Copy, changes, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precincts", type=int, default=220)
    parser.add_argument("--rounds", type=int, default=2, help="cells of each column to change")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tabulator-election-") as folder:
        service, package = prepare(Path(folder), chosen.precincts, (), 0)
        with begun(service, package, chosen.precincts) as election:
            play(election)
            with election.timed("the judge"):
                _judge(election)
        _tell(election)
        print(json.dumps(json.loads(service.run("audit", "verify", "--json"))))
        _tamper(Copy.of(service.home, Path(folder) / "copy"), chosen.rounds)


def _judge(election: Election) -> None:
    observer = election.person("observer")
    protocols = judge.accepted(observer)
    areas = judge.sums_hold(observer, election.package, protocols)
    addends = judge.explained(election.night, observer, protocols)
    judge.reads_everything(election.night, observer, [*election.commissions, "cec"])
    closed = judge.writes_nothing(observer, election.night)
    election.tally.add("areas whose sums hold", areas)
    election.tally.add("addends explained", addends)
    election.tally.add("routes closed to the observer", closed)


def _tell(election: Election) -> None:
    night = election.night
    print(f"{len(night.plans)} precincts, {len(election.commissions)} territorial commissions")
    for what, number in sorted(election.tally.counts.items()):
        print(f"{number:>8}  {what}")
    for what, seconds in election.seconds.items():
        print(f"{seconds:>8.1f}  seconds: {what}")


def _tamper(copy: Copy, rounds: int) -> None:
    os.environ["TABULATOR_HOME"] = str(copy.home)
    tried = list(changes(copy.database, SEED, rounds))
    missed = [change for change in tried if not found(copy, change)]
    print(f"{len(tried) - len(missed)} of {len(tried)} changed bytes were found")
    for change in missed:
        print(f"not found: {change}")


if __name__ == "__main__":
    main()
