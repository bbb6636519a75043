"""The register of precincts: at home in 54 territories, and abroad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tabulator.domain.register import Precinct
from tabulator.domain.text import Text
from tabulator.errors import Misconfigured
from tabulator.sample.abroad import CITIES
from tabulator.sample.geography import ABROAD, REGIONS, TERRITORIES, TOKTOGUL, Territory, contacts
from tabulator.sample.places import polling_place
from tabulator.sample.portions import portions

PRECINCTS = 2_538
PRECINCTS_ABROAD = 100
MEN = 1_990_507
WOMEN = 2_124_424
FEWEST = 60
"""With fewer there would not be room for two of every fault."""

_LEAST_ABROAD = 2
_LEAST_IN_TOKTOGUL = 3
_DIGITS = {region.code: region.digit for region in REGIONS}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A precinct before the register is shared out; men are per mille of its voters."""

    precinct: Precinct
    weight: int
    men: int


def register(seed: int, count: int) -> list[Precinct]:
    """The precincts, by number within the regions of `geography`; those abroad come last.

    The voters of 2,538 precincts sum to 4,114,931, 1,990,507 of them men; with another count
    the sums are in proportion.

    Raises:
        Misconfigured: `count` is below FEWEST.
    """
    if count < FEWEST:
        raise Misconfigured(f"a sample election needs at least {FEWEST} precincts, not {count}")
    abroad = max(_LEAST_ABROAD, (count * PRECINCTS_ABROAD + PRECINCTS // 2) // PRECINCTS)
    sizes = _sizes(count - abroad)
    numbers = _Numbers(sizes, abroad)
    drafts = [*_at_home(seed, sizes, numbers), *_abroad(seed, abroad, numbers)]
    voters = portions((MEN + WOMEN) * count // PRECINCTS, [each.weight for each in drafts])
    men = portions(
        MEN * count // PRECINCTS, [n * each.men for n, each in zip(voters, drafts, strict=True)]
    )
    return [_counted(each.precinct, n, m) for each, n, m in zip(drafts, voters, men, strict=True)]


def _counted(precinct: Precinct, voters: int, men: int) -> Precinct:
    phone, email = contacts(precinct.number, f"precinct-{precinct.number}")
    return replace(
        precinct,
        voters=voters,
        voters_men=men,
        voters_women=voters - men,
        phone=phone,
        email=email,
    )


def stream(seed: int, whose: int | str, purpose: str) -> Random:
    """The random numbers of one precinct or area for one purpose, whatever the others use."""
    return Random(f"{seed}/{whose}/{purpose}")  # noqa: S311  invented data, not a secret


def _at_home(seed: int, sizes: list[int], numbers: _Numbers) -> Iterator[_Draft]:
    for territory, size in zip(TERRITORIES, sizes, strict=True):
        for _ in range(size):
            number = numbers.following(territory.region)
            yield _home_precinct(stream(seed, number, "register"), number, territory)


def _sizes(count: int) -> list[int]:
    """Precincts per territory: a few each, the rest in proportion to what each has of 2,438."""
    least = [_LEAST_IN_TOKTOGUL if each.code == TOKTOGUL else 1 for each in TERRITORIES]
    above = [each.precincts - few for each, few in zip(TERRITORIES, least, strict=True)]
    more = portions(count - sum(least), above)
    return [few + rest for few, rest in zip(least, more, strict=True)]


class _Numbers:
    """Precinct numbers: the region's digit, then three digits, or more where 999 are too few."""

    def __init__(self, sizes: list[int], abroad: int) -> None:
        totals = Counter({_DIGITS[ABROAD]: abroad})
        for territory, size in zip(TERRITORIES, sizes, strict=True):
            totals[_DIGITS[territory.region]] += size
        self._step: int = 10 ** max(3, len(str(max(totals.values()))))
        self._used: Counter[int] = Counter()

    def following(self, region: str) -> int:
        digit = _DIGITS[region]
        self._used[digit] += 1
        return digit * self._step + self._used[digit]


def _home_precinct(rng: Random, number: int, territory: Territory) -> _Draft:
    remote = rng.randrange(1000) < territory.remote
    place, address = polling_place(rng, territory, remote)
    if remote:
        weight = rng.randint(126, 450)
    else:
        weight = rng.randint(1650, 2700) if territory.town else rng.randint(750, 2150)
    precinct = Precinct(number, territory.code, place=place, address=address, aeu=not remote)
    return _Draft(precinct, weight, rng.randint(465, 505))


def _abroad(seed: int, count: int, numbers: _Numbers) -> Iterator[_Draft]:
    slots = [city for city in CITIES for _ in range(city.precincts)]
    seen: Counter[str] = Counter()
    for k in range(count):
        city = slots[k * len(slots) // count]
        number = numbers.following(ABROAD)
        seen[city.name.en] += 1
        rng = stream(seed, number, "register")
        precinct = Precinct(
            number,
            ABROAD,
            timezone=city.timezone,
            abroad=True,
            country=city.country,
            place=_numbered(city.place, seen[city.name.en]),
            aeu=False,
        )
        yield _Draft(precinct, rng.randint(260, 1100), rng.randint(510, 590))


def _numbered(place: Text, which: int) -> Text:
    if which == 1:
        return place
    return Text(*(f"{text} ({which})" for text in (place.ky, place.ru, place.en)))
