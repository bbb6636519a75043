"""Percentages: computed from integers, printed so that they sum to 100.00. Never typed (K25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabulator.domain.register import Contest

_WHOLE = 10_000

LOST = "I − M − S"
"""Stands beside the codes of choices and lines for the ballots that no box held; no code itself."""


def percent(part: int, whole: int) -> str:
    """`part` of `whole` in percent with two places, half up: percent(1, 3) is "33.33"."""
    return printed((2 * part * _WHOLE + whole) // (2 * whole))


def printed(hundredths: int) -> str:
    """Hundredths of a percent as text: 3916 is "39.16"."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def apportion(parts: Sequence[int], whole: int) -> list[int]:
    """Hundredths of a percent per part.

    When the parts sum to `whole`, the results sum to 10,000: each is its exact share
    rounded down, and the hundredths left over go to the largest remainders, the
    earlier part first. Otherwise each is rounded half up on its own.
    """
    if sum(parts) != whole:
        return [(2 * part * _WHOLE + whole) // (2 * whole) for part in parts]
    floors, rests = zip(*(divmod(part * _WHOLE, whole) for part in parts), strict=True)
    left = _WHOLE - sum(floors)
    first = set(sorted(range(len(parts)), key=lambda k: (-rests[k], k))[:left])
    return [floor + (k in first) for k, floor in enumerate(floors)]


def took_part(values: Mapping[str, int]) -> int | None:
    """T, the base of every share: I; on a form without I its parts, else the ballots found."""
    if "I" in values:
        return values["I"]
    if "I1" in values:
        return sum(values.get(role, 0) for role in ("I1", "I2", "I3"))
    found = [values[role] for role in ("VAL", "INV", "U") if role in values]
    return sum(found) if found else None


def share_out(contest: Contest, values: Mapping[str, int]) -> dict[str, str | None]:
    """Share of every choice, of INV and of U, of those who took part.

    Returns:
        Code of each choice, "INV" and "U" where the form has them, and LOST where ballots were
        carried away (K08), → "54.32"; they sum to "100.00" where a ballot has one mark (K24).
        None for all while nobody took part.
    """
    codes = [option.code for option in contest.choices]
    codes += [role for role in ("A", "INV", "U") if role in contest.form.summed_roles]
    base = took_part(values)
    if not base:
        return dict.fromkeys(codes)
    parts = {code: values.get(code, 0) for code in codes}
    if missing := lost(values):
        parts[LOST] = missing
    hundredths = apportion(list(parts.values()), base)
    return {code: printed(part) for code, part in zip(parts, hundredths, strict=True)}


def lost(values: Mapping[str, int]) -> int:
    """Ballots that voters received and no box held: I − (M + S), on a form with boxes."""
    if not {"I", "M", "S"} <= values.keys():
        return 0
    return max(0, values["I"] - values["M"] - values["S"])


def turnout(values: Mapping[str, int]) -> str | None:
    """Those who took part as a share of the voters on the list; None while either is not known."""
    voters, base = values.get("V"), took_part(values)
    return percent(base, voters) if voters and base is not None else None
