"""What every document shows: who, what, of which election, as of when, with which digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tabulator.documents import captions, note_captions
from tabulator.documents.facts import Facts
from tabulator.documents.rows import Column, Row
from tabulator.documents.wording import commission_name, day, moment
from tabulator.domain.text import Text

COVERAGE = ("formed", "received", "missing", "pending", "disputed", "annulled", "included")


@dataclass(frozen=True, slots=True)
class File:
    """Something attached to the PDF."""

    name: str
    description: str
    content: str


@dataclass(frozen=True, slots=True)
class Page:
    """A document before it is laid out.

    Attributes:
        template: In the folder of document templates.
        context: What the template prints.
    """

    template: str
    context: Mapping[str, Any]
    files: tuple[File, ...] = ()


class Said:
    """The captions in one language, by name: ``said.CHAIR``."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def __getattr__(self, name: str) -> str:
        found: Text = getattr(captions, name, None) or getattr(note_captions, name)
        return found.say(self._lang)


def frame(kind: str, facts: Facts, lang: str) -> dict[str, Any]:
    """The part of the context that every template uses."""
    election, contest = facts.election, facts.contest
    return {
        "lang": lang,
        "said": Said(lang),
        "kind": kind,
        "title": captions.TITLE[kind].say(lang),
        "subtitle": captions.subtitle(kind, facts.commission).say(lang),
        "commission": commission_name(facts.commission, lang),
        "area": facts.total.name.say(lang),
        "election": election.title.say(lang),
        "contest": contest.title.say(lang),
        "date": day(election.date, lang),
        "status": captions.STATUS[facts.status].say(lang),
        "as_of": captions.AS_OF.say(lang).format(moment=moment(facts.as_of, lang)),
        "issued": facts.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "digest": facts.digest[:16],
        "seal": facts.seal,
    }


def marks(rows: Iterable[Row], lang: str) -> list[str]:
    """The explanation of every mark that these rows make use of."""
    listed = list(rows)
    states = {row.state for row in listed}
    found = [
        f"{mark}\u00a0{text.say(lang)} – {captions.NOT_SUMMED.say(lang)}"
        for state, (mark, text) in captions.MARKED.items()
        if state in states
    ]
    if any(row.kind == "precinct" and None in row.values.values() for row in listed):
        found.append(f"–\u00a0{captions.BLANK.say(lang)}")
    if any(row.blanks for row in listed):
        found.append(f"*\u00a0{captions.BLANKS.say(lang)}")
    return found


def notes(rows: Iterable[Row], columns: Sequence[Column], lang: str) -> Iterator[str]:
    """Per row of sums: which lines were left blank, and in how many protocols."""
    for row in rows:
        told = [
            f"{captions.BLANKS_COUNTED.say(lang).format(count=count)} ({listed})"
            for count in sorted(set(row.blanks.values()))
            for listed in [_listed(row, count, columns, lang)]
        ]
        if told:
            yield f"* {row.about.say(lang)}: {'; '.join(told)}"


def _listed(row: Row, count: int, columns: Sequence[Column], lang: str) -> str:
    """The columns that so many protocols left blank, by the numbers above them."""
    blank = [column for column in columns if row.blanks.get(column.key) == count]
    return "; ".join(
        f"{group.say(lang)}: {', '.join(column.number for column in members)}"
        for group, members in groupby(blank, key=lambda column: column.group)
    )
