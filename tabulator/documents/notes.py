"""What people said and decided, as lines beneath the sums, and as data."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tabulator.documents import note_captions as captions
from tabulator.documents.facts import Facts, Note
from tabulator.documents.rows import columns
from tabulator.documents.wording import day, grouped, in_short
from tabulator.domain.text import Text

_UNPRINTABLE = re.compile(
    r"[^ -~\xa0-\u0109\u010c-\u0113\u0116-\u011f\u0122-\u0127\u012a\u012b\u012e-\u0131"
    r"\u0134-\u0137\u0139-\u013e\u0141-\u0148\u014c\u014d\u0150-\u0165\u016a-\u0173\u0178-\u017f"
    r"\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e\u045f\u048a-\u04c0\u04c3-\u04f9"
    r"\u2011\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a"
    r"\u20ac\u2116\u2122\u2248\u2260\u2264\u2265]"
)
"""Every letter but those that all official fonts have."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about one or more precincts.

    Attributes:
        precincts: Numbers in short; "" for none.
        what: The kind of note, in words.
    """

    precincts: str
    code: str
    what: str
    text: str
    decision: str


def note_sections(facts: Facts, lang: str) -> dict[str, Any]:
    """The context of the sections: decisions, protocols lacking, the sitting; each may be empty."""
    return {
        "decisions": list(_remarks(facts, captions.DECISIONS, lang)),
        "lacking": list(_remarks(facts, captions.LACKING, lang)),
        "sitting": list(_sitting(facts, lang)),
    }


def as_written(text: str) -> str:
    """What a person wrote, on one line, in letters that the official fonts have.

    Of any other letter its number is printed: one of them must not stop a whole document.
    """
    # What cannot be seen goes, a mark that turns the direction of writing above all.
    seen = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return _UNPRINTABLE.sub(lambda m: f"[U+{ord(m[0]):04X}]", " ".join("".join(seen).split()))


def notes_as_data(facts: Facts) -> dict[str, Any]:
    """The same as plain data, every text to the letter."""
    return {
        "notes": [_as_data(note) for note in facts.notes],
        "complaints": [
            {"complaint": c.number, "precinct": c.precinct or None, "outcome": c.outcome}
            for c in facts.complaints
        ],
        "opinions": list(facts.opinions),
        "present": facts.present,
        "members": facts.members,
    }


def _as_data(note: Note) -> dict[str, Any]:
    decision = {"number": note.number, "date": note.date} if note.number or note.date else None
    return {
        "precinct": note.precinct or None,
        "kind": note.kind,
        "code": note.code,
        "text": note.text,
        "decision": decision,
        "differences": [
            {"line": line, "before": before, "after": after}
            for line, before, after in note.differences
        ],
    }


def _remarks(facts: Facts, kinds: dict[str, Text], lang: str) -> Iterator[Remark]:
    """Notes of these kinds; those that say the same of several precincts are one line."""
    same: dict[Note, list[int]] = defaultdict(list)
    for note in facts.notes:
        if note.kind in kinds:
            same[replace(note, precinct=0)].append(note.precinct)
    lines = _line_names(facts, lang)
    for note, precincts in same.items():
        told = [as_written(note.text), *_differences(note, lines, lang)]
        yield Remark(
            in_short(number for number in set(precincts) if number),
            as_written(note.code),
            kinds[note.kind].say(lang),
            "; ".join(text for text in told if text),
            _decision(note, lang),
        )


def _line_names(facts: Facts, lang: str) -> dict[str, str]:
    """How each figure is called in a sentence: lines by number, options by name."""
    line = captions.LINE.say(lang)
    lines = {one.role: line.format(number=one.number) for one in facts.contest.form.lines}
    return {column.key: column.caption.say(lang) for column in columns(facts.contest)} | lines


def _differences(note: Note, names: dict[str, str], lang: str) -> Iterator[str]:
    for line, before, after in note.differences:
        yield captions.DIFFERENCE.say(lang).format(
            line=names.get(line, line), before=_figure(before, lang), after=_figure(after, lang)
        )


def _figure(value: int | None, lang: str) -> str:
    return captions.BLANK.say(lang) if value is None else grouped(value)


def _decision(note: Note, lang: str) -> str:
    if not note.number:
        return ""
    number = as_written(note.number).lstrip("№ ")
    said = {"number": number, "date": _day(note.date, lang)}
    return captions.DECISION.say(lang).format(**said)


def _day(written: str, lang: str) -> str:
    try:
        return day(date.fromisoformat(written), lang)
    except ValueError:
        return as_written(written)


def _sitting(facts: Facts, lang: str) -> Iterator[str]:
    if facts.members:
        counts = {"present": facts.present, "members": facts.members}
        yield captions.PRESENT.say(lang).format(**counts)
    if facts.complaints:
        count = captions.COMPLAINTS.say(lang).format(count=len(facts.complaints))
        outcomes = "; ".join(_outcomes(facts))
        yield f"{count}, {captions.OF_THEM.say(lang)}: {outcomes}"
    if facts.opinions:
        names = _listed(facts.opinions)
        yield captions.OPINIONS.say(lang).format(count=len(facts.opinions), names=names)


def _outcomes(facts: Facts) -> Iterator[str]:
    """Each outcome with how many complaints came to it, and their numbers."""
    found: dict[str, list[int]] = defaultdict(list)
    for complaint in facts.complaints:
        found[as_written(complaint.outcome)].append(complaint.number)
    for outcome, numbers in found.items():
        yield f"{outcome} – {len(numbers)} (№ {in_short(numbers)})"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(as_written(name) for name in names)
