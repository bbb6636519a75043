"""Who is elected, by which reasoning. Integers only; a tie that matters is never resolved here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tabulator.aggregate.outcome.base import Count, Outcome, Verdict, step
from tabulator.aggregate.outcome.lists import largest_remainder
from tabulator.aggregate.outcome.majority import absolute_majority, referendum
from tabulator.aggregate.outcome.mandates import plurality, three_mandates
from tabulator.aggregate.shares import took_part
from tabulator.domain.register import Contest
from tabulator.domain.text import Text

METHODS: dict[str, Callable[[Count], Outcome]] = {
    "absolute-majority": absolute_majority,
    "largest-remainder": largest_remainder,
    "three-mandates": three_mandates,
    "plurality": plurality,
    "referendum": referendum,
}

_TOOK_PART = Text(
    "Добуш берүүгө катышкандар: {base}.",
    "Приняли участие в голосовании: {base}.",
    "Took part: {base}.",
)
_NOTHING_COUNTED = Text(
    "Азырынча бир дагы добуш эсептелген жок.",
    "Пока не подсчитано ни одного голоса.",
    "No vote has been counted yet.",
)
_AGAINST_ALL_LEADS = Text(
    "{against}: {votes} – эң көп добуш алгандан көп: {names}. Кайра шайлоо өткөрүлөт.",
    "{against}: {votes} – больше, чем у набравшего больше всех: {names}. "
    "Проводятся повторные выборы.",
    "{against}: {votes} – more than the leader: {names}. The election is repeated.",
)
_AGAINST_ALL_EQUAL = Text(
    "{against}: {votes} – эң көп добуш алганга тең: {names}. Чечимди комиссия кабыл алат.",
    "{against}: {votes} – столько же, сколько у набравшего больше всех: {names}. "
    "Решение принимает комиссия.",
    "{against}: {votes} – as many as the leader: {names}. The commission decides.",
)


def outcome(
    contest: Contest,
    method: str,
    total: Mapping[str, int],
    regions: Mapping[str, Mapping[str, int]] | None = None,
    region_names: Mapping[str, Text] | None = None,
) -> Outcome:
    """The outcome of a contest on the figures given; whether they are complete is not looked at.

    Args:
        method: A key of METHODS.
        total: Sums of the whole contest by line and option; an absent option has no votes.
        regions: Sums of each region, the one abroad included where the contest is open there.
            Only a regional threshold looks at them.
        region_names: Region → its name, for the reasoning.
    """
    base = took_part(total)
    if not base:
        return Outcome(Verdict.NO_VOTES, method, steps=(_NOTHING_COUNTED,))
    count = Count(contest, total, base, regions or {}, region_names or {})
    found = _against_all(count) or METHODS[method](count)
    return replace(found, method=method, steps=(step(_TOOK_PART, base=base), *found.steps))


def _against_all(count: Count) -> Outcome | None:
    """What follows where "against all" has beaten the leader, or equalled; else None."""
    votes = {option.code: count.total.get(option.code, 0) for option in count.contest.choices}
    against = next((o for o in count.contest.choices if o.kind == "against_all"), None)
    if against is None:
        return None
    most = max((votes[code] for code in votes if code != against.code), default=0)
    if votes[against.code] < most:
        return None
    best = tuple(code for code in votes if votes[code] == most)
    repeated = votes[against.code] > most
    says = step(
        _AGAINST_ALL_LEADS if repeated else _AGAINST_ALL_EQUAL,
        against=against.name,
        votes=votes[against.code],
        names=count.listed(code for code in best if code != against.code),
    )
    if repeated:
        return Outcome(Verdict.REPEAT_ELECTION, steps=(says,))
    return Outcome(Verdict.UNDECIDED, tied=best, steps=(says,))


__all__ = ["METHODS", "Count", "Outcome", "Verdict", "outcome"]
