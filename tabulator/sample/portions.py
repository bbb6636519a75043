"""Whole numbers that share out a total: largest remainder, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence


def portions(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in proportion to `weights`; the first of equal remainders gets the odd one."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda k: -(total * weights[k] % whole))
    for k in by_remainder[: total - sum(shares)]:
        shares[k] += 1
    return shares
