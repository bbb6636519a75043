"""The summary table of a territorial or district commission: every precinct, every line."""

from tabulator.documents.attachments import precinct_files
from tabulator.documents.facts import Facts
from tabulator.documents.frame import Page
from tabulator.documents.rows import block_rows, columns
from tabulator.documents.tables import table_page

KIND = "summary-table"


def summary_table(facts: Facts, lang: str) -> Page:
    """Source: const. law on elections art. 36; regulation No. 102 § 9.2; printed per precinct."""
    return table_page(
        KIND,
        facts,
        lang,
        columns(facts.contest),
        tuple(block_rows(facts)),
        precinct_files(facts, lang),
        coverage=[block.result for block in facts.blocks] if len(facts.blocks) > 1 else (),
    )
