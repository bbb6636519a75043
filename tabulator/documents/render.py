"""Facts → the bytes of an official document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tabulator.config import templates_folder
from tabulator.documents import national_annex, national_summary_table, protocol, summary_table
from tabulator.documents.facts import Facts
from tabulator.documents.frame import Page

KINDS: dict[str, Callable[[Facts, str], Page]] = {
    summary_table.KIND: summary_table.summary_table,
    protocol.KIND: protocol.protocol,
    national_summary_table.KIND: national_summary_table.national_summary_table,
    protocol.NATIONAL_KIND: protocol.national_protocol,
    national_annex.KIND: national_annex.national_annex,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed document."""

    pdf: bytes
    pages: int


def render(kind: str, facts: Facts, lang: str) -> Rendered:
    """Print one document; the same facts give the same bytes.

    Args:
        kind: A key of KINDS.
        lang: "ky", "ru" or "en".

    Raises:
        NotPrintable: The document cannot be printed as it should be; nothing is issued.
    """
    # WeasyPrint takes most of a second to import: a command that prints nothing is spared it.
    from tabulator.documents.pdf import to_pdf

    page = KINDS[kind](facts, lang)
    return Rendered(*to_pdf(as_html(page), page.files, facts.as_of))


def as_html(page: Page) -> str:
    """The document as one HTML text, styles included."""
    return _templates().get_template(page.template).render(page.context)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_folder() / "documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
