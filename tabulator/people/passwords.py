"""Passwords: how they are kept, and which are refused."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tabulator.errors import Malformed, Problem
from tabulator.package.accounts import Wanted, folded

SHORTEST = 10
LONGEST = 1000
"""Characters; what is longer is not even hashed."""

COMMON = Path(__file__).with_name("common_passwords.txt")

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$C/Inzhlk30wVFCVjjhZDyw"
    "$UYPNuqh8MPhmBJKq1eFJw1tPV7goBAxiJ9YqfZBWFfM"
)
"""Hash of a password that nobody knows: an unknown account takes as long as a known one."""


def hashed(password: str) -> str:
    """As it is stored: argon2id, 19 MiB, two passes."""
    return _HASHER.hash(_plain(password))


def holds(stored: str, password: str) -> bool:
    """Whether it is the password. Takes the same time where nothing is stored ("")."""
    fits = len(password) <= LONGEST
    try:
        right = _HASHER.verify(stored or _NOBODY, _plain(password) if fits else "")
    except (VerificationError, InvalidHashError):
        return False
    return right and fits and bool(stored)


def outdated(stored: str) -> bool:
    """Whether it was hashed at another cost than passwords are hashed at now."""
    return _HASHER.check_needs_rehash(stored)


def refuse_weak(password: str, of: Wanted) -> None:
    """Malformed unless the password is long enough, not common, and says nothing of its owner."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise _refused("password-too-short", str(SHORTEST))
    if len(plain) > LONGEST:
        raise _refused("password-too-long", str(LONGEST))
    if _is_easy(plain.casefold()):
        raise _refused("password-easy")
    if any(part in folded(plain) for part in _parts(of)):
        raise _refused("password-has-name")


def as_before() -> Malformed:
    """The refusal of a new password that is the old one."""
    return _refused("password-as-before")


def _refused(code: str, expected: str = "") -> Malformed:
    return Malformed([Problem("", 0, "password", code, expected)])


def _plain(password: str) -> str:
    # Keyboards compose letters differently; the password is the same one. Halves of letters,
    # which JSON can bring, cannot be hashed.
    return unicodedata.normalize("NFC", password.encode(errors="replace").decode())


def _parts(of: Wanted) -> set[str]:
    """The names that must not stand in the password; parts of fewer than four letters may."""
    parts = {folded(of.name), *re.split(r"[\W_]+", folded(f"{of.name} {of.person}"))}
    return {part for part in parts if len(part) >= 4}


_DRESSING = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю.",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "йфяцычувскамепинртгоьшлбщдюзжэхъ",
)


def _is_easy(folded_password: str) -> bool:
    """Common, a row of keys or letters, one part over and over, or no letter at all.

    Digits and signs around a common word make it no harder to guess.
    """
    core = _DRESSING.sub("", folded_password)
    # The first place, after the start, where a text begins again inside its own double.
    repeated = (folded_password * 2).find(folded_password, 1) < len(folded_password)
    few = len(set(folded_password)) < 5
    return repeated or few or core in _common() or folded_password in _common() or _is_row(core)


def _is_row(core: str) -> bool:
    return any(core in row or core in row[::-1] for row in _ROWS)


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text("utf-8").split())
