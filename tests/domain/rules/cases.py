"""One protocol with its surroundings, in order unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tabulator.domain.form import Form, Line
from tabulator.domain.register import Contest, Precinct
from tabulator.domain.rules import check
from tabulator.domain.rules.base import Case
from tests.builders import VOTING_DAY, contest, option, options, precinct, protocol, text

PLAIN = contest("president/2017")
"""V 873 · R 373 · C 40 · I 333 · I1 321 · I2 12 · I3 0 · U 0 · VAL 330 · INV 3 ·
asan 120 · bermet 110 · against_all 100; with boxes also M 12 · S 321."""

BOXES = contest("president/2017-boxes")

ABROAD = precinct(9001, "abroad", abroad=True)

LISTS = contest(
    "jk-list/2021",
    options=(
        *options("ata", "bir", kind="list"),
        option("ata1", list="ata", position=3),
        option("ata2", list="ata", position=4),
        option("bir1", list="bir", position=5),
    ),
)
"""Lists ata 110 and bir 100; every candidate has 1 preference vote."""


def on_lines(*roles: str, **changes: Any) -> Contest:
    """A contest on a form of these lines only; optional ones end with "?"."""
    lines = (
        Line(role.rstrip("?"), str(number), text(role), required="?" not in role)
        for number, role in enumerate(roles, start=1)
    )
    form = Form("short", text("short"), tuple(lines))
    return Contest(id="short", form=form, **{"options": PLAIN.options, **changes})


def case(
    of: Contest = PLAIN,
    at: Precinct | None = None,
    beside: Mapping[str, int | str] | None = None,
    times: Mapping[str, datetime | None] | None = None,
    **figures: int | None,
) -> Case:
    at = at or precinct()
    said = protocol(of, at.number, beside, **(times or {}), **figures)
    return Case(said, of, at, "sample", VOTING_DAY)


def codes(*args: Any, **kwargs: Any) -> list[str]:
    """The codes of everything that is found on such a protocol."""
    return [finding.code for finding in check(case(*args, **kwargs))]


def equation(code: str, *args: Any, **kwargs: Any) -> str:
    """The equation of the only finding of this code."""
    (found,) = (finding for finding in check(case(*args, **kwargs)) if finding.code == code)
    return found.equation
