"""Local keneshes by districts."""

from tabulator.domain.elections.base import ASSUMED, ASSUMED_BOXES, BOXES, PLAIN, ElectionType, form
from tabulator.domain.text import Text

TYPE = ElectionType(
    kind="local-district",
    title=Text(
        "Жергиликтүү кеңештердин депутаттарын шайлоо округдары боюнча шайлоо",
        "Выборы депутатов местных кенешей по избирательным округам",
        "Election of deputies of local keneshes by districts",
    ),
    forms=(
        form("local-district/2024", PLAIN, ASSUMED),
        form("local-district/2024-boxes", BOXES, ASSUMED_BOXES),
    ),
    method="plurality",
    option_kinds=("candidate", "against_all"),
    determined_by="tec",
    days_to_result=20,
)
