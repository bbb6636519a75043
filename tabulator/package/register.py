"""An election package: a folder of files → an ElectionPackage, or every problem at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabulator.domain.areas import AREA_KINDS, COMMISSION_KINDS, Area, Areas, Commission
from tabulator.domain.elections import ELECTION_TYPES, FORMS
from tabulator.domain.form import Form
from tabulator.domain.register import Contest, Election, ElectionPackage, Precinct
from tabulator.domain.text import LANGUAGES, Text
from tabulator.errors import Malformed, Problem
from tabulator.package import options
from tabulator.package.cells import (
    Parser,
    blank_or,
    code,
    count,
    country,
    email,
    fold,
    one_of,
    phone,
    precinct_number,
    text,
    timezone,
    yes_no,
)
from tabulator.package.checks import all_known, all_named, codes, each_once, one_tree
from tabulator.package.election import Values, read_election
from tabulator.package.forms import read_forms
from tabulator.package.place import Place
from tabulator.package.table import Sheet, read_file, read_sheet

REQUIRED = ("areas.csv", "commissions.csv", "election.toml", "options.csv", "precincts.csv")
OPTIONAL = ("forms.toml",)

_NAMES: dict[str, Parser] = {f"name_{lang}": text for lang in LANGUAGES}
_CONTACTS: dict[str, Parser] = {"phone": phone, "email": email}
_AREA: dict[str, Parser] = {
    "code": code,
    "parent": blank_or(code, ""),
    "kind": one_of(*AREA_KINDS),
    "commission": code,
    **_NAMES,
}
_COMMISSION: dict[str, Parser] = {
    "code": code,
    "kind": one_of(*COMMISSION_KINDS),
    "parent": blank_or(code, ""),
    **_NAMES,
    **_CONTACTS,
}
_PRECINCT: dict[str, Parser] = {
    "number": precinct_number,
    "area": code,
    "timezone": timezone,
    "abroad": yes_no,
    "country": country,
    **{f"place_{lang}": text for lang in LANGUAGES},
    "address": text,
    "voters": blank_or(count),
    "voters_men": blank_or(count),
    "voters_women": blank_or(count),
    "aeu": blank_or(yes_no),
    **_CONTACTS,
}


def read_package(folder: Path) -> ElectionPackage:
    """Read an election package. Other files in the folder are not looked at.

    Raises:
        Malformed: With every problem of every file. A file that cannot be read is reported
            once, not again by everything that refers to it.
    """
    problems: list[Problem] = []
    files = _read_files(folder, problems)
    parts = _Parts.read(files, problems)
    parts.check()
    if problems:
        raise Malformed(problems)
    return parts.built(_digest(files))


def _read_files(folder: Path, problems: list[Problem]) -> dict[str, bytes | None]:
    """Name → bytes, None for a file that could not be read; an optional one may be absent."""
    if not os.path.isdir(folder):
        Place(problems, folder.name).bad("missing-folder", "", folder.name)
        raise Malformed(problems)
    return {
        name: read_file(folder / name, Place(problems, name))
        for name in (*REQUIRED, *OPTIONAL)
        if name in REQUIRED or os.path.lexists(folder / name)
    }


def _digest(files: Mapping[str, bytes | None]) -> str:
    """SHA-256 over name, length and bytes of each file, in the order of names."""
    digest = hashlib.sha256()
    for name, data in sorted((name, data or b"") for name, data in files.items()):
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()


@dataclass(frozen=True)
class _Parts:
    """The files as far as they could be parsed: wrong keys and cells are absent.

    Attributes:
        forms: Every known form; None where forms.toml could not be read.
    """

    election: Values
    forms: Mapping[str, Form] | None
    areas: Sheet
    commissions: Sheet
    precincts: Sheet
    options: Sheet

    @classmethod
    def read(cls, files: Mapping[str, bytes | None], problems: list[Problem]) -> _Parts:
        def at(name: str) -> Place:
            return Place(problems, name)

        def sheet(
            name: str, columns: Mapping[str, Parser], optional: Collection[str] = ()
        ) -> Sheet:
            return read_sheet(files[name], at(name), columns, optional)

        forms: Mapping[str, Form] | None = FORMS
        if "forms.toml" in files:
            forms = read_forms(files["forms.toml"], at("forms.toml"), FORMS)
        return cls(
            election=read_election(files["election.toml"], at("election.toml")),
            forms=forms,
            areas=sheet("areas.csv", _AREA),
            commissions=sheet("commissions.csv", _COMMISSION, _CONTACTS),
            precincts=sheet("precincts.csv", _PRECINCT, _CONTACTS),
            options=options.read_options(files["options.csv"], at("options.csv")),
        )

    @property
    def contests(self) -> list[tuple[Values, Place]]:
        contests: list[tuple[Values, Place]] = self.election.get("contests", [])
        return contests

    def form_of(self, contest: Values) -> Form | None:
        return (self.forms or {}).get(contest.get("form", ""))

    def check(self) -> None:
        """Note everything that does not fit between rows and between files."""
        for sheet in (self.areas, self.commissions):
            each_once(sheet, "code")
            all_named(sheet)
            one_tree(sheet)
        _refer(self.areas, "parent", self.areas, "areas.csv")
        _refer(self.areas, "commission", self.commissions, "commissions.csv")
        _refer(self.commissions, "parent", self.commissions, "commissions.csv")
        each_once(self.precincts, "number")
        _refer(self.precincts, "area", self.areas, "areas.csv")
        _check_men_and_women(self.precincts)
        self._check_contests()
        self._check_options()

    def _check_contests(self) -> None:
        with_options = {row.get("contest") for row in self.options.rows}
        areas = codes(self.areas)
        for contest, place in self.contests:
            form, area = contest.get("form"), contest.get("area")
            if form is not None and self.forms is not None and form not in self.forms:
                place.key("form").bad("unknown-form", ", ".join(self.forms), form)
            if area and self.areas.readable and area not in areas:
                place.key("area").bad("unknown-reference", "areas.csv", area)
            if not self.options.readable or "id" not in contest:
                continue
            if contest["id"] not in with_options:
                place.bad("no-options", "options.csv", contest["id"])
            elif "kind" in self.election and not self._kind_of(contest):
                place.key("kind").bad("options-of-another-kind", *self._mismatch(contest))
            self._check_marks(contest, place)

    def _mismatch(self, contest: Values) -> tuple[str, str]:
        """The kinds of options expected, and those found."""
        kind = contest.get("kind") or self.election["kind"]
        found = {r.get("kind", "") for r in self.options.rows if r.get("contest") == contest["id"]}
        return ", ".join(ELECTION_TYPES[kind].option_kinds), ", ".join(sorted(found))

    def _check_marks(self, contest: Values, place: Place) -> None:
        """More marks than choices would make K05 hold for anything."""
        rows = [r for r in self.options.rows if r.get("contest") == contest["id"]]
        choices, marks = sum(not row.get("list") for row in rows), contest.get("max_marks", 1)
        if choices and marks > choices:
            place.key("max_marks").bad("more-marks-than-options", str(choices), str(marks))

    def _check_options(self) -> None:
        known = {c["id"]: self.form_of(c) for c, _ in self.contests if "id" in c}
        complete = bool(self.contests) and all("id" in contest for contest, _ in self.contests)
        forms = (self.forms or FORMS).values()
        roles = frozenset(fold(role) for form in forms for role in form.roles)
        options.check_options(self.options, known if complete else None, roles)

    def built(self, digest: str) -> ElectionPackage:
        """The package. The caller has seen that no problem was noted."""
        contests = [self._contest(values) for values, _ in self.contests]
        election = Election(
            id=self.election["id"],
            kind=self.election["kind"],
            date=self.election["date"],
            title=self.election["title"],
            areas=Areas(
                Area(v["code"], v["parent"], v["kind"], v["commission"], _text(v))
                for v in (row.values for row in self.areas.rows)
            ),
            commissions={
                row.values["code"]: _commission(row.values) for row in self.commissions.rows
            },
            contests={contest.id: contest for contest in contests},
            limits=self.election.get("limits", {}),
        )
        precincts = {row.values["number"]: _precinct(row.values) for row in self.precincts.rows}
        return ElectionPackage(election, precincts, digest)

    def _kind_of(self, contest: Values) -> str:
        """The first that suits its options: the election's kind, its form's, a referendum.

        A kind that the contest states itself is the only one asked. "" where none suits.
        On one day a President may be elected and a referendum held.
        """
        given = contest.get("kind")
        of_form = contest.get("form", "").partition("/")[0]
        asked = (given,) if given else (self.election.get("kind"), of_form, "referendum")
        kinds = {
            row.get("kind")
            for row in self.options.rows
            if row.get("contest") == contest.get("id") and not row.get("list")
        } - {"against_all", None}
        fits = (
            k for k in asked if k in ELECTION_TYPES and kinds <= {*ELECTION_TYPES[k].option_kinds}
        )
        return next(fits, "")

    def _contest(self, values: Values) -> Contest:
        kind = self._kind_of(values)
        defaults = ELECTION_TYPES[kind]
        rows = tuple(row for row in self.options.rows if row.values["contest"] == values["id"])
        return Contest(
            **{
                "threshold": defaults.default_threshold,
                "regional_threshold": defaults.default_regional_threshold,
                **values,
                "kind": kind,
                "form": (self.forms or {})[values["form"]],
                "options": options.built(rows),
            }
        )


def _refer(sheet: Sheet, column: str, target: Sheet, file: str) -> None:
    if target.readable:
        known: Collection[str] = codes(target)
        all_known(sheet, column, known, file)


def _check_men_and_women(precincts: Sheet) -> None:
    """K26, where all three numbers are known."""
    for row in precincts.rows:
        voters, men, women = (row.get(c) for c in ("voters", "voters_men", "voters_women"))
        if None not in (voters, men, women) and men + women != voters:
            row.at("voters").bad("K26", f"{men} + {women} = {men + women}", str(voters))


def _text(values: Mapping[str, Any], prefix: str = "name") -> Text:
    return Text(*(values[f"{prefix}_{lang}"] for lang in LANGUAGES))


def _commission(values: Mapping[str, Any]) -> Commission:
    contacts = (values.get(name, "") for name in _CONTACTS)
    return Commission(values["code"], values["kind"], values["parent"], _text(values), *contacts)


def _precinct(values: Mapping[str, Any]) -> Precinct:
    known = {name: value for name, value in values.items() if not name.startswith("place_")}
    return Precinct(**known, place=_text(values, "place"))
