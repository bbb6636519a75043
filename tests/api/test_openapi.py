"""The specification says everything of every route, and can be read by people."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tabulator.api.errors_markdown import listed
from tests.api.trying import app_to_try

SPECIFICATION, PAGE = "/api/v1/openapi.json", "/api/v1/docs"


@pytest.fixture
def app(settings: Any) -> Flask:
    return app_to_try(settings)


@pytest.fixture
def specification(client: FlaskClient) -> dict[str, Any]:
    whole: dict[str, Any] = client.get(SPECIFICATION).get_json()
    return whole


def operations(specification: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        operation["operationId"]: operation
        for item in specification["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    }


class Page(HTMLParser):
    """Ids, links to them, and whatever a strict policy would stop."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [str(given["id"])] if "id" in given else []
        self.links |= {str(given["href"])} if "href" in given else set()
        odd = [name for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if odd or tag in ("script", "style") else []


def test_every_route_stands_in_the_specification(app: Flask, specification: dict[str, Any]) -> None:
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    assert routes == set(specification["paths"])
    assert specification["openapi"].startswith("3.")


def test_every_reference_leads_somewhere(specification: dict[str, Any]) -> None:
    text = str(specification)
    for kind, name in re.findall(r"#/components/(\w+)/(\w+)", text):
        assert name in specification["components"][kind]


def test_every_operation_names_its_refusals(specification: dict[str, Any]) -> None:
    for name, operation in operations(specification).items():
        statuses = set(operation["responses"])
        assert {"404", "429", "500"} <= statuses, name
        assert "default" not in statuses
        if "requestBody" in operation:
            assert {"400", "413", "415", "422"} <= statuses, name


def test_what_is_approved_needs_if_match(specification: dict[str, Any]) -> None:
    approve = operations(specification)["tried.approve"]
    assert {"412", "428"} <= set(approve["responses"])
    (match,) = (one for one in approve["parameters"] if one["name"] == "If-Match")
    assert match["required"]


def test_refusals_are_problem_documents(specification: dict[str, Any]) -> None:
    for response in specification["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("path", [SPECIFICATION, PAGE, f"{PAGE}.css"])
def test_documentation_is_public_and_not_sent_twice(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_page_has_every_operation_schema_and_error_and_every_link_leads_to_one(
    client: FlaskClient, specification: dict[str, Any]
) -> None:
    answer = client.get(PAGE)
    page = Page(answer.text)
    assert answer.content_type == "text/html; charset=utf-8"
    assert len(page.ids) == len(set(page.ids))
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.ids)
    assert set(operations(specification)) <= within
    assert {f"schema-{name}" for name in specification["components"]["schemas"]} <= set(page.ids)
    assert {f"error-{code}" for code, _, _ in listed()} <= set(page.ids)


def test_the_page_needs_neither_script_nor_inline_style(client: FlaskClient) -> None:
    answer = client.get(PAGE)
    page = Page(answer.text)
    assert page.inline == []
    assert {link for link in page.links if not link.startswith("#")} == {"docs.css", "openapi.json"}
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "prefers-color-scheme: dark" in client.get(f"{PAGE}.css").text


def test_a_problem_s_type_leads_to_its_place_on_the_page(
    engine: Engine, client: FlaskClient
) -> None:
    page, _, place = client.get("/nothing").get_json()["type"].partition("#")
    assert place in Page(client.get(page).text).ids
