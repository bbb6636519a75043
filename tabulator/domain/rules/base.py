"""What a rule is: data, and one small function that says where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.text import Text


class Severity(StrEnum):
    """ERROR blocks acceptance, WARNING asks for an explanation, NOTICE informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Scope(StrEnum):
    """What a rule looks at.

    PROTOCOL: one protocol. NEIGHBOURS: protocols beside each other. TOTALS: sums of an area.
    REGISTER: what is known before voting. PAPER: what a person must see on the paper.
    RELEASE: what is published.
    """

    PROTOCOL = "protocol"
    NEIGHBOURS = "neighbours"
    TOTALS = "totals"
    REGISTER = "register"
    PAPER = "paper"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Case:
    """One protocol and everything that a rule may compare it with."""

    protocol: Protocol
    contest: Contest
    precinct: Precinct
    election: str
    voting_day: date

    @property
    def figures(self) -> Mapping[str, int | None]:
        return self.protocol.figures

    @property
    def beside(self) -> Mapping[str, int | str]:
        return self.protocol.beside

    def stated_twice(self, prefix: str) -> Iterator[tuple[str, int, int | str]]:
        """Each figure that is stated beside the form too: its column, the figure, the other."""
        if not self.beside:
            return
        for column in self.contest.columns:
            figure, other = self.figures.get(column), self.beside.get(prefix + column)
            if figure is not None and other is not None:
                yield column, figure, other


class Failure(NamedTuple):
    """Where a rule fails: the lines it names and its equation with the numbers put in.

    `mild`: it weighs as much as the rule's `milder` says.
    """

    lines: tuple[str, ...]
    equation: str
    mild: bool = False


def together(failures: Iterable[Failure], suffix: str = "") -> Iterator[Failure]:
    """All failures of one fault as one; nothing if there are none."""
    found = list(failures)
    if found:
        lines = dict.fromkeys(line for failure in found for line in failure.lines)
        yield Failure(tuple(lines), "; ".join(failure.equation for failure in found) + suffix)


@dataclass(frozen=True, slots=True)
class Rule:
    """A control ratio.

    Attributes:
        equation: As printed in the catalogue, language-neutral.
        says: One sentence per language that tells what is wrong, without numbers.
        source: The law or the practice it rests on.
        failures: Gives nothing when the rule holds or does not apply. Where a person or
            another room keeps the rule, it never gives anything.
        silenced_by: Codes of rules whose failure already explains a failure of this one.
        milder: The severity of those failures that are marked mild.
    """

    code: str
    severity: Severity
    equation: str
    says: Text
    source: str
    scopes: tuple[Scope, ...] = (Scope.PROTOCOL,)
    failures: Callable[[Case], Iterable[Failure]] = lambda case: ()
    silenced_by: tuple[str, ...] = ()
    milder: Severity | None = None

    def finding(self, case: Case, failure: Failure) -> Finding:
        return Finding(
            precinct=case.protocol.precinct,
            contest=case.protocol.contest,
            code=self.code,
            severity=self.milder if failure.mild and self.milder else self.severity,
            lines=failure.lines,
            equation=failure.equation,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that failed somewhere.

    Attributes:
        precinct: Its number; None for a finding on an area's totals.
        area: Code of the area; "" for a finding on a precinct.
    """

    precinct: int | None
    contest: str
    code: str
    severity: Severity
    lines: tuple[str, ...]
    equation: str
    area: str = ""
