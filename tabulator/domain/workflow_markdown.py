"""The tables of the workflow as the page docs/workflow.md, which says how to make it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from tabulator.domain.captions_of_sittings import CONDITIONS, MOVES, STAGES
from tabulator.domain.captions_of_work import NEEDS, ROLES, STATES, STEPS
from tabulator.domain.roles import Role
from tabulator.domain.sittings import ROWS
from tabulator.domain.text import LANGUAGES, Text
from tabulator.domain.workflow import TRANSITIONS

_HEAD = """\
# Workflow

Made from the tables of the workflow by
`python -m tabulator.domain.workflow_markdown > docs/workflow.md`; do not edit by hand.

Nothing moves but by a row of these tables. Who has a role that no row names cannot take the step;
whatever a row needs has to be the case at that moment. While a territory's result is signed,
nothing of it moves until it is reopened.
"""


class Row(Protocol):
    """A row of any table of states and steps."""

    @property
    def before(self) -> StrEnum: ...
    @property
    def step(self) -> StrEnum: ...
    @property
    def after(self) -> StrEnum: ...
    @property
    def by(self) -> frozenset[Role]: ...
    @property
    def needs(self) -> Sequence[StrEnum]: ...


@dataclass(frozen=True, slots=True)
class Section:
    """One table, and what its states, steps and needs are called."""

    title: str
    rows: Sequence[Row]
    states: Mapping[Any, Text]
    steps: Mapping[Any, Text]
    needs: Mapping[Any, Text]


SECTIONS = (
    Section("The life of a protocol", TRANSITIONS, STATES, STEPS, NEEDS),
    Section("The result of a commission", ROWS, STAGES, MOVES, CONDITIONS),
)


def workflow_markdown(sections: Iterable[Section] = SECTIONS) -> str:
    """The page: each table as a diagram, as states × steps, and row by row."""
    return _HEAD + "".join(line + "\n" for section in sections for line in _section(section))


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {section.title}\n"
    yield from _captions("state", section.states)
    yield ""
    yield from _captions("step", section.steps)
    yield "\n```mermaid\nstateDiagram-v2"
    yield from _diagram(section)
    yield "```\n\nWhere each step leads:\n"
    yield from _matrix(section)
    yield "\nWho may take it, and what it needs:\n"
    yield from _rows(section)


def _captions(what: str, captions: Mapping[Any, Text]) -> Iterator[str]:
    yield from _header(what, *LANGUAGES)
    for name, caption in captions.items():
        yield _line(f"`{name}`", *(caption.say(lang) for lang in LANGUAGES))


def _diagram(section: Section) -> Iterator[str]:
    """One arrow between two states, with all the steps that lead along it."""
    arrows: dict[tuple[StrEnum, StrEnum], dict[StrEnum, None]] = defaultdict(dict)
    for row in section.rows:
        arrows[row.before, row.after][row.step] = None
    yield f"    [*] --> {_id(next(iter(section.states)))}"
    for (before, after), steps in arrows.items():
        yield f"    {_id(before)} --> {_id(after)} : {', '.join(steps)}"


def _id(state: StrEnum) -> str:
    return state.replace("-", "_")


def _matrix(section: Section) -> Iterator[str]:
    after = {(row.before, row.step): row.after for row in section.rows}
    yield from _header("", *(f"{step}" for step in section.steps))
    for state in section.states:
        cells = (after.get((state, step), "") for step in section.steps)
        yield _line(f"**{state}**", *cells)


def _rows(section: Section) -> Iterator[str]:
    yield from _header("state", "step", "leads to", "who", "needs")
    order = list(section.states)
    for row in sorted(section.rows, key=lambda row: order.index(row.before)):
        who = ", ".join(ROLES[role].en for role in Role if role in row.by)
        needs = "; ".join(section.needs[need].en for need in row.needs)
        yield _line(f"`{row.before}`", f"`{row.step}`", f"`{row.after}`", who, needs)


def _header(*cells: str) -> Iterator[str]:
    yield _line(*cells)
    yield "|" + "---|" * len(cells)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(workflow_markdown(), end="")
