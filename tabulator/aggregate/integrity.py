"""Do the sums hold? Two ways of adding the same figures, and what is shown of them (K22-K24)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.results import AreaResult
from tabulator.aggregate.roll_up import Total
from tabulator.aggregate.shares import took_part
from tabulator.domain.register import Contest
from tabulator.domain.rules import BY_CODE
from tabulator.domain.rules.base import Finding

Sums = Mapping[str, Mapping[str, int]]
"""Area code → column → sum."""


def differences(code: str, contest: Contest, one: Sums, other: Sums) -> Iterator[Finding]:
    """A finding of rule `code` for every area and column where two ways of adding disagree."""
    for area in sorted({*one, *other}):
        a, b = one.get(area, {}), other.get(area, {})
        for column in contest.columns:
            if a.get(column) != b.get(column):
                shown = f"{column}: {a.get(column, '—')} ≠ {b.get(column, '—')}"
                yield _finding(code, contest, area, (column,), shown)


def counting_faults(
    contest: Contest, shown: AreaResult, covered: Coverage, total: Total
) -> Iterator[Finding]:
    """K22 where the numbers of protocols or of blanks shown are not those counted."""
    told = shown.coverage.as_dict()
    for name, count in covered.as_dict().items():
        if count != told[name]:
            yield _finding("K22", contest, shown.area, (), f"{name}: {count} ≠ {told[name]}")
    for column in contest.summed:
        blank, said = total.protocols - total.stated.get(column, 0), shown.blanks.get(column, 0)
        if blank != said:
            yield _finding("K22", contest, shown.area, (column,), f"{column} = –: {blank} ≠ {said}")


def coverage_faults(contest: Contest, shown: AreaResult) -> Iterator[Finding]:
    """K22's other half: formed = received + missing, included = received less what is not in."""
    c = shown.coverage
    if c.formed != c.received + c.missing:
        equation = f"formed = received + missing: {c.formed} ≠ {c.received} + {c.missing}"
        yield _finding("K22", contest, shown.area, (), equation)
    apart = c.pending + c.disputed + c.annulled
    if c.included != c.received - apart:
        equation = f"included = received − apart: {c.included} ≠ {c.received} − {apart}"
        yield _finding("K22", contest, shown.area, (), equation)


def share_faults(contest: Contest, shown: AreaResult) -> Iterator[Finding]:
    """K24 on the printed shares: none above 100.00, and together 100.00 where the ballots are.

    With several marks a ballot the votes are more than the ballots, so only each one is judged.
    """
    printed = {code: share for code, share in shown.shares.items() if share is not None}
    hundredths = {code: int(share.replace(".", "")) for code, share in printed.items()}
    if shown.turnout is not None and int(shown.turnout.replace(".", "")) > 10_000:
        yield _finding("K24", contest, shown.area, ("I", "V"), f"turnout: {shown.turnout} > 100.00")
    for code, share in hundredths.items():
        if share > 10_000:
            yield _finding("K24", contest, shown.area, (code,), f"{code}: {printed[code]} > 100.00")
    if contest.max_marks == 1 and hundredths and _whole(contest, shown):
        total = sum(hundredths.values())
        if total != 10_000:
            equation = f"Σ = 100.00: {total // 100}.{total % 100:02} ≠ 100.00"
            yield _finding("K24", contest, shown.area, tuple(hundredths), equation)


def _whole(contest: Contest, shown: AreaResult) -> bool:
    """Whether every ballot is accounted for, so that the shares must be a whole.

    Where the commission decided to accept a protocol that does not add up, they are none.
    """
    stated = {c: v for c in contest.summed if (v := shown.value(c)) is not None}
    ballots = {"VAL", "INV", "U", "M", "S"} & {*contest.form.roles}
    accounted = {"VAL", "INV"} <= ballots <= {*contest.form.summed_roles}
    parts = sum(stated.get(code, 0) for code in shown.shares) + shown.lost
    return accounted and parts == took_part(stated) and not shown.blanks


def _finding(
    code: str, contest: Contest, area: str, lines: tuple[str, ...], equation: str
) -> Finding:
    severity = BY_CODE[code].severity
    return Finding(None, contest.id, code, severity, lines, equation, area=area)
