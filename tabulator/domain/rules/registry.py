"""The one registry of the checks, and what is done with it."""

from __future__ import annotations

from typing import Any

from tabulator.domain.rules.base import Case, Finding, Rule, Scope
from tabulator.domain.rules.circumstances import CIRCUMSTANCES
from tabulator.domain.rules.entries import ENTRIES
from tabulator.domain.rules.kept_elsewhere import KEPT_ELSEWHERE
from tabulator.domain.rules.neighbours import TWINS
from tabulator.domain.rules.ratios import RATIOS
from tabulator.domain.rules.receipts import ON_RECEIPTS
from tabulator.domain.rules.unusual import UNUSUAL

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*ENTRIES, *RATIOS, *ON_RECEIPTS, *CIRCUMSTANCES, *KEPT_ELSEWHERE, TWINS, UNUSUAL),
        key=lambda rule: rule.code,
    )
)
"""Every check, in the order of its code."""

BY_CODE = {rule.code: rule for rule in RULES}

_ON_A_PROTOCOL = tuple(rule for rule in RULES if Scope.PROTOCOL in rule.scopes)


def check(case: Case) -> list[Finding]:
    """Run every rule that looks at one protocol.

    Returns:
        Findings in the order of their codes. A figure that was left blank is a finding of K01
        alone: rules that need it say nothing.
    """
    found: list[Finding] = []
    failed: set[str] = set()
    for rule in _ON_A_PROTOCOL:
        if failed.isdisjoint(rule.silenced_by):
            for failure in rule.failures(case):
                found.append(rule.finding(case, failure))
                failed.add(rule.code)
    return found


def text(finding: Finding, lang: str) -> str:
    """What is wrong, in one sentence without numbers."""
    return BY_CODE[finding.code].says.say(lang)


def finding_as_dict(finding: Finding) -> dict[str, Any]:
    """A finding as the contract states it; `area` only where it is on an area's totals."""
    return {
        "precinct": finding.precinct,
        "contest": finding.contest,
        **({"area": finding.area} if finding.area else {}),
        "code": finding.code,
        "severity": str(finding.severity),
        "lines": list(finding.lines),
        "equation": finding.equation,
        "texts": BY_CODE[finding.code].says.as_dict(),
    }


def catalogue() -> list[dict[str, Any]]:
    """Every check as plain data, in the order of its code; `milder` is null where there is none."""
    return [
        {
            "code": rule.code,
            "severity": str(rule.severity),
            "milder": str(rule.milder) if rule.milder else None,
            "scopes": [str(scope) for scope in rule.scopes],
            "equation": rule.equation,
            "texts": rule.says.as_dict(),
            "silenced_by": list(rule.silenced_by),
            "source": rule.source,
        }
        for rule in RULES
    ]
