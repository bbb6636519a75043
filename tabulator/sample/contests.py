"""What is voted on: a President, and the kenesh of one town on the same day."""

from __future__ import annotations

from datetime import date, time

from tabulator.domain.elections import FORMS
from tabulator.domain.register import Contest
from tabulator.domain.text import Text
from tabulator.sample.geography import TOKTOGUL
from tabulator.sample.people import list_options, presidential_options

ELECTION = "sample"
KIND = "president"
VOTING_DAY = date(2025, 1, 19)
CLOSING = time(20)
TITLE = Text(
    "Кыргыз Республикасынын Президентин шайлоо (үлгү, маалыматтар ойдон чыгарылган)",
    "Выборы Президента Кыргызской Республики (пример, данные вымышлены)",
    "Election of the President of the Kyrgyz Republic (sample, invented data)",
)

PRESIDENT = Contest(
    id="president",
    form=FORMS["president/2017-boxes"],
    options=presidential_options(),
    title=Text("Президентти шайлоо", "Выборы Президента", "Election of the President"),
)

TOKTOGUL_KENESH = Contest(
    id="toktogul",
    form=FORMS["jk-list/2021"],
    options=list_options(),
    kind="local-list",
    seats=21,
    open_abroad=False,
    area=TOKTOGUL,
    threshold=500,
    title=Text(
        "Токтогул шаардык кеңешинин депутаттарын шайлоо",
        "Выборы депутатов Токтогульского городского кенеша",
        "Election of the Toktogul town kenesh",
    ),
)

CONTESTS = (PRESIDENT, TOKTOGUL_KENESH)
