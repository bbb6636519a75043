"""Reads a printed page back: what stands on each line, from where the letters lie."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from tabulator.documents.facts import Facts
from tabulator.documents.render import Rendered, render
from tests.documents import builders

APART = 0.125
"""Font sizes between letters of different words; a thin space between thousands is narrower."""

Line = list[str]


@cache
def printed(kind: str, case: str, lang: str) -> tuple[Facts, Rendered]:
    """A document of a case of `builders.CASES`, printed once however many tests read it."""
    facts = builders.CASES[case]()
    return facts, render(kind, facts, lang)


@lru_cache(maxsize=8)
def pages(pdf: bytes) -> list[list[Line]]:
    """Page by page, line by line from the top: the words, from left to right."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [list(_lines(page)) for page in document]


def lines(pdf: bytes) -> list[Line]:
    return [line for page in pages(pdf) for line in page]


def squeezed(*words: str) -> str:
    """Without the spaces, which a font may draw in widths of its own."""
    return "".join("".join(words).split())


def text(page: list[Line]) -> str:
    return squeezed(*(word for line in page for word in line))


def figures(line: Line, count: int) -> list[str]:
    """The last words of a line: its figures, without the mark of a footnote."""
    return [word.removesuffix("*") for word in line[-count:]]


def shown(value: int | None, none: str = "—") -> str:
    return none if value is None else str(value)


@dataclass(frozen=True, slots=True, order=True)
class Letter:
    """One letter on a page, in points from the left; `y` is its baseline."""

    left: float
    right: float
    y: float
    size: float
    said: str


def letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    """Every letter that stands level, in no order."""
    textpage = page.get_textpage()
    for index in range(textpage.count_chars()):
        said = chr(raw.FPDFText_GetUnicode(textpage, index))
        if said.isspace() or raw.FPDFText_GetCharAngle(textpage, index) > 0.1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        left, _, right, _ = textpage.get_charbox(index, loose=True)
        size = raw.FPDFText_GetFontSize(textpage, index)
        yield Letter(left, right, round(y.value, 1), size, said)


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    rows = defaultdict(list)
    for letter in letters(page):
        rows[letter.y].append(letter)
    for y in sorted(rows, reverse=True):
        yield _words(sorted(rows[y]))


def _words(row: list[Letter]) -> Line:
    words = [row[0].said]
    for before, letter in pairwise(row):
        if letter.left - before.right > APART * letter.size:
            words.append("")
        words[-1] += letter.said
    return words


def collisions(pdf: bytes) -> list[str]:
    """Letters of one line that lie upon each other, and those outside the page's margins."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            right_margin = page.get_width() - 30
            level = sorted(letters(page), key=lambda letter: (letter.y, letter.left))
            for before, letter in pairwise(level):
                upon = before.y == letter.y and before.right - letter.left > 0.25 * letter.size
                if upon or letter.right > right_margin or letter.left < 40 or letter.y < 12:
                    found.append(f"{number}: {before.said}{letter.said} at {letter.y}")
    return found
