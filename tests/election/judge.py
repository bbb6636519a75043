"""What an observer can find out: every figure explains itself, every sum is added once more."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tabulator.sample.contests import PRESIDENT
from tests.election.client import Person
from tests.election.plan import CONTEST
from tests.election.precincts import API, Night

LINES = ("V", "I", "INV", PRESIDENT.options[0].code)
MADE = ("protocol.received", "protocol.corrected", "protocol.amended")
SECONDED = ("protocol.confirmed", "protocol.settled")
OURS = ("/api/v1/elections/", "/api/v1/protocols/")


def accepted(observer: Person) -> dict[int, dict[str, Any]]:
    """Every protocol as it stands, one by one."""
    listed = observer.pages(f"{API}/protocols", "protocols", contest=CONTEST)
    return {
        one["precinct"]: observer.get(f"/api/v1/protocols/{one['id']}").json
        if one["version"]
        else one
        for one in listed
    }


def sums_hold(observer: Person, package: Path, protocols: dict[int, dict[str, Any]]) -> int:
    """Every area's result is the sum of the accepted figures below it; how many areas there are."""
    below = _below(package)
    stranger = Person(observer.port, observer.tally)
    shown = {
        code: stranger.get(f"{API}/results", contest=CONTEST, area=code).json for code in below
    }
    whole = _areas(stranger.get(f"{API}/results", contest=CONTEST).json)
    assert all(one["totals"] == shown[one["area"]]["totals"] for one in whole)
    for code, areas in below.items():
        here = [one for one in protocols.values() if one["area"] in areas]
        counted = [one["figures"] for one in here if one["state"] == "accepted"]
        coverage = shown[code]["coverage"]
        assert coverage["included"] == len(counted), code
        assert coverage["missing"] == sum(one["state"] == "missing" for one in here), code
        assert coverage["annulled"] == sum(one["state"] == "annulled" for one in here), code
        votes = {one["code"]: one["votes"] for one in shown[code]["options"]}
        assert {**shown[code]["totals"], **votes} == _added(counted), code
    _table_holds(stranger, protocols)
    return len(below)


def _added(counted: list[dict[str, int | None]]) -> dict[str, int | None]:
    columns = {line: [one[line] for one in counted] for line in PRESIDENT.summed}
    stated = {line: [v for v in values if v is not None] for line, values in columns.items()}
    return {line: sum(values) if values else None for line, values in stated.items()}


def _areas(shown: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield shown
    for child in shown["children"]:
        yield from _areas(child)


def _below(package: Path) -> dict[str, set[str]]:
    """Area → itself and all areas in it, from the file."""
    with (package / "areas.csv").open(encoding="utf-8") as file:
        parents = {row["code"]: row["parent"] for row in csv.DictReader(file)}
    found: dict[str, set[str]] = {code: set() for code in parents}
    for code in parents:
        up = code
        while up:
            found[up].add(code)
            up = parents[up]
    return found


def _table_holds(stranger: Person, protocols: dict[int, dict[str, Any]]) -> None:
    text = stranger.get(f"{API}/results.csv", contest=CONTEST).body.decode()
    rows = {int(row["precinct"]): row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == set(protocols)
    for number, one in protocols.items():
        assert rows[number]["state"] == one["state"], number
        if one["state"] == "accepted":
            for line, value in one["figures"].items():
                assert rows[number][line] == ("" if value is None else str(value)), (number, line)


def explained(night: Night, observer: Person, protocols: dict[int, dict[str, Any]]) -> int:
    """Sums of several lines and areas name everything that they are made of; how many addends."""
    areas = ["kg", *sorted({one["area"] for one in protocols.values()})]
    addends = 0
    for area in areas:
        for line in LINES:
            asked = {"contest": CONTEST, "area": area, "line": line}
            head = observer.get(f"{API}/explain", **asked).json
            rows = observer.pages(f"{API}/explain", "precincts", **asked)
            stated = [r["value"] for r in rows if r["included"] and r["value"] is not None]
            assert head["sum"] == (sum(stated) if stated else None), (area, line)
            here = {n for n, one in protocols.items() if area in ("kg", one["area"])}
            assert {row["precinct"] for row in rows} == here
            for row in rows:
                if row["included"]:
                    _addend_holds(night, row, protocols[row["precinct"]], line)
                    addends += 1
    _nobody_named(night, areas[1])
    return addends


def _addend_holds(night: Night, row: dict[str, Any], protocol: dict[str, Any], line: str) -> None:
    assert row["value"] == protocol["figures"][line]
    assert row["version"] == protocol["version"]
    by = _hands(row["events"])
    assert len(set(by)) == len(by) == 3, (row["precinct"], by)
    assert all(by)
    assert by[2] in {p.name.title() for p in night.people.values()}
    assert (
        {one["sha256"] for one in row["files"]}
        == {one["sha256"] for one in protocol["files"]}
        != set()
    )


def _hands(events: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Who made the version that counts, who entered or settled it, who accepted it."""
    last = {kind: place for place, kind in enumerate(event["kind"] for event in events)}
    made = max(last.get(kind, -1) for kind in MADE)
    seconded = max(last.get(kind, -1) for kind in SECONDED)
    accepted_ = last["protocol.accepted"]
    assert made < seconded < accepted_ or "protocol.restored" in last
    return events[made]["by"], events[seconded]["by"], events[accepted_]["by"]


def _nobody_named(night: Night, area: str) -> None:
    stranger = Person(next(iter(night.people.values())).port, night.tally)
    for row in stranger.pages(f"{API}/explain", "precincts", contest=CONTEST, area=area):
        assert {event["by"] for event in row["events"]} <= {None}


def reads_everything(night: Night, observer: Person, commissions: list[str]) -> None:
    """An observer may see every protocol, with its history and files, and every result."""
    for number, id_ in night.ids.items():
        path = f"/api/v1/protocols/{id_}"
        versions = observer.get(f"{path}/versions").json["versions"]
        trace = observer.get(f"{path}/trace").json["events"]
        assert [one["version"] for one in versions] == list(range(1, len(versions) + 1)), number
        assert sum("digest" in e["facts"] and e["kind"] in MADE for e in trace) <= len(versions)
        observer.get(f"{path}/findings")
        for scan in observer.get(f"{path}/files").json["files"]:
            content = observer.get(f"{path}/files/{scan['sha256']}").body
            assert len(content) == scan["size"]
            night.tally.add("scans fetched")
    for commission in commissions:
        observer.get(f"{API}/sittings/{commission}")


def writes_nothing(observer: Person, night: Night) -> int:
    """Every route of the specification that changes the count is closed to an observer."""
    number, id_ = next(iter(night.ids.items()))
    values = {
        "election_id": "sample",
        "protocol_id": id_,
        "commission": night.plans[number].commission,
        "area": night.plans[number].precinct.area,
        "number": "1",
        "sha256": "0" * 64,
    }
    tried = 0
    for path, methods in observer.get("/api/v1/openapi.json").json["paths"].items():
        if path.startswith(OURS) and set(methods) & {"post", "put", "patch", "delete"}:
            assert set(methods) & {"put", "patch", "delete"} == set(), path
            observer.refused(403, "not-allowed", path.format(**values), {}, seen='"v1"')
            tried += 1
    return tried
