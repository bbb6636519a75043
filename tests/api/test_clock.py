"""The clock over HTTP: for staff only, each in their own area, in pages."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from tabulator.domain.deadlines import CODES
from tabulator.domain.roles import Role
from tests.api.logging_in import Browser, browser
from tests.counting import Count, register
from tests.people.people import People

CLOCK, LATE = "/elections/sample/clock", "/elections/sample/late"


@pytest.fixture
def election(engine: Engine) -> Count:
    """Six precincts of an election years ago, of which nothing came: everybody is late."""
    return Count.load(engine, register())


@pytest.fixture
def cec(app: Flask, people: People, election: Count) -> Browser:
    return browser(app, people, "cec", Role.CEC_OPERATOR)


@pytest.fixture
def alamudun(app: Flask, people: People, election: Count) -> Browser:
    return browser(app, people, "op", Role.TERRITORIAL_OPERATOR, scope="tec-alamudun")


def told(who: Browser, path: str) -> Any:
    answer = who.get(path)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_the_clock_says_of_every_limit_how_it_is_kept(cec: Browser) -> None:
    document = told(cec, CLOCK)
    assert (document["election"], document["contest"]) == ("sample", "president")
    assert document["area"] == "kg"
    assert [each["limit"] for each in document["limits"]] == list(CODES)
    arrival = document["limits"][0]
    assert [arrival[name] for name in ("not_yet", "running", "met", "late")] == [0, 0, 0, 6]
    assert arrival["caption"]["ky"] == "Протоколдун келиши"


def test_the_late_come_in_pages_that_lose_and_double_nobody(cec: Browser) -> None:
    whole = told(cec, f"{LATE}?limit=500")
    assert whole["next"] is None
    assert len(whole["late"]) == 6 * 3 + 3 * 3 + 1
    found, cursor = [], ""
    while cursor is not None:
        page = told(cec, f"{LATE}?limit=4&cursor={cursor}")
        assert len(page["late"]) <= 4
        found += page["late"]
        cursor = page["next"]
    keys = [(each["ends"], each["limit"], each["code"]) for each in found]
    assert keys == [(each["ends"], each["limit"], each["code"]) for each in whole["late"]]
    assert keys == sorted(set(keys))


def test_the_late_can_be_those_of_one_limit(cec: Browser) -> None:
    found = told(cec, f"{LATE}?deadline=sitting")["late"]
    assert [each["code"] for each in found] == ["tec-alamudun", "tec-bishkek", "tec-sokuluk"]


def test_a_territory_sees_its_own_and_a_foreign_one_is_not_found(alamudun: Browser) -> None:
    codes = {each["code"] for each in told(alamudun, LATE)["late"]}
    assert codes == {"7001", "7002", "tec-alamudun"}
    for area in ("alamudun", "tec-alamudun"):
        assert {each["code"] for each in told(alamudun, f"{LATE}?area={area}")["late"]} == codes
    for area in ("kg", "chui", "bishkek", "tec-bishkek", "nowhere"):
        for path in (LATE, CLOCK):
            assert alamudun.get(f"{path}?area={area}").status_code == 404, area


@pytest.mark.parametrize("path", [CLOCK, LATE])
def test_nobody_is_told_without_a_login(app: Flask, election: Count, path: str) -> None:
    assert Browser(app).get(path).status_code == 401


@pytest.mark.parametrize(
    ("role", "reach", "clock", "late"),
    [
        (Role.OBSERVER, {}, 200, 403),
        (Role.ADMINISTRATOR, {}, 403, 403),
        (Role.PRECINCT_CHAIR, {"election": "sample", "scope": "1001"}, 403, 403),
    ],
)
def test_contacts_are_for_who_has_to_call(
    app: Flask,
    people: People,
    election: Count,
    role: Role,
    reach: dict[str, str],
    clock: int,
    late: int,
) -> None:
    who = browser(app, people, "somebody", role, **reach)
    assert (who.get(CLOCK).status_code, who.get(LATE).status_code) == (clock, late)


@pytest.mark.parametrize("query", ["deadline=lunch", "cursor=x", "limit=0"])
def test_a_query_that_means_nothing_is_refused(cec: Browser, query: str) -> None:
    assert cec.get(f"{LATE}?{query}").status_code == 422
