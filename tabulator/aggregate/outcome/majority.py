"""Results by more than half: the President, the referendum."""

from __future__ import annotations

from tabulator.aggregate.outcome.base import TIE, TOO_FEW, Count, Outcome, Verdict, places, step
from tabulator.aggregate.shares import percent
from tabulator.domain.text import Text

_MORE_THAN_HALF = Text(
    "{name}: {votes} – добуш берүүгө катышкандардын ({base}) жарымынан көп; талапкер шайланды.",
    "{name}: {votes} – более половины принявших участие ({base}); кандидат избран.",
    "{name}: {votes} – more than half of those who took part ({base}); elected.",
)
_SECOND_ROUND = Text(
    "Эч ким катышкандардын ({base}) жарымынан көп добуш алган жок. Экинчи тур: {names}.",
    "Никто не получил более половины принявших участие ({base}). Второй тур: {names}.",
    "Nobody got more than half of those who took part ({base}). Second round: {names}.",
)
_VALID = Text(
    "Тизмеде {voters} шайлоочу, катышканы {base} ({share} %) – 30 пайыздан көп: "
    "референдум жарактуу.",
    "Приняли участие {base} из {voters} ({share} %) – более 30 %: референдум действителен.",
    "{base} of {voters} took part ({share} %) – more than 30 %: the referendum is valid.",
)
_NOT_VALID = Text(
    "Тизмеде {voters} шайлоочу, катышканы {base} ({share} %) – 30 пайыздан көп эмес: "
    "референдум жараксыз.",
    "Приняли участие {base} из {voters} ({share} %) – не более 30 %: референдум недействителен.",
    "{base} of {voters} took part ({share} %) – not more than 30 %: the referendum is not valid.",
)
_VOTERS_UNKNOWN = Text(
    "Тизмедеги шайлоочулардын саны белгисиз. Чечимди комиссия кабыл алат.",
    "Число избирателей в списке неизвестно. Решение принимает комиссия.",
    "The number of voters on the list is not known. The commission decides.",
)
_ADOPTED = Text(
    "{name}: {votes} – катышкандардын ({base}) жарымынан көп: чечим кабыл алынды.",
    "{name}: {votes} – более половины принявших участие ({base}): решение принято.",
    "{name}: {votes} – more than half of those who took part ({base}): adopted.",
)
_NOT_ADOPTED = Text(
    "{name}: {votes} – катышкандардын ({base}) жарымынан көп эмес: чечим кабыл алынган жок.",
    "{name}: {votes} – не более половины принявших участие ({base}): решение не принято.",
    "{name}: {votes} – not more than half of those who took part ({base}): not adopted.",
)


def absolute_majority(count: Count) -> Outcome:
    """Elected with more than T/2; else a second round of the first two."""
    votes = count.votes("candidate")
    leader = max(votes, key=votes.__getitem__, default="")
    if leader and 2 * votes[leader] > count.base:
        says = step(_MORE_THAN_HALF, name=count.name(leader), votes=votes[leader], base=count.base)
        return Outcome(Verdict.ELECTED, elected=(leader,), steps=(says,))
    return _second_round(count, votes)


def _second_round(count: Count, votes: dict[str, int]) -> Outcome:
    if len(votes) < 2:
        return Outcome(Verdict.UNDECIDED, steps=(step(TOO_FEW, found=len(votes), needed=2),))
    first, tied = places(votes, 2)
    if tied:
        says = step(TIE, names=count.listed(tied))
        return Outcome(Verdict.UNDECIDED, second_round=first, tied=tied, steps=(says,))
    says = step(_SECOND_ROUND, base=count.base, names=count.listed(first))
    return Outcome(Verdict.SECOND_ROUND, second_round=first, steps=(says,))


def referendum(count: Count) -> Outcome:
    """Valid if T is above 30 % of V; adopted if "yes" is above T/2.

    "Yes" is the option with the code "yes", or else the first answer on the ballot.
    """
    voters = count.total.get("V")
    if not voters:
        return Outcome(Verdict.UNDECIDED, steps=(_VOTERS_UNKNOWN,))
    valid = 10 * count.base > 3 * voters
    says = step(
        _VALID if valid else _NOT_VALID,
        base=count.base,
        voters=voters,
        share=percent(count.base, voters),
    )
    if not valid:
        return Outcome(Verdict.NOT_VALID, steps=(says,))
    return _answer(count, says)


def _answer(count: Count, valid: Text) -> Outcome:
    answers = [option.code for option in count.contest.choices if option.kind == "answer"]
    yes = "yes" if "yes" in answers else answers[0]
    votes = count.total.get(yes, 0)
    adopted = 2 * votes > count.base
    says = step(
        _ADOPTED if adopted else _NOT_ADOPTED, name=count.name(yes), votes=votes, base=count.base
    )
    verdict = Verdict.ADOPTED if adopted else Verdict.NOT_ADOPTED
    return Outcome(verdict, elected=(yes,) if adopted else (), steps=(valid, says))
