"""The page of the workflow is made from its tables, and everything in it has a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tabulator.domain.captions_of_sittings import CONDITIONS, MOVES, STAGES
from tabulator.domain.captions_of_work import NEEDS, ROLES, STATES, STEPS
from tabulator.domain.roles import Role
from tabulator.domain.sittings import Condition, Move, Stage
from tabulator.domain.text import LANGUAGES, Text
from tabulator.domain.workflow import TRANSITIONS, Need, State, Step
from tabulator.domain.workflow_markdown import SECTIONS, Section, workflow_markdown

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"


def test_the_page_of_the_workflow_is_the_one_that_its_tables_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == workflow_markdown()


@pytest.mark.parametrize(
    ("captions", "named"),
    [
        *((STATES, State), (STEPS, Step), (NEEDS, Need), (ROLES, Role)),
        *((STAGES, Stage), (MOVES, Move), (CONDITIONS, Condition)),
    ],
)
def test_everything_has_a_name_of_its_own_in_every_language(
    captions: dict[str, Text], named: type
) -> None:
    assert list(captions) == list(named)
    for lang in LANGUAGES:
        said = [getattr(caption, lang) for caption in captions.values()]
        assert all(said)
        assert lang != "ky" or len(set(said)) == len(said)


def test_every_row_of_the_table_stands_in_the_diagram_and_among_the_rows() -> None:
    page = workflow_markdown()
    for row in TRANSITIONS:
        label = re.search(f"^    {row.before} --> {row.after} : (.*)$", page, re.M)
        assert label, row
        assert row.step in label[1].split(", ")
        (who,) = {
            match
            for match in re.findall(
                rf"^\| `{row.before}` \| `{row.step}` \| `{row.after}` \| (.*?) \|", page, re.M
            )
            if match == ", ".join(ROLES[role].en for role in Role if role in row.by)
        }
        assert who


def test_several_tables_make_several_sections() -> None:
    second = Section("Another", TRANSITIONS[:2], STATES, STEPS, NEEDS)
    page = workflow_markdown((*SECTIONS, second))
    titles = ["The life of a protocol", "The result of a commission", "Another"]
    assert re.findall("^## (.*)$", page, re.M) == titles
    assert page.count("stateDiagram-v2") == 3
