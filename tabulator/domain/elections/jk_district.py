"""Jogorku Kenesh by districts: three mandates each (2025)."""

from tabulator.domain.elections.base import ASSUMED, ASSUMED_BOXES, BOXES, PLAIN, ElectionType, form
from tabulator.domain.text import Text

TYPE = ElectionType(
    kind="jk-district",
    title=Text(
        "Жогорку Кеңештин депутаттарын шайлоо округдары боюнча шайлоо",
        "Выборы депутатов Жогорку Кенеша по избирательным округам",
        "Election of deputies of the Jogorku Kenesh by districts",
    ),
    forms=(
        form("jk-district/2025", PLAIN, ASSUMED),
        form("jk-district/2025-boxes", BOXES, ASSUMED_BOXES),
    ),
    method="three-mandates",
    option_kinds=("candidate", "against_all"),
    determined_by="cec",
    days_to_result=20,
)
