"""The summary table of the CEC: every territory, grouped by region, and the nation."""

from tabulator.documents import captions
from tabulator.documents.attachments import area_files
from tabulator.documents.facts import Facts
from tabulator.documents.frame import Page
from tabulator.documents.rows import columns, coverage_columns, territory_rows
from tabulator.documents.tables import table_page

KIND = "national-summary-table"


def national_summary_table(facts: Facts, lang: str) -> Page:
    """Source: const. law on elections art. 37, by adding the data of the territorial protocols."""
    return table_page(
        KIND,
        facts,
        lang,
        (*coverage_columns("formed", "included"), *columns(facts.contest)),
        tuple(territory_rows(facts.total)),
        area_files(facts, lang),
        corner=captions.TERRITORY,
    )
