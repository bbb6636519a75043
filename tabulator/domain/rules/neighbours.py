"""Protocols beside each other: the same figures twice (K21), far from the median (K29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from statistics import median

from tabulator.domain.rules.base import Case, Failure, Finding, Rule, Scope, Severity, together
from tabulator.domain.rules.unusual import HIGH_TURNOUT, UNUSUAL, sound
from tabulator.domain.text import Text

TWINS_FROM = 20
"""Took part: below this, two precincts may well have the same figures by chance."""

MOST_NAMED = 5
"""Twins named in a finding; of more it says how many."""

MEDIAN_FROM = 50
"""Took part: below this, a share says little."""

LEAST_PRECINCTS = 5
"""A median of fewer is none."""

TURNOUT_AWAY = Fraction(25, 100)
INVALID_ABOVE = Fraction(5, 100)

TWINS = Rule(
    "K21",
    Severity.WARNING,
    "figures(precinct) ≠ figures(other precinct); scan(precinct) ≠ scan(other precinct)",
    Text(
        "Эки участканын протоколдорундагы бардык сандар бирдей, же эки участкага бир эле скан "
        "тиркелген.",
        "Все числа в протоколах двух участков одинаковы, либо к двум участкам приложен один и "
        "тот же скан.",
        "All figures in the protocols of two precincts are the same, or the same scan was used "
        "for both.",
    ),
    "practice",
    scopes=(Scope.NEIGHBOURS, Scope.PAPER),
)


def check_twins(cases: Iterable[Case]) -> list[Finding]:
    """K21 on every protocol whose figures are all equal to those of another precinct.

    Args:
        cases: One current protocol per precinct and contest, of as many areas as are to be
            compared. Fewer than TWINS_FROM took part: not compared.
    """
    alike: defaultdict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in cases:
        if (case.figures.get("I") or 0) >= TWINS_FROM:
            figures = (case.figures.get(column) for column in case.contest.columns)
            alike[(case.contest.id, *figures)].append(case)
    return [
        TWINS.finding(case, Failure(case.contest.columns, _same_as(case, twins)))
        for twins in alike.values()
        if len(twins) > 1
        for case in twins
    ]


def same_scan(contest: str, precinct: int, other: int) -> Finding:
    """K21 on a protocol to which a file of another precinct is attached."""
    equation = f"scan({precinct}) = scan({other})"
    return Finding(precinct, contest, TWINS.code, TWINS.severity, (), equation)


def _same_as(case: Case, twins: Sequence[Case]) -> str:
    own = case.protocol.precinct
    others = [twin.protocol.precinct for twin in twins[: MOST_NAMED + 1] if twin is not case]
    named = " = ".join(f"figures({number})" for number in (own, *others[:MOST_NAMED]))
    more = len(twins) - 1 - MOST_NAMED
    return f"{named} = … (+{more})" if more > 0 else named


def check_medians(cases: Iterable[Case]) -> list[Finding]:
    """K29 on every protocol whose turnout or invalid share is far from its territory's median.

    Args:
        cases: The current protocols of one contest in one territory. Those in which K01 to
            K07 fail neither enter the median nor are compared with it.
    """
    whole = [case for case in cases if sound(case)]
    turnout = _far(whole, "I", "V", _turnout_is_far)
    invalid = _far(whole, "INV", "I", _invalid_is_far)
    return [
        UNUSUAL.finding(case, failure)
        for case, *reasons in zip(whole, turnout, invalid, strict=True)
        for failure in together(reason for reason in reasons if reason)
    ]


def _turnout_is_far(share: Fraction, middle: Fraction) -> bool:
    """What is high on its own account is said by the protocol's own K29."""
    return abs(share - middle) > TURNOUT_AWAY and share <= HIGH_TURNOUT


def _invalid_is_far(share: Fraction, middle: Fraction) -> bool:
    return share - middle > INVALID_ABOVE


def _far(
    cases: Sequence[Case], part: str, whole: str, far: Callable[[Fraction, Fraction], bool]
) -> list[Failure | None]:
    """Per case: why its `part` of `whole` is far from the median; None where it is not."""
    shares = [_share(case, part, whole) for case in cases]
    known = [share for share in shares if share is not None]
    if len(known) < LEAST_PRECINCTS:
        return [None] * len(cases)
    middle = median(known)
    return [
        Failure((part, whole), _apart(case, part, whole, middle))
        if share is not None and _counts(case) and far(share, middle)
        else None
        for case, share in zip(cases, shares, strict=True)
    ]


def _share(case: Case, part: str, whole: str) -> Fraction | None:
    a, b = case.figures.get(part), case.figures.get(whole)
    return Fraction(a, b) if a is not None and b else None


def _counts(case: Case) -> bool:
    return (case.figures.get("I") or 0) >= MEDIAN_FROM


def _apart(case: Case, part: str, whole: str, middle: Fraction) -> str:
    a, b = case.figures[part], case.figures[whole]
    share = Fraction(a or 0, b or 1)
    return f"{part} / {whole}: {a} / {b} = {_percent(share)}, median {_percent(middle)}"


def _percent(share: Fraction) -> str:
    """In percent with two places, half up."""
    hundredths = (20_000 * share.numerator + share.denominator) // (2 * share.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02} %"
