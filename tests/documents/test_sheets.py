"""Widths, sheets and words: what a page is made of before it is printed."""

from __future__ import annotations

import pickle
import re
import subprocess
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from tabulator.documents import captions, note_captions
from tabulator.documents.facts import Block
from tabulator.documents.pdf import FONTS
from tabulator.documents.rows import Row, block_rows, columns
from tabulator.documents.sheets import chunks
from tabulator.documents.spaces import WEIGHTS, cut, space, text_width, width
from tabulator.documents.summary_table import summary_table
from tabulator.documents.widths import BEHIND, DENSE, PAGE, ROOMY, Style, plan
from tabulator.documents.wording import (
    FIGURE_SPACE,
    THIN,
    commission_name,
    day,
    grouped,
    in_short,
    moment,
    share,
    total,
)
from tabulator.domain.areas import Commission
from tabulator.domain.text import LANGUAGES, Text
from tests.documents.builders import CASES, contest, territory

KYRGYZ = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"


def font(style: str) -> TTFont:
    """The font file that the system has for this description."""
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", style], check=True, capture_output=True, text=True
    )
    return TTFont(found.stdout)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_widths_are_those_of_the_font(weight: str) -> None:
    file = font(f"PT Sans Narrow:{weight}")
    metrics, letters = file["hmtx"], file.getBestCmap()
    made = WEIGHTS[weight].spaces
    for letter, wide in WEIGHTS[weight].letters.items():
        if letter not in made:
            assert metrics[letters[ord(letter)]][0] == wide, letter
    assert made[FIGURE_SPACE] == width("0", weight), "HarfBuzz makes it as wide as a digit"
    assert made[THIN] == metrics[letters[ord(" ")]][0] / 2, "and this one half as wide as a space"
    assert not {ord(one) for one in made} & letters.keys(), "made, not drawn"


def test_the_widths_of_letters_are_about_those_of_the_font() -> None:
    file = font("PT Sans Narrow:regular")
    metrics, letters = file["hmtx"], file.getBestCmap()
    for letter in KYRGYZ + KYRGYZ.lower() + "abcxyzABCXYZ .,:;()«»№…":
        assert abs(text_width(letter) - metrics[letters[ord(letter)]][0]) <= 13, letter


@given(st.text(alphabet=KYRGYZ.lower() + " ", max_size=60), st.integers(1_000, 20_000))
def test_a_text_is_cut_only_where_it_does_not_fit(said: str, room: int) -> None:
    shown = cut(said, room)
    assert text_width(shown) <= room
    assert shown == said or (shown[-1] == "…" and said.startswith(shown[:-1]))


@pytest.mark.parametrize("family", FONTS)
def test_the_fonts_have_every_letter_and_mark_in_use(family: str) -> None:
    letters = font(family).getBestCmap()
    marks = "".join(mark for mark, _ in captions.MARKED.values())
    for letter in KYRGYZ + KYRGYZ.lower() + marks + "0123456789–—*«»№·…%":
        assert ord(letter) in letters, letter


@given(st.integers(300, 20_000), st.sampled_from(list(WEIGHTS)))
def test_spaces_are_as_wide_as_wanted_as_near_as_the_eye_can_see(wanted: int, weight: str) -> None:
    text, found = space(wanted, weight)
    assert found == pytest.approx(sum(WEIGHTS[weight].spaces[one] for one in text))
    assert abs(found - wanted) < 12


def test_figures_of_one_row_end_where_those_of_another_do() -> None:
    facts = territory(40)
    context = summary_table(facts, "ru").context
    plan, (sheet, *_) = context["layout"].plan, list(context["sheets"])
    texts = [text for line in sheet.lines for text in line.text.split("\n")]
    for text in texts:
        ends, at = [], 0.0
        for piece in re.findall(r"[\u2000-\u200a\u2007]+|[\d\u202f]+", text.split("</span>")[1]):
            at += sum(WEIGHTS["regular"].spaces.get(c, width(c, "regular")) for c in piece)
            ends += [at] if piece[-1].isdigit() else []
        assert ends == pytest.approx(plan.edges(plan.parts[0]), abs=6)


@pytest.mark.parametrize("style", [ROOMY, DENSE])
@pytest.mark.parametrize("case", CASES)
def test_a_table_fits_its_sheets(case: str, style: Style) -> None:
    facts = CASES[case]()
    listed, rows = columns(facts.contest), tuple(block_rows(facts))
    found = plan(listed, rows, style)
    assert [column for part in found.parts for column in part] == list(listed)
    for part in found.parts:
        assert found.rules(part)[-1] <= PAGE + 0.01
    for row in rows:
        for key, value in row.values.items():
            if value is not None and key in found.rooms:
                into_gap = width(grouped(value), row.weight) - found.rooms[key]
                assert into_gap <= (found.gap - BEHIND if row.strong else 0)
    assert style.size[0] <= found.size <= style.size[-1]


