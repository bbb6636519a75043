"""Documents as HTML, kept whole: a change of a template or a caption is seen in its diff.

To accept a change: python -m tests.documents.test_golden
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tabulator.documents.facts import Facts
from tabulator.documents.render import KINDS, as_html
from tabulator.domain.workflow import State
from tests.documents.builders import contest, nation, territory, two_blocks
from tests.documents.noted import noted

PRINTED = ("summary-table", "protocol", "national-summary-table")
GOLDEN = Path(__file__).parents[1] / "golden"
STATES = {1002: State.MISSING, 1003: State.DISPUTED, 1004: State.ANNULLED}
BLANK = {1001: ("C",)}


def small(kind: str) -> Facts:
    of = contest(4)
    if kind.startswith("national"):
        return nation(9, 2, of, STATES, BLANK)
    if kind == "protocol":
        return noted(two_blocks(5, 1, of, STATES, BLANK))
    return territory(5, of, STATES, BLANK)


def html(kind: str, lang: str) -> str:
    return as_html(KINDS[kind](small(kind), lang))


@pytest.mark.parametrize("lang", ["ky", "ru"])
@pytest.mark.parametrize("kind", PRINTED)
def test_a_document_is_as_it_was(kind: str, lang: str) -> None:
    assert html(kind, lang) == (GOLDEN / f"{kind}-{lang}.html").read_text()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in PRINTED:
        for language in ("ky", "ru"):
            (GOLDEN / f"{name}-{language}.html").write_text(html(name, language))
