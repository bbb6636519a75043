"""The language that control ratios are written in: read once, judged, shown with the numbers.

``I = VAL + INV + U?``: a term with "?" drops out where the form has no such line.
``1000·R ≤ 1001·V``: whole factors. ``votes`` and ``aeu_votes``: every choice of the ballot, on
the form and on the receipt. ``A ≤ B; C ≤ D``: both; the first that fails is shown.
``A = B | C = D``: the first of them whose lines are all on the form, and whose facts beside
the form are all stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from tabulator.domain.rules.base import Case, Failure, Rule, Severity
from tabulator.domain.text import Text

VOTES = "votes"
AEU_VOTES = "aeu_votes"
_TERM = re.compile(r"([+−]?)(?:(\d+)·)?(\w+)(\??)")
_FAILS = {"=": "≠", "≤": ">"}


class Term(NamedTuple):
    """`factor` · `symbol`; the factor is negative after a minus."""

    factor: int
    symbol: str
    optional: bool


class Ratio(NamedTuple):
    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]


Value = tuple[int, str, int | None]
"""Factor, name, and what the protocol says in its place; None = left blank."""


@cache
def parse(equation: str) -> tuple[tuple[Ratio, ...], ...]:
    """Read an equation: all of the outer tuple must hold, each by the first that applies."""
    return tuple(
        tuple(_ratio(one) for one in part.split("|"))
        for part in equation.replace(" ", "").split(";")
    )


def _ratio(text: str) -> Ratio:
    left, relation, right = re.split("([=≤])", text)
    return Ratio(_terms(left), relation, _terms(right))


def _terms(text: str) -> tuple[Term, ...]:
    return tuple(
        Term(int(f"{'-' if sign == '−' else ''}{factor or 1}"), symbol, bool(mark))
        for sign, factor, symbol, mark in _TERM.findall(text)
    )


def compare(case: Case, equation: str) -> Iterator[Failure]:
    """Yield the first failure of an equation; nothing where it holds or cannot be judged.

    It cannot be judged where the form has no such line, where a line was left blank
    (K01 says so) or where a fact beside the form was not stated.
    """
    for alternatives in parse(equation):
        for left, relation, right in alternatives:
            sides = _values(case, left), _values(case, right)
            if sides[0] is not None and sides[1] is not None:
                failure = _failure(sides[0], relation, sides[1])
                if failure:
                    yield failure
                    return
                break


def _values(case: Case, terms: Iterable[Term]) -> list[Value] | None:
    """The values of one side; None where the ratio does not apply to this protocol."""
    figures, beside, contest = case.figures, case.beside, case.contest
    found: list[Value] = []
    for factor, symbol, optional in terms:
        if symbol in contest.roles:
            found.append((factor, symbol, figures.get(symbol)))
        elif symbol == VOTES:
            found += [(factor, code, figures.get(code)) for code in contest.choice_codes]
        elif symbol == AEU_VOTES:
            names = [f"aeu_{code}" for code in contest.choice_codes]
            if not beside or any(name not in beside for name in names):
                return None
            found += [(factor, name, int(beside[name])) for name in names]
        elif symbol in beside:
            found.append((factor, symbol, int(beside[symbol])))
        elif not optional:
            return None
    return found


def _failure(left: Sequence[Value], relation: str, right: Sequence[Value]) -> Failure | None:
    a, b = _sum(left), _sum(right)
    if a is None or b is None or (a <= b if relation == "≤" else a == b):
        return None
    named = f"{_side(left, names=True)} {relation} {_side(right, names=True)}"
    counted = f"{_counted(left, a)} {_FAILS[relation]} {_counted(right, b)}"
    return Failure(tuple(name for _, name, _ in (*left, *right)), f"{named}: {counted}")


def _sum(values: Iterable[Value]) -> int | None:
    total = 0
    for factor, _, stated in values:
        if stated is None:
            return None
        total += factor * stated
    return total


def _side(values: Iterable[Value], *, names: bool) -> str:
    text = "".join(
        (" − " if factor < 0 else " + ")
        + (f"{abs(factor)}·" if abs(factor) != 1 else "")
        + (name if names else str(stated))
        for factor, name, stated in values
    )
    return text.removeprefix(" + ") or "0"


def _counted(values: Iterable[Value], total: int) -> str:
    shown = _side(values, names=False)
    return shown if shown == str(total) else f"{shown} (= {total})"


def balance(
    code: str,
    severity: Severity,
    equation: str,
    says: Text,
    source: str,
    silenced_by: tuple[str, ...] = (),
) -> Rule:
    """A rule that is nothing but its equation."""
    return Rule(
        code,
        severity,
        equation,
        says,
        source,
        failures=partial(compare, equation=equation),
        silenced_by=silenced_by,
    )
