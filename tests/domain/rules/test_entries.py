"""K01, K16, K28: figures left blank, or stated twice."""

from __future__ import annotations

from typing import Any

import pytest

from tabulator.domain.rules import check
from tests.domain.rules.cases import LISTS, PLAIN, case, codes, equation, on_lines


def test_k01_names_every_blank_line_in_one_finding_in_printed_order() -> None:
    (found,) = check(case(bermet=None, V=None, I3=None))
    assert (found.code, found.severity) == ("K01", "error")
    assert found.lines == ("V", "I3", "bermet")
    assert found.equation == "V, I3, bermet: —"


def test_k01_on_a_protocol_left_blank_throughout_is_the_only_finding() -> None:
    assert codes(**dict.fromkeys(PLAIN.columns)) == ["K01"]


def test_k01_zero_is_not_blank() -> None:
    assert codes(**dict.fromkeys(PLAIN.columns, 0)) == []


def test_k01_a_line_that_is_not_required_may_stay_blank() -> None:
    assert codes(on_lines("V", "I", "U?"), U=None) == []


@pytest.mark.parametrize(
    ("words", "figures", "expected"),
    [
        ("сегиз жүз жетимиш үч", {}, []),
        ("восемьсот семьдесят три", {}, []),
        ("сегиз жүз жетимиш эки", {}, ["K01"]),
        ("", {}, ["K01"]),
        ("сегиз жүз жетимиш эки", {"V": None}, ["K01"]),
    ],
)
def test_k01_a_figure_agrees_with_its_words(
    words: str, figures: dict[str, Any], expected: list[str]
) -> None:
    assert codes(beside={"words_V": words}, **figures) == expected


def test_k01_names_every_figure_that_is_otherwise_in_words() -> None:
    words = {"words_V": "жүз", "words_INV": "үч", "words_asan": "жүз"}
    (found,) = check(case(beside=words))
    assert found.lines == ("V", "asan")
    assert found.equation == "V: 873 ≠ «жүз»; asan: 120 ≠ «жүз»"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"ata1": 109}, []),
        ({"ata1": 110}, ["K16"]),
        ({"bir1": 100}, []),
        ({"bir1": 101}, ["K16"]),
        ({"ata1": 110, "bir1": 101}, ["K16", "K16"]),
        ({"ata1": None}, ["K01"]),
        ({"ata1": None, "ata2": 999}, ["K01"]),
        ({"ata1": None, "ata2": None}, ["K16"]),
        ({"bir1": None}, ["K16"]),
        ({"bir1": None, "bir": 0, "ata": 210}, []),
        ({"bir1": None, "bir": None}, ["K01"]),
        ({"bir1": 500, "bir": None}, ["K01"]),
    ],
)
def test_k16_preferences_stay_below_the_votes_of_their_list_and_no_annex_is_missing(
    changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(LISTS, **changes) == expected


def test_k16_names_the_list_and_its_candidates() -> None:
    (found,) = check(case(LISTS, ata1=110))
    assert found.lines == ("ata", "ata1", "ata2")
    assert found.equation == "preferences(ata) ≤ ata: 111 > 110"
    assert equation("K16", LISTS, bir1=None) == "preferences(bir): —; bir = 100"


@pytest.mark.parametrize(
    ("sent", "figures", "expected"),
    [
        ({"sent_V": 873, "sent_asan": 120}, {}, []),
        ({"sent_V": 872}, {}, ["K28"]),
        ({"sent_V": 0, "sent_asan": 0}, {}, ["K28"]),
        ({"sent_V": 872}, {"V": None}, ["K01"]),
    ],
)
def test_k28_what_was_sent_ahead_agrees_with_the_first_copy(
    sent: dict[str, Any], figures: dict[str, Any], expected: list[str]
) -> None:
    assert codes(beside=sent, **figures) == expected


def test_k28_lists_every_difference_in_one_finding() -> None:
    (found,) = check(case(beside={"sent_asan": 121, "sent_V": 872, "sent_R": 373}))
    assert (found.severity, found.lines) == ("warning", ("V", "asan"))
    assert found.equation == "sent_V = V: 872 ≠ 873; sent_asan = asan: 121 ≠ 120"
