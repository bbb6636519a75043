"""Who types second does not learn the first entry, nor who made it the second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from tabulator.actions.first_copy import CHECKLIST
from tabulator.domain.roles import Actor, Role
from tabulator.people.tokens import create_token
from tabulator.storage.db import transaction, utc_now
from tests.builders import contest
from tests.counting import sent
from tests.people.people import People

FIRST = dict(sent(contest(), 1001).figures)
SECOND = {**FIRST, "V": (FIRST["V"] or 0) + 7}
PROTOCOL = "/api/v1/protocols/1-1001"
SENT = "/api/v1/elections/sample/protocols"
ACT = {
    "deliverer": "B. Chair",
    "receiver": "A. Operator",
    "at": "2021-01-10T21:00:00+00:00",
    "checklist": dict.fromkeys(CHECKLIST, True),
}
SHOWN = (
    PROTOCOL,
    *(f"{PROTOCOL}/{what}" for what in ("versions", "trace", "findings", "files")),
    SENT,
    "/api/v1/elections/sample/results.csv",
    "/api/v1/elections/sample/explain?line=V",
)


@dataclass
class Office:
    """A territorial commission and one precinct's chair, each with a token."""

    app: Flask
    engine: Engine
    tokens: dict[str, str] = field(default_factory=dict)

    def join(self, people: People, name: str, role: Role, scope: str) -> None:
        people.add(name, role, election="sample", scope=scope)
        actor, now = Actor(name, role, "", "sample", scope), utc_now()
        with transaction(self.engine) as connection:
            until = now + timedelta(days=1)
            _, shown = create_token(connection, actor, "x", ("read", "write"), until, now=now)
        self.tokens[name] = shown

    def get(self, name: str, path: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.tokens[name]}"}
        return self.app.test_client().get(path, headers=headers)

    def post(
        self, name: str, path: str, body: Mapping[str, Any] | None = None, seen: int = 1
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.tokens[name]}", "If-Match": f'"v{seen}"'}
        return self.app.test_client().post(path, json=body, headers=headers)

    def send(self, name: str = "chair", figures: Mapping[str, Any] = FIRST) -> TestResponse:
        said = {"precinct": 1001, "contest": "president", "figures": dict(figures)}
        more = {"signed_at": "2021-01-10T20:30:00", "protocol_no": "1", "copy_no": "1"}
        return self.post(name, SENT, {**said, **more})

    def everything(self, name: str) -> str:
        answers = [self.get(name, path) for path in SHOWN]
        assert all(answer.status_code == 200 for answer in answers)
        return " ".join(answer.get_data(as_text=True) for answer in answers)


@pytest.fixture
def office(app: Flask, loaded: Any, people: People) -> Office:
    made = Office(app, loaded.engine)
    made.join(people, "chair", Role.PRECINCT_CHAIR, "1001")
    for name in ("first", "second"):
        made.join(people, name, Role.TERRITORIAL_OPERATOR, "tec-bishkek")
    made.join(people, "verifier", Role.TERRITORIAL_VERIFIER, "tec-bishkek")
    return made


def knows(office: Office, name: str, figures: Mapping[str, int | None]) -> bool:
    # As a value of its own: the digits of a hash or of a moment may be the same by chance.
    value = rf"(?<![0-9A-Za-z]){figures['V']}(?![0-9A-Za-z])"
    return re.search(value, office.everything(name)) is not None


def test_who_types_second_sees_neither_figures_nor_their_digest(office: Office) -> None:
    digest = office.send().get_json()["digest"]
    assert knows(office, "verifier", FIRST)
    assert digest in office.everything("verifier")
    assert not knows(office, "second", FIRST)
    assert digest not in office.everything("second")


def test_the_same_figures_in_an_earlier_version_are_not_seen_either(office: Office) -> None:
    office.send()
    assert office.post("verifier", f"{PROTOCOL}/return", {"reason": "a stamp"}).status_code == 200
    assert not knows(office, "second", FIRST)
    assert office.send().get_json()["version"] == 2
    assert not knows(office, "second", FIRST)


def test_the_errors_found_are_not_told_to_who_types_second(office: Office) -> None:
    office.send(figures={**FIRST, "I": 1})
    trace = office.get("second", f"{PROTOCOL}/trace").get_data(as_text=True)
    assert "protocol.disputed" in trace
    assert "K0" not in trace
    assert "K03" in office.get("verifier", f"{PROTOCOL}/trace").get_data(as_text=True)
    assert "K0" not in office.get("second", "/api/v1/elections/sample/explain").text
    counts = {name: office.get(name, SENT).get_json()["protocols"][0] for name in office.tokens}
    assert (counts["second"]["errors"], counts["second"]["warnings"]) == (None, None)
    assert counts["verifier"]["errors"] > 0


def test_figures_sent_again_by_who_types_second_are_not_said_to_be_the_same(office: Office) -> None:
    office.send("first")
    assert office.send("first").status_code == 200
    assert office.send("second").status_code == office.send("second", SECOND).status_code == 403


def test_figures_cannot_be_tried_until_they_are_those_of_the_first_entry(office: Office) -> None:
    office.send()
    assert office.post("second", f"{PROTOCOL}/take-by-act", ACT).status_code == 200
    office.post("second", f"{PROTOCOL}/enter", {"figures": SECOND})
    for figures in (FIRST, SECOND):
        tried = office.post("second", f"{PROTOCOL}/compare-first-copy", {"figures": figures})
        assert (tried.status_code, tried.get_json()["code"]) == (409, "wrong-state")


@pytest.mark.parametrize("sender", ["chair", "first"])
def test_who_made_the_first_entry_does_not_see_the_second(office: Office, sender: str) -> None:
    office.send(sender)
    entered = office.post("second", f"{PROTOCOL}/enter", {"figures": SECOND})
    assert entered.get_json()["differing"] == ["V"]
    assert knows(office, sender, FIRST)
    assert not knows(office, sender, SECOND)
    assert knows(office, "verifier", SECOND)
