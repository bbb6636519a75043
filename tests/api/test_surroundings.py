"""What stands around every answer: headers, and the coarse guard against floods."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import RateLimitItemPerSecond, RateLimitItemPerYear

from tabulator import app as surroundings
from tabulator.api import flood
from tabulator.app import create_app
from tabulator.config import Settings
from tests.api.trying import app_to_try

STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


def settings_in(home: Path, **given: str) -> Settings:
    return Settings.from_environment({"TABULATOR_HOME": str(home), **given})


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Three reads and two writes a minute."""
    monkeypatch.setattr(flood, "READS", 3)
    monkeypatch.setattr(flood, "WRITES", 2)
    monkeypatch.setattr(flood, "WINDOW", RateLimitItemPerYear)  # none ends within the test
    made = app_to_try(settings_in(tmp_path))
    yield made
    made.extensions["engine"].dispose()


@pytest.mark.parametrize(
    ("base", "header"),
    [("https://example.kg", surroundings.ONLY_TLS), ("http://example.kg", None), ("", None)],
)
def test_browsers_are_bound_to_tls_where_it_is_used(
    tmp_path: Path, base: str, header: str | None
) -> None:
    client = create_app(settings_in(tmp_path, TABULATOR_BASE_URL=base)).test_client()
    for path in ("/healthz", "/nothing"):
        assert client.get(path).headers.get("Strict-Transport-Security") == header


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/readyz"])
def test_what_carries_no_tag_is_kept_by_nobody(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_policy_allows_no_script_and_no_frame(client: FlaskClient) -> None:
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in client.get("/healthz").headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize("path", ["/", "/api/v1/docs", "/nothing"])
def test_there_is_one_policy_for_an_answer(client: FlaskClient, path: str) -> None:
    assert len(client.get(path).headers.getlist("Content-Security-Policy")) == 1


def test_a_flood_from_one_address_is_asked_to_wait(few: Flask) -> None:
    client = few.test_client()
    reads = [client.get("/healthz", environ_base=STRANGER) for _ in range(4)]
    assert [answer.status_code for answer in reads] == [200, 200, 200, 429]
    answer = reads[-1]
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == "too-many-attempts"
    assert int(answer.headers["Retry-After"]) > 0
    # Writes are counted apart, other addresses too.
    writes = [client.post("/read", json={}, environ_base=STRANGER) for _ in range(3)]
    assert [answer.status_code for answer in writes] == [200, 200, 429]
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": "203.0.113.10"}).status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_calls_from_this_machine_are_not_counted(few: Flask, address: str) -> None:
    client = few.test_client()
    for _ in range(10):
        assert client.get("/healthz", environ_base={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize(
    ("other", "status"), [("2001:db8:1:2:3::4", 429), ("2001:db8:1:3::1", 200), ("unix:", 200)]
)
def test_one_line_has_one_count_however_many_addresses_it_has(
    few: Flask, other: str, status: int
) -> None:
    client = few.test_client()
    for number in range(3):
        client.get("/healthz", environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{number}"})
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": other}).status_code == status


def test_with_its_time_a_count_is_forgotten(few: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "WINDOW", RateLimitItemPerSecond)
    client = few.test_client()
    while client.get("/healthz", environ_base=STRANGER).status_code == 200:
        pass
    time.sleep(1.1)
    assert client.get("/healthz", environ_base=STRANGER).status_code == 200


@pytest.mark.parametrize(
    ("peer", "status"), [("127.0.0.1", 429), ("203.0.113.77", 200)], ids=["proxy here", "stranger"]
)
def test_a_proxy_on_this_machine_tells_from_where_a_call_comes(
    few: Flask, peer: str, status: int
) -> None:
    client, told = few.test_client(), {"X-Forwarded-For": "203.0.113.9"}
    for _ in range(3):
        client.get("/healthz", environ_base=STRANGER)
    answer = client.get("/healthz", headers=told, environ_base={"REMOTE_ADDR": peer})
    assert answer.status_code == status


def test_a_night_from_behind_one_address_is_no_flood() -> None:
    assert flood.WRITES > 2_538
