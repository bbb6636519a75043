"""K29: what breaks no ratio, but makes a person look twice. A notice; it blocks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tabulator.domain.rules.base import Case, Failure, Rule, Scope, Severity, together
from tabulator.domain.rules.entries import COMPLETE
from tabulator.domain.rules.ratios import BALANCES
from tabulator.domain.text import Text

HIGH_TURNOUT = Fraction(95, 100)
"""What is above is unusual by itself, whatever the median."""


def sound(case: Case) -> bool:
    """Whether K01 to K07 hold: only then do shares of its figures mean anything."""
    return not any(True for _ in COMPLETE.failures(case)) and balanced(case)


def balanced(case: Case) -> bool:
    """Whether K02 to K07 hold, as far as they can be judged."""
    return not any(True for rule in BALANCES for _ in rule.failures(case))


def _unusual(case: Case) -> Iterator[Failure]:
    return together((*_turnout(case), *_exchanged_lines(case), *_exchanged_votes(case)))


def _turnout(case: Case) -> Iterator[Failure]:
    voters, took_part = case.figures.get("V"), case.figures.get("I")
    if voters and took_part and Fraction(took_part, voters) > HIGH_TURNOUT and sound(case):
        reason = "I = V" if took_part == voters else "I > 95 % · V"
        yield Failure(("I", "V"), f"{reason}: {took_part}, {voters}")


def _exchanged_lines(case: Case) -> Iterator[Failure]:
    """Neighbouring lines that, put the other way round, would make every balance hold."""
    if balanced(case):
        return
    for one, other in pairwise(case.contest.form.roles):
        a, b = case.figures.get(one), case.figures.get(other)
        if other == "I3":  # changes no sum; it only makes room in K07, which proves nothing
            continue
        if a is not None and b is not None and a != b:
            turned = {**case.figures, one: b, other: a}
            if balanced(replace(case, protocol=replace(case.protocol, figures=turned))):
                yield _exchange(one, other, a, b)


def _exchanged_votes(case: Case) -> Iterator[Failure]:
    """Neighbouring options, each with the figure that the AEU receipt gives to the other."""
    differing = {
        column: (votes, read) for column, votes, read in case.stated_twice("aeu_") if votes != read
    }
    for one, other in pairwise(case.contest.choice_codes):
        if one in differing and differing[one][::-1] == differing.get(other):
            yield _exchange(one, other, *differing[one])


def _exchange(one: str, other: str, a: int, b: int | str) -> Failure:
    return Failure((one, other), f"{one} ↔ {other}: {a} ↔ {b}")


UNUSUAL = Rule(
    "K29",
    Severity.NOTICE,
    "I = V; I > 95 % · V; neighbouring lines ↔; territory: |I / V − median| > 25 points, "
    "INV / I − median > 5 points",
    Text(
        "Адаттан тыш сандар: шайлоочулардын катышуусу же жараксыз бюллетендердин үлүшү "
        "кескин айырмаланат, же коңшу саптар алмашып калган окшойт.",
        "Необычные числа: явка или доля недействительных бюллетеней резко отличается, либо "
        "соседние строки похожи на переставленные.",
        "Unusual figures: turnout or the share of invalid ballots stands out, or two neighbouring "
        "lines look exchanged.",
    ),
    "practice",
    scopes=(Scope.PROTOCOL, Scope.NEIGHBOURS),
    failures=_unusual,
)
