"""A person at a browser: cookies, CSRF token and second step, as a page of ours handles them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tabulator.domain.roles import Role
from tabulator.guard import COOKIE, CSRF_HEADER
from tabulator.storage.db import utc_now
from tests.people.people import PASSWORD, People

API = "/api/v1"


class Browser:
    """Remembers its cookie and its CSRF token."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.csrf = ""
        self.secret = ""

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie(COOKIE)
        return found.value if found else ""

    @cookie.setter
    def cookie(self, value: str) -> None:
        self.client.set_cookie(COOKIE, value)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        sent = {CSRF_HEADER: self.csrf} if headers is None else dict(headers)
        # Not the client's own way, which cannot write the half letters that JSON can.
        more: dict[str, Any] = {}
        if body is not None:
            more = {"data": json.dumps(body), "content_type": "application/json"}
        answer = self.client.open(f"{API}{path}", method=method, headers=sent, **more)
        told = answer.get_json(silent=True)
        if answer.status_code == 200 and isinstance(told, dict):
            self.csrf = told.get("csrf") or told.get("session", {}).get("csrf") or self.csrf
        return answer

    def get(self, path: str) -> TestResponse:
        return self.call("GET", path)

    def post(self, path: str, body: Any = None) -> TestResponse:
        return self.call("POST", path, body)

    def log_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        return self.post("/session", {"name": name, "password": password})

    def set_up(self) -> TestResponse:
        self.secret = self.post("/session/second-step/setup", {}).get_json()["secret"]
        return self.post("/session/second-step/setup", {"code": self.code()})

    def code(self, steps: int = 0) -> str:
        moment = utc_now() + timedelta(seconds=30 * steps)
        return pyotp.TOTP(self.secret).at(moment)


def browser(app: Flask, people: People, name: str, role: Role, **reach: str) -> Browser:
    """Somebody new, logged in fully."""
    people.add(name, role, **reach)
    made = Browser(app)
    assert made.log_in(name).status_code == 200
    if people.find(name).needs_second_step:
        assert made.set_up().status_code == 200
    return made
