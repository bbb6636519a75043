"""Who keeps which limit: what a list of the late, and a summary of all, are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tabulator.domain.deadlines import Limit, Moment, Standing
from tabulator.domain.protocol import utc_text
from tabulator.domain.text import Text


@dataclass(frozen=True, slots=True)
class Watched:
    """One limit of one precinct or commission, as it stands, and whom to call.

    Attributes:
        code: The precinct's number or the commission's code.
        area: The area that the precinct lies in; "" for a commission.
    """

    code: str
    area: str
    name: Text
    phone: str
    email: str
    moment: Moment

    @property
    def key(self) -> tuple[str, str, str]:
        """Its place in a list that begins with what ended first."""
        return utc_text(self.moment.ends) or "", self.moment.limit.code, self.code

    def as_dict(self) -> dict[str, Any]:
        """JSON data, with how it is reached: not for the public."""
        limit = self.moment.limit
        return {
            "limit": limit.code,
            "caption": limit.caption.as_dict(),
            "law": limit.law,
            "whose": str(limit.whose),
            "code": self.code,
            "area": self.area,
            "name": self.name.as_dict(),
            "phone": self.phone,
            "email": self.email,
            "ends": utc_text(self.moment.ends),
            "late": self.moment.late,
        }


def late(watched: Iterable[Watched], limit: str = "") -> list[Watched]:
    """Every limit that is over while what it asks for has not happened, the latest first.

    Args:
        limit: Code of the only limit looked at; "" for all.
    """
    over = (
        each
        for each in watched
        if each.moment.standing == Standing.LATE and limit in ("", each.moment.limit.code)
    )
    return sorted(over, key=lambda each: each.key)


def summary(watched: Iterable[Watched], limits: Iterable[Limit]) -> list[dict[str, Any]]:
    """How each limit is kept, as JSON data: no names, so it may be shown to anybody."""
    moments: dict[str, list[Moment]] = {limit.code: [] for limit in limits}
    known = {limit.code: limit for limit in limits}
    for each in watched:
        moments[each.moment.limit.code].append(each.moment)
    return [_summed(known[code], found) for code, found in moments.items()]


def _summed(limit: Limit, moments: list[Moment]) -> dict[str, Any]:
    counted = Counter(moment.standing for moment in moments)
    return {
        "limit": limit.code,
        "caption": limit.caption.as_dict(),
        "source": limit.source,
        "law": limit.law,
        "whose": str(limit.whose),
        "since": str(limit.since),
        "length": limit.length,
        "unit": str(limit.unit),
        "deed": str(limit.deed),
        "not_yet": counted[Standing.NOT_YET],
        "running": counted[Standing.RUNNING],
        "met": counted[Standing.MET],
        "met_late": sum(m.standing == Standing.MET and m.late > 0 for m in moments),
        "late": counted[Standing.LATE],
        "next": utc_text(_next_end(moments)),
    }


def _next_end(moments: Iterable[Moment]) -> datetime | None:
    """When the next of those that run ends; None where none runs."""
    ends = (m.ends for m in moments if m.standing == Standing.RUNNING and m.ends)
    return min(ends, default=None)
