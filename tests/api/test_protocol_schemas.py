"""What the bodies of steps refuse before anything reads them."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from tabulator.actions.first_copy import CHECKLIST
from tabulator.api.protocol_schemas import ActSchema

SAID = {
    "deliverer": "B. Chair",
    "receiver": "A. Operator",
    "checklist": dict.fromkeys(CHECKLIST, True),
}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_is_none_in_utc_is_refused(at: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ActSchema().load({**SAID, "at": at})
    assert refused.value.messages == {"at": ["out-of-range|0001–9999"]}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59+14:00"])
def test_the_first_and_the_last_moment_are_taken(at: str) -> None:
    assert ActSchema().load({**SAID, "at": at})["at"].isoformat() == at
