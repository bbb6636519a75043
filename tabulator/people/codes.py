"""Codes that people type from paper: capitals and digits of which no two look alike."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: 5 bits each

# A Cyrillic keyboard gives letters that look the same on paper.
_LOOK_ALIKE = str.maketrans("АВЕЗКМНРСТУХ", "ABE3KMHPCTYX")


def start_code() -> str:
    """60 random bits, printed as XXXX-XXXX-XXXX."""
    return _grouped(3, 4)


def recovery_code() -> str:
    """50 random bits, printed as XXXXX-XXXXX; checked online only, its digest needs the secret."""
    return _grouped(2, 5)


def _grouped(groups: int, length: int) -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(length)) for _ in range(groups))


def typed(code: str) -> str:
    """A code as it is compared: without case, hyphens, spaces and Cyrillic look-alikes."""
    return "".join(c for c in code.upper().translate(_LOOK_ALIKE) if c not in "-–— ")
