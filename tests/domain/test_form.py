"""A form is data: it can be asked, stored and read back."""

from __future__ import annotations

import json

import pytest

from tabulator.domain.elections import FORMS
from tabulator.domain.form import Block, Form, Line, form_as_dict, form_from_dict
from tabulator.domain.text import Text

PAGES = Line("PAGES", "4а", Text("Барактар", "Листы"), summed=False, required=False)
VOTERS = Line("V", "1", Text("Шайлоочулар", "Избиратели", "Voters"))
AEU = Block("aeu", Text("Чек"), (Line("total", "1", Text("Баары")),), per_option=True)
OWN = Form("own/1", Text("Протокол"), (VOTERS, PAGES), (AEU,), preferences=True, source="[U]")


def test_roles_stand_in_printed_order() -> None:
    assert OWN.roles == ("V", "PAGES")


def test_a_line_may_stay_out_of_the_sums() -> None:
    assert OWN.summed_roles == ("V",)


@pytest.mark.parametrize(
    ("roles", "there"), [(("V",), True), (("V", "PAGES"), True), (("V", "M"), False), ((), True)]
)
def test_a_form_has_lines_only_if_it_has_all_of_them(roles: tuple[str, ...], there: bool) -> None:
    assert OWN.has(*roles) is there


def test_a_block_is_found_by_its_code() -> None:
    assert OWN.block("aeu") == AEU
    assert OWN.block("ident") is None


@pytest.mark.parametrize("form", [OWN, *FORMS.values()], ids=lambda form: form.code)
def test_a_form_survives_being_stored_as_json(form: Form) -> None:
    assert form_from_dict(json.loads(json.dumps(form_as_dict(form)))) == form


def test_empty_texts_are_stored_empty_not_filled_from_another_language() -> None:
    assert form_as_dict(OWN)["title"] == {"ky": "Протокол", "ru": "", "en": ""}
