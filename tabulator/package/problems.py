"""What is wrong with what was handed in, said to persons and to programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tabulator.domain.text import LANGUAGES, Text
from tabulator.errors import Problem
from tabulator.package.messages import MESSAGES

__all__ = ["MESSAGES", "problem_as_dict", "say"]

_ROW = Text("{row}-сап", "строка {row}", "row {row}")
_COLUMN = Text("{column} мамычасы", "столбец {column}", "column {column}")
_KEY = Text("{column} ачкычы", "ключ {column}", "key {column}")
_PRECINCT = Text("{precinct} участкасы", "участок {precinct}", "precinct {precinct}")


def say(problem: Problem, lang: str) -> str:
    """One line: "protocols.csv, row 7, column V: …"; what is not known of the place is left out."""
    said = MESSAGES[problem.code].filled(expected=problem.expected, found=problem.found)
    return f"{', '.join(_place(problem, lang))}: {said.say(lang)}"


def _place(problem: Problem, lang: str) -> Iterator[str]:
    if problem.file:
        yield problem.file
    if problem.row:
        yield _ROW.filled(row=problem.row).say(lang)
    if problem.column:
        named = _COLUMN if problem.file.endswith(".csv") else _KEY
        yield named.filled(column=problem.column).say(lang)
    if problem.precinct is not None:
        yield _PRECINCT.filled(precinct=problem.precinct).say(lang)


def problem_as_dict(problem: Problem) -> dict[str, Any]:
    """The problem as JSON data; `texts` are whole lines as `say` gives them."""
    return {
        "code": problem.code,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "precinct": problem.precinct,
        "expected": problem.expected,
        "found": problem.found,
        "texts": {lang: say(problem, lang) for lang in LANGUAGES},
    }
