"""The election types and their built-in forms."""

from __future__ import annotations

import pytest

from tabulator.domain.elections import ELECTION_TYPES, FORMS
from tabulator.domain.form import Form
from tabulator.domain.register import OPTION_KINDS
from tabulator.domain.text import LANGUAGES

PUBLISHED_2017 = ("V", "R", "C", "I", "I1", "I2", "I3", "U", "VAL", "INV")
WITH_BOXES = ("V", "R", "C", "I", "I1", "I2", "I3", "M", "S", "U", "VAL", "INV")

EVERY_FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def test_the_kinds_are_those_of_an_election_package() -> None:
    kinds = ["president", "referendum", "jk-list", "jk-district", "local-list", "local-district"]
    assert [kind.kind for kind in ELECTION_TYPES.values()] == list(ELECTION_TYPES) == kinds


def test_the_built_in_forms_are_these() -> None:
    assert {code: form.roles for code, form in FORMS.items()} == {
        "president/2017": PUBLISHED_2017,
        "president/2017-boxes": WITH_BOXES,
        "referendum/2021": PUBLISHED_2017,
        "referendum/2021-boxes": WITH_BOXES,
        "jk-list/2021": WITH_BOXES,
        "jk-district/2025": PUBLISHED_2017,
        "jk-district/2025-boxes": WITH_BOXES,
        "local-list/2024": PUBLISHED_2017,
        "local-list/2024-boxes": WITH_BOXES,
        "local-district/2024": PUBLISHED_2017,
        "local-district/2024-boxes": WITH_BOXES,
    }


@pytest.mark.parametrize(
    ("kind", "method", "determined_by", "days", "threshold", "regional"),
    [
        ("president", "absolute-majority", "cec", 20, 0, 0),
        ("referendum", "referendum", "cec", 35, 0, 0),
        ("jk-list", "largest-remainder", "cec", 20, 500, 50),
        ("jk-district", "three-mandates", "cec", 20, 0, 0),
        ("local-list", "largest-remainder", "tec", 20, 500, 0),
        ("local-district", "plurality", "tec", 20, 0, 0),
    ],
)
def test_each_type_knows_how_by_whom_and_when_its_result_is_determined(
    kind: str, method: str, determined_by: str, days: int, threshold: int, regional: int
) -> None:
    of = ELECTION_TYPES[kind]
    assert (of.method, of.determined_by, of.days_to_result) == (method, determined_by, days)
    assert (of.default_threshold, of.default_regional_threshold) == (threshold, regional)


@pytest.mark.parametrize("kind", ELECTION_TYPES)
def test_each_type_has_a_title_forms_of_its_own_and_known_options(kind: str) -> None:
    of = ELECTION_TYPES[kind]
    assert all(getattr(of.title, lang) for lang in LANGUAGES)
    assert of.forms
    assert all(form.code.startswith(f"{kind}/") for form in of.forms)
    assert set(of.option_kinds) <= set(OPTION_KINDS)


@EVERY_FORM
def test_every_text_of_a_form_is_there_in_three_languages(form: Form) -> None:
    lines = [line for block in form.blocks for line in block.lines] + list(form.lines)
    texts = [form.title, *(block.caption for block in form.blocks), *(x.caption for x in lines)]
    assert all(getattr(text, lang) for text in texts for lang in LANGUAGES)


@EVERY_FORM
def test_lines_are_numbered_once_in_printed_order(form: Form) -> None:
    assert [line.number for line in form.lines] == [
        str(number) for number in range(1, len(form.lines) + 1)
    ]
    assert len(set(form.roles)) == len(form.roles)


@EVERY_FORM
def test_every_line_is_required_and_summed(form: Form) -> None:
    assert form.summed_roles == form.roles
    assert all(line.required for line in form.lines)


@EVERY_FORM
def test_receipts_are_optional_and_never_summed(form: Form) -> None:
    stated = {block.code: [line.role for line in block.lines] for block in form.blocks}
    assert stated == {"aeu": ["total", "valid", "invalid"], "ident": ["first", "final"]}
    assert not any(line.summed or line.required for b in form.blocks for line in b.lines)
    assert {block.code for block in form.blocks if block.per_option} == {"aeu"}


@EVERY_FORM
def test_a_form_says_what_is_known_and_what_is_assumed(form: Form) -> None:
    assert ("[V]" in form.source) == form.code.startswith("president/")
    assert "[U]" in form.source
    assert ("[V-old]" in form.source) == form.has("M", "S")


def test_only_the_list_of_2021_has_annexes_of_preferences() -> None:
    assert [code for code, form in FORMS.items() if form.preferences] == ["jk-list/2021"]


def test_a_referendum_speaks_of_its_own_voters() -> None:
    captions = {line.role: line.caption.ru for line in FORMS["referendum/2021"].lines}
    assert "участников референдума" in captions["V"]
    assert "участников референдума" in captions["I"]
    assert "избирателей" in FORMS["president/2017"].lines[0].caption.ru
