"""Election of the President."""

from tabulator.domain.elections.base import BOXES, PLAIN, ElectionType, form
from tabulator.domain.text import Text

TYPE = ElectionType(
    kind="president",
    title=Text(
        "Кыргыз Республикасынын Президентин шайлоо",
        "Выборы Президента Кыргызской Республики",
        "Election of the President of the Kyrgyz Republic",
    ),
    forms=(
        form(
            "president/2017",
            PLAIN,
            "Published figures of the territorial commissions, election of 15.10.2017 [V]; "
            "printed numbers and captions: [U], confirm against the law's full text",
        ),
        form(
            "president/2017-boxes",
            BOXES,
            "Published figures of the territorial commissions, election of 15.10.2017 [V], with "
            "the boxes of older law (M, S [V-old]); printed numbers and captions: [U], confirm "
            "against the law's full text",
        ),
    ),
    method="absolute-majority",
    option_kinds=("candidate", "against_all"),
    determined_by="cec",
    days_to_result=20,
)
