"""Captions of what people said and decided about protocols, in the terms of the law."""

from __future__ import annotations

from tabulator.domain.text import Text

DECISIONS_HEAD = Text(
    "Түшүндүрмөлөр жана чечимдер", "Пояснения и решения", "Explanations and decisions"
)
DECISIONS = {
    "explained": Text("түшүндүрмө", "пояснение", "explanation"),
    "decided": Text("комиссиянын чечими", "решение комиссии", "decision of the commission"),
    "corrected": Text("оңдолгон протокол", "исправленный протокол", "corrected protocol"),
    "recount": Text(
        "добуштарды кайра эсептөөнүн протоколу",
        "протокол повторного подсчёта голосов",
        "protocol of the recount",
    ),
    "recount-ordered": Text(
        "добуштарды кайра эсептөө дайындалган",
        "назначен повторный подсчёт голосов",
        "recount ordered",
    ),
    "part-annulled": Text(
        "имараттан тышкары берилген добуштар жараксыз деп табылган",
        "голоса, поданные вне помещения, признаны недействительными",
        "votes cast outside the premises annulled",
    ),
    "annulled": Text(
        "добуш берүүнүн жыйынтыктары жараксыз деп табылган",
        "итоги голосования признаны недействительными",
        "voting results annulled",
    ),
    "restored": Text(
        "жараксыз деп табуу жокко чыгарылган",
        "признание недействительным отменено",
        "annulment revoked",
    ),
    "amended": Text(
        "биринчи нусканын сандары коюлган",
        "внесены числа первого экземпляра",
        "figures of the first copy entered",
    ),
}
LACKING_HEAD = Text("Түшө элек протоколдор", "Непоступившие протоколы", "Missing protocols")
LACKING = {
    "missing": Text("протокол түшкөн жок", "протокол не поступил", "no protocol received"),
    "no-first-copy": Text(
        "биринчи нуска түшкөн жок", "первый экземпляр не поступил", "no first copy received"
    ),
}

DECISION = Text(
    "№ {number} чечим, {date}", "решение № {number} от {date}", "decision No. {number} of {date}"
)
DIFFERENCE = Text(
    "{line}: мурда {before}, эми {after}",
    "{line}: было {before}, стало {after}",
    "{line}: was {before}, now {after}",
)
LINE = Text("{number}-сап", "строка {number}", "line {number}")
BLANK = Text("толтурулган эмес", "не заполнено", "blank")

SITTING_HEAD = Text("Комиссиянын отуруму", "Заседание комиссии", "Sitting of the commission")
PRESENT = Text(
    "Комиссиянын {members} мүчөсүнүн ичинен {present} мүчөсү катышты",
    "Присутствовали {present} из {members} членов комиссии",
    "Present: {present} of {members} members of the commission",
)
COMPLAINTS = Text(
    "Каралган даттануулар (арыздар): {count}",
    "Рассмотрено жалоб (заявлений): {count}",
    "Complaints (applications) considered: {count}",
)
OF_THEM = Text("алардын ичинен", "из них", "of them")
OPINIONS = Text(
    "Тиркелген өзгөчө пикирлер: {count} ({names})",
    "Приложено особых мнений: {count} ({names})",
    "Dissenting opinions attached: {count} ({names})",
)
