"""HTML → PDF/A-3b: nothing is fetched, any complaint is an error, same input, same bytes."""

from __future__ import annotations

import gc
import logging
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from tabulator.documents.frame import File
from tabulator.errors import NotPrintable

FONTS = ("PT Sans", "PT Sans Narrow", "PT Serif")
"""The families a document may be set in; Debian's fonts-paratype brings them."""

_VARIANT = "pdf/a-3b"


class _Complaints(logging.Handler):
    """Collects what WeasyPrint warns of in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.found.append(record.getMessage())


def to_pdf(html: str, files: Sequence[File], at: datetime) -> tuple[bytes, int]:
    """Print one document.

    Args:
        html: The whole of it, styles and pictures included; its metadata carry the dates.
        files: Attached as data of the document, dated `at`.

    Returns:
        The PDF and how many pages it has.

    Raises:
        NotPrintable: It asks for something from outside, WeasyPrint complains, or a letter
            is in none of FONTS.
    """
    try:
        with _no_collection(), _no_complaints(), warnings.catch_warnings():
            # WeasyPrint leaves its own colour profile for the interpreter to close.
            warnings.filterwarnings("ignore", "unclosed file .*sRGB2014", ResourceWarning)
            document = HTML(string=html, url_fetcher=_closed()).render(pdf_variant=_VARIANT)
            pdf = document.write_pdf(
                pdf_variant=_VARIANT, attachments=[_attachment(file, at) for file in files]
            )
    except FatalURLFetchingError as refused:
        raise NotPrintable(f"nothing is fetched from outside the document: {refused}") from refused
    _refuse_other_fonts(document)
    return pdf, len(document.pages)


def _closed() -> URLFetcher:
    """Lets in what stands in the document itself and nothing else."""
    return URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


def _attachment(file: File, at: datetime) -> Attachment:
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=at,
        modified=at,
        relationship="Data",
    )


@contextmanager
def _no_complaints() -> Iterator[None]:
    """Raise what WeasyPrint only logs: a missing glyph or picture, a style it does not know."""
    logger, complaints = logging.getLogger("weasyprint"), _Complaints()
    logger.addHandler(complaints)
    try:
        yield
    finally:
        logger.removeHandler(complaints)
    if complaints.found:
        raise NotPrintable("; ".join(sorted(set(complaints.found))[:5]))


@contextmanager
def _no_collection() -> Iterator[None]:
    """A render makes no garbage worth looking for: without the search it takes a fifth less."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _refuse_other_fonts(document: Document) -> None:
    """A font that is not ours has silently stood in for letters that ours lack."""
    others = {
        font.family: "".join(sorted(set("".join(font.to_unicode.values()))))
        for font in document.fonts.values()
        if font.family not in FONTS
    }
    if not others:
        return
    if all(font.family in others for font in document.fonts.values()):
        raise NotPrintable(f"the fonts {', '.join(FONTS)} are not installed (fonts-paratype)")
    told = "; ".join(f"{letters!r} ({family})" for family, letters in sorted(others.items()))
    raise NotPrintable(f"letters that the official fonts do not have: {told}")
