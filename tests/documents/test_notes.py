"""What people said and decided is read back from the page, whatever they wrote."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tabulator.documents import captions, note_captions
from tabulator.documents.facts import Facts, Note
from tabulator.documents.note_captions import DECISIONS, LACKING
from tabulator.documents.notes import as_written, note_sections
from tabulator.documents.protocol import protocol
from tabulator.documents.render import as_html, render
from tabulator.documents.summary_table import summary_table
from tabulator.documents.wording import day
from tabulator.domain.text import LANGUAGES
from tests.documents.builders import AS_OF, nation, territory
from tests.documents.noted import DAY, NOTES, OPINIONS, WRITTEN, many, noted
from tests.documents.reading import collisions, pages, squeezed, text

KINDS = {"protocol": lambda: territory(3), "national-protocol": lambda: nation(9, 1)}
FOOT = "01:04:05"


def body(pdf: bytes) -> str:
    """All that is printed, without the lines at the head and the foot of each page."""
    found = []
    for number, page in enumerate(pages(pdf)):
        lines = [line for line in page if FOOT not in squeezed(*line)]
        found.append(text(lines[2:] if number else lines))
    return "".join(found)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_note_is_printed_with_its_decision(kind: str, lang: str) -> None:
    said = body(render(kind, noted(KINDS[kind]()), lang).pdf)
    for note in NOTES:
        what = (DECISIONS | LACKING)[note.kind].say(lang)
        assert squeezed(f"{note.precinct}{note.code}{what}:{note.text}") in said, note
        if note.number:
            decision = note_captions.DECISION.say(lang).format(
                number=note.number.removeprefix("№ "), date=day(AS_OF.date().replace(day=11), lang)
            )
            assert squeezed(f"{note.text}({decision})") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_differences_of_the_first_copy_state_both_figures(lang: str) -> None:
    facts = noted(territory(3))
    said = body(render("protocol", facts, lang).pdf)
    name = facts.contest.options[0].name.say(lang)
    blank = note_captions.BLANK.say(lang)
    for line, before, after in (
        (note_captions.LINE.say(lang).format(number=1), "1512", "1521"),
        (note_captions.LINE.say(lang).format(number=3), blank, "0"),
        (name, "3", "1200"),
    ):
        told = note_captions.DIFFERENCE.say(lang).format(line=line, before=before, after=after)
        assert squeezed(told) in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sitting_is_told(lang: str) -> None:
    said = body(render("protocol", noted(territory(3)), lang).pdf)
    told = note_captions
    for line in (
        told.PRESENT.say(lang).format(present=9, members=11),
        told.COMPLAINTS.say(lang).format(count=3),
        "канааттандырылды – 2 (№ 1, 3); четке кагылды – 1 (№ 2)",
        told.OPINIONS.say(lang).format(count=2, names=", ".join(OPINIONS)),
    ):
        assert squeezed(line) in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_was_said_there_is_no_section(lang: str) -> None:
    html = as_html(protocol(territory(3), lang))
    heads = (note_captions.DECISIONS_HEAD, note_captions.LACKING_HEAD, note_captions.SITTING_HEAD)
    assert not [head for head in heads if f">{head.say(lang)}<" in html]


def test_precincts_of_which_the_same_is_said_share_a_line() -> None:
    same = [Note(n, "annulled", text="Мөөр жок", number="1", date=DAY) for n in range(1001, 1006)]
    other = replace(same[0], precinct=1009, number="2")
    told = note_sections(noted(territory(3), [*same, other]), "ky")["decisions"]
    assert [one.precincts for one in told] == ["1001–1005", "1009"]


@pytest.mark.parametrize(
    "written",
    ["Ө" * 2_000, "сөз\n" * 500, "сөз " * 500, "<b>&\"'" * 330, f"{WRITTEN} " * 70, "\n" * 2_000],
    ids=["no space", "lines", "words", "marks", "quotes", "nothing"],
)
def test_whatever_was_written_is_printed_whole_and_stays_on_the_page(written: str) -> None:
    facts = noted(
        territory(3),
        [
            Note(1001, "explained", "K13", written),
            Note(1002, "decided", "K04", written, "9" * 200, "дата " * 20),
            Note(1003, "missing", text=written),
        ],
    )
    facts = replace(facts, opinions=(written[:400],))
    pdf = render("protocol", facts, "ky").pdf
    assert body(pdf).count(squeezed(written)) >= 3
    assert collisions(pdf) == []


@pytest.mark.parametrize("kind", ["protocol", "national-protocol"])
def test_a_long_list_flows_over_the_pages(kind: str) -> None:
    facts = many(territory(200) if kind == "protocol" else nation(9, 20))
    document = render(kind, facts, "ky")
    said = body(document.pdf)
    assert all(squeezed(note.text) in said for note in facts.notes)
    assert collisions(document.pdf) == []
    sizes = [len(page) for page in pages(document.pdf)]
    assert all(size > 40 for size in sizes[1:-2]), "only the end leaves a page unfilled"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("эмодзи 😀, 漢", "эмодзи [U+1F600], [U+6F22]"),
        ("\u202eтескери\u200b\ufeff", "тескери"),
        ("и\u0306", "й"),
        ("  эки\r\n\tсап\u00a0", "эки сап"),
        ("\x00\x1b[0m", "[U+0000][U+001B][0m"),
        (WRITTEN, WRITTEN),
        ("ҢңӨөҮүЁё №5 – «а» „б“ 10 %", "ҢңӨөҮүЁё №5 – «а» „б“ 10 %"),
    ],
)
def test_a_letter_that_no_font_has_does_not_stop_a_document(written: str, printed: str) -> None:
    assert as_written(written) == printed
    document = render("protocol", noted(territory(1), [Note(1001, "explained", "", written)]), "ky")
    assert squeezed(printed) in body(document.pdf)


@pytest.mark.parametrize("document", [protocol, summary_table])
def test_the_attached_data_carry_everything_to_the_letter(document: object) -> None:
    facts = noted(territory(3))
    data = json.loads(document(facts, "ru").files[1].content)  # type: ignore[operator]
    assert [(n["precinct"], n["kind"], n["code"], n["text"]) for n in data["notes"]] == [
        (note.precinct, note.kind, note.code, note.text) for note in NOTES
    ]
    decisions = [n["decision"] for n in data["notes"]]
    assert decisions[4] == {"number": "№ 12-ө", "date": DAY}
    assert decisions[2] is None
    assert data["notes"][1]["differences"][1] == {"line": "C", "before": None, "after": 0}
    assert data["complaints"][1] == {"complaint": 2, "precinct": None, "outcome": "четке кагылды"}
    assert (data["opinions"], data["present"], data["members"]) == (list(OPINIONS), 9, 11)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_signed_document_says_so_on_every_page(lang: str) -> None:
    facts: Facts = replace(noted(territory(3)), status="signed")
    read = pages(render("protocol", facts, lang).pdf)
    assert all(squeezed(captions.STATUS["signed"].say(lang)) in text(page) for page in read)
    assert not any(squeezed(captions.STATUS["preliminary"].say(lang)) in text(p) for p in read)
