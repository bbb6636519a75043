"""What an election type is, and the lines that its forms are put together from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabulator.domain.form import Block, Form, Line
from tabulator.domain.text import Text


@dataclass(frozen=True, slots=True)
class ElectionType:
    """One kind of election: its forms and what the law says of its result.

    Attributes:
        forms: Built-in forms; a package may bring its own.
        method: How the result is determined: a key of ``aggregate.outcome.METHODS``.
        option_kinds: Kinds of options that may stand on the ballot.
        determined_by: Kind of the commission that determines the result, "cec" or "tec".
        days_to_result: Calendar days after voting day in which it is determined.
        default_threshold, default_regional_threshold: Where a contest states none, in 1/10,000.
    """

    kind: str
    title: Text
    forms: tuple[Form, ...]
    method: str
    option_kinds: tuple[str, ...]
    determined_by: str
    days_to_result: int
    default_threshold: int = 0
    default_regional_threshold: int = 0


TITLE = Text(
    "Добуш берүүнүн жыйынтыктары тууралуу протокол",
    "Протокол об итогах голосования",
    "Protocol of voting results",
)

CAPTIONS = {
    "V": Text(
        "Добуш берүү аяктаган учурда тизмеге киргизилген шайлоочулардын саны",
        "Число избирателей, включённых в список на момент окончания голосования",
        "Voters on the list at the close of voting",
    ),
    "R": Text(
        "Участкалык шайлоо комиссиясы алган бюллетендердин саны",
        "Число бюллетеней, полученных участковой избирательной комиссией",
        "Ballots received by the precinct election commission",
    ),
    "C": Text(
        "Жокко чыгарылган (пайдаланылбаган жана бузулган) бюллетендердин саны",
        "Число погашенных (неиспользованных и испорченных) бюллетеней",
        "Cancelled ballots (unused and spoiled)",
    ),
    "I": Text(
        "Добуш берүүгө катышкан (бюллетень алган) шайлоочулардын саны",
        "Число избирателей, принявших участие в голосовании (получивших бюллетени)",
        "Voters who took part (received a ballot)",
    ),
    "I1": Text(
        "алардын ичинен: добуш берүүчү имаратта",
        "из них: в помещении для голосования",
        "of these: in the polling premises",
    ),
    "I2": Text(
        "алардын ичинен: добуш берүүчү имараттан тышкары",
        "из них: вне помещения для голосования",
        "of these: outside the polling premises",
    ),
    "I3": Text("алардын ичинен: башка жол менен", "из них: иным способом", "of these: otherwise"),
    "M": Text(
        "Көчмө ящиктердеги бюллетендердин саны",
        "Число бюллетеней в переносных ящиках",
        "Ballots in mobile boxes",
    ),
    "S": Text(
        "Стационардык ящиктердеги же автоматтык эсептөөчү урналардагы бюллетендердин саны",
        "Число бюллетеней в стационарных ящиках или автоматически считывающих урнах",
        "Ballots in stationary boxes or automatic ballot-reading urns",
    ),
    "U": Text(
        "Белгиленбеген үлгүдөгү бюллетендердин саны",
        "Число бюллетеней неустановленной формы",
        "Ballots of a form that was not established",
    ),
    "VAL": Text("Жарактуу бюллетендердин саны", "Число действительных бюллетеней", "Valid ballots"),
    "INV": Text(
        "Жараксыз бюллетендердин саны", "Число недействительных бюллетеней", "Invalid ballots"
    ),
}
"""Role → caption, where a form has none of its own."""

PLAIN = {
    "V": "1",
    "R": "2",
    "C": "3",
    "I": "4",
    "I1": "5",
    "I2": "6",
    "I3": "7",
    "U": "8",
    "VAL": "9",
    "INV": "10",
}
"""Role → printed number, in printed order, on a form without boxes."""

BOXES = {
    "V": "1",
    "R": "2",
    "C": "3",
    "I": "4",
    "I1": "5",
    "I2": "6",
    "I3": "7",
    "M": "8",
    "S": "9",
    "U": "10",
    "VAL": "11",
    "INV": "12",
}
"""The same with the ballots counted by box."""

ASSUMED = (
    "Lines as published for the presidential election of 15.10.2017, taken over to this "
    "election; printed numbers and captions: [U], confirm against the law's full text"
)
ASSUMED_BOXES = (
    "Lines as published for the presidential election of 15.10.2017, taken over to this "
    "election, with the boxes of older law (M, S [V-old]); printed numbers and captions: [U], "
    "confirm against the law's full text"
)


def _receipt(code: str, caption: Text, lines: Mapping[str, Text], per_option: bool) -> Block:
    numbered = enumerate(lines.items(), start=1)
    return Block(
        code,
        caption,
        tuple(
            Line(role, str(n), text, summed=False, required=False) for n, (role, text) in numbered
        ),
        per_option,
    )


AEU = _receipt(
    "aeu",
    Text(
        "Автоматтык эсептөөчү урнанын (АЭУ) акыркы чеги",
        "Итоговый чек автоматически считывающей урны (АСУ)",
        "Final receipt of the automatic ballot-reading urn (AEU)",
    ),
    {
        "total": Text(
            "АЭУ эсептеген бюллетендердин саны",
            "Число бюллетеней, считанных АСУ",
            "Ballots read by the AEU",
        ),
        "valid": Text(
            "алардын ичинен: жарактуу", "из них: действительных", "of these: valid ballots"
        ),
        "invalid": Text(
            "алардын ичинен: жараксыз", "из них: недействительных", "of these: invalid ballots"
        ),
    },
    per_option=True,
)

IDENT = _receipt(
    "ident",
    Text(
        "Шайлоочуларды идентификациялоо чектери",
        "Чеки идентификации избирателей",
        "Receipts of voter identification",
    ),
    {
        "first": Text(
            "Биринчи чек боюнча идентификациядан өткөн шайлоочулардын саны",
            "Число избирателей, прошедших идентификацию, по первому чеку",
            "Voters identified according to the first receipt",
        ),
        "final": Text(
            "Акыркы чек боюнча идентификациядан өткөн шайлоочулардын саны",
            "Число избирателей, прошедших идентификацию, по итоговому чеку",
            "Voters identified according to the final receipt",
        ),
    },
    per_option=False,
)


def form(
    code: str,
    numbers: Mapping[str, str],
    source: str,
    captions: Mapping[str, Text] | None = None,
    preferences: bool = False,
) -> Form:
    """A form with both receipts.

    Args:
        numbers: Role → printed number, in printed order.
        captions: Captions of this form that differ from the common ones.
    """
    said = {**CAPTIONS, **(captions or {})}
    return Form(
        code=code,
        title=TITLE,
        lines=tuple(Line(role, number, said[role]) for role, number in numbers.items()),
        blocks=(AEU, IDENT),
        preferences=preferences,
        source=source,
    )
