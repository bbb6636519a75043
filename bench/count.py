"""The sample election, stage by stage: load, check, import, roll-up, documents.

Rivals: for the import, the same rows inserted bare by the database driver; for the roll-up, a
numpy sum over the same integers; for the documents, 60 s on two cores for all territorial sets.
Usage: python -m bench.count [--seed N] [--precincts N] [--url DATABASE] [--documents N]
"""

from __future__ import annotations

import argparse
import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine

from bench.measure import median_seconds, peak_megabytes, show
from tabulator.actions.issue import TERRITORIAL, wanted_documents
from tabulator.actions.load import load_election
from tabulator.actions.take_in import take_in
from tabulator.aggregate.roll_up import PrecinctFigures, roll_up
from tabulator.documents.pool import Job, render_all
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor, Role
from tabulator.package import read_package, read_protocols
from tabulator.sample import write_sample
from tabulator.storage.db import open_engine, snapshot, transaction, utc_now
from tabulator.storage.reconcile import reconcile
from tabulator.storage.register import find_election
from tabulator.storage.results import result
from tabulator.storage.upgrade import upgrade

ACTOR = Actor("bench", Role.COMMAND_LINE)


def timed(title: str, work: Any, against: str = "", limit: float = 0.0) -> Any:
    """Run once, print how long it took on the wall, and give what it returned."""
    began = time.perf_counter()
    made = work()
    show(title, time.perf_counter() - began, against, limit)
    return made


def bare_inserts(folder: Path, protocols: Sequence[Protocol]) -> float:
    """Seconds to insert the canonical texts alone, one durable transaction, no checks, no trail."""
    rows = [(p.precinct, p.contest, p.canonical()) for p in protocols]
    numbers = itertools.count()

    def insert() -> None:
        with sqlite3.connect(folder / f"bare-{next(numbers)}.sqlite") as connection:
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("CREATE TABLE p (precinct INTEGER, contest TEXT, canonical TEXT)")
            connection.executemany("INSERT INTO p VALUES (?, ?, ?)", rows)

    return median_seconds(insert, clock=time.perf_counter)


def count(engine: Engine, folder: Path, package_folder: Path) -> None:
    package = timed("reading the package", lambda: read_package(package_folder))
    election = package.election

    def load() -> None:
        with transaction(engine) as connection:
            load_election(connection, ACTOR, package, now=utc_now())

    timed("storing the register", load)
    path = package_folder / "protocols.csv"
    protocols = timed(
        "reading the protocols", lambda: read_protocols(path, election, package.precincts)
    )
    with snapshot(engine) as connection:
        stored = find_election(connection, election.id)

    def import_all() -> Any:
        with transaction(engine) as connection:
            return take_in(
                connection,
                ACTOR,
                stored,
                protocols,
                package.precincts,
                source="protocols.csv",
                accept_clean=True,
                now=utc_now(),
            )

    bare = bare_inserts(folder, protocols)
    taken = timed("import: versions, checks, events, sums", import_all, "bare inserts", bare)
    print(
        f"    {taken.imported} imported, {taken.accepted} accepted, {len(taken.findings)} findings"
    )
    roll_up_in_memory(protocols, package)
    with snapshot(engine) as connection:
        contest = stored.contest(protocols[0].contest)
        view = median_seconds(lambda: result(connection, stored, contest))
        show("national view from the subtotals", view, "limit", 0.050)
        found = timed(
            "three sums compared (K22-K24)", lambda: reconcile(connection, stored, contest)
        )
        print(f"    {len(found)} differences")


def roll_up_in_memory(protocols: Sequence[Protocol], package: Any) -> None:
    figures = [
        PrecinctFigures(
            p.precinct,
            package.precincts[p.precinct].area,
            {column: value for column, value in p.figures.items() if value is not None},
        )
        for p in protocols
        if p.contest == protocols[0].contest
    ]
    matrix = np.array([[entry.values.get(c, 0) for c in protocols[0].figures] for entry in figures])
    limit = median_seconds(lambda: matrix.sum(axis=0), 9)
    pure = median_seconds(lambda: roll_up(figures, package.election.areas))
    show("roll-up in plain Python, every area", pure, "numpy, nation only", limit)


def print_all(engine: Engine, election_id: str, languages: Sequence[str]) -> None:
    """Every territorial and national document of the first contest."""
    with snapshot(engine) as connection:
        stored = find_election(connection, election_id)
        wanted = wanted_documents(connection, stored, stored.contest(None))
    for title, chosen, limit in (
        ("territorial sets", [w for w in wanted if w.kind in TERRITORIAL], 60.0),
        ("national set", [w for w in wanted if w.kind not in TERRITORIAL], 60.0),
    ):
        jobs = [Job(w.kind, w.facts, lang) for w in chosen for lang in languages]
        began = time.perf_counter()
        pages = sum(made.pages for made in render_all(jobs, workers=os.cpu_count() or 1))
        taken = time.perf_counter() - began
        show(f"{title}: {len(jobs)} PDFs, {pages} pages", taken, "limit", limit)
        print(f"    {len(jobs) / taken:.1f} PDFs per second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--precincts", type=int)
    parser.add_argument("--url")
    parser.add_argument("--languages", default="ky,ru")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = folder / "sample"
        timed(
            "writing the sample",
            lambda: write_sample(sample, seed=given.seed, precincts=given.precincts),
        )
        engine = open_engine(given.url or f"sqlite:///{folder / 'count.sqlite'}")
        upgrade(engine)
        began = time.perf_counter()
        count(engine, folder, sample)
        show("load + import + roll-up together", time.perf_counter() - began, "limit", 10.0)
        print_all(engine, "sample", given.languages.split(","))
        print(f"peak memory of a process {peak_megabytes()} MB")


if __name__ == "__main__":
    main()
