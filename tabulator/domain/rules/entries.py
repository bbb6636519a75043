"""What is wrong with the figures one by one: left blank, or stated twice and not the same."""

from __future__ import annotations

from collections.abc import Iterator

from tabulator.domain.rules.base import Case, Failure, Rule, Severity, together
from tabulator.domain.text import Text
from tabulator.domain.words import states


def _blank_or_otherwise_in_words(case: Case) -> Iterator[Failure]:
    blank = _blank(case)
    if blank:
        yield Failure(blank, f"{', '.join(blank)}: —")
    yield from together(
        Failure((column,), f"{column}: {figure} ≠ «{words}»")
        for column, figure, words in case.stated_twice("words_")
        if not states(str(words), figure)
    )


def _blank(case: Case) -> tuple[str, ...]:
    """Every required figure left blank; an annex blank throughout is missing, which is K16."""
    if None not in case.figures.values():
        return ()
    excused = {line.role for line in case.contest.form.lines if not line.required}
    for marks in _annexes(case).values():
        if set(marks.values()) == {None}:
            excused.update(marks)
    return tuple(
        column
        for column in case.contest.columns
        if case.figures.get(column) is None and column not in excused
    )


def _annexes(case: Case) -> dict[str, dict[str, int | None]]:
    """List → its candidates with their preference votes."""
    return {
        listed: {option.code: case.figures.get(option.code) for option in candidates}
        for listed, candidates in case.contest.annexes.items()
    }


def _preferences(case: Case) -> Iterator[Failure]:
    for listed, marks in _annexes(case).items():
        votes, stated = case.figures.get(listed), [n for n in marks.values() if n is not None]
        if votes and not stated:
            yield Failure((listed, *marks), f"preferences({listed}): —; {listed} = {votes}")
        elif votes is not None and len(stated) == len(marks) and sum(stated) > votes:
            ratio = f"preferences({listed}) ≤ {listed}: {sum(stated)} > {votes}"
            yield Failure((listed, *marks), ratio)


def _sent_ahead(case: Case) -> Iterator[Failure]:
    return together(
        Failure((column,), f"sent_{column} = {column}: {sent} ≠ {figure}")
        for column, figure, sent in case.stated_twice("sent_")
        if sent != figure
    )


COMPLETE = Rule(
    "K01",
    Severity.ERROR,
    "every required line is a whole number ≥ 0; figure = words_<line>",
    Text(
        "Протоколдун сабы толтурулган эмес же цифра менен жазылган сан сөз менен жазылганга "
        "дал келбейт.",
        "Строка протокола не заполнена, либо число цифрами не совпадает с числом прописью.",
        "A line of the protocol is blank, or a figure does not agree with the same figure in "
        "words.",
    ),
    "follows from what a protocol is",
    failures=_blank_or_otherwise_in_words,
)

PREFERENCES = Rule(
    "K16",
    Severity.ERROR,
    "preferences(list) ≤ list, for every list; one annex per list",
    Text(
        "Тизмедеги талапкерлерге берилген преференциялык добуштар тизмеге берилген добуштардан "
        "көп, же тизменин тиркемеси жок.",
        "Преференциальных голосов за кандидатов списка больше, чем голосов за список, либо нет "
        "приложения по этому списку.",
        "The preference votes for the candidates of a list exceed the votes for the list, or the "
        "annex of the list is missing.",
    ),
    "structure of the protocol of the Jogorku Kenesh election, 2021 [V]",
    failures=_preferences,
)

SENT_AHEAD = Rule(
    "K28",
    Severity.WARNING,
    "sent_<line> = line, for every line",
    Text(
        "Электрондук почта же факс менен жөнөтүлгөн сандар протоколдун биринчи нускасынан "
        "айырмаланат; биринчи нусканын сандары эсепке алынат.",
        "Числа, переданные по электронной почте или факсу, отличаются от первого экземпляра "
        "протокола; учитываются числа первого экземпляра.",
        "The figures sent by e-mail or fax differ from the first copy of the protocol; those of "
        "the first copy count.",
    ),
    "№ 102 § 9.1; the original wins [U]",
    failures=_sent_ahead,
)

ENTRIES = (COMPLETE, PREFERENCES, SENT_AHEAD)
