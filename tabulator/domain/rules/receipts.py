"""The receipts of the ballot-reading urn and of voter identification against the protocol."""

from __future__ import annotations

from collections.abc import Iterator

from tabulator.domain.rules.base import Case, Failure, Rule, Scope, Severity, together
from tabulator.domain.rules.equations import balance, compare
from tabulator.domain.text import Text

RECEIPTS = ("aeu", "ident")


def _other_votes(case: Case) -> Iterator[Failure]:
    choices = frozenset(case.contest.choice_codes)
    recount = case.beside.get("aeu_recount", "—")
    return together(
        (
            Failure((code,), f"{code} − aeu_{code} = {votes} − {read} = {votes - int(read):+}")
            for code, votes, read in case.stated_twice("aeu_")
            if code in choices and votes != read
        ),
        suffix=f"; aeu_recount: {recount}",
    )


def _receipt(case: Case) -> Iterator[Failure]:
    most, total = case.contest.max_marks, "aeu_total = aeu_valid + aeu_invalid"
    if most == 1:
        return compare(case, f"{total}; aeu_valid = aeu_votes")
    return compare(case, f"{total}; aeu_valid ≤ aeu_votes; aeu_votes ≤ {most}·aeu_valid")


def _of_another(case: Case) -> Iterator[Failure]:
    slot = {"precinct": case.protocol.precinct, "contest": case.protocol.contest}
    return together(
        Failure((name,), f"{name} = {what}: {stated} ≠ {own}")
        for receipt in RECEIPTS
        for what, own in slot.items()
        if (stated := case.beside.get(name := f"{receipt}_{what}", own)) != own
    )


IDENTIFICATION = (
    balance(
        "K09",
        Severity.ERROR,
        "VAL + INV + U? ≤ ident_final",
        Text(
            "Табылган бюллетендердин саны идентификациядан өткөн шайлоочулардын санынан көп.",
            "Бюллетеней обнаружено больше, чем избирателей прошло идентификацию.",
            "More ballots were found than voters were identified.",
        ),
        "precinct 2238, 2021, annulled for one ballot [V]",
    ),
    balance(
        "K10",
        Severity.WARNING,
        "ident_final = I",
        Text(
            "Идентификациядан өткөн шайлоочулардын саны бюллетень алган шайлоочулардын санына "
            "барабар эмес.",
            "Число избирателей, прошедших идентификацию, не равно числу получивших бюллетени.",
            "The voters identified do not equal the voters who received a ballot.",
        ),
        "practice [V]",
        silenced_by=("K09",),
    ),
)

URN = (
    Rule(
        "K12",
        Severity.ERROR,
        "aeu_total = aeu_valid + aeu_invalid; max_marks = 1: aeu_valid = aeu_votes; "
        "max_marks > 1: aeu_valid ≤ aeu_votes ≤ max_marks·aeu_valid",
        Text(
            "АЭУнун чегиндеги сандар өз ара дал келбейт.",
            "Числа на чеке АСУ не согласуются между собой.",
            "The figures on the AEU receipt do not agree with each other.",
        ),
        "follows from what the receipt states",
        failures=_receipt,
    ),
    balance(
        "K13",
        Severity.WARNING,
        "aeu_total = VAL + INV + U?",
        Text(
            "АЭУ эсептеген бюллетендердин саны протоколдогу бюллетендердин санына барабар эмес.",
            "Число бюллетеней, считанных АСУ, не равно числу бюллетеней в протоколе.",
            "The ballots read by the AEU do not equal the ballots in the protocol.",
        ),
        "2021: equal nationwide [V]",
        silenced_by=("K12",),
    ),
    balance(
        "K14",
        Severity.WARNING,
        "VAL − aeu_valid = aeu_invalid − INV",
        Text(
            "Жарактуу бюллетендер боюнча АЭУнун чегинен айырма жараксыз бюллетендер боюнча "
            "айырма менен жабылбайт.",
            "Расхождение с чеком АСУ по действительным бюллетеням не покрывается обратным "
            "расхождением по недействительным.",
            "The difference from the AEU receipt in valid ballots is not matched by the opposite "
            "difference in invalid ballots.",
        ),
        "pattern of 2021 [V]",
        silenced_by=("K12", "K13"),
    ),
    Rule(
        "K15",
        Severity.WARNING,
        "option = aeu_<option>, for every option; aeu_recount: asked, done or not_asked",
        Text(
            "Кол менен эсептелген добуштар АЭУнун чегиндеги добуштардан айырмаланат; кайра "
            "эсептөө талап кылынганы же жүргүзүлгөнү белгилениши керек.",
            "Голоса по ручному подсчёту отличаются от чека АСУ; следует отметить, требовали ли "
            "пересчёта и проведён ли он.",
            "The votes counted by hand differ from the AEU receipt; it must be recorded whether a "
            "recount was asked for or done.",
        ),
        "art. 35(14) [V]",
        failures=_other_votes,
        silenced_by=("K12",),
    ),
)

RIGHT_PLACE = Rule(
    "K17",
    Severity.ERROR,
    "precinct and contest: aeu_precinct, ident_precinct = precinct; "
    "aeu_contest, ident_contest = contest",
    Text(
        "Протокол же ага тиркелген чек бул участкага же бул добуш берүүгө таандык эмес.",
        "Протокол или приложенный к нему чек относится не к этому участку или не к этому "
        "голосованию.",
        "The protocol, or a receipt attached to it, does not belong to this precinct or to this "
        "contest.",
    ),
    "precinct 1206, 2021 [V]",
    scopes=(Scope.REGISTER, Scope.PROTOCOL),
    failures=_of_another,
)

ON_RECEIPTS = (*IDENTIFICATION, *URN, RIGHT_PLACE)
