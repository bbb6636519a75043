"""A package as a whole: what is read, and what must hold between its rows and files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabulator.domain.text import Text
from tabulator.errors import Malformed
from tabulator.package import MESSAGES, problem_as_dict, read_package, say
from tabulator.package.register import OPTIONAL, REQUIRED
from tests.package.folder import FILES, Folder, sayable


def test_a_package_in_order_is_read_whole(folder: Folder) -> None:
    package = folder.read()
    election = package.election
    assert (election.id, election.kind, election.date) == ("sample", "jk-list", date(2021, 11, 28))
    assert election.title.en == "Election"
    assert [area.code for area in election.areas] == ["kg", "chui", "kemin", "bishkek", "abroad"]
    assert election.areas["bishkek"].name == Text(en="Bishkek")
    assert election.commissions["tec-chui"].parent == "cec"
    assert list(election.contests) == ["lists", "chui"]
    assert len(package.digest) == 64


def test_precincts_are_read_with_what_is_unknown_as_none(folder: Folder) -> None:
    precincts = folder.read().precincts
    assert (precincts[1001].voters, precincts[1001].voters_men) == (2400, 1100)
    assert precincts[1001].address == "Чүй проспекти, 1"
    assert (precincts[1001].aeu, precincts[7001].aeu, precincts[9001].aeu) == (True, None, False)
    assert (precincts[7001].voters, precincts[7001].place) == (None, Text())
    assert (precincts[9001].abroad, precincts[9001].timezone) == (True, "Europe/Moscow")


def test_contacts_and_limits_are_read_where_they_are_stated(folder: Folder) -> None:
    before = folder.read()
    assert (before.precincts[1001].phone, before.election.limits) == ("", {})
    assert before.election.commissions["cec"].email == ""
    folder.change("precincts.csv", "women,aeu\n", "women,aeu,phone\n")
    folder.change("precincts.csv", "1300,yes\n", "1300,yes,+996 000 1001\n")
    folder.change("precincts.csv", "KG,,,,,,,,\n", "KG,,,,,,,,,\n")
    folder.change("precincts.csv", "500,,,no\n", "500,,,no,\n")
    folder.change("commissions.csv", "kind,parent,", "kind,parent,email,")
    folder.change("commissions.csv", "cec,cec,,", "cec,cec,,cec@shailoo.example,")
    folder.change("commissions.csv", "tec-chui,tec,cec,", "tec-chui,tec,cec,,")
    folder.change("commissions.csv", "tec-bishkek,tec,cec,", "tec-bishkek,tec,cec,,")
    folder.change(
        "election.toml", "\n[[contests]]", "[limits]\nresult = 14\narrival = 4\n[[contests]]"
    )
    after = folder.read()
    assert [after.precincts[n].phone for n in (1001, 7001, 9001)] == ["+996 000 1001", "", ""]
    assert after.election.commissions["cec"].email == "cec@shailoo.example"
    assert after.election.commissions["tec-chui"].email == ""
    assert after.election.limits == {"result": 14, "arrival": 4}


def test_a_wrong_contact_is_named_with_its_place(folder: Folder) -> None:
    folder.change("precincts.csv", "women,aeu\n", "women,aeu,email\n")
    folder.change("precincts.csv", "1300,yes\n", "1300,yes,nobody\n")
    folder.change("precincts.csv", "KG,,,,,,,,\n", "KG,,,,,,,,,\n")
    folder.change("precincts.csv", "500,,,no\n", "500,,,no,\n")
    assert folder.wrong() == [("precincts.csv", 2, "email", "not-an-email")]


def test_contests_have_their_options_in_ballot_order_and_annexes_after_them(folder: Folder) -> None:
    contest = folder.read().election.contests["lists"]
    ballot = ["alpha", "beta", "against_all", "alpha-1", "alpha-2", "beta-1"]
    assert [option.code for option in contest.options] == ballot
    assert [option.code for option in contest.choices] == ballot[:3]
    assert [option.sex for option in contest.annex("alpha")] == ["m", "f"]


def test_thresholds_are_those_stated_or_those_of_the_election_type(folder: Folder) -> None:
    lists, chui = folder.read().election.contests.values()
    assert (lists.threshold, lists.regional_threshold) == (500, 50)
    assert (chui.threshold, chui.regional_threshold) == (700, 50)


def test_the_digest_covers_the_files_of_the_format_and_no_other(folder: Folder) -> None:
    before = folder.read().digest
    folder.write("protocols.csv", "anything")
    folder.write("README.md", b"\xff")
    assert folder.read().digest == before
    folder.write("forms.toml", FILES["forms.toml"] + "\n")
    assert folder.read().digest != before


def test_the_list_column_and_forms_toml_may_be_absent(folder: Folder) -> None:
    rows = [
        row for row in FILES["options.csv"].splitlines() if not row.endswith(("alpha", "a", "beta"))
    ]
    folder.write("options.csv", "\n".join(row.rpartition(",")[0] for row in [*rows]) + "\n")
    folder.change("election.toml", "small/1", "referendum/2021")
    (folder.path / "forms.toml").unlink()
    assert len(folder.read().election.contests["lists"].options) == 3


@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_file_is_one_problem(folder: Folder, name: str) -> None:
    (folder.path / name).unlink()
    assert folder.wrong() == [(name, 0, "", "missing-file")]


@pytest.mark.parametrize("name", [*REQUIRED, *OPTIONAL])
def test_a_file_that_cannot_be_opened_is_one_problem(folder: Folder, name: str) -> None:
    (folder.path / name).unlink()
    (folder.path / name).mkdir()
    assert folder.wrong() == [(name, 0, "", "unreadable-file")]


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as refused:
        read_package(tmp_path / "none")
    assert [problem.code for problem in sayable(refused.value.problems)] == ["missing-folder"]


@pytest.mark.parametrize("rows", [("007", "7"), ("7", "7"), ("7", " 7 ")])
def test_one_precinct_number_is_one_precinct(folder: Folder, rows: tuple[str, str]) -> None:
    folder.change("precincts.csv", "1001", rows[0])
    folder.change("precincts.csv", "7001", rows[1])
    assert folder.wrong() == [("precincts.csv", 3, "number", "duplicate")]


CHANGES = {
    "an area twice": (
        "areas.csv",
        "abroad,kg",
        "CHUI,kg,block,cec,,,A\nabroad,kg",
        (6, "code", "duplicate"),
    ),
    "a commission twice": (
        "commissions.csv",
        "tec-b",
        "cec,dec,cec,,,A\ntec-b",
        (4, "code", "duplicate"),
    ),
    "an unknown parent": ("areas.csv", "kemin,chui", "kemin,x", (4, "parent", "unknown-reference")),
    "an unknown commission": (
        "areas.csv",
        "y,tec-c",
        "y,x-",
        (4, "commission", "unknown-reference"),
    ),
    "an unknown commission's parent": (
        "commissions.csv",
        "tec-chui,tec,cec",
        "tec-chui,tec,x",
        (3, "parent", "unknown-reference"),
    ),
    "an unknown area": ("precincts.csv", "kemin", "x", (3, "area", "unknown-reference")),
    "a circle of areas": ("areas.csv", "chui,kg", "chui,kemin", (3, "parent", "cycle")),
    "an area above itself": ("areas.csv", "kg,,", "kg,kg,", (2, "parent", "cycle")),
    "a circle of commissions": (
        "commissions.csv",
        "cec,cec,",
        "cec,cec,tec-chui",
        (2, "parent", "cycle"),
    ),
    "two tops": ("areas.csv", "chui,kg", "chui,", (3, "parent", "several-roots")),
    "two top commissions": (
        "commissions.csv",
        "tec,cec,,Ч",
        "tec,,,Ч",
        (3, "parent", "several-roots"),
    ),
    "an area without a name": ("areas.csv", "Чүй облусу", "", (3, "name_ky", "no-name")),
    "an option without a name": (
        "options.csv",
        "Альфа,Альфа,Alpha",
        ",,",
        (2, "name_ky", "no-name"),
    ),
    "an unknown zone": (
        "precincts.csv",
        "Europe/Moscow",
        "Moscow",
        (4, "timezone", "not-a-timezone"),
    ),
    "no zone": ("precincts.csv", "Europe/Moscow", "", (4, "timezone", "empty-cell")),
    "abroad not stated": ("precincts.csv", "yes,RU", ",RU", (4, "abroad", "empty-cell")),
    "a country's name": ("precincts.csv", "yes,RU", "yes,Russia", (4, "country", "not-a-country")),
    "men and women": ("precincts.csv", "2400,1100,1300", "2400,1100,1301", (2, "voters", "K26")),
    "a number too large": ("precincts.csv", "500", "1000000000000", (4, "voters", "out-of-range")),
    "a name as formula": ("areas.csv", "Чүй облусу", "=1+1", (3, "name_ky", "formula")),
}


@pytest.mark.parametrize(("name", "old", "new", "wrong"), CHANGES.values(), ids=CHANGES)
def test_one_fault_in_the_register_gives_one_problem(
    folder: Folder, name: str, old: str, new: str, wrong: tuple[int, str, str]
) -> None:
    folder.change(name, old, new)
    assert folder.wrong() == [(name, *wrong)]


@pytest.mark.parametrize("men", ["", "1100"])
def test_men_and_women_are_not_compared_where_one_is_unknown(folder: Folder, men: str) -> None:
    folder.change("precincts.csv", "2400,1100,1300", f"2400,{men},")
    assert folder.read().precincts[1001].voters == 2400


def test_no_top_is_told_where_there_is_no_circle(folder: Folder) -> None:
    folder.change("areas.csv", "kg,,country", "kg,other,country")
    codes = [code for *_, code in folder.wrong()]
    assert codes == ["no-root", "unknown-reference"]


def test_a_circle_names_its_members(folder: Folder) -> None:
    folder.change("areas.csv", "chui,kg", "chui,kemin")
    (problem,) = folder.problems()
    assert problem.found == "chui → kemin → chui"


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_a_problem_is_said_with_its_place(folder: Folder, lang: str) -> None:
    folder.change("precincts.csv", "2400,1100,1300", "2400,1100,1301")
    (problem,) = folder.problems()
    place = {
        "ky": "precincts.csv, 2-сап, voters мамычасы: K26:",
        "ru": "precincts.csv, строка 2, столбец voters: K26:",
        "en": "precincts.csv, row 2, column voters: K26:",
    }
    said = say(problem, lang)
    assert said.startswith(place[lang])
    assert "1100 + 1301 = 2401" in said
    assert "2400" in said
    assert problem_as_dict(problem)["texts"][lang] == said


def test_every_message_is_written_in_three_languages_with_the_same_blanks() -> None:
    for code, text in MESSAGES.items():
        blanks = [set(re.findall(r"\{(\w*)\}", said)) for said in (text.ky, text.ru, text.en)]
        assert text.ky, code
        assert text.ru, code
        assert text.en, code
        assert blanks[0] == blanks[1] == blanks[2] <= {"expected", "found"}, code


def test_every_code_that_is_used_has_a_message() -> None:
    room = Path(read_package.__code__.co_filename).parent
    used = {
        code
        for path in room.glob("*.py")
        for code in re.findall(r'(?:[Bb]ad\(|_matching\([^,]*, )"([\w-]+)"', path.read_text())
    }
    assert len(used) > 40
    assert used <= MESSAGES.keys()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.sampled_from([*REQUIRED, *OPTIONAL]), st.data())
def test_arbitrary_bytes_are_read_or_malformed(
    folder: Folder, name: str, data: st.DataObject
) -> None:
    whole = FILES[name].encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    folder.write(name, whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])
    folder.problems_if_any()
    folder.write(name, FILES[name])


def test_the_election_of_2017_is_read(president_2017: Path) -> None:
    package = read_package(president_2017)
    assert len(package.precincts) == 53
    assert package.precincts[1].voters is None
    assert package.election.commissions["tec-chui"].name.say("ky") == "Чуйская область"
    assert len(package.election.contests["president"].options) == 12
