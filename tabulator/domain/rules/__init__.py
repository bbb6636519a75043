"""The control ratios K01 to K30: one registry of rules, each of them data with a small function."""

from tabulator.domain.rules.neighbours import check_medians, check_twins, same_scan
from tabulator.domain.rules.registry import (
    BY_CODE,
    RULES,
    catalogue,
    check,
    finding_as_dict,
    text,
)

__all__ = [
    "BY_CODE",
    "RULES",
    "catalogue",
    "check",
    "check_medians",
    "check_twins",
    "finding_as_dict",
    "same_scan",
    "text",
]
