"""How the invented people vote: turnout by territory, candidates with strongholds."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from tabulator.domain.register import Contest, Precinct
from tabulator.sample.contests import CLOSING, VOTING_DAY
from tabulator.sample.geography import ABROAD, REGIONS, TERRITORIES, Region
from tabulator.sample.people import STRENGTHS, STRONGHOLDS
from tabulator.sample.register import stream
from tabulator.sample.sheet import PER_MILLE, Sheet

_BISHKEK = ZoneInfo("Asia/Bishkek")
_REGIONS = {region.code: region for region in REGIONS}
_REGION_OF = {each.code: _REGIONS[each.region] for each in TERRITORIES} | {ABROAD: _REGIONS[ABROAD]}
_TOWNS = frozenset(each.code for each in TERRITORIES if each.town)
_LOW_IN_TOWNS = 50
_HIGH_IN_REMOTE = 50


def vote(seed: int, contest: Contest, precinct: Precinct) -> Sheet:
    """A protocol in which every control ratio holds.

    Turnouts of one territory lie within 15 points of each other and invalid ballots are below
    2 percent, so that no clean protocol is far from its median.
    """
    rng = stream(seed, precinct.number, contest.id)
    region = _REGION_OF[precinct.area]
    usual = _usual_turnout(seed, precinct.area)
    remote = not precinct.aeu and not precinct.abroad
    signed_at, received_at = _signing(rng, precinct)
    sheet = Sheet(
        precinct,
        contest,
        added=rng.randint(1, 12) if rng.randrange(5) < 2 else 0,
        turnout=usual,
        strengths=_strengths(rng, contest, region),
        sends=remote or precinct.abroad,
        lang="ru" if rng.randrange(6) == 0 else "ky",
        signed_at=signed_at,
        received_at=received_at,
    )
    turnout = usual + (_HIGH_IN_REMOTE if remote else 0)
    turnout += rng.randint(-25, 25) + rng.randint(-25, 25)
    sheet.fill_in(rng, sheet.voters * turnout // PER_MILLE)
    return sheet


@lru_cache(maxsize=256)
def _usual_turnout(seed: int, area: str) -> int:
    low = _LOW_IN_TOWNS if area in _TOWNS else 0
    return _REGION_OF[area].turnout - low + stream(seed, area, "turnout").randint(-25, 25)


def _strengths(rng: Random, contest: Contest, region: Region) -> list[int]:
    return [
        STRENGTHS[code]
        * (22 if region.code in STRONGHOLDS.get(code, ()) else 10)
        * rng.randint(70, 130)
        for code in contest.choice_codes
    ]


def _signing(rng: Random, precinct: Precinct) -> tuple[datetime, datetime]:
    """When the protocol was signed, on the precinct's clock, and received, on Bishkek's."""
    closing = datetime.combine(VOTING_DAY, CLOSING, ZoneInfo(precinct.timezone))
    signed_at = closing + timedelta(minutes=rng.randint(25, 420))
    days = rng.randint(2, 9) if precinct.abroad else 0
    received_at = signed_at.astimezone(_BISHKEK) + timedelta(days, minutes=rng.randint(40, 600))
    return signed_at, received_at
