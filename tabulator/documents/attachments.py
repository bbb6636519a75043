"""The figures of a document as data: what a machine reads instead of the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tabulator.aggregate.results import AreaResult, as_json
from tabulator.documents import captions
from tabulator.documents.facts import Facts
from tabulator.documents.frame import COVERAGE, File
from tabulator.documents.notes import notes_as_data


def precinct_files(facts: Facts, lang: str) -> tuple[File, ...]:
    """Every precinct with its state and figures, whether summed or not, and the sums."""
    columns = facts.contest.columns
    rows = [row for block in facts.blocks for row in block.rows]
    table = (
        [row.precinct, row.area, row.state, *((row.values or {}).get(c) for c in columns)]
        for row in rows
    )
    listed = [
        {
            "precinct": row.precinct,
            "area": row.area,
            "state": row.state,
            "version": row.version,
            "digest": row.digest,
            "figures": None if row.values is None else [row.values.get(c) for c in columns],
        }
        for row in rows
    ]
    head = ("precinct", "area", "state", *columns)
    return _files(lang, head, table, {**results(facts), "columns": columns, "precincts": listed})


def area_files(facts: Facts, lang: str) -> tuple[File, ...]:
    """The sums of every area printed, and of all together."""
    columns = facts.contest.summed
    areas = _areas(facts)
    table = (
        [
            area.area,
            area.kind,
            *(getattr(area.coverage, name) for name in COVERAGE),
            *(area.value(column) for column in columns),
        ]
        for area in areas
    )
    return _files(lang, ("area", "kind", *COVERAGE, *columns), table, results(facts))


def _areas(facts: Facts) -> list[AreaResult]:
    if facts.total.children:
        return list(_tree(facts.total))
    blocks = [block.result for block in facts.blocks] if len(facts.blocks) > 1 else []
    return [*blocks, facts.total]


def _tree(result: AreaResult) -> Iterator[AreaResult]:
    for child in result.children:
        yield from _tree(child)
    yield result


def results(facts: Facts) -> dict[str, Any]:
    """The results object of the program's JSON answers, with the blocks of this document."""
    return {
        "election": facts.election.id,
        "contest": facts.contest.id,
        "commission": facts.commission.code,
        "status": facts.status,
        "as_of": facts.as_of.isoformat(),
        "digest": facts.digest,
        **as_json(facts.total, facts.contest),
        "blocks": [as_json(block.result, facts.contest) for block in facts.blocks],
        **notes_as_data(facts),
    }


def _files(
    lang: str, head: Sequence[str], rows: Iterable[Sequence[Any]], data: dict[str, Any]
) -> tuple[File, ...]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return (
        File("table.csv", captions.ATTACHED_CSV.say(lang), text.getvalue()),
        File(
            "table.json",
            captions.ATTACHED_JSON.say(lang),
            json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        ),
    )
