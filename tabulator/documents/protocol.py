"""The protocol of a commission above the precincts: coverage, sums, shares, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import segno

from tabulator.aggregate.results import AreaResult
from tabulator.aggregate.shares import LOST, printed, took_part
from tabulator.documents import captions
from tabulator.documents.attachments import area_files
from tabulator.documents.facts import Facts
from tabulator.documents.frame import COVERAGE, Page, frame, notes
from tabulator.documents.notes import note_sections
from tabulator.documents.rows import Column, area_row, columns, option_group
from tabulator.documents.wording import grouped, in_short, share, total
from tabulator.domain.text import Text
from tabulator.domain.workflow import State

KIND = "protocol"
NATIONAL_KIND = "national-protocol"

MOST_BLOCKS = 3
"""Blocks that stand beside each other; where there are more, the protocol states the total."""

_STATES = {
    "missing": {State.MISSING},
    "pending": {State.RECEIVED, State.CHECKED},
    "disputed": {State.DISPUTED},
    "annulled": {State.ANNULLED},
}

MEMBERS = {"tec": 8, "dec": 8, "cec": 9}
"""Places for members beside the chair, the deputy and the secretary."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed line.

    Attributes:
        figures: One for each block and for the total, or two, votes and share; the flag
            points to a footnote.
        says: Beneath the caption.
    """

    number: str
    caption: str
    figures: tuple[tuple[str, bool], ...]
    says: str = ""
    strong: bool = False


def protocol(facts: Facts, lang: str) -> Page:
    """Source: const. law on elections art. 36; regulation No. 102 § 9.2."""
    return _page(KIND, facts, lang)


def national_protocol(facts: Facts, lang: str) -> Page:
    """Source: const. law on elections art. 37."""
    return _page(NATIONAL_KIND, facts, lang)


def _page(kind: str, facts: Facts, lang: str) -> Page:
    shown = _shown(facts)
    lines, choices = _columns(facts)
    sums = [area_row("sum", result) for result in shown]
    context = {
        **frame(kind, facts, lang),
        **note_sections(facts, lang),
        "qr": _code(kind, facts, lang),
        "blocks": [r.name.say(lang) for r in shown[:-1]],
        "coverage": list(_coverage(facts, shown, lang)),
        "lines": [_entry(column, shown, lang) for column in lines],
        "turnout": list(_turnout(shown, lang)),
        "votes": [*_votes(facts, choices, shown, lang), *_sum(facts, shown, lang)],
        "options": option_group(facts.contest).say(lang),
        "preferences": list(_preferences(facts, shown, lang)),
        "outcome": _outcome(facts, lang),
        "notes": list(notes(sums, columns(facts.contest), lang)),
        "attachments": [text.say(lang) for text in captions.ATTACHMENTS],
        "members": MEMBERS[facts.commission.kind],
    }
    return Page("protocol.html", context, area_files(facts, lang))


def _shown(facts: Facts) -> tuple[AreaResult, ...]:
    """The blocks that stand beside each other, then the total."""
    beside = facts.blocks if 1 < len(facts.blocks) <= MOST_BLOCKS else ()
    return (*(block.result for block in beside), facts.total)


def _columns(facts: Facts) -> tuple[list[Column], list[Column]]:
    """Lines that are summed, and the options that share out the ballots."""
    codes = {option.code for option in facts.contest.choices}
    listed = columns(facts.contest)
    lines = [column for column in listed if column.key in facts.contest.form.summed_roles]
    return lines, [column for column in listed if column.key in codes]


def _entry(column: Column, shown: Sequence[AreaResult], lang: str) -> Entry:
    figures = ((total(r.value(column.key)), column.key in r.blanks) for r in shown)
    return Entry(column.number, column.caption.say(lang), tuple(figures))


def _plain(caption: Text, figures: Iterable[str], lang: str) -> Entry:
    return Entry("", caption.say(lang), tuple((text, False) for text in figures), strong=True)


def _coverage(facts: Facts, shown: Sequence[AreaResult], lang: str) -> Iterator[Entry]:
    for number, field in enumerate(COVERAGE, start=1):
        counts = tuple((grouped(getattr(r.coverage, field)), False) for r in shown)
        listed = _numbers(facts, field)
        says = captions.NUMBERS.say(lang).format(numbers=listed) if listed else ""
        yield Entry(str(number), captions.COVERAGE_LINE[field].say(lang), counts, says)


def _numbers(facts: Facts, field: str) -> str:
    """The numbers of the precincts counted under a field, where they are worth naming."""
    states = _STATES.get(field, set())
    rows = [row for block in facts.blocks for row in block.rows]
    return in_short(row.precinct for row in rows if row.state in states)


def _turnout(shown: Sequence[AreaResult], lang: str) -> Iterator[Entry]:
    yield _plain(captions.TOOK_PART, (total(took_part(_stated(r))) for r in shown), lang)
    yield _plain(captions.TURNOUT, (share(r.turnout, lang) for r in shown), lang)


def _stated(result: AreaResult) -> dict[str, int]:
    return {role: value for role, value in result.totals.items() if value is not None}


def _votes(
    facts: Facts, choices: Sequence[Column], shown: Sequence[AreaResult], lang: str
) -> Iterator[Entry]:
    """Every choice, then the ballots that went to none, each with its share."""
    roles = set(facts.contest.form.summed_roles) & {"INV", "U"}
    beside = [replace(c, number="") for c in columns(facts.contest) if c.key in roles]
    for column in (*choices, *beside):
        figures = tuple(pair for result in shown for pair in _pair(column.key, result, lang))
        yield Entry(column.number, column.caption.say(lang), figures)
    if shown[-1].lost:
        figures = tuple(pair for result in shown for pair in _pair(LOST, result, lang))
        yield Entry("", captions.LOST.say(lang), figures)


def _pair(key: str, result: AreaResult, lang: str) -> tuple[tuple[str, bool], tuple[str, bool]]:
    votes = total(result.value(key)), key in result.blanks
    return votes, (share(result.shares.get(key), lang), False)


def _sum(facts: Facts, shown: Sequence[AreaResult], lang: str) -> Iterator[Entry]:
    """All ballots and all shares as printed; on a ballot with several marks they have no sum."""
    if facts.contest.max_marks == 1:
        figures = (text for result in shown for text in _summed(result, lang))
        yield _plain(captions.TOTAL, figures, lang)


def _summed(result: AreaResult, lang: str) -> tuple[str, str]:
    votes = [v for key in result.shares if (v := result.value(key)) is not None]
    shares = [int(text.replace(".", "")) for text in result.shares.values() if text]
    return (
        total(sum(votes) if votes else None),
        share(printed(sum(shares)) if shares else None, lang),
    )


def _preferences(
    facts: Facts, shown: Sequence[AreaResult], lang: str
) -> Iterator[tuple[str, list[Entry]]]:
    for listed in facts.contest.choices:
        codes = {option.code for option in facts.contest.annex(listed.code)}
        found = [c for c in columns(facts.contest) if c.key in codes]
        if found:
            entries = [_entry(column, shown, lang) for column in found]
            yield found[0].group.say(lang), entries


def _outcome(facts: Facts, lang: str) -> dict[str, object] | None:
    """The reasoning and what it comes to."""
    found = facts.outcome
    if found is None:
        return None
    names = {option.code: option.name.say(lang) for option in facts.contest.options}
    told = [names[code] for code in found.elected or found.second_round]
    told += [f"{names[code]} – {seats}" for code, seats in found.seats.items()]
    verdict = captions.VERDICT[found.verdict].say(lang)
    return {
        "steps": [step.say(lang) for step in found.steps],
        "verdict": f"{verdict}: {', '.join(told)}" if told else verdict,
    }


def code_text(kind: str, facts: Facts, lang: str) -> str:
    """What the paper is, for a machine."""
    area = facts.total.area or facts.commission.code
    told = (facts.election.id, facts.contest.id, area, kind, lang, facts.digest)
    return "/".join(("tabulator", *told, *([facts.seal] if facts.seal else [])))


def _code(kind: str, facts: Facts, lang: str) -> str:
    """The same as a picture of a QR code."""
    code = segno.make(code_text(kind, facts, lang), error="m", micro=False, boost_error=False)
    return code.svg_data_uri(border=0, omitsize=True, encode_minimal=True)
