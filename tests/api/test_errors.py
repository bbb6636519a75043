"""Every error has one status, one code and its text in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tabulator import errors
from tabulator.api.errors_markdown import errors_markdown, kinds
from tabulator.api.problem_texts import TEXTS
from tabulator.api.problems import HTTP_CODES
from tabulator.domain.text import LANGUAGES
from tabulator.errors import Malformed, NeedsFirst, Problem, TabulatorError, TooMany, Unreadable
from tabulator.guard import public

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"
MALFORMED = [Problem("body", 0, "/a", "missing-key")]
RAISED: list[tuple[TabulatorError, int]] = [
    (Unreadable(MALFORMED), 400),
    (Malformed(MALFORMED), 422),
    (errors.NotLoggedIn("log in"), 401),
    (errors.NotAllowed("no"), 403),
    (errors.NotFound("no such"), 404),
    (errors.Conflict("there already"), 409),
    (errors.WrongState("annulled"), 409),
    (errors.Frozen("signed"), 409),
    (NeedsFirst("decide first", ["K04", 7]), 409),
    (errors.OtherBody("used"), 409),
    (errors.Stale("changed"), 412),
    (errors.Unseen("which?"), 428),
    (TooMany(17), 429),
    (errors.NotInOrder("sums differ"), 503),
]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    raised = {error.code: error for error, _ in RAISED}

    @app.get("/raise/<code>")
    @public
    def fail(code: str) -> str:
        raise raised.get(code) or errors.Misconfigured("a secret")

    return app.test_client()


@pytest.mark.parametrize(("error", "status"), RAISED, ids=lambda one: getattr(one, "code", one))
def test_an_error_is_answered_with_its_own_status(
    client: FlaskClient, error: TabulatorError, status: int
) -> None:
    answer = client.get(f"/raise/{error.code}")
    said = answer.get_json()
    assert (answer.status_code, said["status"], said["code"]) == (status, status, error.code)
    assert (said["detail"], said["says"]) == (str(error), TEXTS[error.code].as_dict())


def test_a_log_in_is_asked_for_and_a_wait_is_named(client: FlaskClient) -> None:
    assert client.get("/raise/not-logged-in").headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/raise/too-many-attempts").headers["Retry-After"] == "17"


def test_what_is_malformed_and_what_is_open_is_listed(client: FlaskClient) -> None:
    (one,) = client.get("/raise/malformed").get_json()["problems"]
    assert (one["column"], one["code"]) == ("/a", "missing-key")
    assert client.get("/raise/needs-first").get_json()["open"] == ["K04", 7]


def test_how_the_service_is_set_up_is_nobody_s_business(client: FlaskClient) -> None:
    answer = client.get("/raise/misconfigured")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "internal")
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        (None, "ky"),
        ("", "ky"),
        ("*", "ky"),
        ("de", "ky"),
        ("ru", "ru"),
        ("en-GB", "en"),
        ("RU-ru;q=0.9, en;q=0.8", "ru"),
        ("ru;q=0.1, en;q=0.9", "en"),
        ("de, fr;q=0.9, en;q=0.2", "en"),
        ("ky-KG, ru;q=0.9", "ky"),
        ("en;q=0, ru;q=0.1", "ru"),
        ("en;q=x, ;;;,,", "ky"),
    ],
)
def test_the_title_is_in_the_language_asked_for(
    client: FlaskClient, asked: str | None, lang: str
) -> None:
    answer = client.get("/nothing", headers={} if asked is None else {"Accept-Language": asked})
    assert answer.get_json()["title"] == getattr(TEXTS["not-found"], lang)
    assert answer.headers["Content-Language"] == lang
    assert "Accept-Language" in answer.headers["Vary"]


def test_every_error_has_its_texts() -> None:
    codes = {kind.code for kind in kinds()} | set(HTTP_CODES.values()) | {"internal"}
    assert codes == set(TEXTS)
    assert all(getattr(says, lang) for says in TEXTS.values() for lang in LANGUAGES)


def test_the_page_of_errors_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == errors_markdown()
