"""The seal of the trail on paper: on every sheet when there is one, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabulator.documents import captions
from tabulator.documents.protocol import code_text
from tabulator.documents.render import render
from tests.documents.reading import pages, printed, squeezed, text

SEAL = "12345-0123456789abcdef0123456789abcdef"
PRINTED = (
    ("protocol", "one"),
    ("protocol", "two blocks"),
    ("summary-table", "11"),
    ("national-protocol", "nation"),
    ("national-summary-table", "nation"),
)


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
@pytest.mark.parametrize(("kind", "case"), PRINTED)
def test_the_seal_stands_on_every_sheet_and_takes_no_room(kind: str, case: str, lang: str) -> None:
    facts, before = printed(kind, case, lang)
    sealed = replace(facts, seal=SEAL)
    document = render(kind, sealed, lang)
    assert document.pages == before.pages
    assert document == render(kind, sealed, lang)
    told = squeezed(captions.SEAL.say(lang), ":", SEAL)
    for unsealed, page in zip(pages(before.pdf), pages(document.pdf), strict=True):
        assert told in text(page)
        assert squeezed(captions.DIGEST.say(lang), ":", facts.digest[:16]) in text(page)
        assert squeezed(captions.SEAL.say(lang)) not in text(unsealed)


def test_the_code_names_the_seal_after_all_else() -> None:
    facts, _ = printed("protocol", "one", "ky")
    plain = code_text("protocol", facts, "ky")
    assert code_text("protocol", replace(facts, seal=SEAL), "ky") == f"{plain}/{SEAL}"
