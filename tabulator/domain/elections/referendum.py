"""Referendum."""

from tabulator.domain.elections.base import ASSUMED, ASSUMED_BOXES, BOXES, PLAIN, ElectionType, form
from tabulator.domain.text import Text

_CAPTIONS = {
    "V": Text(
        "Добуш берүү аяктаган учурда тизмеге киргизилген референдум катышуучуларынын саны",
        "Число участников референдума, включённых в список на момент окончания голосования",
        "Voters on the list at the close of voting",
    ),
    "I": Text(
        "Добуш берүүгө катышкан (бюллетень алган) референдум катышуучуларынын саны",
        "Число участников референдума, принявших участие в голосовании (получивших бюллетени)",
        "Voters who took part (received a ballot)",
    ),
}

TYPE = ElectionType(
    kind="referendum",
    title=Text("Референдум", "Референдум", "Referendum"),
    forms=(
        form("referendum/2021", PLAIN, ASSUMED, _CAPTIONS),
        form("referendum/2021-boxes", BOXES, ASSUMED_BOXES, _CAPTIONS),
    ),
    method="referendum",
    option_kinds=("answer",),
    determined_by="cec",
    days_to_result=35,
)
