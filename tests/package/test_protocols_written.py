"""Protocols → protocols.csv: what is written is read back unchanged."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tabulator.domain.elections import FORMS
from tabulator.domain.protocol import MOST, Protocol
from tabulator.package import protocol_row, read_protocols, write_protocols
from tests.package.folder import Folder

COUNTS = st.integers(0, MOST)
WORDS = (
    st.text("өңүabc ,\"'\r\n-.", min_size=1)
    .filter(lambda said: said.strip())
    .map(lambda said: "ж" + said.strip())
)
MOMENTS = st.none() | st.datetimes(
    datetime(1901, 1, 1),  # noqa: DTZ001 - bounds are naive
    datetime(2199, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
)


COLUMNS = {
    "chui": ("V", "X_1", "yes", "no"),
    "lists": (
        *FORMS["jk-list/2021"].roles,
        "alpha",
        "beta",
        "against_all",
        "alpha-1",
        "alpha-2",
        "beta-1",
    ),
}


@st.composite
def protocols(draw: st.DrawFn) -> list[Protocol]:
    keys = draw(st.sets(st.sampled_from([(7001, "chui"), (9001, "chui"), (1001, "lists")])))
    return [
        Protocol(
            precinct,
            contest,
            {column: draw(st.none() | COUNTS) for column in COLUMNS[contest]},
            {
                **draw(
                    st.dictionaries(st.sampled_from(["aeu_total", "list_men", "sent_V"]), COUNTS)
                ),
                **draw(st.dictionaries(st.sampled_from(["words_V", "aeu_contest"]), WORDS)),
            },
            draw(MOMENTS),
            draw(MOMENTS),
            draw(WORDS | st.just("")),
            draw(WORDS | st.just("")),
        )
        for precinct, contest in sorted(keys)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(protocols())
def test_what_is_written_is_read_back(folder: Folder, written: list[Protocol]) -> None:
    path = folder.path / "protocols.csv"
    package = folder.read()
    write_protocols(path, written)
    assert read_protocols(path, package.election, package.precincts) == written


def test_a_protocols_row_has_its_blanks_empty() -> None:
    row = protocol_row(Protocol(7, "x", {"V": None, "I": 0}, {"words_V": "бир"}, protocol_no="5"))
    assert row == {
        "precinct": "7",
        "contest": "x",
        "V": "",
        "I": "0",
        "signed_at": "",
        "received_at": "",
        "protocol_no": "5",
        "copy_no": "",
        "words_V": "бир",
    }
