"""The annex of the CEC: every precinct of the country, territory by territory."""

from tabulator.documents.attachments import precinct_files
from tabulator.documents.facts import Facts
from tabulator.documents.frame import Page
from tabulator.documents.rows import block_rows, columns
from tabulator.documents.tables import table_page
from tabulator.documents.widths import DENSE

KIND = "national-annex"


def national_annex(facts: Facts, lang: str) -> Page:
    """Rows are numbers alone, without places: the document has some 60 sheets."""
    return table_page(
        KIND,
        facts,
        lang,
        columns(facts.contest),
        tuple(block_rows(facts)),
        precinct_files(facts, lang),
        style=DENSE,
    )
