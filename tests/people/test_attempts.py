"""Guessing waits: for an account, for an address, also when many guess at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tabulator.domain.roles import Role
from tabulator.errors import NotLoggedIn, TooMany
from tabulator.people import attempts
from tabulator.storage import models
from tabulator.storage.db import transaction
from tests.people.people import PASSWORD, People

WRONG = "wrong"


def fail(people: People, name: str, origin: str = "192.0.2.7") -> None:
    with pytest.raises(NotLoggedIn):
        people.enter(name, "wrong", origin)


def wait(people: People, name: str, origin: str = "192.0.2.7", password: str = WRONG) -> int:
    with pytest.raises(TooMany) as refused:
        people.enter(name, password, origin)
    return refused.value.wait


@pytest.mark.parametrize("name", ["aida", "nobody"])
def test_after_five_failures_each_further_one_waits_twice_as_long(
    people: People, name: str
) -> None:
    people.add("aida")
    for _ in range(5):
        fail(people, name)
    waits = []
    for _ in range(11):
        fail(people, name)
        waits.append(wait(people, name.upper()))
        people.later(seconds=waits[-1])
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_the_right_password_waits_too_and_then_wipes_the_count_out(people: People) -> None:
    people.add("aida")
    for _ in range(6):
        fail(people, "aida")
    assert wait(people, "aida", password=PASSWORD) == 2
    people.later(seconds=2)
    people.enter("aida")
    for _ in range(5):
        fail(people, "aida")


def test_an_address_may_fail_more_often_and_waits_a_minute_at_most(people: People) -> None:
    people.add("aida")
    for k in range(50):
        attempt(people, f"name-{k}")
    people.enter("aida")
    for k in range(7):
        attempt(people, f"other-{k}")
        people.later(minutes=1)
    attempt(people, "other")
    assert wait(people, "aida", password=PASSWORD) == 60
    people.enter("aida", origin="192.0.2.8")


def attempt(people: People, name: str, origin: str = "192.0.2.7") -> None:
    """A failure without the cost of looking at a password."""
    with transaction(people.engine) as connection:
        attempts.admit(connection, attempts.of_log_in(name, origin), now=people.now)


def test_an_account_of_one_s_own_does_not_wipe_out_the_count_of_the_address(people: People) -> None:
    people.add("aida")
    for k in range(10):
        attempt(people, f"name-{k}")
    people.enter("aida")
    (row,) = (r for r in people.rows(models.attempt) if r["key"].startswith("address:"))
    assert row["failures"] == 10


def test_a_success_alone_leaves_nothing_behind(people: People) -> None:
    people.add("aida")
    people.enter("aida")
    assert people.rows(models.attempt) == []


def test_failures_of_yesterday_are_forgotten(people: People) -> None:
    people.add("aida")
    for _ in range(6):
        fail(people, "aida")
    people.later(hours=25)
    people.enter("aida", origin="192.0.2.8")
    assert people.rows(models.attempt) == []


@pytest.mark.parametrize(
    ("origin", "key"),
    [
        ("192.0.2.7", "address:192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "address:2001:db8:1:2::/64"),
        ("", "address:"),
        ("\0garbage", "address:"),
    ],
)
def test_an_address_is_counted_as_its_line(origin: str, key: str) -> None:
    assert attempts.address_key(origin) == key


def test_many_guesses_at_once_are_counted_one_by_one(people: People) -> None:
    people.add("aida")

    def guess(_: int) -> str:
        try:
            people.enter("aida", "wrong")
        except (NotLoggedIn, TooMany) as refused:
            return refused.code
        return "in"

    with ThreadPoolExecutor(12) as pool:
        answers = sorted(pool.map(guess, range(40)))
    assert answers == ["not-logged-in"] * 6 + ["too-many-attempts"] * 34


def test_who_knows_the_password_wins_no_new_guesses_at_the_second_step(people: People) -> None:
    people.add("member", Role.CEC_MEMBER)
    people.set_up(people.enter("member"))
    people.later(minutes=5)
    for _ in range(6):
        entered = people.enter("member")
        with pytest.raises(NotLoggedIn):
            people.step(entered, code="12345x")
    with pytest.raises(TooMany):
        people.step(people.enter("member"), code=people.code("member"))
