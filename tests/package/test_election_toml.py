"""election.toml and options.csv: the contests and what stands on their ballots."""

from __future__ import annotations

import pytest

from tabulator.package.cells import Bad
from tabulator.package.place import Place
from tabulator.package.toml import percent
from tests.package.folder import FILES, Folder

FIRST, SECOND = "contests[1]", "contests[2]"

CHANGES = {
    "no TOML": ("date = 2021-11-28", "date = 28.11.2021", "", "bad-toml"),
    "a key twice": ("date = 2021-11-28", 'id = "x"', "", "bad-toml"),
    "no id": ('id = "sample"', "", "id", "missing-key"),
    "an unknown key": ('kind = "jk-list"', 'kind = "jk-list"\nround = 2', "round", "unknown-key"),
    "a date as text": ("date = 2021-11-28", 'date = "2021-11-28"', "date", "wrong-type"),
    "a date with a time": ("date = 2021-11-28", "date = 2021-11-28T08:00:00", "date", "wrong-type"),
    "a date long ago": ("date = 2021-11-28", "date = 0001-01-01", "date", "out-of-range"),
    "an id as path": ('id = "sample"', 'id = "../x"', "id", "not-a-code"),
    "an id as number": ('id = "sample"', "id = 7", "id", "wrong-type"),
    "an unknown kind": ('kind = "jk-list"', 'kind = "senate"', "kind", "not-one-of"),
    "a title as text": ("title = {", 'title = "x" #', "title", "wrong-type"),
    "an empty title": ('ky = "Шайлоо", ru = "Выборы", en = "Election"', "", "title", "no-name"),
    "a fourth language": ('en = "Election"', 'de = "Wahl"', "title.de", "unknown-key"),
    "no seats": ("seats = 54\n", "", f"{FIRST}.seats", "missing-key"),
    "no seat at all": ("seats = 54", "seats = 0", f"{FIRST}.seats", "out-of-range"),
    "seats below zero": ("seats = 54", "seats = -1", f"{FIRST}.seats", "out-of-range"),
    "very many seats": ("seats = 54", f"seats = 0x{'F' * 5000}", f"{FIRST}.seats", "out-of-range"),
    "true seats": ("seats = 54", "seats = true", f"{FIRST}.seats", "wrong-type"),
    "seats as text": ("seats = 54", 'seats = "54"', f"{FIRST}.seats", "wrong-type"),
    "half seats": ("seats = 54", "seats = 54.0", f"{FIRST}.seats", "wrong-type"),
    "no mark": ("max_marks = 1", "max_marks = 0", f"{FIRST}.max_marks", "out-of-range"),
    "abroad as text": (
        "open_abroad = true",
        'open_abroad = "yes"',
        f"{FIRST}.open_abroad",
        "wrong-type",
    ),
    "an unknown form": ("small/1", "small/2", f"{SECOND}.form", "unknown-form"),
    "an unknown area": ('area = "chui"', 'area = "talas"', f"{SECOND}.area", "unknown-reference"),
    "a share above all": ('"7"', '"101"', f"{SECOND}.threshold", "not-a-percentage"),
    "limits as number": (
        "date = 2021-11-28",
        "date = 2021-11-28\nlimits = 5",
        "limits",
        "wrong-type",
    ),
    "an unknown limit": (
        "date = 2021-11-28",
        "date = 2021-11-28\nlimits = { lunch = 1 }",
        "limits.lunch",
        "unknown-key",
    ),
    "a limit of nothing": (
        "date = 2021-11-28",
        "date = 2021-11-28\nlimits = { result = 0 }",
        "limits.result",
        "out-of-range",
    ),
    "a deep table": ('id = "sample"', f"id{'.a' * 5000} = 1", "id", "wrong-type"),
    "a deep array": ('id = "sample"', f"id = {'[' * 5000}", "", "bad-toml"),
}


@pytest.mark.parametrize(("old", "new", "key", "code"), CHANGES.values(), ids=CHANGES)
def test_one_wrong_key_gives_one_problem(
    folder: Folder, old: str, new: str, key: str, code: str
) -> None:
    folder.change("election.toml", old, new)
    found = [(column, code) for file, _, column, code in folder.wrong() if file == "election.toml"]
    assert found == [(key, code)]


def test_two_contests_of_one_id_are_refused(folder: Folder) -> None:
    folder.change("election.toml", 'id = "chui"\n', 'id = "LISTS"\n')
    assert ("election.toml", 0, f"{SECOND}.id", "duplicate-key") in folder.wrong()


def test_the_line_of_wrong_toml_is_told(folder: Folder) -> None:
    folder.change("election.toml", "date = 2021-11-28", "date = 28.11.2021")
    (problem,) = folder.problems()
    assert (problem.row, problem.found) == (3, "date = 28.11.2021")


@pytest.mark.parametrize(
    ("contests", "code"),
    [
        ("", "missing-key"),
        ("contests = []", "no-entries"),
        ("contests = 1", "wrong-type"),
        ("contests = [1]", "wrong-type"),
        ("[contests]", "wrong-type"),
    ],
)
def test_an_election_has_a_contest(folder: Folder, contests: str, code: str) -> None:
    head = FILES["election.toml"].partition("[[contests]]")[0]
    folder.write("election.toml", head + contests)
    assert folder.wrong() == [("election.toml", 0, "contests", code)]


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ("5", 500),
        (5, 500),
        (5.0, 500),
        (0.5, 50),
        ("0.5", 50),
        ("0.07", 7),
        (0, 0),
        ("100", 10_000),
        ("12.50", 1250),
        (0.29, 29),
        (1.1, 110),
    ],
)
def test_a_percentage_is_exact_in_hundredths(value: object, share: int) -> None:
    assert percent(value, Place([], "")) == share


