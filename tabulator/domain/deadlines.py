"""The clock of the count: what has to have happened by when, and how each limit stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.register import Contest, Election
from tabulator.domain.text import Text

BISHKEK = ZoneInfo("Asia/Bishkek")
_CLOSING = time(20, 0)


class Whose(StrEnum):
    """Who has to keep a limit. COMMISSION: one between precinct and CEC."""

    PRECINCT = "precinct"
    COMMISSION = "commission"
    CEC = "cec"


class Since(StrEnum):
    """The moment from which a limit runs."""

    PRECINCT_CLOSES = "precinct-closes"
    AREA_CLOSES = "area-closes"
    ELECTION_CLOSES = "election-closes"
    VOTING_DAY = "voting-day"
    SIGNED = "signed"


class Deed(StrEnum):
    """What has to have happened."""

    ARRIVED = "arrived"
    VERIFIED = "verified"
    ACCEPTED = "accepted"
    SIGNED = "signed"
    HANDED_OVER = "handed-over"
    PUBLISHED = "published"


class Unit(StrEnum):
    """A day is a calendar day: it ends at 24:00 in Bishkek."""

    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit, from data: an election package may give another length.

    Attributes:
        law: Whether it is the law's; else it is a service target, which nobody breaks the law by
            missing.
    """

    code: str
    whose: Whose
    since: Since
    length: int
    unit: Unit
    deed: Deed
    caption: Text
    source: str
    law: bool = False

    def ends(self, started: datetime) -> datetime:
        """When the limit ends that runs since `started`."""
        if self.unit == Unit.HOURS:
            return started + timedelta(hours=self.length)
        # 24:00 is the end of its day, not the beginning of the next one.
        day = (started - timedelta.resolution).astimezone(BISHKEK).date()
        return day_ends(day + timedelta(days=self.length))


class Standing(StrEnum):
    """How a limit stands. LATE: it is over, and what it asks for has not happened."""

    NOT_YET = "not-yet"
    RUNNING = "running"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Moment:
    """A limit at one moment.

    Attributes:
        ends: When it ends; None while it is not known from when it runs.
        at: When what it asks for happened; None while it has not.
        left: Whole seconds until it ends, while it runs.
        late: Whole seconds after its end: of what happened too late, or still has not.
    """

    limit: Limit
    standing: Standing
    ends: datetime | None = None
    at: datetime | None = None
    left: int = 0
    late: int = 0


TARGET = "service target"

_RESULT = Text(
    "Шайлоонун жыйынтыгын аныктоо", "Определение результата выборов", "Determining the result"
)
_PUBLICATION = Text(
    "Жыйынтыкты расмий жарыялоо",
    "Официальное опубликование результата",
    "Official publication of the result",
)
_W, _F, _D, _U = Whose, Since, Deed, Unit

