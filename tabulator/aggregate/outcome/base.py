"""What every method of determining a result shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tabulator.domain.register import Contest
from tabulator.domain.text import LANGUAGES, Text


class Verdict(StrEnum):
    """What came of a contest. UNDECIDED: the figures do not settle it, a person must."""

    ELECTED = "elected"
    SECOND_ROUND = "second-round"
    REPEAT_ELECTION = "repeat-election"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not-adopted"
    NOT_VALID = "not-valid"
    UNDECIDED = "undecided"
    NO_VOTES = "no-votes"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one contest on the figures given.

    Attributes:
        elected: Codes of the persons elected, best first, or of the answer adopted; while
            undecided only those who are elected however a person decides.
        seats: List → seats, in ballot order; while undecided only those that are certain.
        second_round: The two candidates who go into it; while undecided, the one who is certain.
        tied: The options between which a person must decide, in ballot order.
        steps: The reasoning with numbers put in, in printed order.
    """

    verdict: Verdict
    method: str = ""
    elected: tuple[str, ...] = ()
    seats: Mapping[str, int] = field(default_factory=dict)
    second_round: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    steps: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Count:
    """What a method decides on.

    Attributes:
        total: Sums of the whole contest by line and option.
        base: T, those who took part: the base of every share and threshold; above zero.
        regions: Code of each region → its sums.
        region_names: Their names, for the reasoning; a code without one stands for itself.
    """

    contest: Contest
    total: Mapping[str, int]
    base: int
    regions: Mapping[str, Mapping[str, int]]
    region_names: Mapping[str, Text]

    def votes(self, kind: str) -> dict[str, int]:
        """The choices of this kind that got any votes → votes, in ballot order."""
        stated = {
            option.code: self.total.get(option.code, 0)
            for option in self.contest.choices
            if option.kind == kind
        }
        return {code: votes for code, votes in stated.items() if votes}

    def name(self, code: str) -> Text:
        return next(option.name for option in self.contest.options if option.code == code)

    def listed(self, codes: Iterable[str], counts: Mapping[str, int] | None = None) -> Text:
        """The options as "name (votes), name (votes)"; with `counts`, those instead of votes."""
        shown = counts if counts is not None else self.total
        named = [(self.name(code), number(shown.get(code, 0))) for code in codes]
        return Text(
            *(
                ", ".join(f"{name.say(lang)} ({count})" for name, count in named)
                for lang in LANGUAGES
            )
        )


def step(says: Text, **values: int | str | Text) -> Text:
    """One sentence of the reasoning; names follow its language, thousands are set apart."""
    return Text(
        *(
            getattr(says, lang).format(
                **{key: _shown(value, lang) for key, value in values.items()}
            )
            for lang in LANGUAGES
        )
    )


def _shown(value: int | str | Text, lang: str) -> str:
    if isinstance(value, Text):
        return value.say(lang)
    return number(value) if isinstance(value, int) else value


def number(count: int) -> str:
    """A count with its thousands set apart by a narrow no-break space."""
    return f"{count:,}".replace(",", "\u202f")


def places(votes: Mapping[str, int], count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who holds the first `count` places, of no more than there are votes.

    Returns:
        Those who hold one for certain, best first, and those who tie for the places left;
        the latter is empty unless a tie matters.
    """
    ranked = sorted(votes, key=lambda code: -votes[code])
    if count in (0, len(ranked)) or votes[ranked[count - 1]] > votes[ranked[count]]:
        return tuple(ranked[:count]), ()
    cut = votes[ranked[count]]
    return (
        tuple(code for code in ranked if votes[code] > cut),
        tuple(code for code in ranked if votes[code] == cut),
    )


TIE = Text(
    "Добуштар тең: {names}. Чечимди комиссия кабыл алат.",
    "Голосов поровну: {names}. Решение принимает комиссия.",
    "Equal votes: {names}. The commission decides.",
)
TOO_FEW = Text(
    "Добуш алган талапкерлердин саны {found}, керектүүсү {needed}. Чечимди комиссия кабыл алат.",
    "Кандидатов, получивших голоса: {found}, требуется {needed}. Решение принимает комиссия.",
    "Candidates with votes: {found}, needed: {needed}. The commission decides.",
)
BEST = Text(
    "Эң көп добуш алгандар: {names}.",
    "Больше всего голосов: {names}.",
    "Most votes: {names}.",
)
