"""Spaces of any width, and how wide figures are: a row of a table is printed as one line of text.

That takes a tenth of the time that table cells take. Digits have one width; what stands before a
figure is filled up with spaces: on fractions of the em, as wide as a digit (U+2007) or thin
(U+202F, which also sets thousands apart). PT Sans Narrow has none of them as a glyph: HarfBuzz
makes the fractions exactly, U+2007 as wide as a digit, U+202F half as wide as the space.
Widths are in thousandths of the em.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import combinations_with_replacement
from typing import NamedTuple

EM = "\u2003"
_FRACTIONS = {
    EM: 1000.0,
    "\u2002": 1000 / 2,
    "\u2004": 1000 / 3,
    "\u2005": 1000 / 4,
    "\u2009": 1000 / 5,
    "\u2006": 1000 / 6,
    "\u200a": 1000 / 16,
}
_NEAR = 4
"""Thousandths of an em that nobody sees."""

_MOST = 4
"""Spaces beside whole ems: enough to come near every width."""


_LETTERS = {
    175: ".,'",
    200: " :",
    225: "ijlI;()",
    250: "fJ",
    275: 'rt"',
    300: "г-/",
    325: "т",
    350: "зсГcsz",
    375: "куьэяy«»",
    400: "авлүхчъakvx",
    425: "беёноөпрЕЁЗbdegopquEFLS",
    450: "дийңцБРСТУҮЬЯhnCPTYZ0123456789",
    475: "АВЧЭABRV",
    500: "КЛХGKX",
    525: "жмНПЪDHU–",
    550: "фыДИЙОӨЦNOQ",
    575: "юҢ",
    600: "шщw",
    625: "МФЫM",
    650: "Жm…",
    675: "W",
    700: "Ш",
    725: "ЩЮ",
    825: "№",
}
"""Letters by width, to the nearest 25: near enough to see what fits."""

_WIDTHS = {letter: wide for wide, letters in _LETTERS.items() for letter in letters}
_UNKNOWN = 500


class Weight(NamedTuple):
    """A weight of PT Sans Narrow: its letters in figures, and the spaces it can make."""

    letters: Mapping[str, float]
    spaces: Mapping[str, float]


def _weight(digit: float, thin: float, dash: float, short_dash: float, star: float) -> Weight:
    made = {"\u2007": digit, "\u202f": thin}
    letters = {**dict.fromkeys("0123456789", digit), "—": dash, "–": short_dash, "*": star}
    return Weight({**letters, **made}, {**_FRACTIONS, **made})


WEIGHTS = {
    "regular": _weight(450, 106, 662, 530, 291),
    "bold": _weight(478, 102.5, 676, 543, 323),
}


def text_width(text: str) -> int:
    """About how wide a text is in the regular weight."""
    return sum(_WIDTHS.get(letter, _UNKNOWN) for letter in text)


def cut(text: str, room: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis.

    WeasyPrint could cut as well, but then every ellipsis on the page reads as what it hides.
    """
    if text_width(text) <= room:
        return text
    while text and text_width(text) + _WIDTHS["…"] > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def lines_needed(text: str, room: float) -> int:
    """How many lines a text takes; a little more than it will."""
    lines, at = 1, 0.0
    for word in text.split():
        wide = text_width(word) * 1.04
        if at and at + wide > room:
            lines, at = lines + 1, 0.0
        at += wide + _WIDTHS[" "]
    return lines


@lru_cache(maxsize=100_000)
def width(text: str, weight: str) -> float:
    """How wide a figure is, exactly; what figures are not made of, about."""
    letters = WEIGHTS[weight].letters
    return sum(letters.get(letter, _WIDTHS.get(letter, _UNKNOWN)) for letter in text)


@lru_cache(maxsize=10_000)
def space(wanted: int, weight: str) -> tuple[str, float]:
    """The fewest spaces that are as wide as wanted, as near as the eye can see; their width."""
    ems = max(0, wanted // 1000 - 1)
    text, found = _short(wanted - 1000 * ems, weight)
    return EM * ems + text, 1000 * ems + found


@lru_cache(maxsize=10_000)
def _short(wanted: int, weight: str) -> tuple[str, float]:
    best = ("", 0.0)
    for text, found in _combined(weight):
        if abs(found - wanted) < abs(best[1] - wanted):
            best = text, found
            if abs(found - wanted) <= _NEAR:
                break
    return best


@cache
def _combined(weight: str) -> list[tuple[str, float]]:
    """Few spaces put together in every way, the shortest first."""
    spaces = WEIGHTS[weight].spaces
    return [
        ("".join(chosen), sum(spaces[one] for one in chosen))
        for count in range(1, _MOST + 1)
        for chosen in combinations_with_replacement(spaces, count)
    ]
