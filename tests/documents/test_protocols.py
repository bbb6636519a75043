"""Every figure of every protocol is read back from the page and compared with the facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabulator.aggregate.outcome import outcome
from tabulator.aggregate.results import AreaResult
from tabulator.documents import captions
from tabulator.documents.facts import Facts
from tabulator.documents.frame import COVERAGE
from tabulator.documents.render import render
from tabulator.documents.wording import commission_name, day, share
from tabulator.domain.workflow import State
from tests.documents.builders import DIGEST, contest, nation, territory
from tests.documents.reading import Line, lines, pages, printed, shown, squeezed, text

LANGS = ("ky", "ru", "en")
KINDS = (
    ("protocol", "none"),
    ("protocol", "nothing received"),
    ("protocol", "one"),
    ("protocol", "11"),
    ("protocol", "60 options"),
    ("protocol", "two marks"),
    ("protocol", "lists"),
    ("protocol", "two blocks"),
    ("protocol", "long names"),
    ("national-protocol", "nation"),
    ("national-protocol", "nation, nothing received"),
)


def results(facts: Facts) -> list[AreaResult]:
    blocks = [block.result for block in facts.blocks] if len(facts.blocks) == 2 else []
    return [*blocks, facts.total]


def line_of(found: list[Line], caption: str, number: str = "") -> Line:
    """The first line of a caption, which may go on beneath; it and all before it are used up."""
    for index, line in enumerate(found):
        said = squeezed(*line)
        words = squeezed(number, caption)
        if said[:10] == words[:10] and any(said.startswith(words[:n]) for n in (18, len(words))):
            del found[: index + 1]
            return line
    raise AssertionError(f"no line says {caption}")


def plain(line: Line, count: int) -> list[str]:
    return [word.removesuffix("*") for word in line[-count:]]


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize(("kind", "case"), KINDS)
def test_a_protocol_states_every_sum_and_share(kind: str, case: str, lang: str) -> None:
    facts, document = printed(kind, case, lang)
    found, shown_areas = list(lines(document.pdf)), results(facts)
    for number, field in enumerate(COVERAGE, start=1):
        line = line_of(found, captions.COVERAGE_LINE[field].say(lang), str(number))
        counts = [str(getattr(area.coverage, field)) for area in shown_areas]
        assert plain(line, len(counts)) == counts, field
    for each in facts.contest.form.lines:
        line = line_of(found, each.caption.say(lang), each.number)
        wanted = [shown(area.value(each.role)) for area in shown_areas]
        assert plain(line, len(wanted)) == wanted, each.role
    line = line_of(found, captions.TOOK_PART.say(lang))
    assert plain(line, len(shown_areas)) == [shown(area.value("I")) for area in shown_areas]
    line = line_of(found, captions.TURNOUT.say(lang))
    assert plain(line, len(shown_areas)) == [share(a.turnout, lang) for a in shown_areas]
    for option in facts.contest.choices:
        line = line_of(found, option.name.say(lang), str(option.position))
        assert plain(line, 2 * len(shown_areas)) == pairs(option.code, shown_areas, lang)
    for each in facts.contest.form.lines:
        if each.role in ("INV", "U"):
            line = line_of(found, each.caption.say(lang))
            assert plain(line, 2 * len(shown_areas)) == pairs(each.role, shown_areas, lang)


def pairs(key: str, areas: list[AreaResult], lang: str) -> list[str]:
    return [
        word for area in areas for word in (shown(area.value(key)), share(area.shares[key], lang))
    ]


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize(
    ("kind", "case"),
    [("protocol", "11 in order"), ("protocol", "one"), ("national-protocol", "nation in order")],
)
def test_the_printed_shares_sum_to_a_hundred(kind: str, case: str, lang: str) -> None:
    facts, document = printed(kind, case, lang)
    found = lines(document.pdf)
    heads = [k for k, line in enumerate(found) if line[-2:] == [captions.VOTES.say(lang), "%"]]
    totals = [k for k, line in enumerate(found) if line[0] == captions.TOTAL.say(lang)]
    column = [line[-1] for line in found[heads[0] + 1 : totals[-1]] if "," in line[-1]]
    assert len(column) == len(facts.contest.choices) + 2
    assert sum(int(word.replace(",", "")) for word in column) == 10_000
    assert found[totals[-1]][-1] == "100,00"


def test_where_a_voter_has_several_marks_shares_have_no_sum() -> None:
    _, document = printed("protocol", "two marks", "ru")
    assert not any(line[0] == "Итого" for line in lines(document.pdf))


@pytest.mark.parametrize("lang", LANGS)
def test_precincts_that_do_not_count_are_named_under_their_number(lang: str) -> None:
    facts, document = printed("protocol", "11", lang)
    said = text([line for page in pages(document.pdf) for line in page])
    for numbers in ("1003", "1008, 1009", "1005", "1007"):
        assert squeezed(captions.NUMBERS.say(lang).format(numbers=numbers)) in said
    assert facts.total.coverage.included == 6


@pytest.mark.parametrize("lang", LANGS)
def test_a_protocol_has_places_for_everything_that_is_written_by_hand(lang: str) -> None:
    _, document = printed("protocol", "11", lang)
    read = pages(document.pdf)
    whole = text([line for page in read for line in page])
    for said in (
        captions.COPY,
        captions.SIGNED,
        captions.STAMP,
        captions.CHAIR,
        captions.SECRETARY,
    ):
        assert squeezed(said.say(lang)) in whole
    assert whole.count(squeezed(captions.MEMBER.say(lang))) >= 8
    for attached in captions.ATTACHMENTS:
        assert squeezed(attached.say(lang), ",", captions.SHEETS.say(lang)) in whole
    last = text(read[-1])
    assert all(squeezed(said.say(lang)) in last for said in (captions.CHAIR, captions.SIGNED)), (
        "the signatures stand together"
    )


@pytest.mark.parametrize("kind", ["protocol", "national-protocol"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_page_says_what_it_is(kind: str, lang: str) -> None:
    facts, document = printed(kind, "two blocks" if kind == "protocol" else "nation", lang)
    read = pages(document.pdf)
    assert len(read) == document.pages >= 2
    for number, page in enumerate(read, start=1):
        page_text = text(page).casefold()
        for said in (
            captions.TITLE[kind].say(lang),
            commission_name(facts.commission, lang),
            facts.election.title.say(lang),
            day(facts.election.date, lang),
            captions.STATUS["preliminary"].say(lang),
            DIGEST[:16],
            "01:04:05",
            f"{captions.SHEET.say(lang)} {number} / {document.pages}",
        ):
            assert squeezed(said).casefold() in page_text, (number, said)


@pytest.mark.parametrize("lang", LANGS)
def test_the_reasoning_and_the_verdict_are_printed(lang: str) -> None:
    facts = territory(11)
    total = {k: v for k, v in {**facts.total.totals, **facts.total.votes}.items() if v is not None}
    found = outcome(facts.contest, "absolute-majority", total)
    document = render("protocol", replace(facts, outcome=found), lang)
    said = text([line for page in pages(document.pdf) for line in page])
    for step in found.steps:
        assert squeezed(step.say(lang)) in said
    assert squeezed(captions.VERDICT[found.verdict].say(lang)) in said


def test_seats_are_printed_with_the_verdict() -> None:
    of = contest(3)
    facts = nation(9, 3, of)
    total = {k: v for k, v in {**facts.total.totals, **facts.total.votes}.items() if v is not None}
    found = replace(outcome(of, "absolute-majority", total), elected=(), seats={"c1": 5, "c2": 4})
    document = render("national-protocol", replace(facts, outcome=found), "ru")
    said = text([line for page in pages(document.pdf) for line in page])
    names = [option.name.ru for option in of.options[:2]]
    assert squeezed(f"{names[0]} – 5, {names[1]} – 4") in said


def test_more_blocks_than_fit_beside_each_other_leave_the_total_alone() -> None:
    facts = nation(9, 3, states=dict.fromkeys(range(1001, 1004), State.MISSING))
    document = render("protocol", replace(facts, commission=territory(1).commission), "ru")
    line = line_of(lines(document.pdf).copy(), captions.COVERAGE_LINE["formed"].ru, "1")
    assert line[-1] == "27"
    assert line[-2].isalpha()