TARGETS = (
    Limit(
        *("arrival", _W.PRECINCT, _F.PRECINCT_CLOSES, 6, _U.HOURS, _D.ARRIVED),
        Text("Протоколдун келиши", "Поступление протокола", "Arrival of the protocol"),
        f"{TARGET}; regulation № 102 § 9.1: immediately after signing",
    ),
    Limit(
        *("entry", _W.PRECINCT, _F.PRECINCT_CLOSES, 12, _U.HOURS, _D.VERIFIED),
        Text(
            "Экинчи, көз карандысыз киргизүү",
            "Второй, независимый ввод",
            "Second, independent entry",
        ),
        TARGET,
    ),
    Limit(
        *("acceptance", _W.PRECINCT, _F.PRECINCT_CLOSES, 24, _U.HOURS, _D.ACCEPTED),
        Text("Протоколду кабыл алуу", "Принятие протокола", "Acceptance of the protocol"),
        TARGET,
    ),
    Limit(
        *("sitting", _W.COMMISSION, _F.AREA_CLOSES, 48, _U.HOURS, _D.SIGNED),
        Text(
            "Жыйынтыктоочу отурумдун протоколуна кол коюу",
            "Подписание протокола итогового заседания",
            "Signing the protocol of the final sitting",
        ),
        TARGET,
    ),
    Limit(
        *("hand-over", _W.COMMISSION, _F.AREA_CLOSES, 72, _U.HOURS, _D.HANDED_OVER),
        Text(
            "Протокол менен жыйынды таблицаны БШКга тапшыруу",
            "Передача протокола и сводной таблицы в ЦИК",
            "Handing protocol and summary table over to the CEC",
        ),
        f"{TARGET}; regulation № 102 § 9.2: after signing",
    ),
    Limit(
        *("cec-acceptance", _W.COMMISSION, _F.ELECTION_CLOSES, 96, _U.HOURS, _D.ACCEPTED),
        Text(
            "Комиссиянын жыйынтыгын БШКнын кабыл алышы",
            "Принятие итога комиссии в ЦИК",
            "Acceptance of the commission's result by the CEC",
        ),
        TARGET,
    ),
)
"""Not the law's: how fast a count is meant to be. A package may state other hours."""

CODES = (*(limit.code for limit in TARGETS), "result", "publication")


def limits_of(election: Election, contest: Contest) -> tuple[Limit, ...]:
    """The limits of a contest, with the lengths that its election's package states."""
    kind = ELECTION_TYPES[election.kind_of(contest)]
    national = kind.determined_by == "cec"
    whose = Whose.CEC if national else Whose.COMMISSION
    law = (
        Limit(
            *("result", whose, Since.VOTING_DAY, kind.days_to_result, Unit.DAYS, Deed.SIGNED),
            *(_RESULT, "constitutional law on elections", True),
        ),
        Limit(
            *("publication", whose, Since.SIGNED, 14 if national else 7, Unit.DAYS),
            *(Deed.PUBLISHED, _PUBLICATION, "constitutional law on elections", True),
        ),
    )
    # Where the territory itself determines the result, the CEC takes note of it and no more.
    targets = (limit for limit in TARGETS if national or limit.code not in _FOR_THE_CEC)
    return tuple(
        replace(limit, length=election.limits.get(limit.code, limit.length))
        for limit in (*targets, *law)
    )


_FOR_THE_CEC = {"hand-over", "cec-acceptance"}


@lru_cache(maxsize=1024)
def closes_at(election_date: date, timezone: str) -> datetime:
    """When the polls close: 20:00 of the precinct's own clock on voting day, in UTC."""
    return datetime.combine(election_date, _CLOSING, ZoneInfo(timezone)).astimezone(UTC)


def day_ends(day: date) -> datetime:
    """24:00 of a day in Bishkek, in UTC."""
    following = datetime.combine(day + timedelta(days=1), time(), BISHKEK)
    return following.astimezone(UTC)


def clock(
    limits: Iterable[Limit],
    starts: Mapping[Since, datetime],
    done: Mapping[Deed, datetime],
    now: datetime,
) -> list[Moment]:
    """How each limit stands.

    Args:
        starts: From when limits run, as far as it is known.
        done: When what has happened did; the caller leaves out what was undone, and what lies
            after `now`.
    """
    return [_moment(limit, starts.get(limit.since), done.get(limit.deed), now) for limit in limits]


def _moment(limit: Limit, started: datetime | None, at: datetime | None, now: datetime) -> Moment:
    ends = limit.ends(started) if started else None
    over = int(((at or now) - ends).total_seconds()) if ends else 0
    if at:
        return Moment(limit, Standing.MET, ends, at, late=max(over, 0))
    if started is None or ends is None or now < started:
        return Moment(limit, Standing.NOT_YET, ends)
    if now <= ends:
        return Moment(limit, Standing.RUNNING, ends, left=-over)
    return Moment(limit, Standing.LATE, ends, late=over)
