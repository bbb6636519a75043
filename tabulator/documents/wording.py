"""How numbers, shares, dates and names are written in each language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from tabulator.documents.captions import COMMISSION
from tabulator.domain.areas import Commission

THIN = "\u202f"
FIGURE_SPACE = "\u2007"
NOTHING = "—"
"""Stands for a sum into which nothing has gone yet."""

BISHKEK = ZoneInfo("Asia/Bishkek")

_MONTHS = {
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}
_DAY = {"ky": "{y}-жылдын {d}-{m}", "ru": "{d} {m} {y} года", "en": "{d} {m} {y}"}


def grouped(count: int) -> str:
    """A count with its thousands set apart by a narrow no-break space."""
    return f"{count:,}".replace(",", THIN)


def total(count: int | None) -> str:
    """A sum; a dash where nothing has gone into it."""
    return NOTHING if count is None else grouped(count)


def share(printed: str | None, lang: str) -> str:
    """A share such as "54.32" with the language's decimal mark; a dash for None."""
    if printed is None:
        return NOTHING
    return printed if lang == "en" else printed.replace(".", ",")


def in_short(numbers: Iterable[int]) -> str:
    """Numbers in order; four or more that follow each other as "1001–1004"."""
    told: list[str] = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        found = [str(number) for _, number in run]
        told += [f"{found[0]}–{found[-1]}"] if len(found) > 3 else found
    return ", ".join(told)


def day(when: date, lang: str) -> str:
    month = _MONTHS[lang].split()[when.month - 1]
    return _DAY[lang].format(y=when.year, d=when.day, m=month)


def moment(when: datetime, lang: str) -> str:
    """A moment to the second, as the clocks of Bishkek show it."""
    local = when.astimezone(BISHKEK)
    return f"{day(local.date(), lang)}, {local:%H:%M:%S}"


def commission_name(commission: Commission, lang: str) -> str:
    """The name, with what kind of commission it is where the name alone does not say so."""
    name, kind = commission.name.say(lang), COMMISSION[commission.kind].say(lang)
    said = name.casefold()
    return name if "комисси" in said or "commission" in said else f"{name}: {kind}"
