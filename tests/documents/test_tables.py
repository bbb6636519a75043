"""Every figure of every table is read back from the page and compared with the facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tabulator.aggregate.results import AreaResult, PrecinctRow
from tabulator.documents import captions
from tabulator.documents.facts import Facts
from tabulator.documents.render import KINDS
from tabulator.documents.rows import columns, coverage_columns
from tabulator.documents.wording import commission_name, day
from tabulator.domain.register import Contest
from tabulator.domain.workflow import State
from tests.documents.builders import BLANK, DIGEST, MIXED
from tests.documents.reading import (
    Line,
    collisions,
    figures,
    lines,
    pages,
    printed,
    shown,
    squeezed,
    text,
)

LANGS = ("ky", "ru", "en")
TERRITORIES = ("one", "11", "200", "60 options", "lists", "two blocks", "long names")
MARKS = {"disputed": "†", "annulled": "×", "checked": "‡", "received": "‡"}


def cut(keys: list[str], parts: int) -> list[list[str]]:
    """The columns of each sheet that lies beside the others."""
    cuts = [len(keys) * k // parts for k in range(parts + 1)]
    return [keys[a:b] for a, b in pairwise(cuts)]


def read_rows(found: list[Line], first: str, keys: list[str]) -> Iterator[list[str]]:
    """The figures of the lines that begin with `first`, put together from all parts."""
    hits = [line for line in found if squeezed(*line).startswith(first)]
    for parts in range(1, len(keys) + 1):
        if len(hits) % parts == 0 and all(
            len(line) > len(part)
            for line, part in zip(hits, cut(keys, parts) * len(hits), strict=False)
        ):
            step = len(hits) // parts
            for k in range(step):
                pieces = zip(hits[k::step], cut(keys, parts), strict=True)
                yield [word for line, part in pieces for word in figures(line, len(part))]
            return


def expected(row: PrecinctRow, contest: Contest) -> list[str]:
    assert row.values is not None
    return [shown(row.values[key], "–") for key in contest.columns]


def sums(result: AreaResult, contest: Contest) -> list[str]:
    return [shown(result.value(key)) for key in contest.columns]


def all_rows(facts: Facts) -> list[PrecinctRow]:
    return [row for block in facts.blocks for row in block.rows]


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("case", TERRITORIES)
def test_a_summary_table_shows_every_figure_of_every_precinct(case: str, lang: str) -> None:
    facts, document = printed("summary-table", case, lang)
    contest, found = facts.contest, lines(document.pdf)
    for row in all_rows(facts):
        if row.state is not State.MISSING:
            first = f"{row.precinct}{MARKS.get(row.state, '')}"
            (read,) = read_rows(found, first, list(contest.columns))
            assert read == expected(row, contest), row.precinct


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("case", ["nothing received", *TERRITORIES])
def test_a_summary_table_shows_the_sums_of_what_counts(case: str, lang: str) -> None:
    facts, document = printed("summary-table", case, lang)
    several = len(facts.blocks) > 1
    total = captions.GRAND_TOTAL if several else captions.TOTAL
    found = [line for line in lines(document.pdf) if len(line) > 11]  # not those of coverage
    keys = list(facts.contest.columns)
    (read,) = read_rows(found, squeezed(total.say(lang)), keys)
    assert read == sums(facts.total, facts.contest)
    if several:
        read_blocks = list(read_rows(found, captions.TOTAL.say(lang), keys))
        assert read_blocks == [sums(block.result, facts.contest) for block in facts.blocks]


@pytest.mark.parametrize("lang", LANGS)
def test_a_precinct_that_sent_nothing_says_so_and_shows_no_zero(lang: str) -> None:
    _, document = printed("summary-table", "11", lang)
    (line,) = (line for line in lines(document.pdf) if line[0] == "1003")
    assert squeezed(*line).endswith(squeezed(captions.NOTHING_RECEIVED.say(lang)))
    assert "0" not in line


@pytest.mark.parametrize("lang", LANGS)
def test_marks_are_explained_on_every_sheet_that_may_show_them(lang: str) -> None:
    _, document = printed("summary-table", "two blocks", lang)
    for page in pages(document.pdf):
        for mark, said in captions.MARKED.values():
            assert squeezed(mark, said.say(lang)) in text(page)
        assert squeezed("–", captions.BLANK.say(lang)) in text(page)


@pytest.mark.parametrize("lang", LANGS)
def test_a_sum_with_blanks_tells_how_many_protocols_left_the_line_blank(lang: str) -> None:
    facts, document = printed("summary-table", "11", lang)
    assert facts.total.blanks == {"C": 2, "c3": 1}
    told = squeezed(*(word for line in lines(document.pdf) for word in line))
    for count in facts.total.blanks.values():
        assert squeezed(captions.BLANKS_COUNTED.say(lang).format(count=count)) in told
    flagged = [f"{facts.total.value(key)}*" for key in facts.total.blanks]
    assert sum(set(flagged) <= set(line) for line in lines(document.pdf)) == 1


def test_a_table_of_nothing_received_shows_dashes_and_never_zero() -> None:
    facts, document = printed("summary-table", "nothing received", "ky")
    total = next(line for line in lines(document.pdf) if line[0] == "Бардыгы" and len(line) > 8)
    assert total[1:] == ["—"] * len(facts.contest.columns)


@pytest.mark.parametrize("lang", LANGS)
def test_an_area_without_precincts_says_so(lang: str) -> None:
    _, document = printed("summary-table", "none", lang)
    assert squeezed(captions.NO_PRECINCTS.say(lang)) in text(pages(document.pdf)[0])


@pytest.mark.parametrize("kind", ["summary-table", "national-summary-table", "national-annex"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_sheet_says_what_it_is(kind: str, lang: str) -> None:
    case = "two blocks" if kind == "summary-table" else "nation"
    facts, document = printed(kind, case, lang)
    read = pages(document.pdf)
    assert len(read) == document.pages
    for number, page in enumerate(read, start=1):
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
            assert squeezed(said) in text(page), (number, said)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", ["11", "60 options", "lists"])
def test_the_first_sheet_explains_every_column(case: str, lang: str) -> None:
    facts, document = printed("summary-table", case, lang)
    first = text(pages(document.pdf)[0])
    for column in columns(facts.contest):
        assert squeezed(column.number, column.caption.say(lang)) in first


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("case", ["nation", "nation, nothing received"])
def test_the_national_table_shows_every_territory_every_region_and_the_nation(
    case: str, lang: str
) -> None:
    facts, document = printed("national-summary-table", case, lang)
    keys = ["#formed", "#included", *facts.contest.columns]
    found = [line for line in lines(document.pdf) if len(line) > len(keys)]
    read = [figures(line, len(keys)) for line in found if line[-1] != "9"]
    wanted = []
    for region in facts.total.children:
        for area in (region, *region.children):
            wanted.append(_area(area, facts.contest))
    assert read == [*wanted, _area(facts.total, facts.contest)]


def _area(result: AreaResult, contest: Contest) -> list[str]:
    covered = result.coverage
    return [str(covered.formed), str(covered.included), *sums(result, contest)]


def test_coverage_columns_are_named_after_the_coverage() -> None:
    assert [c.key for c in coverage_columns("formed", "included")] == ["#formed", "#included"]


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_the_national_annex_shows_every_precinct_of_the_country(lang: str) -> None:
    facts, document = printed("national-annex", "nation", lang)
    found = lines(document.pdf)
    read = {line[0].rstrip("†‡×"): line for line in found if line[0].rstrip("†‡×").isdigit()}
    for row in all_rows(facts):
        if row.state is not State.MISSING:
            line = read[str(row.precinct)]
            assert line[0] == f"{row.precinct}{MARKS.get(row.state, '')}"
            assert line[1:] == expected(row, facts.contest)
    totals = [line for line in found if line[0] == captions.TOTAL.say(lang) and len(line) > 8]
    assert [[word.removesuffix("*") for word in line[1:]] for line in totals] == [
        sums(block.result, facts.contest) for block in facts.blocks
    ]


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize(
    ("kind", "case"),
    [
        *(("summary-table", case) for case in ("none", "nothing received", *TERRITORIES)),
        ("national-summary-table", "nation"),
        ("national-annex", "nation"),
    ],
)
def test_what_is_laid_out_for_a_sheet_fits_on_it(kind: str, case: str, lang: str) -> None:
    facts, document = printed(kind, case, lang)
    context = KINDS[kind](facts, lang).context
    assert document.pages == len(list(context["sheets"])) + context["layout"].begins_apart


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize(
    ("kind", "case"),
    [
        ("summary-table", "long names"),
        ("summary-table", "60 options"),
        ("summary-table", "lists"),
        ("national-summary-table", "nation"),
        ("national-annex", "nation"),
        ("national-annex", "60 options"),
        ("protocol", "long names"),
        ("protocol", "11"),
        ("national-protocol", "nation"),
    ],
)
def test_no_letter_lies_upon_another_or_outside_the_margins(
    kind: str, case: str, lang: str
) -> None:
    _, document = printed(kind, case, lang)
    assert collisions(document.pdf) == []


def test_the_states_that_the_cases_plant_are_all_there() -> None:
    facts, _ = printed("summary-table", "11", "ky")
    states = {row.precinct: row.state for row in all_rows(facts)}
    assert {number: states[number] for number in MIXED} == MIXED
    assert set(BLANK) <= set(states)
