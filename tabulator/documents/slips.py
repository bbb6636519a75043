"""Slips of paper with start codes: three to a sheet, to be cut, folded over the code and sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tabulator.documents.frame import Page
from tabulator.documents.render import Rendered, as_html
from tabulator.domain.roles import Role
from tabulator.domain.text import Text

PER_SHEET = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed.

    Attributes:
        scope: Number of the precinct, code of the commission or area; "" for none.
        place: What the scope is called; empty where it is not known.
    """

    name: str
    role: Role
    scope: str
    place: Text
    person: str
    code: str


ROLES: dict[Role, Text] = {
    Role.PRECINCT_CHAIR: Text(
        "Участкалык шайлоо комиссиясынын төрагасы",
        "Председатель участковой избирательной комиссии",
        "Chair of a precinct election commission",
    ),
    Role.TERRITORIAL_OPERATOR: Text(
        "Аймактык шайлоо комиссиясынын оператору",
        "Оператор территориальной избирательной комиссии",
        "Operator of a territorial election commission",
    ),
    Role.TERRITORIAL_VERIFIER: Text(
        "Аймактык шайлоо комиссиясынын текшерүүчүсү",
        "Проверяющий территориальной избирательной комиссии",
        "Verifier of a territorial election commission",
    ),
    Role.TERRITORIAL_CHAIR: Text(
        "Аймактык шайлоо комиссиясынын төрагасы",
        "Председатель территориальной избирательной комиссии",
        "Chair of a territorial election commission",
    ),
    Role.CEC_OPERATOR: Text("БШКнын оператору", "Оператор ЦИК", "Operator of the CEC"),
    Role.CEC_MEMBER: Text("БШКнын мүчөсү", "Член ЦИК", "Member of the CEC"),
    Role.OBSERVER: Text("Байкоочу", "Наблюдатель", "Observer"),
    Role.ADMINISTRATOR: Text("Системанын администратору", "Администратор системы", "Administrator"),
}

_SAID: dict[str, Text] = {
    "TITLE": Text("Кирүү баракчалары", "Листки для входа", "Slips for logging in"),
    "PRECINCT": Text("Шайлоо участкасы №", "Избирательный участок №", "Polling precinct No."),
    "SECRET": Text(
        "Жеке колго тапшырылат. Башка адам ачпасын.",
        "Вручить лично. Другим не вскрывать.",
        "To be handed over in person. Nobody else may open it.",
    ),
    "HOW": Text("Кантип кирүү керек", "Как войти", "How to log in"),
    "OPEN": Text("Бул даректи ачыңыз:", "Откройте адрес:", "Open this address:"),
    "ASK": Text(
        "Даректи комиссияңыздан сураңыз.",
        "Адрес узнайте в своей комиссии.",
        "Ask your commission for the address.",
    ),
    "TYPE": Text(
        "Атыңызды жана кодду жазыңыз.",
        "Введите имя и код.",
        "Type the name and the code.",
    ),
    "CHOOSE": Text(
        "Өзүңүздүн сырсөзүңүздү ойлоп табыңыз: 10 же андан көп белги. Код мындан ары иштебейт.",
        "Придумайте свой пароль: не меньше 10 знаков. Код после этого не действует.",
        "Choose a password of your own: 10 characters or more. The code is of no use afterwards.",
    ),
    "OPENED": Text(
        "Баракча ачылып калган болсо же код иштебесе, дароо комиссияңызга кабарлаңыз.",
        "Если листок был вскрыт или код не подходит, сразу сообщите своей комиссии.",
        "If the slip was open or the code does not work, tell your commission at once.",
    ),
    "NAME": Text("Аты (логин)", "Имя (логин)", "Name"),
    "CODE": Text("Баштапкы код", "Начальный код", "Start code"),
    "FOLD": Text("ушул сызык боюнча бүктөңүз", "согнуть по этой линии", "fold here"),
}


def print_slips(
    slips: Sequence[Slip], languages: Sequence[str], address: str, at: datetime
) -> Rendered:
    """Print the slips in their order, PER_SHEET to a sheet.

    Args:
        languages: Each slip says everything in each of them.
        address: To open in a browser; "" where it is not known.

    Raises:
        NotPrintable: As for every document.
    """
    from tabulator.documents.pdf import to_pdf  # slow to import, as in render

    page = slips_page(slips, languages, address, at)
    return Rendered(*to_pdf(as_html(page), page.files, at))


def slips_page(slips: Sequence[Slip], languages: Sequence[str], address: str, at: datetime) -> Page:
    shown = [_shown(slip, languages) for slip in slips]
    context = {
        "lang": languages[0],
        "said": [{key: text.say(lang) for key, text in _SAID.items()} for lang in languages],
        "address": address,
        "issued": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sheets": [shown[k : k + PER_SHEET] for k in range(0, len(shown), PER_SHEET)],
    }
    return Page("slips.html", context)


def _shown(slip: Slip, languages: Sequence[str]) -> dict[str, Any]:
    is_precinct = slip.role == Role.PRECINCT_CHAIR
    places = [name for name in dict.fromkeys(map(slip.place.say, languages)) if name]
    return {
        "name": slip.name,
        "person": slip.person,
        "code": slip.code,
        "roles": [ROLES[slip.role].say(lang) for lang in languages],
        "precinct": slip.scope if is_precinct else "",
        "places": places or ([slip.scope] if slip.scope and not is_precinct else []),
    }
