"""Every write is one transaction, and with a key it is done once."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tabulator.config import Settings
from tabulator.storage.db import transaction
from tests.api.trying import app_to_try


@pytest.fixture
def app(engine: Engine, settings: Settings) -> Iterator[Flask]:
    with transaction(engine) as connection:
        connection.execute(sa.text("CREATE TABLE tried (number INTEGER)"))
    made = app_to_try(settings)
    yield made
    made.extensions["engine"].dispose()


def send(
    client: FlaskClient, number: int = 1, key: str = "k", account: str = "asan", **given: Any
) -> TestResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/write/{number}?as={account}", headers=headers, **given)


def rows(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT number FROM tried")).scalars())


def shown(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    told = [pair for pair in answer.headers if pair[0] != "Idempotency-Replayed"]
    return answer.status_code, answer.data, told


@pytest.mark.parametrize("number", [1, 14])
def test_the_same_request_again_gets_the_same_answer_and_is_done_once(
    app: Flask, client: FlaskClient, engine: Engine, number: int
) -> None:
    first, again = send(client, number), send(client, number)
    assert shown(again) == shown(first)
    assert first.headers["Location"] == f"/things/{number}"
    assert first.headers["ETag"] == f'"v{number}"'
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (app.extensions["done"], rows(engine)) == ([number], [number])


def test_without_a_key_or_without_an_account_everything_is_done_anew(
    client: FlaskClient, engine: Engine
) -> None:
    for given in ({"key": ""}, {"account": ""}):
        answers = [send(client, **given) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [201, 201]
    assert rows(engine) == [1] * 4


@pytest.mark.parametrize(
    ("path", "body"),
    [("/write/2?as=asan", b""), ("/write/1?as=asan", b"{}"), ("/write/1?as=asan&x=1", b"")],
)
def test_the_key_of_another_request_is_refused(
    client: FlaskClient, engine: Engine, path: str, body: bytes
) -> None:
    send(client)
    answer = client.post(path, data=body, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "idempotency-key-used")
    assert rows(engine) == [1]


def test_keys_of_different_people_have_nothing_to_do_with_each_other(
    client: FlaskClient, engine: Engine
) -> None:
    assert [send(client, n, account=a).status_code for n, a in ((1, "asan"), (2, "bermet"))] == [
        201,
        201,
    ]
    assert rows(engine) == [1, 2]


def test_a_refusal_is_not_kept_and_nothing_of_it_is_stored(
    app: Flask, client: FlaskClient, engine: Engine
) -> None:
    assert [send(client, 13).status_code for _ in range(2)] == [409, 409]
    assert (app.extensions["done"], rows(engine)) == ([13, 13], [])
    assert send(client, 1).status_code == 201


def test_an_answer_that_holds_a_secret_is_not_kept(client: FlaskClient, engine: Engine) -> None:
    assert [send(client, 15).status_code for _ in range(2)] == [201, 201]
    assert rows(engine) == [15, 15]


@pytest.mark.parametrize("key", ["ключ", "a b", "x" * 129, "a\tb", "é"])
def test_a_key_that_is_none_is_refused(client: FlaskClient, engine: Engine, key: str) -> None:
    answer = client.post(
        "/write/1?as=asan", headers={"Idempotency-Key": key.encode().decode("latin-1")}
    )
    (one,) = answer.get_json()["problems"]
    assert (answer.status_code, one["file"], one["code"]) == (422, "header", "not-a-key")
    assert rows(engine) == []


def test_a_multipart_body_is_the_same_whatever_its_boundary(
    client: FlaskClient, engine: Engine
) -> None:
    def parts(scan: bytes = b"scan") -> dict[str, Any]:
        return {"figures": "{}", "scan": (io.BytesIO(scan), "scan.pdf", "application/pdf")}

    first = send(client, data=parts())
    again = send(client, data=parts())
    assert (first.status_code, again.headers.get("Idempotency-Replayed")) == (201, "true")
    assert send(client, data=parts(b"other")).status_code == 409
    assert rows(engine) == [1]


def test_of_two_at_once_one_does_the_work_and_the_other_gets_its_answer(
    app: Flask, engine: Engine
) -> None:
    app.extensions["go"].clear()
    answers: list[TestResponse] = []
    threads = [
        threading.Thread(target=lambda: answers.append(send(app.test_client()))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    app.extensions["go"].set()
    for thread in threads:
        thread.join(30)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.data for answer in answers}) == 1
    replayed = sum("Idempotency-Replayed" in answer.headers for answer in answers)
    assert (replayed, rows(engine)) == (3, [1])


@pytest.mark.parametrize(
    ("named", "status", "code"),
    [
        (None, 428, "version-not-named"),
        ("", 428, "version-not-named"),
        ("*", 428, "version-not-named"),
        ("v3", 412, "stale"),
        ('W/"v3"', 412, "stale"),
        ('"v03"', 412, "stale"),
        ('"v3", "v4"', 412, "stale"),
        ('"v٣"', 412, "stale"),
        ('"' + "9" * 40 + '"', 412, "stale"),
    ],
)
def test_approving_needs_the_version_that_was_seen(
    client: FlaskClient, named: str | None, status: int, code: str
) -> None:
    headers = {} if named is None else {"If-Match": named.encode().decode("latin-1")}
    answer = client.post("/approve", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_the_version_seen_is_read_from_its_tag(client: FlaskClient) -> None:
    answer = client.post("/approve", headers={"If-Match": '"v3"'})
    assert answer.get_json() == {"seen": 3}


@pytest.mark.parametrize("number", ["2147483648", "9" * 400, "-1", "1.0", "٣"])
def test_a_number_in_a_path_that_no_store_could_hold_is_not_found(
    client: FlaskClient, number: str
) -> None:
    assert client.post(f"/write/{number}").status_code == 404
