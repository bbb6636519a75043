"""What states, steps and needs of the workflow are called, for people."""

from __future__ import annotations

from tabulator.domain.roles import Role
from tabulator.domain.text import Text
from tabulator.domain.workflow import Need, State, Step

STATES = {
    State.MISSING: Text("Келе элек", "Не поступил", "Nothing has come"),
    State.RECEIVED: Text(
        "Келди, текшериле элек", "Поступил, ещё не проверен", "Received, not checked yet"
    ),
    State.CHECKED: Text(
        "Текшерилди, ката жок; экинчи киргизүүнү күтөт",
        "Проверен, ошибок нет; ждёт второго ввода",
        "Checked and without errors; waits for the second entry",
    ),
    State.VERIFIED: Text(
        "Эки көз карандысыз киргизүү дал келди же үчүнчү адам чечти",
        "Два независимых ввода совпали, или решил третий",
        "Two independent entries agree, or a third person decided",
    ),
    State.DIFFERING: Text(
        "Экинчи киргизүү башка болду; айырмаланган саптар кайра суралат",
        "Второй ввод разошёлся; различающиеся строки спрашиваются снова",
        "The second entry differs; the lines that differ are asked again",
    ),
    State.CONTESTED: Text(
        "Экинчи жолу да айырмаланды; үчүнчү адам чечет",
        "Разошёлся и во второй раз; решает третий",
        "It differs again; a third person decides",
    ),
    State.DISPUTED: Text(
        "Талаш: катасы бар же комиссия күмөн санайт",
        "Спорный: есть ошибка, или у комиссии сомнения",
        "Disputed: it has an error, or the commission doubts it",
    ),
    State.RETURNED: Text(
        "Участкага кайтарылды", "Возвращён на участок", "Returned to the precinct"
    ),
    State.RECOUNT: Text(
        "Кайра эсептөө дайындалды", "Назначен повторный подсчёт", "A recount is ordered"
    ),
    State.ACCEPTED: Text(
        "Кабыл алынды: жыйынтыкка кирет",
        "Принят: входит в итог",
        "Accepted: it counts",
    ),
    State.ANNULLED: Text(
        "Жараксыз деп табылды: жыйынтыкка кирбейт, бирок көрүнүп турат",
        "Признан недействительным: в итог не входит, но виден",
        "Annulled: it does not count, but stays visible",
    ),
}

STEPS = {
    Step.RECEIVE: Text("Кабыл алып катоо", "Принять и записать", "Take in figures"),
    Step.CHECK: Text("Текшерүү", "Проверить", "Check"),
    Step.CONFIRM: Text("Экинчи киргизүү дал келди", "Второй ввод совпал", "A second entry agrees"),
    Step.CONTRADICT: Text(
        "Экинчи киргизүү айырмаланды", "Второй ввод разошёлся", "A second entry differs"
    ),
    Step.SETTLE: Text("Айырманы чечүү", "Решить расхождение", "Decide what two entries differ in"),
    Step.DISPUTE: Text("Талашка коюу", "Признать спорным", "Dispute"),
    Step.ACCEPT: Text("Кабыл алуу", "Принять", "Accept"),
    Step.RETURN: Text("Участкага кайтаруу", "Вернуть на участок", "Return to the precinct"),
    Step.ORDER_RECOUNT: Text(
        "Кайра эсептөөнү дайындоо", "Назначить повторный подсчёт", "Order a recount"
    ),
    Step.CORRECT: Text(
        "Оңдолгон же кайра эсептелген протоколду киргизүү",
        "Ввести исправленный протокол или протокол повторного подсчёта",
        "Enter a corrected or recount protocol",
    ),
    Step.AMEND: Text(
        "Биринчи нусканын сандарын киргизүү",
        "Ввести данные первого экземпляра",
        "Enter the figures of the first copy",
    ),
    Step.ANNUL: Text("Жараксыз деп табуу", "Признать недействительным", "Annul"),
    Step.RESTORE: Text("Калыбына келтирүү", "Восстановить", "Restore"),
}

NEEDS = {
    Need.CLEAN: Text("катасы жок", "ошибок нет", "it has no error"),
    Need.ERRORS: Text("катасы бар", "есть ошибка", "it has an error"),
    Need.UNVERIFIED: Text(
        "экинчи киргизүү дал келе элек", "второй ввод ещё не совпал", "it is not verified yet"
    ),
    Need.VERIFIED: Text("экинчи киргизүү дал келди", "второй ввод совпал", "it is verified"),
    Need.SETTLED: Text(
        "ар бир ката боюнча чечим, ар бир эскертүү боюнча түшүндүрмө бар",
        "по каждой ошибке есть решение, по каждому предупреждению – объяснение",
        "a decision for each error, an explanation for each warning",
    ),
    Need.NOT_FIRST: Text(
        "биринчи киргизгенден башка адам",
        "не тот, кто вводил первым",
        "another person than who entered it first",
    ),
    Need.FRESH: Text(
        "сандарын киргизбеген адам",
        "тот, кто не вводил его данных",
        "a person who has entered none of its figures",
    ),
    Need.REASON: Text("себеби жазылат", "указана причина", "a reason"),
    Need.DECISION: Text(
        "комиссиянын чечими: номери, күнү, негизи",
        "решение комиссии: номер, дата, основание",
        "the commission's decision: number, date, reason",
    ),
    Need.ACT: Text(
        "биринчи нуска акт менен кабыл алынган",
        "первый экземпляр принят по акту",
        "the first copy was received by act",
    ),
    Need.AHEAD: Text(
        "биринчи нуска акт менен кабыл алына элек",
        "первый экземпляр ещё не принят по акту",
        "the first copy is not yet received by act",
    ),
    Need.PROVISIONAL: Text(
        "сандар биринчи нусканыкы эмес",
        "числа ещё не по первому экземпляру",
        "the figures are not yet those of the first copy",
    ),
}

ROLES = {
    Role.COMMAND_LINE: Text("Сервердин оператору", "Оператор сервера", "Command line"),
    Role.PRECINCT_CHAIR: Text("УШК төрагасы", "Председатель УИК", "Precinct chair"),
    Role.TERRITORIAL_OPERATOR: Text("АШК оператору", "Оператор ТИК", "Territorial operator"),
    Role.TERRITORIAL_VERIFIER: Text("АШК текшерүүчүсү", "Проверяющий ТИК", "Territorial verifier"),
    Role.TERRITORIAL_CHAIR: Text("АШК төрагасы", "Председатель ТИК", "Territorial chair"),
    Role.CEC_OPERATOR: Text("БШК оператору", "Оператор ЦИК", "CEC operator"),
    Role.CEC_MEMBER: Text("БШК мүчөсү", "Член ЦИК", "CEC member"),
    Role.OBSERVER: Text("Байкоочу", "Наблюдатель", "Observer"),
    Role.ADMINISTRATOR: Text("Администратор", "Администратор", "Administrator"),
}
