"""Every fixed text of the documents, in the terms of the law."""

from __future__ import annotations

from tabulator.aggregate.outcome import Verdict
from tabulator.domain.areas import Commission
from tabulator.domain.text import Text

TITLE = {
    "summary-table": Text("Жыйынды таблица", "Сводная таблица", "Summary table"),
    "protocol": Text("Протокол", "Протокол", "Protocol"),
    "national-summary-table": Text("Жыйынды таблица", "Сводная таблица", "Summary table"),
    "national-protocol": Text("Протокол", "Протокол", "Protocol"),
    "national-annex": Text(
        "Жыйынды таблицага тиркеме", "Приложение к сводной таблице", "Annex to the summary table"
    ),
}

_PROTOCOL_OF = {
    "tec": Text(
        "аймактык шайлоо комиссиясынын добуш берүүнүн жыйынтыктары тууралуу",
        "территориальной избирательной комиссии об итогах голосования",
        "of the territorial election commission on the voting results",
    ),
    "dec": Text(
        "округдук шайлоо комиссиясынын добуш берүүнүн жыйынтыктары тууралуу",
        "окружной избирательной комиссии об итогах голосования",
        "of the district election commission on the voting results",
    ),
    "cec": Text(
        "Борбордук шайлоо комиссиясынын добуш берүүнүн жыйынтыктары тууралуу",
        "Центральной избирательной комиссии об итогах голосования",
        "of the Central Election Commission on the voting results",
    ),
}
_BY_PRECINCT = Text(
    "шайлоо участкалары боюнча добуш берүүнүн жыйынтыктары",
    "итоги голосования по избирательным участкам",
    "voting results by polling precinct",
)
_BY_TERRITORY = Text(
    "аймактар боюнча добуш берүүнүн жыйынтыктары",
    "итоги голосования по территориям",
    "voting results by territory",
)


def subtitle(kind: str, commission: Commission) -> Text:
    """What stands under the title."""
    if kind in ("protocol", "national-protocol"):
        return _PROTOCOL_OF[commission.kind]
    return _BY_TERRITORY if kind == "national-summary-table" else _BY_PRECINCT


COMMISSION = {
    "tec": Text(
        "аймактык шайлоо комиссиясы",
        "территориальная избирательная комиссия",
        "territorial election commission",
    ),
    "dec": Text(
        "округдук шайлоо комиссиясы",
        "окружная избирательная комиссия",
        "district election commission",
    ),
    "cec": Text(
        "Борбордук шайлоо комиссиясы",
        "Центральная избирательная комиссия",
        "Central Election Commission",
    ),
}

STATUS = {
    "preliminary": Text(
        "алдын ала, юридикалык күчү жок",
        "предварительно, без юридической силы",
        "preliminary, without legal force",
    ),
    # Of this commission alone: the national result is determined by nobody below it.
    "signed": Text(
        "комиссия тарабынан кол коюлган", "подписано комиссией", "signed by the commission"
    ),
}

PRECINCT = Text("Участка", "Участок", "Precinct")
TERRITORY = Text("Аймак", "Территория", "Territory")
LINES = Text("Протоколдун саптары", "Строки протокола", "Lines of the protocol")
PRECINCTS = Text("Участкалар", "Участки", "Precincts")
OPTIONS = {
    "candidate": Text("Талапкерлер", "Кандидаты", "Candidates"),
    "list": Text("Талапкерлердин тизмелери", "Списки кандидатов", "Lists of candidates"),
    "answer": Text("Жооптор", "Варианты ответа", "Answers"),
}
PREFERENCES = Text(
    "{name}: артыкчылыктуу добуштар",
    "{name}: преимущественные голоса",
    "{name}: preference votes",
)
LEGEND = Text("Тилкелердин түшүндүрмөсү", "Расшифровка граф", "Legend of columns")
PART = Text(
    "{number}-бөлүк, бардыгы {parts}", "часть {number} из {parts}", "part {number} of {parts}"
)
CONTINUED = Text("уландысы", "продолжение", "continued")

