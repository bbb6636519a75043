"""The control ratios between the lines of one protocol."""

from __future__ import annotations

from collections.abc import Iterator

from tabulator.domain.rules.base import Case, Failure, Rule, Scope, Severity
from tabulator.domain.rules.equations import balance, compare
from tabulator.domain.text import Text


def _votes(case: Case) -> Iterator[Failure]:
    most = case.contest.max_marks
    one, several = "VAL = votes + A?", f"VAL ≤ votes + A?; votes + A? ≤ {most}·VAL"
    return compare(case, one if most == 1 else several)


BALANCES = (
    balance(
        "K02",
        Severity.ERROR,
        "R = C + I | R = C + I1 + I2 + I3?",
        Text(
            "Комиссия алган бюллетендердин саны жокко чыгарылган жана шайлоочуларга берилген "
            "бюллетендердин суммасына барабар эмес.",
            "Число полученных комиссией бюллетеней не равно сумме погашенных и выданных "
            "избирателям бюллетеней.",
            "The ballots received by the commission do not equal those cancelled plus those "
            "issued to voters.",
        ),
        "2017 figures [V]",
    ),
    balance(
        "K03",
        Severity.ERROR,
        "I = I1 + I2 + I3?",
        Text(
            "Бюллетень алган шайлоочулардын жалпы саны аны имаратта, имараттан тышкары жана "
            "башка жол менен алгандардын суммасына барабар эмес.",
            "Общее число избирателей, получивших бюллетени, не равно сумме получивших их в "
            "помещении, вне помещения и иным способом.",
            "The voters who received a ballot do not equal those in the premises, outside them "
            "and otherwise, taken together.",
        ),
        "2017 figures [V]; art. 37(3)",
    ),
    balance(
        "K04",
        Severity.ERROR,
        "M + S = VAL + INV + U? | I = VAL + INV + U?",
        Text(
            "Жарактуу, жараксыз жана белгиленбеген үлгүдөгү бюллетендердин суммасы ящиктерден "
            "чыккан (ящиктер боюнча саптары жок протоколдо – берилген) бюллетендердин санына "
            "барабар эмес.",
            "Сумма действительных, недействительных бюллетеней и бюллетеней неустановленной "
            "формы не равна числу бюллетеней в ящиках (в протоколе без строк по ящикам – числу "
            "выданных).",
            "Valid, invalid and not established ballots together do not equal the ballots in the "
            "boxes (on a form without boxes: the ballots issued).",
        ),
        "2017 figures [V]",
    ),
    Rule(
        "K05",
        Severity.ERROR,
        "max_marks = 1: VAL = votes; max_marks > 1: VAL ≤ votes ≤ max_marks·VAL",
        Text(
            "Талапкерлерге, тизмелерге же жоопторго жана «баарына каршы» берилген добуштардын "
            "суммасы жарактуу бюллетендердин санына туура келбейт.",
            "Сумма голосов за кандидатов, списки или ответы и «против всех» не соответствует "
            "числу действительных бюллетеней.",
            "The votes for candidates, lists or answers and against all do not agree with the "
            "number of valid ballots.",
        ),
        "2017 figures [V]",
        failures=_votes,
    ),
    balance(
        "K06",
        Severity.ERROR,
        "I ≤ V",
        Text(
            "Бюллетень алган шайлоочулардын саны тизмедеги шайлоочулардын санынан көп.",
            "Избирателей, получивших бюллетени, больше, чем избирателей в списке.",
            "More voters received a ballot than there are voters on the list.",
        ),
        "follows from what the lines mean",
    ),
    balance(
        "K07",
        Severity.ERROR,
        # Ballots of I3 lie in one of the two, so without it no protocol with I3 > 0 could hold.
        "M ≤ I2 + I3?; S ≤ I1 + I3?; M + S ≤ I",
        Text(
            "Ящиктерден чыккан бюллетендердин саны шайлоочуларга берилген бюллетендердин "
            "санынан көп.",
            "В ящиках больше бюллетеней, чем выдано избирателям.",
            "There are more ballots in the boxes than were issued to voters.",
        ),
        "more ballots than issued",
    ),
)
"""K02 to K07: where one of these fails, a figure is wrong or two have changed places."""

MISSING_BALLOTS = balance(
    "K08",
    Severity.WARNING,
    "M + S = I",
    Text(
        "Ящиктерден чыккан бюллетендер шайлоочуларга берилгенден аз: айрым бюллетендер ящикке "
        "салынган эмес.",
        "В ящиках меньше бюллетеней, чем выдано избирателям: часть бюллетеней не опущена.",
        "There are fewer ballots in the boxes than were issued: some were carried away.",
    ),
    "follows from what the lines mean",
    silenced_by=("K07",),
)

OUTSIDE_LIST = balance(
    "K20",
    Severity.WARNING,
    "I2 ≤ list_outside",
    Text(
        "Имараттан тышкары добуш берген шайлоочулардын саны ушундай добуш берүү үчүн түзүлгөн "
        "тизмедегилерден көп.",
        "Вне помещения проголосовало больше избирателей, чем внесено в список для такого "
        "голосования.",
        "More voters voted outside the premises than stand on the out-of-premises list.",
    ),
    "practice [V]",
)

MEN_AND_WOMEN = Rule(
    "K26",
    Severity.ERROR,
    "V = list_men + list_women; register: voters = voters_men + voters_women",
    Text(
        "Эркектер менен аялдардын суммасы шайлоочулардын санына барабар эмес.",
        "Сумма мужчин и женщин не равна числу избирателей.",
        "Men and women together do not equal the number of voters.",
    ),
    "notice of the CEC of 23.09.2024 [V]",
    scopes=(Scope.REGISTER, Scope.PROTOCOL),
    failures=lambda case: compare(case, "V = list_men + list_women"),
)

RATIOS = (*BALANCES, MISSING_BALLOTS, OUTSIDE_LIST, MEN_AND_WOMEN)
