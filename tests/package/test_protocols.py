"""protocols.csv: rows → protocols and back; blank is not zero; every problem at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabulator.domain.protocol import MOST, Protocol
from tabulator.errors import Malformed, Problem
from tabulator.package import read_package, read_protocols
from tests.package.folder import Folder, sayable

HEADER = "precinct,contest,V,X_1,yes,no"
IN_ORDER = f"{HEADER}\n7001,chui,100,90,50,40\n"


def brief(problems: tuple[Problem, ...]) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in problems]


def test_a_row_is_a_protocol(folder: Folder) -> None:
    assert folder.read_protocols(IN_ORDER) == [
        Protocol(7001, "chui", {"V": 100, "X_1": 90, "yes": 50, "no": 40})
    ]


def test_a_blank_is_none_and_zero_is_zero(folder: Folder) -> None:
    (protocol,) = folder.read_protocols(f"{HEADER}\n7001,chui,,0, ,00\n")
    assert protocol.figures == {"V": None, "X_1": 0, "yes": None, "no": 0}
    (blank,) = folder.read_protocols(f"{HEADER}\n7001,chui,,,,\n")
    assert set(blank.figures.values()) == {None}


def test_figures_that_do_not_agree_are_read_as_written(folder: Folder) -> None:
    (protocol,) = folder.read_protocols(f"{HEADER}\n7001,chui,1,2,3,99999999\n")
    assert list(protocol.figures.values()) == [1, 2, 3, MOST]


def test_a_header_alone_is_no_protocol_and_no_problem(folder: Folder) -> None:
    assert folder.read_protocols("precinct,contest\n") == []


@pytest.mark.parametrize("row", [" 7001 , chui ,100, 90,50 ,40", "007001,chui,00100,90,50,40"])
def test_spaces_around_and_leading_zeros_change_nothing(folder: Folder, row: str) -> None:
    assert folder.read_protocols(f"{HEADER}\n{row}\n") == folder.read_protocols(IN_ORDER)


def test_several_contests_share_a_file(folder: Folder) -> None:
    lists = folder.read().election.contests["lists"]
    header = ["precinct", "contest", *lists.columns, "V", "X_1", "yes", "no"]
    header = list(dict.fromkeys(header))
    values = {"precinct": "9001", "contest": "lists", **dict.fromkeys(lists.columns, "5")}
    chui = {"precinct": "7001", "contest": "chui", "V": "1", "X_1": "2", "yes": "3", "no": "4"}
    rows = [",".join(row.get(column, "") for column in header) for row in (values, chui)]
    first, second = folder.read_protocols("\n".join([",".join(header), *rows]))
    assert first.figures == dict.fromkeys(lists.columns, 5)
    assert second.figures == {"V": 1, "X_1": 2, "yes": 3, "no": 4}


def test_what_is_stated_beside_the_figures_is_kept_and_only_that(folder: Folder) -> None:
    (protocol,) = folder.read_protocols(
        f"{HEADER},aeu_total,aeu_yes,aeu_precinct,aeu_contest,aeu_recount,ident_final,list_men,"
        "words_V,words_yes,sent_V,sent_no,protocol_no,copy_no\n"
        '7001,chui,100,90,50,40,90,,123456789,chui,not_asked,88,0,"жүз, так",,101,,12/а,1\n'
    )
    assert protocol.beside == {
        "aeu_total": 90,
        "aeu_precinct": 123_456_789,
        "aeu_contest": "chui",
        "aeu_recount": "not_asked",
        "ident_final": 88,
        "list_men": 0,
        "words_V": "жүз, так",
        "sent_V": 101,
    }
    assert (protocol.protocol_no, protocol.copy_no) == ("12/а", "1")


@pytest.mark.parametrize(
    ("precinct", "cell", "hour"),
    [
        (7001, "2021-11-28T20:15", 14),
        (9001, "2021-11-28T20:15", 17),
        (9001, "2021-11-28T20:15+06:00", 14),
        (7001, "2021-11-28 14:15Z", 14),
    ],
)
def test_a_time_without_offset_is_the_precincts_local_time(
    folder: Folder, precinct: int, cell: str, hour: int
) -> None:
    row = f"{precinct},chui,,,,,{cell},{cell}"
    (protocol,) = folder.read_protocols(f"{HEADER},signed_at,received_at\n{row}\n")
    assert protocol.signed_at == datetime(2021, 11, 28, hour, 15, tzinfo=UTC)
    assert protocol.received_at == protocol.signed_at


@pytest.mark.parametrize("cell", ["2021-11-07T01:30", "2021-03-14T02:30"], ids=["twice", "never"])
def test_an_hour_that_comes_twice_or_never_needs_its_offset(folder: Folder, cell: str) -> None:
    folder.change("precincts.csv", "Europe/Moscow", "America/New_York")
    content = f"{HEADER},signed_at\n9001,chui,,,,,{cell}\n"
    assert brief(folder.protocol_problems(content)) == [(2, "signed_at", "unclear-local-time")]
    (protocol,) = folder.read_protocols(content.replace(cell, f"{cell}-05:00"))
    assert protocol.signed_at is not None


def test_a_protocol_from_abroad_is_read_also_where_the_contest_is_not_open_abroad(
    folder: Folder,
) -> None:
    (protocol,) = folder.read_protocols(f"{HEADER}\n9001,chui,1,1,1,0\n")
    assert protocol.precinct == 9001


ROWS = {
    "negative": ("7001,chui,-5,90,50,40", "V", "not-a-whole-number"),
    "signed": ("7001,chui,+5,90,50,40", "V", "not-a-whole-number"),
    "a fraction": ("7001,chui,1.0,90,50,40", "V", "not-a-whole-number"),
    "an exponent": ("7001,chui,1e3,90,50,40", "V", "not-a-whole-number"),
    "grouped": ("7001,chui,1 170,90,50,40", "V", "not-a-whole-number"),
    "full-width digits": ("7001,chui,１２,90,50,40", "V", "not-a-whole-number"),
    "superscript": ("7001,chui,1²,90,50,40", "V", "not-a-whole-number"),
    "too large": ("7001,chui,1000000000000,90,50,40", "V", "out-of-range"),
    "one too large": ("7001,chui,100000000,90,50,40", "V", "out-of-range"),
    "an unknown precinct": ("7002,chui,100,90,50,40", "precinct", "unknown-precinct"),
    "no precinct": (",chui,100,90,50,40", "precinct", "empty-cell"),
    "precinct 0": ("0,chui,100,90,50,40", "precinct", "out-of-range"),
    "a precinct's name": ("Kemin,chui,100,90,50,40", "precinct", "not-a-whole-number"),
    "an unknown contest": ("7001,talas,100,90,50,40", "contest", "unknown-contest"),
    "no contest": ("7001,,100,90,50,40", "contest", "empty-cell"),
    "a contest of elsewhere": ("1001,chui,100,90,50,40", "contest", "contest-not-held"),
    "too few cells": ("7001,chui,100,90,50", "", "cells-in-row"),
    "too many cells": ("7001,chui,100,90,50,40,", "", "cells-in-row"),
}


@pytest.mark.parametrize(("row", "column", "code"), ROWS.values(), ids=ROWS)
def test_one_malformed_cell_refuses_the_file(
    folder: Folder, row: str, column: str, code: str
) -> None:
    problems = folder.protocol_problems(f"{HEADER}\n\n{row}\n")
    assert brief(problems) == [(3, column, code)]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("signed_at", "28.11.2021 20:15", "not-a-moment"),
        ("signed_at", "2021-11-28", "not-a-moment"),
        ("aeu_recount", "maybe", "not-one-of"),
        ("aeu_total", "-1", "not-a-whole-number"),
        ("aeu_precinct", "0", "out-of-range"),
        ("sent_V", "1,5", "not-a-whole-number"),
        ("words_V", "=1+1", "formula"),
        ("protocol_no", "\x07", "control-character"),
        ("aeu_first", "1", "unknown-column"),
        ("remarks", "", "unknown-column"),
        ("V", "100", "duplicate-column"),
        ("", "", "unknown-column"),
    ],
)
def test_one_malformed_further_column_refuses_the_file(
    folder: Folder, column: str, cell: str, code: str
) -> None:
    problems = folder.protocol_problems(f'{HEADER},{column}\n7001,chui,1,1,1,0,"{cell}"\n')
    assert [(problem.column, problem.code) for problem in problems] == [(column, code)]


def test_a_precinct_sends_a_contest_once(folder: Folder) -> None:
    problems = folder.protocol_problems(IN_ORDER + "07001,chui,1,1,1,1\n")
    assert brief(problems) == [(3, "precinct", "duplicate")]
    assert (problems[0].expected, problems[0].precinct) == ("2", 7001)


@pytest.mark.parametrize("missing", ["precinct", "contest", "V", "no"])
def test_every_column_of_a_contest_with_rows_must_be_there(folder: Folder, missing: str) -> None:
    names = [name for name in HEADER.split(",") if name != missing]
    cells = {"precinct": "7001", "contest": "chui"}
    content = ",".join(names) + "\n" + ",".join(cells.get(name, "1") for name in names) + "\n"
    assert brief(folder.protocol_problems(content)) == [(1, missing, "missing-column")]


def test_a_cell_in_a_column_of_another_contest_is_refused(folder: Folder) -> None:
    content = f"{HEADER},INV,words_INV\n7001,chui,1,1,1,0,7,жети\n"
    assert brief(folder.protocol_problems(content)) == [
        (2, "INV", "foreign-column"),
        (2, "words_INV", "foreign-column"),
    ]
    assert len(folder.read_protocols(content.replace("7,жети", ", "))) == 1


def test_every_problem_is_told_at_once_with_its_precinct(folder: Folder) -> None:
    problems = folder.protocol_problems(
        f"{HEADER}\n7001,chui,x,1,y,1\n9,chui,1,1,1,z\n7001,chui,1,1,1,1\n1001,talas,q,,,\n"
    )
    assert [(p.row, p.column, p.code, p.precinct) for p in problems] == [
        (2, "V", "not-a-whole-number", 7001),
        (2, "yes", "not-a-whole-number", 7001),
        (3, "no", "not-a-whole-number", None),
        (3, "precinct", "unknown-precinct", 9),
        (4, "precinct", "duplicate", 7001),
        (5, "contest", "unknown-contest", None),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (IN_ORDER.replace(",", ";"), "delimiter"),
        (IN_ORDER.partition("\n")[2] * 50, "no-header"),
        ("", "empty-file"),
        (b"precinct,contest\n\xff", "not-utf-8"),
        (IN_ORDER + '7001,"chui', "bad-quotes"),
    ],
)
def test_a_file_that_is_no_such_table_gives_one_problem(
    folder: Folder, content: str | bytes, code: str
) -> None:
    assert [problem.code for problem in folder.protocol_problems(content)] == [code]


def test_a_missing_file_is_one_problem(folder: Folder) -> None:
    package = folder.read()
    with pytest.raises(Malformed) as refused:
        read_protocols(folder.path / "none.csv", package.election, package.precincts)
    assert [problem.code for problem in sayable(refused.value.problems)] == ["missing-file"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.data())
def test_arbitrary_bytes_are_read_or_malformed(folder: Folder, data: st.DataObject) -> None:
    whole = IN_ORDER.encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    folder.try_protocols(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])


def test_the_protocols_of_2017_are_read_as_published(president_2017: Path) -> None:
    package = read_package(president_2017)
    path = president_2017 / "protocols.csv"
    read = read_protocols(path, package.election, package.precincts)
    sums = {
        column: sum(protocol.figures[column] or 0 for protocol in read)
        for column in ("V", "I", "Jeenbekov", "Babanov")
    }
    assert len(read) == 53
    assert sums == {"V": 2_970_137, "I": 1_677_249, "Jeenbekov": 908_493, "Babanov": 563_742}