TOTAL = Text("Бардыгы", "Итого", "Total")
GRAND_TOTAL = Text("Жалпы жыйынтык", "Всего", "Grand total")

COVERAGE = {
    "formed": Text("түзүлгөн", "образовано", "formed"),
    "received": Text("протоколу түшкөн", "протокол поступил", "received"),
    "missing": Text("протоколу түшө элек", "протокол не поступил", "missing"),
    "pending": Text("текшерүүдө", "на проверке", "being checked"),
    "disputed": Text("талаштуу", "спорных", "disputed"),
    "annulled": Text("жараксыз деп табылган", "недействительных", "annulled"),
    "included": Text("жыйынтыкка кошулган", "включено в итоги", "included"),
}
COVERAGE_LINE = {
    "formed": Text(
        "Түзүлгөн шайлоо участкаларынын саны",
        "Число образованных избирательных участков",
        "Polling precincts formed",
    ),
    "received": Text(
        "Участкалык шайлоо комиссияларынан түшкөн протоколдордун саны",
        "Число поступивших протоколов участковых избирательных комиссий",
        "Protocols received from precinct election commissions",
    ),
    "missing": Text(
        "Түшө элек протоколдордун саны", "Число непоступивших протоколов", "Protocols missing"
    ),
    "pending": Text(
        "Текшерүүдөгү протоколдордун саны",
        "Число протоколов, находящихся на проверке",
        "Protocols being checked",
    ),
    "disputed": Text(
        "Талаштуу протоколдордун саны", "Число спорных протоколов", "Protocols in dispute"
    ),
    "annulled": Text(
        "Жараксыз деп табылган протоколдордун саны",
        "Число протоколов, признанных недействительными",
        "Protocols annulled",
    ),
    "included": Text(
        "Жыйынтыкка кошулган протоколдордун саны",
        "Число протоколов, включённых в итоги",
        "Protocols included in the totals",
    ),
}
NUMBERS = Text("участкалар: {numbers}", "участки: {numbers}", "precincts: {numbers}")

LOST = Text(
    "Берилген, бирок ящиктерге салынбаган бюллетендер",
    "Бюллетени, выданные, но не опущенные в ящики",
    "Ballots issued but not put into a box",
)

NOTHING_RECEIVED = Text("протокол түшкөн жок", "протокол не поступил", "no protocol received")
NO_FIGURES = Text("маалымат жок", "данных нет", "no figures")
NO_PRECINCTS = Text("шайлоо участкалары жок", "избирательных участков нет", "no polling precincts")
MARKED = {
    "received": ("‡", Text("текшерүүдө", "на проверке", "being checked")),
    "disputed": ("†", Text("талаштуу", "спорный протокол", "disputed")),
    "annulled": (
        "×",
        Text("жараксыз деп табылган", "признан недействительным", "annulled"),
    ),
}
NOT_SUMMED = Text("суммага кошулган эмес", "в суммы не включён", "not included in the sums")
BLANK = Text(
    "сап толтурулган эмес (нөл эмес)",
    "строка не заполнена (это не ноль)",
    "line left blank (not zero)",
)
BLANKS = Text(
    "айрым протоколдордо бул сап толтурулган эмес, алардын саны таблицанын аягында",
    "в части протоколов эта строка не заполнена, их число – в конце таблицы",
    "some protocols left this line blank, how many: at the end of the table",
)
BLANKS_COUNTED = Text(
    "бул сап {count} протоколдо толтурулган эмес",
    "эта строка не заполнена, протоколов: {count}",
    "in {count} protocols this line was left blank",
)

