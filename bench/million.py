"""A million precincts: the served national view, and adding everything up anew.

Rivals: a numpy sum by territory over the same integers in memory (the machine's limit),
and 50 ms for the view. Usage: python -m bench.million [--precincts N] [--territories N]
[--url DATABASE] (default: SQLite in a temporary folder)
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import Engine

from bench.measure import median_seconds, peak_megabytes, show
from tabulator.aggregate.results import as_document
from tabulator.domain.areas import Area, Areas, Commission
from tabulator.domain.form import Form, Line
from tabulator.domain.register import Contest, Election, ElectionPackage, Option
from tabulator.domain.text import Text
from tabulator.domain.workflow import State
from tabulator.storage import models
from tabulator.storage.counts import accept_figures, add_accepted, insert_rows, retabulate
from tabulator.storage.db import open_engine, snapshot, transaction
from tabulator.storage.register import Stored, find_election
from tabulator.storage.results import result
from tabulator.storage.store import store_package
from tabulator.storage.upgrade import upgrade

LINES, OPTIONS, REGIONS = 22, 13, 9
COLUMNS = LINES + OPTIONS


def package(territories: int) -> ElectionPackage:
    """An election of 22 lines and 13 options; its precincts are stored with their figures."""
    roles = ("V", "I", "INV", "VAL", *(f"L{k}" for k in range(LINES - 4)))
    form = Form("bench/1", Text(en="bench"), tuple(Line(r, r, Text(en=r)) for r in roles))
    options = tuple(Option(k, f"o{k}", "candidate", Text(en=f"o{k}")) for k in range(OPTIONS))
    areas = [Area("kg", "", "country", "cec", Text(en="kg"))]
    areas += [Area(f"r{k}", "kg", "region", "cec", Text(en=f"r{k}")) for k in range(REGIONS)]
    areas += [
        Area(f"t{k}", f"r{k % REGIONS}", "territory", "cec", Text(en=f"t{k}"))
        for k in range(territories)
    ]
    election = Election(
        "bench",
        "president",
        date(2021, 1, 10),
        Text(en="bench"),
        Areas(areas),
        {"cec": Commission("cec", "cec", "", Text(en="cec"))},
        {"c": Contest("c", form, options)},
    )
    return ElectionPackage(election, {}, "0" * 64)


def fill(engine: Engine, stored: Stored, figures: np.ndarray) -> None:
    """Insert the figures territory by territory, as the accepting path does."""
    contest, key = stored.contest("c"), stored.contests["c"]
    share = figures.shape[1]
    for place, (code, block) in enumerate(zip(_territories(stored), figures, strict=True)):
        area = stored.areas[code]
        numbers = range(place * share + 1, (place + 1) * share + 1)
        accepted = [
            (code, n, dict(zip(contest.columns, row, strict=True)))
            for n, row in zip(numbers, block.tolist(), strict=True)
        ]
        states = [(key, n, area, str(State.ACCEPTED), 1) for n in numbers]
        with transaction(engine) as connection:
            accept_figures(connection, stored, contest, accepted)
            insert_rows(connection, models.precinct, [_precinct(n, area) for n in numbers])
            insert_rows(connection, models.formed, [(key, area, share)])
            insert_rows(connection, models.protocol, states)
            retabulate(connection, key, [area])


def _precinct(number: int, area: int) -> tuple[object, ...]:
    place = ("Asia/Bishkek", False, "KG", "", "", "", "")
    return ("bench", number, area, *place, None, None, None, None)


def _territories(stored: Stored) -> list[str]:
    return [area.code for area in stored.election.areas if area.kind == "territory"]


def retabulated(engine: Engine, stored: Stored) -> list[tuple[int, int, int, int]]:
    """Every territory's sum of every line, in SQL over all accepted figures."""
    with snapshot(engine) as connection:
        return list(add_accepted(connection, stored.contests["c"]))


def view(engine: Engine, stored: Stored) -> dict[str, object]:
    """What the service answers for the whole country, from the store to the JSON object."""
    with snapshot(engine) as connection:
        contest = stored.contest("c")
        return as_document(stored.election, contest, result(connection, stored, contest))


def measure(engine: Engine, precincts: int, territories: int) -> None:
    rng = np.random.default_rng(1)
    shape = (territories, precincts // territories, COLUMNS)
    figures = rng.integers(0, 2000, shape, dtype=np.int32)
    upgrade(engine)
    with transaction(engine) as connection:
        store_package(connection, package(territories), datetime(2021, 1, 10, tzinfo=UTC))
    with snapshot(engine) as connection:
        stored = find_election(connection, "bench")
    show("filling the store", median_seconds(lambda: fill(engine, stored, figures), runs=1))
    limit = median_seconds(lambda: figures.sum(axis=1, dtype=np.int64), runs=7)
    rows = retabulated(engine, stored)
    assert sum(row[2] for row in rows) == figures.sum(dtype=np.int64)
    assert view(engine, stored)["totals"]["V"] == figures[:, :, 0].sum(dtype=np.int64)
    show("numpy sum by territory", limit)
    again = median_seconds(lambda: retabulated(engine, stored))
    show("full re-tabulation in SQL", again, "numpy", limit)
    show("served national view", median_seconds(lambda: view(engine, stored), 9), "limit", 0.050)
    print(f"peak memory {peak_megabytes()} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--precincts", type=int, default=1_000_000)
    parser.add_argument("--territories", type=int, default=1_000)
    parser.add_argument("--url")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.url or f"sqlite:///{Path(folder) / 'million.sqlite'}"
        measure(open_engine(url), given.precincts, given.territories)


if __name__ == "__main__":
    main()
