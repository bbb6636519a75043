"""Seats by list: thresholds, quota, largest remainders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabulator.aggregate.outcome.base import Count, Outcome, Verdict, places, step
from tabulator.aggregate.shares import printed, took_part
from tabulator.domain.text import LANGUAGES, Text

_PERCENT = 10_000  # thresholds are in 1/10,000

_BELOW = Text(
    "{name}: {votes} – катышкандардын ({base}) {threshold} % босогосуна жеткен жок.",
    "{name}: {votes} – меньше порога {threshold} % от принявших участие ({base}).",
    "{name}: {votes} – below the threshold of {threshold} % of those who took part ({base}).",
)
_BELOW_IN_REGION = Text(
    "{name}, {region}: {votes} – катышкандардын ({base}) {threshold} % босогосуна жеткен жок.",
    "{name}, {region}: {votes} – меньше порога {threshold} % от принявших участие ({base}).",
    "{name}, {region}: {votes} – below the threshold of {threshold} % of those who took part "
    "({base}).",
)
_REGIONS_UNKNOWN = Text(
    "{threshold} % босогосу үчүн аймактар боюнча маалымат жок. Чечимди комиссия кабыл алат.",
    "Для порога {threshold} % нет данных по регионам. Решение принимает комиссия.",
    "There are no figures by region for the threshold of {threshold} %. The commission decides.",
)
_NO_LIST = Text(
    "Бир дагы тизме босогодон өткөн жок. Чечимди комиссия кабыл алат.",
    "Ни один список не преодолел порог. Решение принимает комиссия.",
    "No list has passed the threshold. The commission decides.",
)
_QUOTA = Text(
    "Шайлоо квотасы: {sum} / {seats}.",
    "Избирательная квота: {sum} / {seats}.",
    "Electoral quota: {sum} / {seats}.",
)
_WHOLE = Text(
    "{name}: {votes} × {seats} / {sum} = {whole}, калдык {rest} / {sum}.",
    "{name}: {votes} × {seats} / {sum} = {whole}, остаток {rest} / {sum}.",
    "{name}: {votes} × {seats} / {sum} = {whole}, remainder {rest} / {sum}.",
)
_LEFT_OVER = Text(
    "Эң чоң калдыктар боюнча бирден мандат: {names}.",
    "По наибольшему остатку по одному мандату: {names}.",
    "One more seat each by the largest remainders: {names}.",
)
_TIED_REST = Text(
    "Калдыктары тең, калган мандат – {left}: {names}. Чечимди комиссия кабыл алат.",
    "Равные остатки, оставшихся мандатов – {left}: {names}. Решение принимает комиссия.",
    "Equal remainders, seats left – {left}: {names}. The commission decides.",
)
_SEATS = Text("Мандаттар: {names}.", "Мандаты: {names}.", "Seats: {names}.")


def largest_remainder(count: Count) -> Outcome:
    """Seats to the lists that reach the threshold, nationwide and in every region.

    The quota is the votes of these lists by the number of seats; each list gets as many seats
    as whole quotas, and the seats left over go to the largest remainders, in exact integers.

    A list *at* the threshold has reached it (v·10,000 ≥ threshold·T): whether the law says
    "at least" or "more than" is not confirmed [U]. A region that nobody took part in, or from
    which nothing is in, holds no list back.
    """
    contest = count.contest
    if contest.regional_threshold and not count.regions:
        says = step(_REGIONS_UNKNOWN, threshold=printed(contest.regional_threshold))
        return Outcome(Verdict.UNDECIDED, steps=(says,))
    votes = count.votes("list")
    failures = {code: list(_failures(count, code)) for code in votes}
    steps = [says for listed in failures.values() for says in listed]
    qualified = {code: votes[code] for code in votes if not failures[code]}
    if not qualified:
        return Outcome(Verdict.UNDECIDED, steps=(*steps, _NO_LIST))
    return _share_seats(count, qualified, steps)


def _failures(count: Count, code: str) -> Iterator[Text]:
    """One sentence for every threshold that the list does not reach."""
    contest, name = count.contest, count.name(code)
    votes = count.total.get(code, 0)
    if votes * _PERCENT < contest.threshold * count.base:
        limit = printed(contest.threshold)
        yield step(_BELOW, name=name, votes=votes, base=count.base, threshold=limit)
    if not contest.regional_threshold:
        return
    limit = printed(contest.regional_threshold)
    for region, total in count.regions.items():
        votes, base = total.get(code, 0), took_part(total) or 0
        if votes * _PERCENT < contest.regional_threshold * base:
            where = count.region_names.get(region, region)
            yield step(
                _BELOW_IN_REGION, name=name, region=where, votes=votes, base=base, threshold=limit
            )


def _share_seats(count: Count, votes: Mapping[str, int], steps: list[Text]) -> Outcome:
    seats, whole_sum = count.contest.seats, sum(votes.values())
    parts = {code: divmod(votes[code] * seats, whole_sum) for code in votes}
    left = seats - sum(whole for whole, _ in parts.values())
    first, tied = places({code: rest for code, (_, rest) in parts.items()}, left)
    given = {code: whole + (code in first) for code, (whole, _) in parts.items()}
    steps = [*steps, step(_QUOTA, sum=whole_sum, seats=seats), *_divisions(count, votes, parts)]
    if first:
        steps.append(step(_LEFT_OVER, names=_names(count, first)))
    if tied:
        steps.append(step(_TIED_REST, left=left - len(first), names=_names(count, tied)))
    steps.append(step(_SEATS, names=count.listed(given, given)))
    lists = [option.code for option in count.contest.choices if option.kind == "list"]
    return Outcome(
        Verdict.UNDECIDED if tied else Verdict.ELECTED,
        seats={code: given.get(code, 0) for code in lists},
        tied=tuple(code for code in lists if code in tied),
        steps=tuple(steps),
    )


def _divisions(
    count: Count, votes: Mapping[str, int], parts: Mapping[str, tuple[int, int]]
) -> Iterator[Text]:
    shared = {"seats": count.contest.seats, "sum": sum(votes.values())}
    for code, (whole, rest) in parts.items():
        yield step(
            _WHOLE, name=count.name(code), votes=votes[code], whole=whole, rest=rest, **shared
        )


def _names(count: Count, codes: tuple[str, ...]) -> Text:
    names = [count.name(code) for code in codes]
    return Text(*(", ".join(name.say(lang) for name in names) for lang in LANGUAGES))