NUMBER = Text("№", "№", "No.")
FIGURE = Text("Саны", "Число", "Number")
VOTES = Text("Добуштар", "Голоса", "Votes")
COVERAGE_HEAD = Text("Протоколдор", "Протоколы", "Protocols")
TOOK_PART = Text(
    "Добуш берүүгө катышкан шайлоочулардын саны",
    "Число избирателей, принявших участие в голосовании",
    "Voters who took part in the voting",
)
TURNOUT = Text(
    "Алардын тизмедеги шайлоочулардын санына карата үлүшү, %",
    "Их доля от числа избирателей, включённых в список, %",
    "Their share of the voters on the list, %",
)
SHARES_OF = Text(
    "Үлүштөр добуш берүүгө катышкан шайлоочулардын санына карата эсептелди.",
    "Доли рассчитаны от числа избирателей, принявших участие в голосовании.",
    "Shares are of the voters who took part in the voting.",
)
OUTCOME = Text("Натыйжаны аныктоо", "Определение результата", "Determination of the result")
VERDICT = {
    Verdict.ELECTED: Text("Шайланды", "Избраны", "Elected"),
    Verdict.SECOND_ROUND: Text(
        "Экинчи тур өткөрүлөт", "Проводится второй тур", "A second round is held"
    ),
    Verdict.REPEAT_ELECTION: Text(
        "Кайра шайлоо өткөрүлөт", "Проводятся повторные выборы", "The election is repeated"
    ),
    Verdict.ADOPTED: Text("Кабыл алынды", "Решение принято", "Adopted"),
    Verdict.NOT_ADOPTED: Text("Кабыл алынган жок", "Решение не принято", "Not adopted"),
    Verdict.NOT_VALID: Text(
        "Референдум өткөн жок деп табылат", "Референдум не состоялся", "The referendum is not valid"
    ),
    Verdict.UNDECIDED: Text(
        "Чечимди комиссия кабыл алат", "Решение принимает комиссия", "The commission decides"
    ),
    Verdict.NO_VOTES: Text(
        "Добуштар эсептелген жок", "Голоса не подсчитаны", "No vote has been counted"
    ),
}
ATTACHED = Text("Протоколго тиркелет", "К протоколу прилагаются", "Attached to the protocol")
ATTACHMENTS = (
    Text(
        "жыйынды таблица, эки нускада",
        "сводная таблица в двух экземплярах",
        "summary table in two copies",
    ),
    Text(
        "комиссиянын мүчөлөрүнүн өзгөчө пикирлери",
        "особые мнения членов комиссии",
        "dissenting opinions of members of the commission",
    ),
    Text(
        "даттануулар (арыздар) жана алар боюнча кабыл алынган чечимдер",
        "жалобы (заявления) и принятые по ним решения",
        "complaints (applications) and the decisions on them",
    ),
)
SHEETS = Text("_____ баракта", "на _____ л.", "on _____ sheets")

CHAIR = Text("Төрага", "Председатель", "Chair")
DEPUTY = Text("Төраганын орун басары", "Заместитель председателя", "Deputy chair")
SECRETARY = Text("Катчы", "Секретарь", "Secretary")
MEMBER = Text("Комиссиянын мүчөсү", "Член комиссии", "Member of the commission")
SIGNATURE = Text("колу", "подпись", "signature")
NAME = Text("фамилиясы, аты-жөнү", "фамилия, инициалы", "name")
STAMP = Text("М. О.", "М. П.", "Stamp")
SIGNED = Text(
    "Протоколго кол коюлду: «____» ______________ 20___-жыл, _____ саат _____ мүнөт",
    "Протокол подписан «____» ______________ 20___ года в _____ часов _____ минут",
    "Protocol signed on ____ ______________ 20___ at _____ hours _____ minutes",
)
COPY = Text("№ _____ нуска", "Экземпляр № _____", "Copy No. _____")
SHEET = Text("барак", "лист", "sheet")
AS_OF = Text(
    "{moment} абалына карата (Бишкек убактысы)",
    "по состоянию на {moment} (время Бишкека)",
    "as of {moment} (Bishkek time)",
)
DIGEST = Text("маалыматтын SHA-256 суммасы", "SHA-256 данных", "SHA-256 of the data")
SEAL = Text("журналдын көзөмөл чекити", "контрольная точка журнала", "checkpoint of the trail")
ATTACHED_CSV = Text("Таблицанын маалыматы (CSV)", "Данные таблицы (CSV)", "Data of the table (CSV)")
ATTACHED_JSON = Text(
    "Таблицанын маалыматы (JSON)", "Данные таблицы (JSON)", "Data of the table (JSON)"
)
