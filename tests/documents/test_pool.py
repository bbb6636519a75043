"""Many documents: in order, all or none."""

from __future__ import annotations

import pytest

from tabulator.documents.pool import Job, render_all
from tabulator.documents.render import render
from tabulator.domain.text import Text
from tabulator.errors import NotPrintable
from tests.documents.builders import territory

JOBS = [
    Job(kind, territory(count), lang)
    for count in (1, 2)
    for kind in ("summary-table", "protocol")
    for lang in ("ky", "ru")
]
BROKEN = Job("protocol", territory(2, name=Text("漢字")), "ru")


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_come_in_the_order_of_their_jobs_and_as_if_printed_alone(workers: int) -> None:
    alone = [render(job.kind, job.facts, job.lang) for job in JOBS]
    assert list(render_all(iter(JOBS), workers=workers)) == alone


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_fails_is_named_and_ends_the_batch(workers: int) -> None:
    given = render_all([JOBS[0], BROKEN, *JOBS * 3], workers=workers)
    next(given)
    with pytest.raises(NotPrintable, match=r"protocol of alamudun in ru.*漢"):
        list(given)


def test_no_jobs_give_no_documents() -> None:
    assert list(render_all([], workers=2)) == []
