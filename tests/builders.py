"""Small, whole objects with defaults: a test states only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from tabulator.domain.areas import Area, Areas, Commission
from tabulator.domain.elections import FORMS
from tabulator.domain.protocol import Protocol
from tabulator.domain.register import Contest, Election, Option, Precinct
from tabulator.domain.text import Text

VOTING_DAY = date(2021, 1, 10)


def text(name: str) -> Text:
    return Text(f"{name} (ky)", f"{name} (ru)", f"{name} (en)")


def areas() -> Areas:
    """A country of three regions: Chui with two territories, Bishkek, and abroad (Bishkek TEC)."""
    rows = (
        ("kg", "", "country", "cec"),
        ("chui", "kg", "region", "cec"),
        ("alamudun", "chui", "territory", "tec-alamudun"),
        ("sokuluk", "chui", "territory", "tec-sokuluk"),
        ("bishkek", "kg", "region", "tec-bishkek"),
        ("abroad", "kg", "region", "tec-bishkek"),
    )
    return Areas(Area(*row, text(row[0])) for row in rows)


def commissions() -> dict[str, Commission]:
    tecs = ("tec-alamudun", "tec-sokuluk", "tec-bishkek")
    return {
        "cec": Commission("cec", "cec", "", text("cec")),
        **{code: Commission(code, "tec", "cec", text(code)) for code in tecs},
    }


def option(code: str, kind: str = "candidate", position: int = 1, **changes: Any) -> Option:
    return Option(position=position, code=code, kind=kind, name=text(code), **changes)


def options(*codes: str, kind: str = "candidate", against_all: bool = False) -> tuple[Option, ...]:
    """Options of one kind in ballot order, "against_all" last if asked for."""
    listed = [option(code, kind, position) for position, code in enumerate(codes, start=1)]
    if against_all:
        listed.append(option("against_all", "against_all", len(listed) + 1))
    return tuple(listed)


def contest(form: str = "president/2017", **changes: Any) -> Contest:
    """A contest on a built-in form; by default asan, bermet and against all stand."""
    given = {"id": form.partition("/")[0], "title": text(form), **changes}
    given.setdefault("options", options("asan", "bermet", against_all=True))
    return Contest(form=FORMS[form], **given)


def election(*contests: Contest, **changes: Any) -> Election:
    """An election of the given contests (one by default) on the tree of `areas`."""
    given = {
        "id": "sample",
        "kind": "president",
        "date": VOTING_DAY,
        "title": text("election"),
        "areas": areas(),
        "commissions": commissions(),
        "contests": {one.id: one for one in contests or (contest(),)},
        **changes,
    }
    return Election(**given)


def precinct(number: int = 1001, area: str = "bishkek", **changes: Any) -> Precinct:
    return Precinct(number=number, area=area, place=text("school"), **changes)


def figures(of: Contest) -> dict[str, int | None]:
    """Figures of every line and option that no control ratio objects to."""
    votes = {choice.code: 100 + 10 * k for k, choice in enumerate(reversed(of.choices))}
    valid = sum(votes.values())
    took_part, cancelled, outside, invalid = valid + 3, 40, 12, 3
    lines = {
        "V": took_part + cancelled + 500,
        "R": took_part + cancelled,
        "C": cancelled,
        "I": took_part,
        "I1": took_part - outside,
        "I2": outside,
        "I3": 0,
        "M": outside,
        "S": took_part - outside,
        "U": 0,
        "VAL": valid,
        "INV": invalid,
    }
    return {column: {**lines, **votes}.get(column, 1) for column in of.columns}


def protocol(
    of: Contest | None = None,
    precinct: int = 1001,
    beside: Mapping[str, int | str] | None = None,
    signed_at: datetime | None = datetime(2021, 1, 10, 15, 15, tzinfo=UTC),
    received_at: datetime | None = datetime(2021, 1, 10, 18, 30, tzinfo=UTC),
    protocol_no: str = "1",
    copy_no: str = "1",
    **changed: int | None,
) -> Protocol:
    """A protocol in order, but for the figures given as keywords: protocol(I=5, asan=None)."""
    of = of or contest()
    unknown = set(changed) - set(of.columns)
    assert not unknown, f"no such line or option: {sorted(unknown)}"
    return Protocol(
        precinct=precinct,
        contest=of.id,
        figures={**figures(of), **changed},
        beside=beside or {},
        signed_at=signed_at,
        received_at=received_at,
        protocol_no=protocol_no,
        copy_no=copy_no,
    )
