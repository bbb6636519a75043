"""The one object that table, CSV, JSON, page and PDF are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tabulator.aggregate.coverage import Coverage
from tabulator.aggregate.outcome import Outcome, outcome
from tabulator.aggregate.roll_up import Total
from tabulator.aggregate.shares import LOST, lost, percent, share_out, took_part, turnout
from tabulator.domain.elections import ELECTION_TYPES
from tabulator.domain.register import Contest, Election, Option
from tabulator.domain.text import Text
from tabulator.domain.workflow import State


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What is known of one contest in one area.

    Attributes:
        totals: Every summed line of the form → its sum; None while nothing is included.
        votes: Every option → its sum; None while nothing is included.
        shares: Every choice, INV, U and LOST (`shares.share_out`) → its share of those who took
            part, e.g. "54.32"; None with nothing included.
        lost: Ballots that voters received and no box held; see LOST.
        blanks: Column → how many included protocols left it blank; only those above zero.
        turnout: Share of V that took part, e.g. "56.47"; None where V or I is not known or zero.
        children: The areas directly below.
    """

    area: str
    kind: str
    name: Text
    coverage: Coverage
    totals: Mapping[str, int | None]
    votes: Mapping[str, int | None]
    shares: Mapping[str, str | None]
    blanks: Mapping[str, int]
    turnout: str | None
    lost: int = 0
    children: tuple[AreaResult, ...] = ()

    def value(self, column: str) -> int | None:
        """The sum of a line or option, or of LOST; None while nothing is included."""
        if column == LOST:
            return self.lost
        return self.totals[column] if column in self.totals else self.votes[column]


@dataclass(frozen=True, slots=True)
class PrecinctRow:
    """One precinct in a table.

    Attributes:
        values: Every figure of the form, blanks as None; None while nothing has been received.
            Only rows in state ACCEPTED are part of a sum.
        version: Number of the version shown; 0 while nothing has been received.
        digest: SHA-256 of that version's canonical text; "" while nothing has been received.
        came_at: UTC, when it was received or, where that is not stated, signed; None for neither.
        withheld: A second person has yet to enter these figures without seeing them: they are
            not shown in public.
    """

    precinct: int
    area: str
    place: Text
    state: State
    values: Mapping[str, int | None] | None
    version: int = 0
    digest: str = ""
    came_at: datetime | None = None
    withheld: bool = False


def area_result(
    contest: Contest,
    area: str,
    kind: str,
    name: Text,
    covered: Coverage,
    total: Total | None,
    children: tuple[AreaResult, ...] = (),
) -> AreaResult:
    """Put one area's sums, shares and coverage together; `total` None while nothing is included."""
    total = total or Total()
    return AreaResult(
        area=area,
        kind=kind,
        name=name,
        coverage=covered,
        totals={role: total.values.get(role) for role in contest.form.summed_roles},
        votes={option.code: total.values.get(option.code) for option in contest.options},
        shares=share_out(contest, total.values),
        blanks={
            column: total.protocols - total.stated.get(column, 0)
            for column in contest.summed
            if total.stated.get(column, 0) < total.protocols
        },
        # Of other protocols' voters it would be no share at all.
        turnout=turnout(total.values) if _same_protocols(total) else None,
        lost=lost(total.values),
        children=children,
    )


def _same_protocols(total: Total) -> bool:
    """Whether V and those who took part were stated by the same number of protocols."""
    return len({total.stated.get(role, 0) for role in ("V", "I")} - {0}) <= 1


def _share(result: AreaResult, option: Option) -> str | None:
    """Of a choice as printed; of a preference candidate, who shares out no ballots, by itself."""
    if not option.list:
        return result.shares[option.code]
    stated = {role: value for role, value in result.totals.items() if value is not None}
    base, votes = took_part(stated), result.votes[option.code]
    return percent(votes, base) if base and votes is not None else None


def as_json(result: AreaResult, contest: Contest) -> dict[str, Any]:
    """The area part of the results object of the contract, children included."""
    return {
        "area": result.area,
        "kind": result.kind,
        "name": result.name.as_dict(),
        "coverage": result.coverage.as_dict(),
        "totals": dict(result.totals),
        "options": [
            {
                "code": option.code,
                "votes": result.votes[option.code],
                "share": _share(result, option),
            }
            for option in contest.options
        ],
        "turnout": result.turnout,
        "lost": result.lost,
        "other_shares": {
            code: share for code, share in result.shares.items() if code not in result.votes
        },
        "blanks": dict(result.blanks),
        "children": [as_json(child, contest) for child in result.children],
    }


_SO_FAR = Text(
    "Алдын ала: {formed} протоколдун ичинен {included} эсепке алынды.",
    "Предварительно: учтено протоколов – {included} из {formed}.",
    "Preliminary: {included} of {formed} protocols are included.",
)


def as_document(
    election: Election, contest: Contest, shown: AreaResult, status: str = "preliminary"
) -> dict[str, Any]:
    """The whole results object of the contract; for the root of the tree, with the outcome.

    Only the root has every protocol of a contest: those from abroad lie outside its `area`.
    """
    document = {
        "election": election.id,
        "contest": contest.id,
        **as_json(shown, contest),
        "status": status,
    }
    if shown.area == election.areas.root.code:
        document["outcome"] = outcome_as_json(outcome_of(election, contest, shown))
    return document


def outcome_of(election: Election, contest: Contest, whole: AreaResult) -> Outcome:
    """Who is elected by the figures included; `whole` has the regions as its children.

    While protocols are outstanding, the first step says of how many precincts this holds.
    """
    method = ELECTION_TYPES[election.kind_of(contest)].method
    regions = [child for child in whole.children if child.kind == "region"]
    stated = {region.area: _stated(contest, region) for region in regions}
    names = {region.area: region.name for region in regions}
    found = outcome(contest, method, _stated(contest, whole), stated, names)
    covered = whole.coverage
    if covered.included == covered.formed:
        return found
    so_far = _SO_FAR.filled(included=covered.included, formed=covered.formed)
    return replace(found, steps=(so_far, *found.steps))


def outcome_as_json(found: Outcome) -> dict[str, Any]:
    return {
        "method": found.method,
        "verdict": found.verdict,
        "elected": list(found.elected),
        "second_round": list(found.second_round),
        "seats": dict(found.seats),
        "tied": list(found.tied),
        "steps": [step.as_dict() for step in found.steps],
    }


def _stated(contest: Contest, shown: AreaResult) -> dict[str, int]:
    return {c: v for c in contest.summed if (v := shown.value(c)) is not None}
