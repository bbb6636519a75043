"""The PDF itself: closed, without complaint, in our fonts, the same bytes everywhere."""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno

from tabulator.aggregate.results import as_json
from tabulator.documents.facts import Facts
from tabulator.documents.frame import File
from tabulator.documents.pdf import FONTS, to_pdf
from tabulator.documents.protocol import code_text
from tabulator.documents.render import KINDS, as_html, render, templates_folder
from tabulator.domain.text import Text
from tabulator.errors import NotPrintable
from tests.documents.builders import AS_OF, CASES, DIGEST, contest, territory
from tests.documents.noted import noted
from tests.documents.reading import lines, printed, squeezed

PROJECT = Path(__file__).parents[2]
NAME = "Ы'Ө\"Ү-<Ң> & «ңөү» – O’Brien"


def page_of(body: str, style: str = "") -> str:
    font = f"<style>html {{ font-family: 'PT Sans' }} {style}</style>"
    return f"<!doctype html><html lang='ky'><title>т</title>{font}<body>{body}"


def named(name: str) -> Facts:
    of = contest(3)
    first = replace(of.options[0], name=Text(name, name, name))
    return territory(2, replace(of, options=(first, *of.options[1:])))


@pytest.mark.parametrize(
    "body",
    [
        "<img src='http://example.org/a.png'>",
        "<img src='https://example.org/a.png'>",
        "<img src='file:///etc/hostname'>",
        "<link rel=stylesheet href='file:///etc/hostname'>",
        "<p style='background: url(ftp://example.org/a)'>a",
        "<style>@import 'http://example.org/a.css'</style>",
        "<style>@font-face { font-family: x; src: url(file:///etc/hostname) }</style>",
        "<link rel=attachment href='file:///etc/hostname'>",
    ],
)
def test_nothing_is_fetched_from_outside(body: str) -> None:
    with pytest.raises(NotPrintable, match="outside"):
        to_pdf(page_of(body), (), AS_OF)


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("a", "p { colour: red }"),
        ("a", "p { position: nowhere }"),
        ("<img src='data:image/png;base64,AAAA'>", ""),
        ("<img src='picture.png'>", ""),
        ("<img src='#'>", ""),
        ("漢字", ""),
    ],
)
def test_what_weasyprint_only_logs_is_an_error(body: str, style: str) -> None:
    with pytest.raises(NotPrintable):
        to_pdf(page_of(body, style), (), AS_OF)


def test_a_font_that_stands_in_is_an_error_that_names_the_letters() -> None:
    with pytest.raises(NotPrintable, match="ა"):
        to_pdf(page_of("Тбилиси ა"), (), AS_OF)


def test_letters_that_no_official_font_has_are_named_and_nothing_is_printed() -> None:
    with pytest.raises(NotPrintable, match="漢"):
        render("protocol", named("漢"), "ky")


@pytest.mark.parametrize("kind", KINDS)
def test_names_with_quotes_and_kyrgyz_letters_print_as_they_are(kind: str) -> None:
    found = lines(render(kind, named(NAME), "ky").pdf)
    assert any(squeezed(NAME) in squeezed(*line) for line in found)


@pytest.mark.parametrize("kind", KINDS)
def test_only_allowed_fonts_are_embedded_and_all_are(kind: str) -> None:
    _, document = printed(kind, "11" if "national" not in kind else "nation", "ky")
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        fonts = {
            str(font.BaseFont).split("+")[1]: font.DescendantFonts[0].FontDescriptor.keys()
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
    assert fonts
    for name, keys in fonts.items():
        assert name.startswith(tuple(font.replace(" ", "-") for font in FONTS)), name
        assert "/FontFile2" in keys or "/FontFile3" in keys


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_metadata_say_what_it_is(kind: str, lang: str) -> None:
    facts, document = printed(kind, "11" if "national" not in kind else "nation", lang)
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        assert str(pdf.Root.Lang) == lang
        assert facts.election.title.say(lang) in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20210110190405")
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20210110190405")
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")


def attached(pdf_bytes: bytes) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        assert {str(file.AFRelationship) for file in pdf.Root.AF} == {"/Data"}
        return {
            name: spec.get_file().read_bytes() for name, spec in sorted(pdf.attachments.items())
        }


@pytest.mark.parametrize("kind", ["summary-table", "national-annex"])
def test_the_figures_of_every_precinct_are_attached(kind: str) -> None:
    facts, document = printed(kind, "11" if kind == "summary-table" else "nation", "ru")
    files = attached(document.pdf)
    assert list(files) == ["table.csv", "table.json"]
    rows = list(csv.DictReader(io.StringIO(files["table.csv"].decode())))
    data = json.loads(files["table.json"])
    wanted = [row for block in facts.blocks for row in block.rows]
    assert [int(row["precinct"]) for row in rows] == [row.precinct for row in wanted]
    for line, entry, row in zip(rows, data["precincts"], wanted, strict=True):
        values = row.values or {}
        assert (line["state"], line["area"]) == (row.state, row.area)
        assert entry["state"] == row.state
        for key in facts.contest.columns:
            assert line[key] == ("" if values.get(key) is None else str(values[key]))
        read = dict(zip(data["columns"], entry["figures"] or [], strict=bool(values)))
        assert read == dict(values)
    assert data["totals"] == dict(facts.total.totals)


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        ("protocol", "11"),
        ("protocol", "two blocks"),
        ("national-summary-table", "nation"),
        ("national-protocol", "nation"),
    ],
)
def test_the_sums_are_attached(kind: str, case: str) -> None:
    facts, document = printed(kind, case, "ru")
    files = attached(document.pdf)
    rows = list(csv.DictReader(io.StringIO(files["table.csv"].decode())))
    assert rows[-1]["area"] == facts.total.area
    assert [rows[-1][key] for key in facts.contest.summed] == [
        str(facts.total.value(key)) for key in facts.contest.summed
    ]
    data = json.loads(files["table.json"])
    assert data["digest"] == DIGEST
    assert {key: data[key] for key in as_json(facts.total, facts.contest)} == as_json(
        facts.total, facts.contest
    )