ROWS = st.lists(st.sampled_from(["precinct"] * 6 + ["heading", "sum", "region", "total"]))


@given(ROWS, st.integers(3, 12), st.integers(3, 12))
def test_sheets_hold_every_row_in_order_and_none_too_many(
    kinds: list[str], first: int, rest: int
) -> None:
    rows = [Row(kind, number=n) for n, kind in enumerate(kinds)]
    found = list(chunks(rows, first, rest))
    assert [row for chunk in found for row in chunk] == rows
    for chunk, room in zip(found, [first] + [rest] * len(found), strict=False):
        assert 1 <= len(chunk) <= room


@given(st.integers(1, 60), st.integers(5, 12), st.integers(5, 12))
def test_a_total_is_never_alone_on_its_sheet(precincts: int, first: int, rest: int) -> None:
    rows = [*(Row("precinct", number=n) for n in range(precincts)), Row("total"), Row("space")]
    last = list(chunks(rows, first, rest))[-1]
    assert sum(row.kind == "precinct" for row in last) >= min(2, precincts)


def test_a_heading_is_never_the_last_row_of_a_sheet() -> None:
    rows = [Row("precinct")] * 4 + [Row("heading")] + [Row("precinct")] * 6
    assert [len(chunk) for chunk in chunks(rows, 5, 5)] == [4, 5, 2]


@pytest.mark.parametrize(
    ("said", "lang", "wanted"),
    [
        (share("54.32", "ky"), "ky", "54,32"),
        (share("54.32", "ru"), "ru", "54,32"),
        (share("54.32", "en"), "en", "54.32"),
        (share(None, "ky"), "ky", "—"),
        (total(None), "ky", "—"),
        (total(0), "ky", "0"),
        (total(4114931), "ky", f"4{THIN}114{THIN}931"),
        (day(date(2025, 11, 30), "ky"), "ky", "2025-жылдын 30-ноябры"),
        (day(date(2025, 6, 1), "ru"), "ru", "1 июня 2025 года"),
        (day(date(2025, 6, 1), "en"), "en", "1 June 2025"),
        (
            moment(datetime(2025, 11, 30, 19, 0, 7, tzinfo=UTC), "en"),
            "en",
            "1 December 2025, 01:00:07",
        ),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(
    said: str, lang: str, wanted: str
) -> None:
    assert said == wanted


@pytest.mark.parametrize(
    ("kind", "name", "lang", "wanted"),
    [
        ("tec", Text("", "Чуйская область"), "ky", "Чуйская область: аймактык шайлоо комиссиясы"),
        ("cec", Text("Борбордук шайлоо комиссиясы"), "ky", "Борбордук шайлоо комиссиясы"),
        ("dec", Text("", "Окружная избирательная комиссия № 3"), "ru", None),
    ],
)
def test_a_commission_is_called_one(kind: str, name: Text, lang: str, wanted: str | None) -> None:
    said = commission_name(Commission("x", kind, "cec", name), lang)
    assert said == (wanted or name.say(lang))


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ((), ""),
        ((7,), "7"),
        ((3, 1, 2), "1, 2, 3"),
        ((1, 2, 3, 4), "1–4"),
        ((9, 1, 2, 3, 4, 6, 11, 12, 13, 14, 15), "1–4, 6, 9, 11–15"),
    ],
)
def test_numbers_that_follow_each_other_are_listed_in_short(
    numbers: tuple[int, ...], wanted: str
) -> None:
    assert in_short(numbers) == wanted


def texts() -> list[tuple[str, Text]]:
    found = []
    for name, value in (*vars(captions).items(), *vars(note_captions).items()):
        members = value if isinstance(value, tuple) else (value,)
        if isinstance(value, dict):
            members = tuple(value.values())
        for member in members:
            said = member[1] if isinstance(member, tuple) else member
            found += [(name, said)] if isinstance(said, Text) else []
    return found


@pytest.mark.parametrize(("name", "said"), texts(), ids=lambda value: str(value)[:20])
def test_every_caption_stands_in_every_language(name: str, said: Text) -> None:
    assert all(getattr(said, lang) for lang in LANGUAGES), name


def test_facts_travel_to_another_process() -> None:
    facts = territory(3, contest(5))
    again = pickle.loads(pickle.dumps(facts))  # noqa: S301 - our own bytes
    for each in fields(Block):
        assert getattr(again.blocks[0], each.name) == getattr(facts.blocks[0], each.name)
    assert again.contest.columns == facts.contest.columns
    assert [area.code for area in again.election.areas] == [a.code for a in facts.election.areas]
