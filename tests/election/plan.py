"""What is to happen: the sample election, and who slips where."""

from __future__ import annotations

import csv
import shutil
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tabulator.domain.register import Precinct
from tabulator.sample.contests import PRESIDENT, VOTING_DAY
from tabulator.sample.register import register
from tabulator.sample.voting import vote

SEED = 1
ELECTION, CONTEST = "sample", PRESIDENT.id
SPECIALS = ("missing", "recount", "annulled", "part", "copy", "late", "copy", "settled-otherwise")
"""What becomes of quiet protocols, in turn."""

Figures = dict[str, int | None]


@dataclass
class Plan:
    """One precinct's protocol on its way.

    Attributes:
        paper: The figures on the paper, which whoever types reads.
        standing: The figures of the version that stands.
        clean: What its chair sends after it was returned.
        typed: It comes on paper, and an operator types it.
        slips: How often a second entry will be wrong.
        special: One of SPECIALS, or "".
        decided: Its errors are decided on, not corrected.
        lock: Who has its papers in hand.
    """

    precinct: Precinct
    commission: str
    paper: Figures
    beside: dict[str, Any]
    signed_at: str
    clean: Figures
    clean_beside: dict[str, Any]
    typed: bool = False
    slips: int = 0
    special: str = ""
    decided: bool = False
    sent: bool = False
    done: set[str] = field(default_factory=set)
    standing: Figures = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def number(self) -> int:
        return self.precinct.number

    def body(self) -> dict[str, Any]:
        """As it is sent."""
        return {
            "precinct": self.number,
            "contest": CONTEST,
            "figures": self.paper,
            "beside": self.beside,
            "signed_at": self.signed_at,
            "protocol_no": "1",
            "copy_no": "1",
        }

    def clear(self) -> None:
        """The paper is written anew, without its fault."""
        sheet = vote(SEED, PRESIDENT, self.precinct)
        self.paper, self.beside = dict(self.clean), dict(self.clean_beside)
        self.signed_at = sheet.signed_at.isoformat()

    def scan(self, what: str = "") -> tuple[str, bytes]:
        """A picture of it that no other has."""
        return f"{self.number}{what}.png", picture(f"{self.number}/{what}/{sorted(self.paper)}")


def picture(said: str) -> bytes:
    """The smallest PNG, with a text in it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return len(content).to_bytes(4) + whole + zlib.crc32(whole).to_bytes(4)

    head = (1).to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    parts = (("IHDR", head), ("tEXt", b"Comment\0" + said.encode()))
    body = b"".join(chunk(kind.encode(), content) for kind, content in parts)
    return (
        b"\x89PNG\r\n\x1a\n" + body + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def cut(package: Path, folder: Path, territories: tuple[str, ...], most: int) -> None:
    """The same election in a few commissions' territories, `most` precincts in each area."""
    shutil.copytree(package, folder)
    whole = (folder / "election.toml").read_text()
    (folder / "election.toml").write_text("[[contests]]".join(whole.split("[[contests]]")[:2]))
    _keep(folder / "options.csv", "contest", {CONTEST})
    kept = {"cec", *territories}
    _keep(folder / "commissions.csv", "code", kept)
    areas = _keep(folder / "areas.csv", "commission", kept)
    codes, left = {row["code"] for row in areas}, defaultdict[str, int](lambda: most)
    rows, names = _read(folder / "precincts.csv")
    chosen = []
    for row in rows:
        if row["area"] in codes and left[row["area"]]:
            left[row["area"]] -= 1
            chosen.append(row)
    _write(folder / "precincts.csv", names, chosen)
    _keep(folder / "protocols.csv", "precinct", {row["number"] for row in chosen})


def _keep(path: Path, column: str, values: set[str]) -> list[dict[str, str]]:
    rows, names = _read(path)
    kept = [row for row in rows if row[column] in values]
    _write(path, names, kept)
    return kept


def _read(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        return list(reader), list(reader.fieldnames or ())


def _write(path: Path, names: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def plans(folder: Path, precincts: int) -> dict[int, Plan]:
    """Every protocol of the package, by precinct; `precincts`: how many the sample has."""
    known = {each.number: each for each in register(SEED, precincts)}
    areas = {row["code"]: row for row in _read(folder / "areas.csv")[0]}
    faulty = {int(row["precinct"]) for row in _read(folder / "faults.csv")[0]}
    made = {}
    for place, row in enumerate(_read(folder / "protocols.csv")[0]):
        one = known[int(row["precinct"])]
        plan = _plan(one, areas[one.area]["commission"], row)
        plan.typed = place % 5 == 2
        plan.slips = 2 if place % 25 == 9 else int(place % 7 == 3)
        plan.decided = place % 3 == 0
        made[one.number] = plan
    quiet = [plan for plan in made.values() if plan.number not in faulty and not one_abroad(plan)]
    for place, plan in enumerate(quiet):
        turn = place if place < len(SPECIALS) else place // 4
        once_in_four = turn == place or place % 4 == 0
        plan.special = SPECIALS[turn % len(SPECIALS)] if once_in_four else ""
        plan.typed |= plan.special == "settled-otherwise"
    return made


def one_abroad(plan: Plan) -> bool:
    return plan.precinct.abroad


def _plan(one: Precinct, commission: str, row: dict[str, str]) -> Plan:
    sheet = vote(SEED, PRESIDENT, one)
    figures: Figures = {c: int(row[c]) if row[c] else None for c in PRESIDENT.columns}
    return Plan(
        precinct=one,
        commission=commission,
        paper=figures,
        beside=dict(_beside(row)),
        signed_at=row["signed_at"],
        clean=dict(sheet.figures),
        clean_beside=dict(sheet.beside),
    )


def _beside(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if value and name.partition("_")[0] in ("aeu", "ident", "list", "words", "sent"):
            yield name, value


def decision(number: int, why: str) -> dict[str, Any]:
    """Of a commission."""
    said = {"number": f"№ {number}", "date": VOTING_DAY.isoformat(), "reason": why}
    return {"decision": said}
