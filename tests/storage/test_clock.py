"""The clock reads the trail: what happened, what was undone, and who is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tabulator import audit
from tabulator.actions.load import load_election
from tabulator.domain.deadlines import Standing, limits_of
from tabulator.domain.register import Contest, ElectionPackage
from tabulator.domain.watched import Watched, summary
from tabulator.errors import NotFound
from tabulator.storage.clock import late, watch
from tabulator.storage.db import snapshot, transaction
from tabulator.storage.register import find_election
from tests.builders import contest, election, precinct
from tests.counting import CLERK, NOW

HOUR = timedelta(hours=1)
CLOSES = datetime(2021, 1, 10, 14, tzinfo=UTC)
"""20:00 in Bishkek; in Los Angeles polls close 14 hours later."""

PLACES = {1001: "bishkek", 1002: "bishkek", 7001: "alamudun", 9001: "abroad"}
ZONES = {9001: "America/Los_Angeles"}


def package(*contests: Contest, **changes: object) -> ElectionPackage:
    precincts = {
        number: precinct(
            number,
            area,
            abroad=area == "abroad",
            timezone=ZONES.get(number, "Asia/Bishkek"),
            phone=f"+996 000 {number}",
        )
        for number, area in PLACES.items()
    }
    return ElectionPackage(election(*contests, **changes), precincts, "0" * 64)


class Night:
    """A loaded election whose events a test makes itself."""

    def __init__(self, engine: Engine, given: ElectionPackage) -> None:
        self.engine, self.package = engine, given
        with transaction(engine) as connection:
            load_election(connection, CLERK, given, now=NOW - 30 * 24 * HOUR)
            self.stored = find_election(connection, "sample")
        self.contest = self.stored.contest(None)

    def happen(self, whose: int | str, *kinds: str, after: timedelta) -> None:
        """Events of one transaction."""
        given = self.package.precincts.get(whose) if isinstance(whose, int) else None
        chain = audit.chain_of("sample", given.area) if given else audit.MAIN
        subject = f"sample/{self.contest.id}/{whose}"
        entries = [audit.Entry(chain, kind, subject, {}) for kind in kinds]
        with transaction(self.engine) as connection:
            audit.record(connection, at=CLOSES + after, actor=CLERK, entries=entries)

    def watch(self, after: timedelta, area: str = "") -> list[Watched]:
        with snapshot(self.engine) as connection:
            return watch(connection, self.stored, self.contest, CLOSES + after, area)

    def standing(self, whose: int | str, code: str, after: timedelta) -> Standing:
        found = {(each.code, each.moment.limit.code): each for each in self.watch(after)}
        return found[str(whose), code].moment.standing

    def late(self, after: timedelta, area: str = "", limit: str = "") -> list[tuple[str, str]]:
        with snapshot(self.engine) as connection:
            at = CLOSES + after
            found = late(connection, self.stored, self.contest, at, area, limit)
        assert [each.key for each in found] == sorted(each.key for each in found)
        return [(each.code, each.moment.limit.code) for each in found]


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(engine, package())


def test_before_its_polls_close_nobody_is_late_and_each_has_its_own_clock(night: Night) -> None:
    assert night.late(6 * HOUR) == []
    assert night.late(6 * HOUR + timedelta(seconds=1)) == [
        ("1001", "arrival"),
        ("1002", "arrival"),
        ("7001", "arrival"),
    ]
    assert night.standing(9001, "arrival", 13 * HOUR) == Standing.NOT_YET
    assert night.standing(9001, "arrival", 14 * HOUR) == Standing.RUNNING
    assert night.standing(9001, "arrival", 21 * HOUR) == Standing.LATE


def test_what_arrived_is_met_and_late_is_said_with_whom_to_call(night: Night) -> None:
    night.happen(1001, "protocol.received", after=2 * HOUR)
    night.happen(1002, "protocol.received", after=7 * HOUR)
    assert night.late(8 * HOUR) == [("7001", "arrival")]
    with snapshot(night.engine) as connection:
        at = CLOSES + 8 * HOUR
        (one,) = late(connection, night.stored, night.contest, at, limit="arrival")
    assert one.as_dict() | {"caption": None, "name": None} == {
        "limit": "arrival",
        "caption": None,
        "law": False,
        "whose": "precinct",
        "code": "7001",
        "area": "alamudun",
        "name": None,
        "phone": "+996 000 7001",
        "email": "",
        "ends": "2021-01-10T20:00:00+00:00",
        "late": 7200,
    }
    met = {each.code: each.moment for each in night.watch(8 * HOUR) if each.moment.at}
    assert (met["1001"].late, met["1002"].late) == (0, 3600)


def test_what_lies_after_the_moment_asked_for_has_not_happened_yet(night: Night) -> None:
    night.happen(1001, "protocol.received", after=2 * HOUR)
    assert night.standing(1001, "arrival", HOUR) == Standing.RUNNING
    assert night.standing(1001, "arrival", 2 * HOUR) == Standing.MET


@pytest.mark.parametrize(
    ("events", "entry", "acceptance"),
    [
        ([], "late", "late"),
        (["received"], "late", "late"),
        (["received", "checked", "confirmed"], "met", "late"),
        (["received", "contradicted", "contradicted", "settled"], "met", "late"),
        (["received", "confirmed", "accepted"], "met", "met"),
        (["received", "accepted"], "met", "met"),  # by who has a shell
        (["received", "confirmed", "accepted", "amended"], "late", "late"),
        (["received", "confirmed", "accepted", "corrected", "confirmed"], "met", "late"),
        (["received", "confirmed", "accepted", "disputed"], "met", "late"),
        (["received", "confirmed", "accepted", "disputed", "accepted"], "met", "met"),
        (["received", "confirmed", "returned"], "met", "late"),
        (["received", "confirmed", "accepted", "recount_ordered"], "met", "late"),
        (["received", "annulled"], "met", "met"),
        (["received", "annulled", "restored"], "late", "late"),
        (["received", "confirmed", "accepted", "annulled", "restored"], "met", "late"),
    ],
)
def test_what_was_undone_has_to_be_done_again(
    night: Night, events: list[str], entry: str, acceptance: str
) -> None:
    # All at one moment, as one transaction would record them: the chain says what came first.
    if events:
        night.happen(1001, *(f"protocol.{kind}" for kind in events), after=HOUR)
    assert night.standing(1001, "entry", 48 * HOUR) == entry
    assert night.standing(1001, "acceptance", 48 * HOUR) == acceptance


def test_a_commission_s_limits_run_since_its_last_precinct_closed(night: Night) -> None:
    of_commissions = {("tec-bishkek", "sitting"), ("tec-alamudun", "sitting")}
    # Bishkek tabulates abroad too: its clock begins 14 hours later.
    assert of_commissions & set(night.late(49 * HOUR)) == {("tec-alamudun", "sitting")}
    assert of_commissions & set(night.late(63 * HOUR)) == of_commissions
    night.happen("tec-bishkek", "sitting.signed", after=50 * HOUR)
    assert night.standing("tec-bishkek", "sitting", 63 * HOUR) == Standing.MET
    night.happen("tec-bishkek", "result.received", "result.approved", after=60 * HOUR)
    assert night.standing("tec-bishkek", "hand-over", 200 * HOUR) == Standing.MET
    assert night.standing("tec-bishkek", "cec-acceptance", 200 * HOUR) == Standing.MET
    night.happen("tec-bishkek", "result.reopened", after=70 * HOUR)
    for code in ("sitting", "hand-over", "cec-acceptance"):
        assert night.standing("tec-bishkek", code, 300 * HOUR) == Standing.LATE


def test_the_cec_has_20_days_and_then_14_to_publish(night: Night) -> None:
    def stands(code: str, days: int) -> Standing:
        return night.standing("cec", code, days * 24 * HOUR + HOUR)

    assert [stands("result", day) for day in (0, 1, 20, 21)] == [
        Standing.NOT_YET,
        Standing.RUNNING,
        Standing.RUNNING,
        Standing.LATE,
    ]
    assert stands("publication", 40) == Standing.NOT_YET
    night.happen("cec", "sitting.signed", after=10 * 24 * HOUR)
    assert (stands("result", 21), stands("publication", 23)) == (Standing.MET, Standing.RUNNING)
    assert stands("publication", 25) == Standing.LATE
    night.happen("cec", "result.published", after=24 * 24 * HOUR)
    assert stands("publication", 25) == Standing.MET


def test_of_a_local_contest_the_territory_determines_the_result(engine: Engine) -> None:
    local = Night(engine, package(contest(kind="local-district", open_abroad=False, area="chui")))
    found = {(each.code, each.moment.limit.code) for each in local.watch(HOUR)}
    assert {code for code, _ in found} == {"7001", "tec-alamudun"}
    assert ("tec-alamudun", "result") in found
    assert "hand-over" not in {code for _, code in found}


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ("", {"1001", "1002", "7001", "9001", "cec", "tec-bishkek", "tec-alamudun"}),
        ("kg", {"1001", "1002", "7001", "9001", "cec", "tec-bishkek", "tec-alamudun"}),
        ("chui", {"7001", "tec-alamudun"}),
        ("abroad", {"9001", "tec-bishkek"}),
        ("tec-bishkek", {"1001", "1002", "9001", "tec-bishkek"}),
        ("sokuluk", set()),
    ],
)
def test_an_area_or_a_commission_shows_its_own(night: Night, area: str, codes: set[str]) -> None:
    assert {each.code for each in night.watch(HOUR, area)} == codes


def test_an_unknown_area_is_not_found(night: Night) -> None:
    with pytest.raises(NotFound, match="no area or commission nowhere"):
        night.watch(HOUR, "nowhere")


def test_an_election_s_own_limits_are_kept(engine: Engine) -> None:
    hasty = Night(engine, package(limits={"arrival": 1, "result": 2}))
    assert ("1001", "arrival") in hasty.late(2 * HOUR)
    assert ("cec", "result") in hasty.late(72 * HOUR)


def test_the_summary_counts_every_limit_once(night: Night) -> None:
    night.happen(1001, "protocol.received", after=2 * HOUR)
    night.happen(1002, "protocol.received", after=7 * HOUR)
    limits = limits_of(night.stored.election, night.contest)
    summed = {each["limit"]: each for each in summary(night.watch(15 * HOUR), limits)}
    assert list(summed) == [limit.code for limit in limits]
    numbers = ("not_yet", "running", "met", "met_late", "late")
    assert [summed["arrival"][name] for name in numbers] == [0, 1, 2, 1, 1]
    assert [summed["acceptance"][name] for name in numbers] == [0, 4, 0, 0, 0]
    assert [summed["publication"][name] for name in numbers] == [1, 0, 0, 0, 0]
    assert summed["arrival"]["next"] == "2021-01-11T10:00:00+00:00"
    assert summed["publication"]["next"] is None


def test_a_look_takes_three_queries_however_many_precincts_there_are(night: Night) -> None:
    with snapshot(night.engine) as connection:
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        sa.event.listen(connection, "before_cursor_execute", note)
        watch(connection, night.stored, night.contest, CLOSES)
    assert len(seen) == 3
