"""City keneshes by party lists."""

from tabulator.domain.elections.base import ASSUMED, ASSUMED_BOXES, BOXES, PLAIN, ElectionType, form
from tabulator.domain.text import Text

TYPE = ElectionType(
    kind="local-list",
    title=Text(
        "Шаардык кеңештердин депутаттарын тизмелер боюнча шайлоо",
        "Выборы депутатов городских кенешей по спискам",
        "Election of deputies of city keneshes by lists",
    ),
    forms=(
        form("local-list/2024", PLAIN, ASSUMED),
        form("local-list/2024-boxes", BOXES, ASSUMED_BOXES),
    ),
    method="largest-remainder",
    option_kinds=("list", "against_all"),
    determined_by="tec",
    days_to_result=20,
    default_threshold=500,
)
