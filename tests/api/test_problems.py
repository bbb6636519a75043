"""Errors are problem documents with a stable code, and tell nothing of the insides."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tabulator.api.problem_texts import TEXTS
from tabulator.app import HEADERS, create_app
from tabulator.config import Settings
from tabulator.storage.db import open_engine, transaction
from tests.counting import Count

RESULTS = "/api/v1/elections/sample/results"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/elections/none/results",
        "/api/v1/elections/none/results.csv",
        "/api/v1/elections/%00/results",
        "/api/v1/elections/sample%00/results",
        "/api/v1/elections/%FF%C3/results",
        "/api/v1/elections/';--/results",
        f"{RESULTS}?contest=none",
        f"{RESULTS}?area=none",
        f"{RESULTS}?area=%00",
        f"{RESULTS}?area=chui&contest=%D3%A9",
        f"{RESULTS}.csv?contest=none",
        "/nothing",
        "/api/v1/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_with_status_404(
    count: Count, client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    said = answer.get_json()
    assert (said["status"], said["code"]) == (404, "not-found")
    assert said["title"] == said["says"]["ky"]


def test_an_empty_choice_is_the_default(count: Count, client: FlaskClient) -> None:
    chosen = client.get(f"{RESULTS}?contest=&area=")
    assert chosen.get_data() == client.get(RESULTS).get_data()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_says_which_are_allowed(
    count: Count, client: FlaskClient, method: str
) -> None:
    answer = client.open(RESULTS, method=method)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))
    assert answer.get_json()["code"] == "method-not-allowed"


def test_when_the_database_vanishes_the_caller_learns_nothing_and_the_log_everything(
    count: Count, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction(count.engine) as connection:
        connection.execute(sa.text("DROP TABLE subtotal"))
    with caplog.at_level(logging.ERROR):
        answer = client.get(RESULTS)
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert answer.get_json() == {
        "type": "/api/v1/docs#error-internal",
        "title": TEXTS["internal"].ky,
        "status": 500,
        "code": "internal",
        "says": TEXTS["internal"].as_dict(),
    }
    assert "subtotal" in caplog.text
    assert "Traceback" in caplog.text


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", RESULTS, f"{RESULTS}.csv", "/nothing", "/api/v1/elections"]
)
def test_every_answer_carries_the_security_headers(
    count: Count, client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_it_is_alive_without_a_database_but_not_ready(
    settings: Settings, client: FlaskClient
) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "internal")
    assert "alembic" not in answer.text


def test_it_is_ready_on_the_newest_migration_only(engine: Engine, client: FlaskClient) -> None:
    assert client.get("/readyz").get_json() == {"status": "ready"}
    with transaction(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    assert client.get("/readyz").status_code == 500


def test_it_recovers_when_the_database_comes_back(
    count: Count, settings: Settings, app: Flask
) -> None:
    client = app.test_client()
    before = client.get(RESULTS).get_data()
    other = create_app(settings)
    with transaction(count.engine) as connection:
        connection.execute(sa.text("ALTER TABLE subtotal RENAME TO gone"))
    assert client.get(RESULTS).status_code == 500
    with transaction(count.engine) as connection:
        connection.execute(sa.text("ALTER TABLE gone RENAME TO subtotal"))
    assert client.get(RESULTS).get_data() == before
    assert other.test_client().get(RESULTS).get_data() == before
    other.extensions["engine"].dispose()


def test_a_client_of_a_restarted_postgresql_gets_its_answer(
    count: Count, client: FlaskClient
) -> None:
    """Connections that died while they lay in the pool are found out before they are used."""
    if count.engine.dialect.name == "sqlite":
        return
    before = client.get(RESULTS).get_data()
    administrator = open_engine(count.engine.url.render_as_string(hide_password=False))
    with administrator.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    administrator.dispose()
    assert client.get(RESULTS).get_data() == before
    count.engine.dispose()
