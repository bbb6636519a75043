"""Results over HTTP: the same object as everywhere, tagged, and every precinct as CSV."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tabulator.cli import run
from tabulator.domain.workflow import State
from tests.counting import NOW, Count, register, sent

RESULTS = "/api/v1/elections/sample/results"
GET_ALL = """
import sys
from tabulator.app import create_app
from tabulator.config import Settings
settings = Settings.from_environment({"TABULATOR_DATABASE_URL": sys.argv[1]})
client = create_app(settings).test_client()
for path in sys.argv[2:]:
    answer = client.get(path)
    print(answer.status_code, answer.headers["ETag"], answer.get_data().hex())
"""


def test_the_elections_are_listed_with_where_their_results_are(
    count: Count, client: FlaskClient
) -> None:
    for path in ("/", "/api/v1/elections"):
        (listed,) = client.get(path).get_json()["elections"]
        assert (listed["id"], listed["title"]["ky"]) == ("sample", "election (ky)")
        assert client.get(listed["results"]).status_code == 200


@pytest.mark.parametrize("chosen", ["", "?area=chui", "?contest=plain&area=tec-bishkek"])
def test_results_are_the_very_object_of_the_command(
    count: Count,
    client: FlaskClient,
    database_url: str,
    chosen: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("TABULATOR_DATABASE_URL", database_url)
    monkeypatch.setenv("TABULATOR_HOME", str(tmp_path))
    words = [f"--{word}" for word in chosen.lstrip("?").split("&") if word]
    assert run(["results", "--election", "sample", "--format", "json", *words]) == 0
    assert client.get(RESULTS + chosen).get_json() == json.loads(capsys.readouterr().out)


def test_results_carry_a_tag_that_saves_sending_them_again(
    count: Count, client: FlaskClient
) -> None:
    for path in (RESULTS, f"{RESULTS}.csv"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.get_data()) == (200, 304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        count.take(sent(count.contest, 7101 if path == RESULTS else 7002))
        later = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (later.status_code, later.headers["ETag"] != first.headers["ETag"]) == (200, True)


def test_an_import_is_seen_at_once(count: Count, client: FlaskClient) -> None:
    assert client.get(RESULTS).get_json()["coverage"]["included"] == 3
    count.take(sent(count.contest, 7002), now=NOW)
    assert client.get(RESULTS).get_json()["coverage"]["included"] == 4


def test_an_election_loaded_while_serving_is_found(count: Count, client: FlaskClient) -> None:
    path = RESULTS.replace("sample", "other")
    assert client.get(path).status_code == 404
    Count.load(count.engine, register(id="other"))
    assert client.get(path).get_json()["coverage"]["formed"] == 6


def test_the_csv_has_every_precinct_and_every_line_and_blanks_are_empty(
    count: Count, client: FlaskClient
) -> None:
    for of in count.stored.election.contests.values():
        answer = client.get(f"{RESULTS}.csv?contest={of.id}")
        assert answer.content_type == "text/csv; charset=utf-8"
        rows = {int(row["precinct"]): row for row in csv.DictReader(io.StringIO(answer.text))}
        assert list(rows) == [7001, 7002, 7101, 1001, 1002, 9001]
        states = count.states(of)
        for number, row in rows.items():
            state, version = states.get(number, (State.MISSING, ""))
            assert (row["state"], row["version"]) == (state, str(version))
            if state == State.MISSING:
                assert {row[column] for column in of.columns} == {""}
    (blank,) = (row for row in rows.values() if row["precinct"] == "1001")
    assert (blank["EXTRA"], blank["NOTE"], blank["X"]) == ("", "", "1")
    assert rows[7001]["NOTE"] == "1"


def test_the_accepted_rows_of_the_csv_add_up_to_the_results(
    count: Count, client: FlaskClient
) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{RESULTS}.csv").text)))
    accepted = [row for row in rows if row["state"] == "accepted"]
    shown = client.get(RESULTS).get_json()
    for column, total in shown["totals"].items():
        assert sum(int(row[column]) for row in accepted) == total
    for option in shown["options"]:
        assert sum(int(row[option["code"]]) for row in accepted) == option["votes"]


def test_two_processes_answer_with_the_same_bytes(count: Count, database_url: str) -> None:
    paths = [RESULTS, f"{RESULTS}?area=tec-bishkek", f"{RESULTS}.csv", f"{RESULTS}?contest=plain"]
    command = [sys.executable, "-c", GET_ALL, database_url, *paths]
    processes = [
        subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    one, other = (process.communicate(timeout=60)[0] for process in processes)
    assert one == other
    assert [line.split()[0] for line in one.splitlines()] == ["200"] * 4
