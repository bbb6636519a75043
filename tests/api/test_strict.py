"""Bodies that could be understood in two ways, or that would bring the service down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tabulator.api.strict import JSON_LIMIT, loads
from tabulator.app import MAX_BODY
from tabulator.config import Settings
from tabulator.errors import Unreadable
from tests.api.trying import app_to_try

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("авбabc/~"), inner),
    max_leaves=10,
)
DEEP = b'{"rows":' + b"[" * 33 + b"]" * 33 + b"}"


@pytest.fixture
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    home = str(tmp_path_factory.mktemp("home"))
    app = app_to_try(Settings.from_environment({"TABULATOR_HOME": home}))
    yield app.test_client()
    app.extensions["engine"].dispose()


def send(client: FlaskClient, body: bytes, kind: str = "application/json") -> Any:
    return client.post("/read", data=body, content_type=kind)


def test_a_body_in_order_is_read(client: FlaskClient) -> None:
    body = {
        "number": 7,
        "word": "сөз",
        "state": "open",
        "sure": True,
        "at": "2021-01-10T20:00:00+06:00",
        "figures": {"V": 12},
        "rows": [{"number": 1}],
    }
    answer = send(client, json.dumps(body).encode())
    assert answer.status_code == 200
    assert answer.get_json()["word"] == "сөз"


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/x+json"])
def test_json_by_its_other_names_is_read(client: FlaskClient, kind: str) -> None:
    assert send(client, b'{"number":1}', kind).get_json() == {"number": "1"}


def test_no_body_is_an_empty_one(client: FlaskClient) -> None:
    assert client.post("/read").get_json() == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "not-json"),
        (b"{'number':1}", "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
        (b'{"number":NaN}', "not-json"),
        (b'{"number":Infinity}', "not-json"),
        (b'{"number":-Infinity}', "not-json"),
        (b'{"number":1,"number":2}', "duplicate-key"),
        (b'{"figures":{"V":1,"R":2,"V":1}}', "duplicate-key"),
        (b'{"number":1,"\\u006eumber":2}', "duplicate-key"),
        (b'{"number":1e400}', "number-too-large"),
        (b'{"number":-1e400}', "number-too-large"),
        (b'{"number":' + b"9" * 19 + b"}", "number-too-large"),
        (b'{"number":' + b"9" * 5000 + b"}", "number-too-large"),
        (DEEP, "too-deep"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 100_000, "too-deep"),
        (b'{"word":"\xff"}', "not-utf-8"),
        ('{"word":"я"}'.encode("cp1251"), "not-utf-8"),
        (b'{"word":"\\ud800"}', "lone-surrogate"),
        (b'{"\\udfff":1}', "lone-surrogate"),
        (b'{"word":"\\u0000"}', "control-character"),
        (b'{"word":"\\u001b"}', "control-character"),
    ],
)
def test_what_cannot_be_read_in_one_way_only_is_refused(
    client: FlaskClient, body: bytes, code: str
) -> None:
    answer = send(client, body)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    said = answer.get_json()
    assert (said["code"], [one["code"] for one in said["problems"]]) == ("unreadable", [code])
    assert all(said["problems"][0]["texts"].values())


@given(
    st.binary(max_size=60)
    | st.text(alphabet='{}[]",:\\\\u0d8e19.-+ \\nNaItrue', max_size=60).map(str.encode)
)
def test_whatever_is_sent_is_read_or_refused(sent: bytes) -> None:
    with suppress(Unreadable):
        loads(sent)


@given(PLAIN)
def test_what_is_plain_is_read_as_it_was_written(value: Any) -> None:
    assert loads(json.dumps(value).encode()) == value
    assert loads(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    ("body", "code", "place", "expected"),
    [
        (b"[]", "wrong-type", "", "object"),
        (b"null", "wrong-type", "", "object"),
        (b'{"nothing":1}', "unknown-key", "/nothing", ""),
        (b'{"a/b~c":1}', "unknown-key", "/a~1b~0c", ""),
        (b'{"number":"7"}', "wrong-type", "/number", "integer"),
        (b'{"number":7.5}', "wrong-type", "/number", "integer"),
        (b'{"number":true}', "wrong-type", "/number", "integer"),
        (b'{"number":null}', "wrong-type", "/number", "integer"),
        (b'{"number":101}', "out-of-range", "/number", "0–100"),
        (b'{"number":-1}', "out-of-range", "/number", "0–100"),
        (b'{"word":1}', "wrong-type", "/word", "string"),
        (b'{"word":"123456"}', "too-long", "/word", "5"),
        (b'{"state":"ajar"}', "not-one-of", "/state", "open, closed"),
        (b'{"sure":1}', "wrong-type", "/sure", "true, false"),
        (b'{"sure":"yes"}', "wrong-type", "/sure", "true, false"),
        (b'{"at":"2021-01-10T20:00:00"}', "wrong-type", "/at", "2021-01-10T20:00:00+06:00"),
        (b'{"figures":{"V":"1"}}', "wrong-type", "/figures/V", "integer"),
        (b'{"figures":{"V":100}}', "out-of-range", "/figures/V", "0–99"),
        (b'{"rows":{}}', "wrong-type", "/rows", "array"),
        (b'{"rows":[{"number":1},{}]}', "missing-key", "/rows/1/number", ""),
        (b'{"rows":[{"number":1},7]}', "wrong-type", "/rows/1", "object"),
    ],
)
def test_what_is_malformed_is_named_with_its_place(
    client: FlaskClient, body: bytes, code: str, place: str, expected: str
) -> None:
    answer = send(client, body)
    said = answer.get_json()
    assert (answer.status_code, said["code"]) == (422, "malformed")
    (one,) = said["problems"]
    found = (one["file"], one["column"], one["code"], one["expected"])
    assert found == ("body", place, code, expected)


def test_every_malformed_place_is_named_at_once(client: FlaskClient) -> None:
    said = send(client, b'{"number":"7","word":1,"rows":[{"number":0}],"x":1}').get_json()
    places = [(one["column"], one["code"], one["found"]) for one in said["problems"]]
    assert places == [
        ("/number", "wrong-type", '"7"'),
        ("/rows/0/number", "out-of-range", "0"),
        ("/word", "wrong-type", "1"),
        ("/x", "unknown-key", "1"),
    ]


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", ""],
)
def test_a_body_that_does_not_say_it_is_json_is_refused(client: FlaskClient, kind: str) -> None:
    answer = send(client, b'{"number":1}', kind)
    assert (answer.status_code, answer.get_json()["code"]) == (415, "wrong-content-type")


def test_a_body_over_the_limit_is_refused_whether_it_says_so_or_not(client: FlaskClient) -> None:
    just = b'{"word":""' + b" " * (JSON_LIMIT - 11) + b"}"
    assert send(client, just).status_code == 200
    answer = send(client, just + b" ")
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-large")
    unsaid = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    answer = client.post(
        "/read", data=just + b" ", content_type="application/json", environ_overrides=unsaid
    )
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-large")


def test_a_multipart_body_over_the_limit_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.post(
        "/write/1?as=asan",
        data=b"--x--",
        content_type="multipart/form-data; boundary=x",
        headers={"Idempotency-Key": "k"},
        environ_overrides={"CONTENT_LENGTH": str(MAX_BODY + 1)},
    )
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too-large")
