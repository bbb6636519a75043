"""Results by most votes: districts with one mandate or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabulator.aggregate.outcome.base import (
    BEST,
    TIE,
    TOO_FEW,
    Count,
    Outcome,
    Verdict,
    places,
    step,
)
from tabulator.domain.text import Text

_OTHER_SEX = Text(
    "Алардын баары бир жыныста. Акыркы мандат башка жыныстагы эң көп добуш алган талапкерге "
    "өтөт: {names}; мандатсыз калды: {out}.",
    "Все они одного пола. Последний мандат переходит к лучшему кандидату другого пола: {names}; "
    "без мандата: {out}.",
    "All of them are of one sex. The last mandate goes to the best candidate of the other sex: "
    "{names}; left without: {out}.",
)
_NO_OTHER_SEX = Text(
    "Алардын баары бир жыныста; башка жыныстагы талапкерлер добуш алган жок.",
    "Все они одного пола; кандидаты другого пола голосов не получили.",
    "All of them are of one sex; no candidate of the other sex got any votes.",
)
_SEX_NOT_STATED = Text(
    "Жынысы көрсөтүлгөн эмес: {names}.",
    "Не указан пол: {names}.",
    "Sex not stated: {names}.",
)
_OPEN = Text(
    "Мандат төмөнкүлөрдүн кимисине өтөрү аныкталган жок: {names}. Чечимди комиссия кабыл алат.",
    "Не определено, кому из них переходит мандат: {names}. Решение принимает комиссия.",
    "It is not settled who of these gets a mandate: {names}. The commission decides.",
)
_ELECTED = Text("Шайланды: {names}.", "Избраны: {names}.", "Elected: {names}.")
_SAME_EITHER_WAY = Text(
    "Добуштар тең, бирок бул жыйынтыкты өзгөртпөйт: {names}.",
    "Голосов поровну, но на результат это не влияет: {names}.",
    "Equal votes, which do not change the result: {names}.",
)


def plurality(count: Count) -> Outcome:
    """The `seats` best."""
    votes, seats = count.votes("candidate"), count.contest.seats
    if len(votes) < seats:
        return _too_few(count, votes)
    sure, tied = places(votes, seats)
    return _tie(count, sure, tied) if tied else _elected(count, sure)


def three_mandates(count: Count) -> Outcome:
    """The `seats` best; if all are of one sex, the last seat goes to the best of the other sex.

    With a single seat that rule says nothing. Where a tie or an unknown sex leaves more than
    one set of persons possible, the outcome is undecided; one that changes nothing is passed
    over. After a tie for two places or more is settled, the rule of sexes is still to be applied.
    """
    votes, seats = count.votes("candidate"), count.contest.seats
    if len(votes) < seats:
        return _too_few(count, votes)
    sure, tied = places(votes, seats)
    if seats - len(sure) > 1 and tied:  # with two places open a tie always matters
        return _tie(count, sure, tied)
    tops = [(*sure, code) for code in tied] or [sure]
    sexes = {option.code: option.sex for option in count.contest.choices}
    possible = {elected for top in tops for elected in _both_sexes(top, votes, sexes)}
    if len(possible) > 1:
        return _open(count, tops, possible, sexes)
    (elected,) = possible
    return _elected(count, _best_first(elected, votes), *_reasons(count, tops, elected, sexes))


def _both_sexes(
    top: tuple[str, ...], votes: Mapping[str, int], sexes: Mapping[str, str]
) -> set[frozenset[str]]:
    """Every set of persons that may be elected where these got most votes."""
    known = {sexes[code] for code in top} - {""}
    if len(known) == 2 or len(top) == 1:
        return {frozenset(top)}
    possible = {frozenset(top)} if any(not sexes[code] for code in top) else set()
    for sex in known or {"m", "f"}:
        best = _best_other(sex, top, votes, sexes)
        if not any(sexes[code] for code in best):  # perhaps nobody of the other sex got votes
            possible.add(frozenset(top))
        possible |= {
            frozenset(top) - {last} | {code} for last in _last(top, votes) for code in best
        }
    return possible


def _best_other(
    sex: str, top: tuple[str, ...], votes: Mapping[str, int], sexes: Mapping[str, str]
) -> list[str]:
    """Those outside `top` who may be the best of the other sex; several if tied or not known."""
    others = [code for code in votes if code not in top and sexes[code] != sex]
    most = max((votes[code] for code in others if sexes[code]), default=0)
    return [code for code in others if votes[code] >= most]


def _last(top: tuple[str, ...], votes: Mapping[str, int]) -> list[str]:
    fewest = min(votes[code] for code in top)
    return [code for code in top if votes[code] == fewest]


def _reasons(
    count: Count,
    tops: list[tuple[str, ...]],
    elected: frozenset[str],
    sexes: Mapping[str, str],
) -> tuple[Text, ...]:
    """Why those elected are not, or not simply, those with most votes."""
    first = tops[0]
    if len(tops) > 1:
        tied = [top[-1] for top in tops]
        best = step(BEST, names=count.listed(first[:-1]))
        return (best, step(_SAME_EITHER_WAY, names=count.listed(tied)))
    best, come = step(BEST, names=count.listed(first)), elected - set(first)
    if come:
        out = count.listed(set(first) - elected)
        return (best, step(_OTHER_SEX, names=count.listed(come), out=out))
    alone = len(first) > 1 and len({sexes[code] for code in first}) == 1
    return (best, _NO_OTHER_SEX) if alone else ()


def _open(
    count: Count,
    tops: list[tuple[str, ...]],
    possible: set[frozenset[str]],
    sexes: Mapping[str, str],
) -> Outcome:
    votes = count.votes("candidate")
    certain = frozenset.intersection(*possible)
    anyone = frozenset.union(*possible)
    tied = tuple(code for code in votes if code in anyone - certain)
    silent = [code for code in votes if code in anyone.union(*tops) and not sexes[code]]
    steps = [step(BEST, names=count.listed(_best_first(certain, votes)))] if certain else []
    steps += [step(_SEX_NOT_STATED, names=count.listed(silent))] if silent else []
    steps.append(step(_OPEN, names=count.listed(tied)))
    elected = _best_first(certain, votes)
    return Outcome(Verdict.UNDECIDED, elected=elected, tied=tied, steps=tuple(steps))


def _best_first(codes: Iterable[str], votes: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (-votes[code], list(votes).index(code))))


def _elected(count: Count, elected: tuple[str, ...], *reasons: Text) -> Outcome:
    says = step(_ELECTED, names=count.listed(elected))
    return Outcome(Verdict.ELECTED, elected=elected, steps=(*reasons, says))


def _tie(count: Count, sure: tuple[str, ...], tied: tuple[str, ...]) -> Outcome:
    best = (step(BEST, names=count.listed(sure)),) if sure else ()
    says = step(TIE, names=count.listed(tied))
    return Outcome(Verdict.UNDECIDED, elected=sure, tied=tied, steps=(*best, says))


def _too_few(count: Count, votes: Mapping[str, int]) -> Outcome:
    says = step(TOO_FEW, found=len(votes), needed=count.contest.seats)
    return Outcome(Verdict.UNDECIDED, elected=_best_first(votes, votes), steps=(says,))
