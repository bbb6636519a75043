"""Passwords: which are refused, and how they are kept."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from argon2 import extract_parameters

from tabulator.domain.roles import Role
from tabulator.errors import Malformed
from tabulator.package import MESSAGES
from tabulator.package.accounts import Wanted
from tabulator.people import passwords
from tests.people.people import HASHED, PASSWORD

OWNER = Wanted("precinct-1047", Role.PRECINCT_CHAIR, scope="1047", person="Жаңыл Өмүрбекова")


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery",
        "кыштын узун түнү",
        "x9#Lq2!vTz",
        "бир эки үч " * 80 + "төрт",
    ],
)
def test_a_password_that_is_long_and_not_common_is_taken(password: str) -> None:
    passwords.refuse_weak(password, OWNER)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x9#Lq2!vT", "password-too-short"),
        ("x" * 1001, "password-too-long"),
        ("Password123", "password-easy"),
        ("!!password2026!!", "password-easy"),
        ("Kyrgyzstan2027", "password-easy"),
        ("бишкек2027!", "password-easy"),
        ("жогоркукеңеш1", "password-easy"),
        ("shailoo2027", "password-easy"),
        ("1234567890", "password-easy"),
        ("0555 123 456", "password-easy"),
        ("15.10.1990!", "password-easy"),
        ("qwertyuiop", "password-easy"),
        ("poiuytrewq", "password-easy"),
        ("йцукенгшщз", "password-easy"),
        ("1qaz2wsx3edc", "password-easy"),
        ("abcdefghijk", "password-easy"),
        ("aaaaaaaaaaaa", "password-easy"),
        ("x9#Lqx9#Lq", "password-easy"),
        ("precinct-1047 ok", "password-has-name"),
        ("my PRECINCT word", "password-has-name"),
        ("өмүрбекова2027", "password-has-name"),
        ("ЖАҢЫЛ жакшы кыз", "password-has-name"),
    ],
)
def test_a_weak_password_is_refused_and_told_why(password: str, code: str) -> None:
    with pytest.raises(Malformed) as refused:
        passwords.refuse_weak(password, OWNER)
    (problem,) = refused.value.problems
    assert (problem.column, problem.code) == ("password", code)
    assert problem.found == ""
    assert code in MESSAGES


def test_the_list_of_common_passwords_is_long_folded_and_each_once() -> None:
    listed = passwords.COMMON.read_text("utf-8").split()
    assert len(listed) > 500
    assert len(set(listed)) == len(listed)
    assert [word for word in listed if word != word.casefold()] == []


def test_a_password_is_kept_as_argon2id_at_the_stated_cost() -> None:
    found = extract_parameters(HASHED)
    assert (found.memory_cost, found.time_cost, found.parallelism) == (19456, 2, 1)
    assert HASHED.startswith("$argon2id$")
    assert passwords.holds(HASHED, PASSWORD)
    assert not passwords.holds(HASHED, PASSWORD + " ")
    assert not passwords.holds("garbage", PASSWORD)
    assert not passwords.outdated(HASHED)


def test_the_same_password_composed_otherwise_is_the_same_password() -> None:
    assert passwords.holds(passwords.hashed("и\u0306од жана суу"), "\u0439од жана суу")


def test_what_is_no_text_is_no_password_and_no_failure() -> None:
    assert not passwords.holds(HASHED, "\ud800")


def cost(work: Callable[[], object]) -> float:
    """The least of several runs, in seconds of this process."""
    runs = []
    for _ in range(5):
        began = process_time()
        work()
        runs.append(process_time() - began)
    return min(runs)


def test_nobody_s_password_costs_as_much_as_somebody_s() -> None:
    known = cost(lambda: passwords.holds(HASHED, "wrong"))
    unknown = cost(lambda: passwords.holds("", "wrong"))
    assert 0.5 < unknown / known < 2


def test_a_huge_password_costs_no_more_than_a_short_one() -> None:
    short = cost(lambda: passwords.holds(HASHED, "wrong"))
    huge = cost(lambda: passwords.holds(HASHED, "x" * 50_000_000))
    assert huge / short < 3
