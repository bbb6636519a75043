"""CSV as people's programs write it: what is accepted, what is refused, and where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.package.place import Place
from tabulator.package.table import header_of, open_table, write_csv
from tests.package.folder import FILES, Folder

AREAS = FILES["areas.csv"]
HEADER, FIRST, *_ = AREAS.splitlines(keepends=True)


def with_areas(folder: Folder, content: str | bytes) -> Folder:
    folder.write("areas.csv", content)
    return folder


@pytest.mark.parametrize(
    "content",
    [
        AREAS.replace("\n", "\r\n"),
        AREAS.replace("\n", "\r"),
        "\ufeff" + AREAS,
        "\ufeff" + AREAS.replace("\n", "\r\n"),
        AREAS.rstrip("\n"),
        AREAS.replace("\n", "\n\n"),
        "\n\n" + AREAS,
        AREAS + ",,,,,,\n \t , , , , , , \n",
        AREAS.replace(",", " , "),
        "\n".join(",".join(f'"{cell}"' for cell in row.split(",")) for row in AREAS.splitlines()),
    ],
    ids=[
        "CRLF",
        "CR",
        "BOM",
        "BOM and CRLF",
        "no last line break",
        "blank rows",
        "blank rows first",
        "rows of empty cells",
        "spaces around cells",
        "everything quoted",
    ],
)
def test_harmless_differences_change_nothing(folder: Folder, content: str) -> None:
    plain = folder.read()
    read = with_areas(folder, content).read()
    assert list(read.election.areas) == list(plain.election.areas)
    assert read.digest != plain.digest


def test_names_may_hold_commas_quotes_and_line_breaks(folder: Folder) -> None:
    folder.change("areas.csv", "Чүй облусу", '"Чүй ""түштүк"", облусу\nөң"')
    assert folder.read().election.areas["chui"].name.ky == 'Чүй "түштүк", облусу\nөң'


def test_rows_are_counted_as_a_spreadsheet_counts_them(folder: Folder) -> None:
    content = f'{HEADER}\n{FIRST}x,kg,region,cec,"two\nlines",,\ny,kg,regionn,cec,Y,,\n'
    wrong = [w for w in with_areas(folder, content).wrong() if w[0] == "areas.csv"]
    assert wrong == [("areas.csv", 5, "kind", "not-one-of")]


@pytest.mark.parametrize(
    ("content", "row", "code"),
    [
        (AREAS.replace(",", ";"), 1, "delimiter"),
        (AREAS.replace(",", "\t"), 1, "delimiter"),
        (AREAS.replace(",", "|"), 1, "delimiter"),
        ('"code";"parent"\n', 1, "delimiter"),
        ("sep=;\n" + AREAS.replace(",", ";"), 1, "delimiter"),
        (AREAS.encode("cp1251", errors="replace"), 2, "not-utf-8"),
        (AREAS.encode("utf-16"), 1, "nul-byte"),
        (AREAS.encode("utf-16-le"), 1, "nul-byte"),
        (AREAS.replace("chui", "ch\0ui", 1), 3, "nul-byte"),
        ("", 0, "empty-file"),
        ("\ufeff", 0, "empty-file"),
        ("\n \r\n", 0, "empty-file"),
        (HEADER, 0, "no-rows"),
        ("\n".join(AREAS.splitlines()[1:]), 1, "no-header"),
        (AREAS + '"abroad,kg', 7, "bad-quotes"),
        ('"' + AREAS, 1, "bad-quotes"),
        (AREAS + '"a"b,kg,region,cec,A,,\n', 7, "bad-quotes"),
        (AREAS + "a" * 140_000, 7, "cell-too-long"),
    ],
    ids=[
        "semicolons",
        "tabs",
        "bars",
        "quoted semicolons",
        "sep=;",
        "cp1251",
        "UTF-16 with BOM",
        "UTF-16",
        "zero byte",
        "empty",
        "only a BOM",
        "only white space",
        "header only",
        "no header",
        "quote not closed",
        "quote of the header not closed",
        "quote inside",
        "very long cell",
    ],
)
def test_a_file_that_is_no_such_table_gives_one_problem(
    folder: Folder, content: str | bytes, row: int, code: str
) -> None:
    wrong = with_areas(folder, content).wrong()
    assert wrong == [("areas.csv", row, "", code)]


def test_the_place_of_a_wrong_byte_is_told(folder: Folder) -> None:
    (problem,) = with_areas(folder, b"code,\n" + b"\xd0").problems()
    assert (problem.row, problem.found) == (2, "0xD0 @ 6")


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ("code,parent,kind,commission,name_ky,name_ru,name_de", ["name_de", "name_en"]),
        ("code,parent,kind,commission,name_ky,name_ky,name_en", ["name_ky", "name_ru"]),
        ("code,parent,kind,commission,name_ky,name_ru,", ["", "name_en"]),
        ("Code,parent,kind,commission,name_ky,name_ru,name_en", ["Code", "code"]),
    ],
    ids=["unknown and missing", "duplicate and missing", "without a name", "capital letter"],
)
def test_columns_are_those_of_the_format(folder: Folder, header: str, wrong: list[str]) -> None:
    folder.change("areas.csv", HEADER.strip(), header)
    assert [column for _, row, column, _ in folder.wrong() if row == 1] == wrong


@pytest.mark.parametrize("row", ["talas,kg,region", "talas,kg,region,cec,Талас,,,", "talas"])
def test_a_row_with_too_few_or_too_many_cells_is_refused(folder: Folder, row: str) -> None:
    folder.change("precincts.csv", "7001,kemin", "7001,talas")
    wrong = with_areas(folder, f"{AREAS}{row}\n").wrong()
    assert wrong == [("areas.csv", 7, "", "cells-in-row")]


def test_every_problem_of_every_file_is_told_at_once(folder: Folder) -> None:
    folder.change("areas.csv", "region", "oblast")
    folder.change("areas.csv", "territory", "rayon")
    folder.change("precincts.csv", "2400", "2 400")
    folder.change("options.csv", "lists,2", "lists,two")
    folder.change("election.toml", "seats = 54", "seats = 0")
    (folder.path / "commissions.csv").unlink()
    assert folder.wrong() == [
        ("areas.csv", 3, "kind", "not-one-of"),
        ("areas.csv", 4, "kind", "not-one-of"),
        ("commissions.csv", 0, "", "missing-file"),
        ("election.toml", 0, "contests[1].seats", "out-of-range"),
        ("options.csv", 3, "position", "not-a-whole-number"),
        ("precincts.csv", 2, "voters", "not-a-whole-number"),
    ]


def test_what_is_found_is_shown_on_one_line_and_cut(folder: Folder) -> None:
    folder.change("areas.csv", "region", '"a\n\u202e' + "b" * 100 + '"')
    (problem,) = folder.problems()
    assert problem.found.startswith("a\\u000a\\u202ebbb")
    assert problem.found.endswith("b…")
    assert len(problem.found) < 80


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    write_csv(path, ["a", "b"], rows)
    opened = open_table(path.read_bytes(), Place([], path.name))
    assert opened is not None
    assert [row for _, row in opened[1]] == [row for row in rows if any(map(str.strip, row))]


def test_rows_are_written_from_cells_or_from_columns(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = [{"a": 1, "c": True}, {"b": None, "c": False, "a": 'x,"y"'}]
    assert header_of(rows) == ["a", "c", "b"]
    write_csv(path, ["a", "b", "c"], [*rows, ["1", "", None]])
    assert path.read_bytes() == b'a,b,c\n1,,yes\n"x,""y""",,no\n1,,\n'