@pytest.mark.parametrize(
    "value",
    [
        "5,0",
        "5%",
        "",
        "-1",
        "+5",
        "1e1",
        "0.001",
        ".5",
        "5.",
        "１",
        "100.01",
        101,
        -1,
        0.005,
        0.1 + 0.2,
        float("nan"),
        float("inf"),
        True,
        None,
        [5],
        {},
        2**100,
    ],
    ids=lambda value: repr(value) if isinstance(value, str | float) else None,
)
def test_another_notation_is_refused_and_not_rounded(value: object) -> None:
    with pytest.raises(Bad, match="not-a-percentage"):
        percent(value, Place([], ""))


OPTIONS = {
    "an unknown contest": ("chui,2,no", "talas,2,no", 9, "contest", "unknown-reference"),
    "an unknown kind": ("no,answer", "no,maybe", 9, "kind", "not-one-of"),
    "an unknown sex": ("Асанов,,m", "Асанов,,x", 6, "sex", "not-one-of"),
    "position 0": ("chui,2,no", "chui,0,no", 9, "position", "out-of-range"),
    "a position twice": ("chui,2,no", "chui,1,no", 9, "position", "duplicate"),
    "a position skipped": ("chui,2,no", "chui,3,no", 9, "position", "skipped-position"),
    "a place in a list twice": ("lists,2,alpha-2", "lists,1,alpha-2", 6, "position", "duplicate"),
    "an annex not from 1": ("lists,1,beta-1", "lists,2,beta-1", 7, "position", "skipped-position"),
    "a code twice": ("chui,2,no", "chui,2,YES", 9, "code", "duplicate"),
    "a line of its form": ("chui,2,no", "chui,2,X_1", 9, "code", "code-is-line"),
    "a line of another form": ("chui,2,no", "chui,2,INV", 9, "code", "code-is-line"),
    "a line in small letters": ("chui,2,no", "chui,2,inv", 9, "code", "code-is-line"),
    "a column": ("chui,2,no", "chui,2,signed_at", 9, "code", "reserved-code"),
    "the contest's column": ("chui,2,no", "chui,2,contest", 9, "code", "reserved-code"),
    "a receipt's column": ("chui,2,no", "chui,2,aeu_x", 9, "code", "reserved-code"),
    "words": ("chui,2,no", "chui,2,Words_V", 9, "code", "reserved-code"),
    "a receipt's line": ("chui,2,no", "chui,2,total", 9, "code", "reserved-code"),
    "what is beside a receipt": ("chui,2,no", "chui,2,recount", 9, "code", "reserved-code"),
    "a formula": ("chui,2,no", "chui,2,=1+1", 9, "code", "not-a-code"),
    "a list of another contest": (
        "chui,2,no,answer,Жок,Нет,No,,",
        "chui,2,no,candidate,,,No,,alpha",
        9,
        "list",
        "not-a-list",
    ),
    "no list": ("f,beta", "f,against_all", 7, "list", "not-a-list"),
    "an answer in a list": (
        "beta-1,candidate",
        "beta-1,answer",
        7,
        "kind",
        "member-not-a-candidate",
    ),
    "against all twice": ("beta,list", "beta,against_all", 4, "kind", "second-against-all"),
}


@pytest.mark.parametrize(("old", "new", "row", "column", "code"), OPTIONS.values(), ids=OPTIONS)
def test_an_option_that_does_not_fit_is_told(
    folder: Folder, old: str, new: str, row: int, column: str, code: str
) -> None:
    folder.change("options.csv", old, new)
    assert ("options.csv", row, column, code) in folder.wrong()


def test_a_form_without_an_annex_takes_no_preference_candidates(folder: Folder) -> None:
    folder.change("election.toml", "jk-list/2021", "local-list/2024")
    assert {code for *_, code in folder.wrong()} == {"no-preferences"}


def test_a_contest_without_options_is_refused(folder: Folder) -> None:
    rows = [row for row in FILES["options.csv"].splitlines() if not row.startswith("chui")]
    folder.write("options.csv", "\n".join(rows))
    assert folder.wrong() == [("election.toml", 0, SECOND, "no-options")]


def test_the_same_code_may_stand_in_two_contests(folder: Folder) -> None:
    folder.change("options.csv", "chui,2,no,answer", "chui,2,against_all,against_all")
    contests = folder.read().election.contests.values()
    assert [contest.choices[-1].code for contest in contests] == ["against_all"] * 2


def test_where_election_toml_cannot_be_read_its_contests_are_not_missed(folder: Folder) -> None:
    folder.write("election.toml", "id = [")
    assert folder.wrong() == [("election.toml", 0, "", "bad-toml")]


def test_where_forms_toml_cannot_be_read_its_forms_are_not_missed(folder: Folder) -> None:
    folder.write("forms.toml", "forms = 1")
    assert folder.wrong() == [("forms.toml", 0, "forms", "wrong-type")]
