"""When polls close, when limits end, and how they stand: every clock, every kind of election."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tabulator.domain.deadlines import (
    BISHKEK,
    CODES,
    TARGETS,
    Deed,
    Limit,
    Moment,
    Since,
    Standing,
    Unit,
    Whose,
    clock,
    closes_at,
    day_ends,
    limits_of,
)
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.text import LANGUAGES, Text
from tests.builders import contest, election

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("timezone", "day", "in_bishkek"),
    [
        ("Asia/Bishkek", date(2021, 1, 10), "2021-01-10 20:00"),
        ("Asia/Kamchatka", date(2025, 11, 30), "2025-11-30 14:00"),
        ("Asia/Sakhalin", date(2025, 11, 30), "2025-11-30 15:00"),
        ("America/Los_Angeles", date(2025, 11, 30), "2025-12-01 10:00"),
        ("America/Los_Angeles", date(2021, 1, 10), "2021-01-11 10:00"),
        # With summer time the same clock is an hour earlier.
        ("America/Los_Angeles", date(2021, 4, 11), "2021-04-12 09:00"),
        # The days on which clocks are changed, and those before.
        ("America/New_York", date(2025, 11, 1), "2025-11-02 06:00"),
        ("America/New_York", date(2025, 11, 2), "2025-11-03 07:00"),
        ("Europe/Berlin", date(2025, 3, 29), "2025-03-30 01:00"),
        ("Europe/Berlin", date(2025, 3, 30), "2025-03-31 00:00"),
        ("Europe/Berlin", date(2025, 10, 26), "2025-10-27 01:00"),
    ],
)
def test_polls_close_at_20_of_the_precincts_own_clock(
    timezone: str, day: date, in_bishkek: str
) -> None:
    closes = closes_at(day, timezone)
    assert closes.tzinfo is UTC
    assert f"{closes.astimezone(BISHKEK):%Y-%m-%d %H:%M}" == in_bishkek


def test_sakhalin_opens_at_3_in_bishkek_twelve_hours_before_it_closes() -> None:
    opens = closes_at(date(2025, 11, 30), "Asia/Sakhalin") - 12 * HOUR
    assert opens == datetime(2025, 11, 30, 3, tzinfo=BISHKEK)


def limit(length: int = 6, unit: Unit = Unit.HOURS, since: Since = Since.PRECINCT_CLOSES) -> Limit:
    return Limit("x", Whose.PRECINCT, since, length, unit, Deed.ARRIVED, Text("x"), "test")


@pytest.mark.parametrize(
    ("started", "last_day"),
    [
        (datetime(2021, 1, 10, 0, 0, tzinfo=BISHKEK), "2021-01-29"),  # 24:00 of the 9th
        (datetime(2021, 1, 10, 0, 0, 1, tzinfo=BISHKEK), "2021-01-30"),
        (datetime(2021, 1, 10, 20, 0, tzinfo=BISHKEK), "2021-01-30"),
        (datetime(2021, 1, 11, 0, 0, tzinfo=BISHKEK), "2021-01-30"),  # 24:00 of the 10th
        (datetime(2021, 1, 10, 17, 59, tzinfo=UTC), "2021-01-30"),
        (datetime(2021, 1, 10, 18, 1, tzinfo=UTC), "2021-01-31"),  # already the 11th in Bishkek
    ],
)
def test_calendar_days_end_at_24_in_bishkek(started: datetime, last_day: str) -> None:
    ends = limit(20, Unit.DAYS).ends(started)
    assert ends == day_ends(date.fromisoformat(last_day))
    assert ends.astimezone(BISHKEK).hour == 0


def test_hours_are_elapsed_hours_also_over_a_change_of_clocks() -> None:
    closes = closes_at(date(2025, 3, 29), "Europe/Berlin")
    assert limit(6).ends(closes) - closes == 6 * HOUR


CLOSES = datetime(2021, 1, 10, 14, tzinfo=UTC)
ENDS = CLOSES + 6 * HOUR
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "at", "standing", "left", "late"),
    [
        (CLOSES - SECOND, None, Standing.NOT_YET, 0, 0),
        (CLOSES, None, Standing.RUNNING, 21_600, 0),
        (ENDS - SECOND, None, Standing.RUNNING, 1, 0),
        (ENDS, None, Standing.RUNNING, 0, 0),
        (ENDS + SECOND, None, Standing.LATE, 0, 1),
        (ENDS + 24 * HOUR, None, Standing.LATE, 0, 86_400),
        (ENDS + HOUR, ENDS, Standing.MET, 0, 0),
        (ENDS + HOUR, ENDS + 90 * SECOND, Standing.MET, 0, 90),
        (CLOSES + HOUR, CLOSES - HOUR, Standing.MET, 0, 0),
    ],
)
def test_a_limit_is_not_yet_running_then_running_then_late_and_met_once_it_is_done(
    now: datetime, at: datetime | None, standing: Standing, left: int, late: int
) -> None:
    one = limit()
    done = {Deed.ARRIVED: at} if at else {}
    (found,) = clock([one], {Since.PRECINCT_CLOSES: CLOSES}, done, now)
    assert found == Moment(one, standing, ENDS, at, left, late)


def test_a_limit_whose_beginning_is_not_known_does_not_run_but_can_be_met() -> None:
    one = limit(14, Unit.DAYS, Since.SIGNED)
    assert clock([one], {}, {}, ENDS) == [Moment(one, Standing.NOT_YET)]
    assert clock([one], {}, {Deed.ARRIVED: ENDS}, ENDS) == [Moment(one, Standing.MET, at=ENDS)]


@pytest.mark.parametrize(
    ("kind", "result", "publication", "whose"),
    [
        ("president", 20, 14, Whose.CEC),
        ("referendum", 35, 14, Whose.CEC),
        ("jk-list", 20, 14, Whose.CEC),
        ("jk-district", 20, 14, Whose.CEC),
        ("local-list", 20, 7, Whose.COMMISSION),
        ("local-district", 20, 7, Whose.COMMISSION),
    ],
)
def test_the_law_gives_each_kind_of_election_its_days(
    kind: str, result: int, publication: int, whose: Whose
) -> None:
    limits = {one.code: one for one in limits_of(election(kind=kind), contest(kind=kind))}
    for code, length in (("result", result), ("publication", publication)):
        found = limits[code]
        assert (found.length, found.unit, found.law) == (length, Unit.DAYS, True)
        assert found.whose == whose
    assert limits["result"].since == Since.VOTING_DAY
    assert limits["publication"].since == Since.SIGNED
    assert ("hand-over" in limits) == (whose == Whose.CEC)


def test_every_kind_of_election_has_limits() -> None:
    for kind in ELECTION_TYPES:
        codes = [one.code for one in limits_of(election(kind=kind), contest(kind=kind))]
        assert len(set(codes)) == len(codes)
        assert set(codes) <= set(CODES)


def test_what_is_not_the_law_says_that_it_is_a_service_target() -> None:
    for one in TARGETS:
        assert not one.law
        assert one.source.startswith("service target")
    for one in limits_of(election(), contest()):
        assert one.law == ("service target" not in one.source)
        assert all(getattr(one.caption, lang) for lang in LANGUAGES)


def test_an_election_may_state_other_lengths() -> None:
    early = election(limits={"result": 15, "arrival": 3})
    lengths = {one.code: one.length for one in limits_of(early, contest())}
    assert (lengths["result"], lengths["arrival"], lengths["publication"]) == (15, 3, 14)


def test_the_result_of_january_2021_was_due_by_the_end_of_30_january() -> None:
    (result,) = (one for one in limits_of(election(), contest()) if one.code == "result")
    ends = result.ends(day_ends(date(2021, 1, 10)))
    assert ends == datetime(2021, 1, 31, tzinfo=BISHKEK)