PRINT = """
import hashlib, locale, sys
locale.setlocale(locale.LC_ALL, "")
from tabulator.documents.render import KINDS, render
from tests.documents.builders import CASES
from tests.documents.noted import noted
for kind in KINDS:
    case = "nation" if kind.startswith("national") else "11"
    print(kind, hashlib.sha256(render(kind, noted(CASES[case]()), "ky").pdf).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Bishkek", "LC_ALL": "C.UTF-8"},
    ],
)
def test_other_processes_print_the_same_bytes(surroundings: dict[str, str]) -> None:
    command = [sys.executable, "-c", PRINT]
    environment = {**os.environ, **surroundings}
    told = subprocess.run(
        command, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True
    )
    here = [
        f"{kind} {hashlib.sha256(render(kind, noted(CASES[case]()), 'ky').pdf).hexdigest()}"
        for kind in KINDS
        for case in ["nation" if kind.startswith("national") else "11"]
    ]
    assert told.stdout.splitlines() == here


def test_other_figures_or_another_moment_give_other_bytes() -> None:
    facts = territory(2)
    first = render("protocol", facts, "ky").pdf
    later = replace(facts, as_of=datetime(2021, 1, 10, 19, 4, 6, tzinfo=UTC))
    assert render("protocol", facts, "ky").pdf == first
    assert render("protocol", later, "ky").pdf != first
    assert render("protocol", territory(3), "ky").pdf != first


def test_the_code_on_the_page_tells_what_the_paper_is() -> None:
    facts, document = printed("protocol", "11", "ky")
    said = f"tabulator/sample/president/alamudun/protocol/ky/{DIGEST}"
    assert code_text("protocol", facts, "ky") == said
    wanted = [[bool(dark) for dark in row] for row in segno.make(said, error="m").matrix]
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        picture = pdf[0].render(scale=8, grayscale=True).to_pil()
    module = 72 / len(wanted)
    read = [
        [
            picture.getpixel((8 * (57 + module * (x + 0.5)), 8 * (36 + module * (y + 0.5)))) < 128
            for x in range(len(wanted))
        ]
        for y in range(len(wanted))
    ]
    assert read == wanted


def test_files_are_attached_with_the_date_given() -> None:
    files = (File("a.csv", "б", "1,2"), File("b.json", "в", "{}"))
    pdf_bytes, count = to_pdf(page_of("а"), files, AS_OF)
    assert count == 1
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        dates = {spec.get_file().creation_date for spec in pdf.attachments.values()}
    assert dates == {AS_OF}


def test_the_collector_is_on_again_after_a_render_and_after_a_failure() -> None:
    to_pdf(page_of("а"), (), AS_OF)
    assert gc.isenabled()
    with pytest.raises(NotPrintable):
        to_pdf(page_of("漢"), (), AS_OF)
    assert gc.isenabled()


def test_templates_are_found_and_leave_nothing_undefined() -> None:
    assert (templates_folder() / "documents" / "base.html").is_file()
    html = as_html(KINDS["protocol"](territory(1), "ky"))
    assert html.startswith("<!doctype html>")
    assert "http" not in html.replace("http://www.w3.org", "").replace("http%3A//www.w3.org", "")
