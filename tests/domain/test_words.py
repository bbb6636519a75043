"""Numbers in words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabulator.domain.protocol import MOST
from tabulator.domain.text import LANGUAGES
from tabulator.domain.words import in_words, states

COUNTS = st.one_of(
    st.integers(0, 9_999),
    st.integers(0, MOST),
    st.integers(0, 99_999).map(lambda n: n * 1000),  # round thousands: where scales meet
)

WRITTEN = [
    (0, "нөл", "ноль", "zero"),
    (7, "жети", "семь", "seven"),
    (10, "он", "десять", "ten"),
    (15, "он беш", "пятнадцать", "fifteen"),
    (40, "кырк", "сорок", "forty"),
    (100, "бир жүз", "сто", "one hundred"),
    (217, "эки жүз он жети", "двести семнадцать", "two hundred seventeen"),
    (875, "сегиз жүз жетимиш беш", "восемьсот семьдесят пять", "eight hundred seventy five"),
    (1000, "бир миң", "одна тысяча", "one thousand"),
    (2002, "эки миң эки", "две тысячи два", "two thousand two"),
    (5000, "беш миң", "пять тысяч", "five thousand"),
    (11_011, "он бир миң он бир", "одиннадцать тысяч одиннадцать", "eleven thousand eleven"),
    (21_000, "жыйырма бир миң", "двадцать одна тысяча", "twenty one thousand"),
    (112_000, "бир жүз он эки миң", "сто двенадцать тысяч", "one hundred twelve thousand"),
    (1_000_000, "бир миллион", "один миллион", "one million"),
    (2_000_001, "эки миллион бир", "два миллиона один", "two million one"),
    (
        MOST,
        "токсон тогуз миллион тогуз жүз токсон тогуз миң тогуз жүз токсон тогуз",
        "девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять",
        "ninety nine million nine hundred ninety nine thousand nine hundred ninety nine",
    ),
]


@pytest.mark.parametrize(("number", "ky", "ru", "en"), WRITTEN)
def test_a_number_is_written_in_full(number: int, ky: str, ru: str, en: str) -> None:
    assert [in_words(number, lang) for lang in LANGUAGES] == [ky, ru, en]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Бир миң бир жүз", 1100),
        ("миң жүз", 1100),
        ("жүз миң", 100_000),
        ("НӨЛ", 0),
        ("нуль", 0),
        ("  кырк   беш ", 45),
        ("двадцать-пять", 25),
        ("двести\u00a0семнадцать", 217),
        ("тысяча один", 1001),
        ("одна тысяча один", 1001),
        ("миллион тысяча", 1_001_000),
        ("один миллион одна тысяча", 1_001_000),
        ("бир миллион миң", 1_001_000),
        ("пятьсот.", 500),
        (unicodedata.normalize("NFD", "двенадцать тысяч"), 12_000),
        (unicodedata.normalize("NFD", "жүз элүү үч"), 153),
    ],
)
def test_a_person_may_write_it_in_several_ways(text: str, number: int) -> None:
    assert states(text, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("-", 0),
        ("217", 217),
        ("5 сто", 100),
        ("двести семнадцать", 218),
        ("двадцать тысяч", 21_000),
        ("жыйырма миң", 21_000),
        ("жыйырма бир миң", 20_000),
        ("одиннадцать", 1),
        ("два тысячи", 2000),
        ("two hundred", 200),
    ],
)
def test_anything_else_states_another_number_or_none(text: str, number: int) -> None:
    assert not states(text, number)


@given(COUNTS, st.sampled_from(("ky", "ru")))
def test_what_is_written_states_the_number_it_was_written_from(number: int, lang: str) -> None:
    assert states(in_words(number, lang), number)


@given(COUNTS, COUNTS, st.sampled_from(("ky", "ru")))
def test_what_is_written_states_no_other_number(number: int, other: int, lang: str) -> None:
    assert states(in_words(number, lang), other) == (number == other)


@given(COUNTS, st.integers(0, 7), st.integers(1, 9), st.sampled_from(("ky", "ru")))
def test_one_digit_more_or_less_states_another_number(
    number: int, place: int, step: int, lang: str
) -> None:
    other = (number + step * 10**place) % (MOST + 1)
    assert not states(in_words(number, lang), other)
