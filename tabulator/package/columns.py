"""The columns of protocols.csv: which there are for a contest, and what their cells hold."""

from __future__ import annotations

from collections.abc import Sequence

from tabulator.domain.form import Form
from tabulator.domain.protocol import BESIDE_INTEGERS, RECOUNTS
from tabulator.package.cells import Parser, count, fold, one_of, precinct_number, text

KEY = ("precinct", "contest")
MOMENTS = ("signed_at", "received_at")
NUMBERS = ("protocol_no", "copy_no")

PREFIXES = ("aeu_", "ident_", "list_", "words_", "sent_")
"""No line and no option begins with one of these: its column would be another's."""

RECEIPT_WORDS = ("precinct", "contest", "recount")
"""What is stated beside a receipt: no line of a receipt and no option is called so."""

_BESIDE: dict[str, Parser] = {
    **dict.fromkeys(BESIDE_INTEGERS, count),
    "aeu_precinct": precinct_number,
    "ident_precinct": precinct_number,
    "aeu_contest": text,
    "ident_contest": text,
    "aeu_recount": one_of(*RECOUNTS),
}


def beside_columns(form: Form, options: Sequence[str]) -> dict[str, Parser]:
    """Every column that a protocol may state beside its figures → what its cells hold."""
    columns = dict(_BESIDE)
    for block in form.blocks:
        stated = [line.role for line in block.lines] + [*(options if block.per_option else ())]
        columns.update((f"{block.code}_{name}", count) for name in stated)
    for column in (*form.roles, *options):
        columns[f"words_{column}"] = text
        columns[f"sent_{column}"] = count
    return columns


def is_reserved(name: str, form: Form) -> bool:
    """Whether the column of an option or line called `name` would be another one's too."""
    lines = [line.role for block in form.blocks if block.per_option for line in block.lines]
    taken = {fold(one) for one in (*KEY, *MOMENTS, *NUMBERS, *RECEIPT_WORDS, *lines)}
    prefixes = (*PREFIXES, *(f"{block.code}_" for block in form.blocks))
    return fold(name) in taken or fold(name).startswith(prefixes)
