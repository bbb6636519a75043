"""Checks without a function here: persons keep them, or the rooms that add up and publish."""

from __future__ import annotations

from tabulator.domain.rules.base import Rule, Scope, Severity
from tabulator.domain.text import Text

KEPT_ELSEWHERE = (
    Rule(
        "K18",
        Severity.ERROR,
        "ticked as seen: protocol_no, copy_no, stamp, signatures on every page",
        Text(
            "Протоколдун номери, нускасынын номери, мөөрү же ар бир барагындагы кол тамгалар "
            "көрүлдү деп белгиленген эмес.",
            "Номер протокола, номер экземпляра, печать или подписи на каждой странице не отмечены "
            "как проверенные.",
            "The protocol number, the copy number, the stamp or the signatures on every page are "
            "not ticked as seen.",
        ),
        "2010: nine precincts abroad annulled for this [V]",
        scopes=(Scope.PAPER,),
    ),
    Rule(
        "K22",
        Severity.ERROR,
        "territory = Σ precincts, for every line; formed = received + missing; "
        "included = received − annulled",
        Text(
            "Аймактык жыйынды таблицанын сабы участкалардын суммасына барабар эмес, же түзүлгөн "
            "участкалардын, алынган, келбеген жана эсепке кирген протоколдордун саны дал келбейт.",
            "Строка территориальной сводной таблицы не равна сумме по участкам, либо не сходится "
            "число образованных участков, полученных, недостающих и учтённых протоколов.",
            "A line of the territorial summary table does not equal the sum of its precincts, or "
            "the precincts formed, received, missing and included do not add up.",
        ),
        "art. 36, 37 [V]",
        scopes=(Scope.TOTALS,),
    ),
    Rule(
        "K23",
        Severity.ERROR,
        "nation = Σ territories = Σ precincts, for every line, added in two independent ways",
        Text(
            "Республика боюнча жыйынды таблицанын сабы аймактардын же участкалардын суммасына "
            "барабар эмес.",
            "Строка сводной таблицы по республике не равна сумме по территориям или сумме по "
            "участкам.",
            "A line of the national summary table does not equal the sum of the territories or "
            "the sum of the precincts.",
        ),
        "art. 37 [V]",
        scopes=(Scope.TOTALS,),
    ),
    Rule(
        "K24",
        Severity.ERROR,
        "share = line / I ≤ 100 %; Σ options + INV + U = 100 % ± rounding",
        Text(
            "Катышкан шайлоочулардын санынан эсептелген үлүштөрдүн суммасы 100 пайыз болбойт, "
            "же алардын бири 100 пайыздан ашат.",
            "Доли от числа принявших участие не дают в сумме 100 процентов, либо одна из них "
            "больше 100 процентов.",
            "The shares of those who took part do not sum to 100 percent, or one of them exceeds "
            "100 percent.",
        ),
        "28.11.2021: the site showed over 150 % [V]",
        scopes=(Scope.TOTALS,),
    ),
    Rule(
        "K25",
        Severity.ERROR,
        "percentage = computed from figures, never typed",
        Text(
            "Пайыз сандардан эсептелген эмес, кол менен киргизилген.",
            "Процент не вычислен из чисел, а введён вручную.",
            "A percentage was typed and not computed from the figures.",
        ),
        "published errors in 2020 [V]",
        scopes=(Scope.RELEASE,),
    ),
)
