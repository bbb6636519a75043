"""forms.toml: forms that come with a package."""

from __future__ import annotations

import pytest

from tabulator.domain.form import Block, Form, Line
from tabulator.domain.text import Text
from tests.package.folder import FILES, Folder


def test_a_form_of_the_package_is_read_as_written(folder: Folder) -> None:
    assert folder.read().election.contests["chui"].form == Form(
        code="small/1",
        title=Text("Протокол", "Протокол", "Protocol"),
        lines=(
            Line("V", "1", Text(ru="Избиратели")),
            Line("X_1", "2а", Text(ky="Бюллетендер"), summed=False, required=False),
        ),
        blocks=(
            Block(
                "aeu",
                Text(ky="Чек"),
                (Line("total", "1", Text(ky="Баары"), summed=False, required=False),),
                per_option=True,
            ),
        ),
    )


LINE, ROLE = "forms[1].lines[1]", "forms[1].lines[2].role"

CHANGES = {
    "a built-in code": ("small/1", "president/2017", "", "redefined-form"),
    "a code without version": ("small/1", "small", "forms[1].code", "not-a-form-code"),
    "a code as path": ("small/1", "../1", "forms[1].code", "not-a-form-code"),
    "no title": ("title =", "#", "forms[1].title", "missing-key"),
    "an empty title": (
        'ky = "Протокол", ru = "Протокол", en = "Protocol"',
        "",
        "forms[1].title",
        "no-name",
    ),
    "an unknown key": ("code =", "version = 1\ncode =", "forms[1].version", "unknown-key"),
    "a role in small letters": ('"X_1"', '"x_1"', ROLE, "not-a-role"),
    "a role in Cyrillic": ('"X_1"', '"Х_1"', ROLE, "not-a-role"),
    "a role as number": ('"X_1"', "1", ROLE, "wrong-type"),
    "a role twice": ('"X_1"', '"V"', ROLE, "duplicate-key"),
    "a role as column": ('"X_1"', '"PRECINCT"', ROLE, "reserved-code"),
    "a role with a prefix": ('"X_1"', '"AEU_1"', ROLE, "reserved-code"),
    "no number": ("number = 1\ncaption", "caption", f"{LINE}.number", "missing-key"),
    "a number below 0": (
        "number = 1\ncaption",
        "number = -1\ncaption",
        f"{LINE}.number",
        "out-of-range",
    ),
    "no caption": ('caption = { ru = "Избиратели" }', "", f"{LINE}.caption", "no-name"),
    "two captions": (
        'caption = { ru = "Избиратели" }',
        'caption = { ru = "И" }\ncaption_ky = "Ш"',
        f"{LINE}.caption",
        "duplicate-key",
    ),
    "summed as text": ("summed = false", 'summed = "no"', "forms[1].lines[2].summed", "wrong-type"),
    "required as number": (
        "required = false",
        "required = 0",
        "forms[1].lines[2].required",
        "wrong-type",
    ),
    "an unknown key of a line": (
        "summed = false",
        "sum = false",
        "forms[1].lines[2].sum",
        "unknown-key",
    ),
    "a reserved block": (
        'code = "aeu"',
        'code = "words"',
        "forms[1].blocks[1].code",
        "reserved-code",
    ),
    "a block's role": ('"total"', '"TOTAL"', "forms[1].blocks[1].lines[1].role", "not-a-role"),
    "a block's taken role": (
        '"total"',
        '"precinct"',
        "forms[1].blocks[1].lines[1].role",
        "reserved-code",
    ),
    "a block without lines": (
        "lines = [{",
        "lines = [] #",
        "forms[1].blocks[1].lines",
        "no-entries",
    ),
    "preferences as text": (
        "code =",
        'preferences = "no"\ncode =',
        "forms[1].preferences",
        "wrong-type",
    ),
}


@pytest.mark.parametrize(("old", "new", "key", "code"), CHANGES.values(), ids=CHANGES)
def test_a_wrong_key_of_a_form_is_told(
    folder: Folder, old: str, new: str, key: str, code: str
) -> None:
    folder.change("forms.toml", old, new)
    assert ("forms.toml", 0, key, code) in folder.wrong()


def test_a_form_without_lines_is_refused(folder: Folder) -> None:
    folder.write("forms.toml", '[[forms]]\ncode = "small/1"\ntitle = { ky = "П" }\nlines = []\n')
    assert ("forms.toml", 0, "forms[1].lines", "no-entries") in folder.wrong()


def test_two_forms_of_one_code_are_refused(folder: Folder) -> None:
    folder.write("forms.toml", FILES["forms.toml"] * 2)
    assert folder.wrong() == [("forms.toml", 0, "forms[2].code", "duplicate-key")]
