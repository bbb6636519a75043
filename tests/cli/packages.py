"""Election packages of any shape, written into a folder."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

AREAS = (
    ("kg", "", "country", "cec"),
    ("chui", "kg", "region", "cec"),
    ("kemin", "chui", "territory", "tec-kemin"),
    ("bishkek", "kg", "region", "tec-bishkek"),
    ("abroad", "kg", "region", "tec-bishkek"),
)
PRECINCTS = {1001: "bishkek", 1002: "bishkek", 7001: "kemin", 9001: "abroad"}
PRESIDENT = ("V", "R", "C", "I", "I1", "I2", "I3", "U", "VAL", "INV")
CONTEST = {"id": "main", "form": "president/2017", "seats": 1, "max_marks": 1}


@dataclass
class Package:
    """What a package is made from; a test changes what it is about and writes it."""

    folder: Path
    id: str = "sample"
    kind: str = "president"
    areas: Sequence[tuple[str, ...]] = AREAS
    precincts: Mapping[int, str] = field(default_factory=lambda: dict(PRECINCTS))
    contests: Sequence[Mapping[str, object]] = (CONTEST,)
    options: Mapping[str, Sequence[tuple[str, str]]] = field(
        default_factory=lambda: {"main": [("asan", "candidate"), ("none", "against_all")]}
    )
    names: Mapping[str, str] = field(default_factory=dict)
    forms: str = ""

    def write(self) -> Path:
        (self.folder / "election.toml").write_text("\n".join(self._toml()), encoding="utf-8")
        if self.forms:
            (self.folder / "forms.toml").write_text(self.forms, encoding="utf-8")
        named = ("name_ky", "name_ru", "name_en")
        self.table(
            "areas.csv",
            ("code", "parent", "kind", "commission", *named),
            ((*row, *self._names(row[0])) for row in self.areas),
        )
        commissions = dict.fromkeys(row[3] for row in self.areas)
        self.table(
            "commissions.csv",
            ("code", "kind", "parent", *named),
            (
                (c, "cec" if c == "cec" else "tec", "" if c == "cec" else "cec", *self._names(c))
                for c in commissions
            ),
        )
        self._write_precincts()
        self.table(
            "options.csv",
            ("contest", "position", "code", "kind", *named, "sex"),
            (
                (contest, position, code, kind, *self._names(code), "")
                for contest, options in self.options.items()
                for position, (code, kind) in enumerate(options, start=1)
            ),
        )
        return self.folder

    def _toml(self) -> Iterable[str]:
        yield f'id = "{self.id}"\nkind = "{self.kind}"\ndate = 2021-01-10'
        yield '[title]\nky = "Шайлоо"\nru = "Выборы"\nen = "Election"'
        for contest in self.contests:
            yield "[[contests]]"
            for key, value in {"open_abroad": True, **contest}.items():
                shown = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
                yield f"{key} = {shown}"

    def _names(self, code: str) -> tuple[str, str, str]:
        name = self.names.get(code, code)
        return name, "", name

    def _write_precincts(self) -> None:
        header = ["number", "area", "timezone", "abroad", "country", "place_ky", "place_ru"]
        header += ["place_en", "address", "voters", "voters_men", "voters_women", "aeu"]
        rows = []
        for number, area in self.precincts.items():
            abroad = "yes" if area == "abroad" else "no"
            rows.append([number, area, "Asia/Bishkek", abroad, "KG", *[""] * 8])
        self.table("precincts.csv", header, rows)

    def table(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
        with open(self.folder / name, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
        return self.folder / name

    def protocols(self, *rows: Mapping[str, object], name: str = "protocols.csv") -> Path:
        """A protocols.csv; a key that a row does not have is an empty cell."""
        header = list(dict.fromkeys(key for row in rows for key in row))
        return self.table(name, header, ([row.get(key, "") for key in header] for row in rows))


def president(precinct: int, asan: int = 90, none: int = 5, **changed: object) -> dict[str, object]:
    """A row in order on the form president/2017, but for what is given."""
    took_part = asan + none + 2
    figures = dict(zip(PRESIDENT, (400, took_part + 40, 40, took_part), strict=False))
    figures |= {"I1": took_part - 3, "I2": 3, "I3": 0, "U": 0, "VAL": asan + none, "INV": 2}
    row: dict[str, object] = {"precinct": precinct, "contest": "main", **figures}
    return row | {"asan": asan, "none": none, **changed}
