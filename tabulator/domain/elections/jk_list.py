"""Jogorku Kenesh by party lists, with preference votes inside each list (2021)."""

from tabulator.domain.elections.base import ASSUMED_BOXES, BOXES, ElectionType, form
from tabulator.domain.text import Text

TYPE = ElectionType(
    kind="jk-list",
    title=Text(
        "Жогорку Кеңештин депутаттарын тизмелер боюнча шайлоо",
        "Выборы депутатов Жогорку Кенеша по спискам",
        "Election of deputies of the Jogorku Kenesh by lists",
    ),
    forms=(form("jk-list/2021", BOXES, ASSUMED_BOXES, preferences=True),),
    method="largest-remainder",
    option_kinds=("list", "candidate", "against_all"),
    determined_by="cec",
    days_to_result=20,
    default_threshold=500,
    default_regional_threshold=50,
)
