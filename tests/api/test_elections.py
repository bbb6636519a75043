"""The register over HTTP."""

from __future__ import annotations

import base64
import json

import pytest
from flask.testing import FlaskClient

from tabulator.api.pages import cursor
from tests.counting import Count

ELECTION = "/api/v1/elections/sample"


def test_the_register_has_contests_areas_and_commissions(
    loaded: Count, client: FlaskClient
) -> None:
    answer = client.get(ELECTION)
    shown = answer.get_json()
    of = loaded.contest
    first, second = shown["contests"]
    assert (shown["id"], shown["date"], shown["title"]["ru"]) == (
        "sample",
        "2021-01-10",
        "election (ru)",
    )
    assert [line["role"] for line in first["form"]["lines"]] == list(of.form.roles)
    assert [one["code"] for one in first["options"]] == [option.code for option in of.options]
    assert first["options"][0]["name"] == of.options[0].name.as_dict()
    assert {one["list"] for one in second["options"]} == {None, "ata", "bir"}
    assert [area["code"] for area in shown["areas"]][:2] == ["kg", "chui"]
    assert shown["areas"][0]["parent"] is None
    assert [one["kind"] for one in shown["commissions"]] == ["cec", "tec", "tec", "tec"]


def test_the_register_is_not_sent_twice(loaded: Count, client: FlaskClient) -> None:
    for path in (ELECTION, f"{ELECTION}/precincts"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("limit", [1, 2, 5, 6, 500])
def test_precincts_come_in_pages_each_once_and_in_order(
    loaded: Count, client: FlaskClient, limit: int
) -> None:
    found, after, pages = [], "", 0
    while after is not None:
        shown = client.get(f"{ELECTION}/precincts?limit={limit}&cursor={after}").get_json()
        assert len(shown["precincts"]) <= limit
        found += [one["number"] for one in shown["precincts"]]
        after, pages = shown["next"], pages + 1
    assert found == sorted(loaded.package.precincts)
    assert pages == -(-len(found) // limit)


@pytest.mark.parametrize(
    ("area", "numbers"),
    [("chui", [7001, 7002, 7101]), ("sokuluk", [7101]), ("abroad", [9001])],
)
def test_precincts_of_an_area_are_those_of_all_below_it(
    loaded: Count, client: FlaskClient, area: str, numbers: list[int]
) -> None:
    shown = client.get(f"{ELECTION}/precincts?area={area}").get_json()
    assert [one["number"] for one in shown["precincts"]] == numbers
    assert shown["next"] is None
    assert {one["abroad"] for one in shown["precincts"]} == {area == "abroad"}


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("query", "place", "code"),
    [
        ("limit=0", "limit", "out-of-range"),
        ("limit=501", "limit", "out-of-range"),
        ("limit=-1", "limit", "wrong-type"),
        ("limit=1_0", "limit", "wrong-type"),
        ("limit=٣", "limit", "wrong-type"),
        ("limit=" + "9" * 5000, "limit", "out-of-range"),
        ("cursor=x", "cursor", "not-a-cursor"),
        ("cursor=!!!!", "cursor", "not-a-cursor"),
        ("cursor=өө", "cursor", "not-a-cursor"),
        ("cursor=" + "x" * 513, "cursor", "too-long"),
        (f"cursor={encoded(7)}", "cursor", "not-a-cursor"),
        (f"cursor={encoded([])}", "cursor", "not-a-cursor"),
        (f"cursor={encoded(['7'])}", "cursor", "not-a-cursor"),
        (f"cursor={encoded([True])}", "cursor", "not-a-cursor"),
        (f"cursor={encoded([2**31])}", "cursor", "not-a-cursor"),
        (f"cursor={cursor(1, 2)}", "cursor", "not-a-cursor"),
    ],
)
def test_a_page_that_cannot_be_is_refused(
    loaded: Count, client: FlaskClient, query: str, place: str, code: str
) -> None:
    answer = client.get(f"{ELECTION}/precincts?{query}")
    (one,) = answer.get_json()["problems"]
    assert (answer.status_code, one["file"], one["column"], one["code"]) == (
        422,
        "query",
        place,
        code,
    )


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/elections/none",
        "/api/v1/elections/none/precincts",
        "/api/v1/elections/sample%00",
        f"{ELECTION}/precincts?area=none",
        f"{ELECTION}/precincts?area=%00",
        f"{ELECTION}/precincts?cursor=%00",
        "//api/v1/elections",
    ],
)
def test_what_is_not_on_the_register_is_not_found(
    loaded: Count, client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not-found")
