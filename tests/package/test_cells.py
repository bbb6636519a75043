"""What one cell may hold."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.package import cells
from tabulator.package.cells import Bad


def refusal(parser: cells.Parser, cell: str) -> str:
    with pytest.raises(Bad) as bad:
        parser(cell)
    return bad.value.code


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0", 0), ("7", 7), ("007", 7), ("99999999", 99_999_999), ("0" * 50 + "5", 5)],
)
def test_a_count_is_written_in_the_digits_0_to_9(cell: str, number: int) -> None:
    assert cells.count(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "+5",
        "1.0",
        "1,0",
        "1e3",
        "1 170",
        "1\u00a0170",
        "1'170",
        "1_170",
        "0x1F",
        "NaN",
        "−5",
        "１２",
        "²",
        "٣",
        "५",
        "Ⅻ",
        "½",
        "五",
        "5%",
        "V",
        "1\u200b",
    ],
)
def test_nothing_else_is_a_count(cell: str) -> None:
    assert refusal(cells.count, cell) == "not-a-whole-number"


@pytest.mark.parametrize("cell", ["100000000", str(10**12), "9" * 5000])
def test_a_count_too_large_for_any_precinct_is_refused(cell: str) -> None:
    assert refusal(cells.count, cell) == "out-of-range"


def test_an_empty_count_is_blank_only_where_blank_is_allowed() -> None:
    assert refusal(cells.count, "") == "empty-cell"
    assert cells.blank_or(cells.count)("") is None


@pytest.mark.parametrize("cell", ["0", "1000000000"])
def test_a_precinct_number_is_between_1_and_999999999(cell: str) -> None:
    assert refusal(cells.precinct_number, cell) == "out-of-range"
    assert cells.precinct_number("999999999") == 999_999_999


@pytest.mark.parametrize(
    "cell", ["kg", "tec-osh-city", "Жээнбеков", "өң_ү.1", "2021", "A" * 64, "president-2017"]
)
def test_a_code_is_made_of_letters_digits_and_three_signs(cell: str) -> None:
    assert cells.code(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "-x",
        "+x",
        "@x",
        ".",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "a b",
        "a\nb",
        "a,b",
        "a;b",
        "_x",
        '"x"',
        "a%2e",
        "a\0",
        "A" * 65,
        "Ａ",
        "e\u0301",
        "x²",
        "x٣",
        "a\u200bb",
        "😀",
    ],
)
def test_a_code_is_no_path_no_formula_and_no_lookalike(cell: str) -> None:
    assert refusal(cells.code, cell) == "not-a-code"


@pytest.mark.parametrize("cell", ["Yes", "YES", "true", "1", "ооба", "n"])
def test_yes_and_no_are_written_so(cell: str) -> None:
    assert refusal(cells.yes_no, cell) == "not-one-of"
    assert cells.yes_no("yes") is True
    assert cells.yes_no("no") is False


@pytest.mark.parametrize("cell", ["Asia/Bishkek", "America/Los_Angeles", "UTC", "Asia/Sakhalin"])
def test_a_time_zone_is_an_iana_name(cell: str) -> None:
    assert cells.timezone(cell) == cell


@pytest.mark.parametrize(
    "cell", ["Asia/Frunze2", "asia/bishkek", "+06:00", "UTC+6", "../../etc/passwd", "localtime"]
)
def test_an_unknown_time_zone_is_refused(cell: str) -> None:
    assert refusal(cells.timezone, cell) == "not-a-timezone"


def test_an_empty_time_zone_is_refused_and_not_guessed() -> None:
    assert refusal(cells.timezone, "") == "empty-cell"


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2021-01-10T20:15", datetime(2021, 1, 10, 20, 15)),  # noqa: DTZ001 - no offset stated
        ("2021-01-10 20:15:07", datetime(2021, 1, 10, 20, 15, 7)),  # noqa: DTZ001 - the same
        ("2021-01-10T14:15Z", datetime(2021, 1, 10, 14, 15, tzinfo=UTC)),
        ("2021-01-10T20:15:00.5+06:00", datetime(2021, 1, 10, 14, 15, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_moment_is_date_and_time_of_iso_8601(cell: str, moment: datetime) -> None:
    assert cells.moment(cell) == moment


@pytest.mark.parametrize(
    "cell",
    [
        "2021-01-10",
        "10.01.2021 20:15",
        "20:15",
        "2021-02-30T20:15",
        "2021-01-10T25:00",
        "44206.84",
        "0001-01-01T00:00+06:00",
        "9999-12-31T23:59-06:00",
        "2021-W02-7T20:15",
        "20210110T2015",
        "2021-01-10T20:15+99:99",
        "２021-01-10T20:15",
    ],
)
def test_a_date_alone_or_another_notation_is_no_moment(cell: str) -> None:
    assert refusal(cells.moment, cell) == "not-a-moment"


@pytest.mark.parametrize(
    "cell", ["", "О'Коннор", 'Мектеп "№ 1", ички кире бериш', "Өң\nжана ү", "-", "№ 5 - 7"]
)
def test_a_text_is_nearly_anything(cell: str) -> None:
    assert cells.text(cell) == cell


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=HYPERLINK(1)", "formula"),
        ("+996", "formula"),
        ("@SUM(1)", "formula"),
        ("-1+1", "formula"),
        ("a\x07b", "control-character"),
        ("a\x1b[31mb", "control-character"),
        ("a\u202eb", "control-character"),
        ("a" * 2001, "too-long"),
    ],
)
def test_a_text_that_would_deceive_a_reader_is_refused(cell: str, code: str) -> None:
    assert refusal(cells.text, cell) == code


@given(
    st.text(), st.sampled_from([cells.count, cells.code, cells.text, cells.moment, cells.yes_no])
)
def test_a_parser_returns_or_raises_bad(cell: str, parser: cells.Parser) -> None:
    with contextlib.suppress(Bad):
        parser(cell.strip())


@pytest.mark.parametrize(
    "cell", ["", "+996 312 00-00-00", "(0312) 000000", "0555000000", "00 7 4242 00 00 00"]
)
def test_a_telephone_number_is_taken_as_written(cell: str) -> None:
    assert cells.phone(cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["12", "=1+1", "+", "++996 312", "-996", "+996;1", "ask", "1" * 41, "０３１２", "1\n2 3"],
)
def test_what_is_no_telephone_number_is_refused(cell: str) -> None:
    assert refusal(cells.phone, cell) == "not-a-phone"


@pytest.mark.parametrize("cell", ["", "tik@shailoo.example", "a.b+c-d_1@x-y.kg"])
def test_an_address_of_e_mail_is_taken_as_written(cell: str) -> None:
    assert cells.email(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        *("tik", "@shailoo.kg", "tik@", "tik@kg", "a b@c.kg", "=a@b.kg", "+a@b.kg", "-a@b.kg"),
        *("a@b@c.kg", "a@b.kg\n", "а@б.кг", "a@b..kg", f"{'a' * 250}@b.kg", "a@b.kg,c@d.kg"),
    ],
)
def test_what_is_no_address_of_e_mail_is_refused(cell: str) -> None:
    assert refusal(cells.email, cell) == "not-an-email"
