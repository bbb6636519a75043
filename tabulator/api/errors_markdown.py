"""Every stable code of a refusal as the page docs/errors.md, which says how to make it again."""

from __future__ import annotations

from collections.abc import Iterator

from tabulator.api.problem_texts import INTERNAL, TEXTS
from tabulator.api.problems import HTTP_CODES, status_of
from tabulator.domain.text import Text
from tabulator.errors import TabulatorError

_HEAD = """\
# Errors

Made by `python -m tabulator.api.errors_markdown > docs/errors.md`; do not edit by hand.

Every refusal is a problem document (RFC 9457, `application/problem+json`): `type`, `title` in the
language of `Accept-Language` (ky, ru, en), `status`, `code`, `detail` of this occurrence, and
`says`: what the code means in all three languages. `malformed` and `unreadable` list every
malformed place in `problems`; `needs-first` lists in `open` what is open. Codes are stable; other
members may be added.

| code | status | ky | ru | en |
|---|---|---|---|---|
"""


def listed() -> Iterator[tuple[str, int, Text]]:
    """Code, status and meaning of everything that a caller may see, by status."""
    statuses = {code: status.value for status, code in HTTP_CODES.items()}
    statuses |= {kind.code: status_of(kind).value for kind in kinds()} | {INTERNAL: 500}
    seen = [code for code in TEXTS if statuses[code] != 500 or code == INTERNAL]
    for code in sorted(seen, key=lambda code: statuses[code]):
        yield code, statuses[code], TEXTS[code]


def kinds(above: type[TabulatorError] = TabulatorError) -> Iterator[type[TabulatorError]]:
    """Every kind of error there is, the base first."""
    yield above
    for kind in above.__subclasses__():
        yield from kinds(kind)


def errors_markdown() -> str:
    rows = (
        f"| `{code}` | {status} | {says.ky} | {says.ru} | {says.en} |\n"
        for code, status, says in listed()
    )
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    print(errors_markdown(), end="")
