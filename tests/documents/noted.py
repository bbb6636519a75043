"""The same facts with everything beside the figures that a document can print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tabulator.documents.facts import Complaint, Facts, Note

WRITTEN = "Ы'Ө\"Ү-<Ң> & «ңөү» – O’Brien"
DAY = "2021-01-11"

NOTES = (
    Note(1001, "corrected", text="Кайра жазылган", number="7/1", date=DAY),
    Note(1001, "amended", "K28", differences=(("V", 1512, 1521), ("C", None, 0), ("c1", 3, 1_200))),
    Note(1001, "explained", "K13", f"АЭУ өчүп калган: {WRITTEN}"),
    Note(1002, "missing", text="жол жабык:\nкар көчкү түшкөн"),
    Note(1003, "decided", "K04", f"Бир бюллетень табылган эмес. {WRITTEN}", "№ 12-ө", DAY),
    Note(1004, "annulled", text="Үкүктүн ачкычы жоголгон", number="13", date=DAY),
    Note(1005, "part-annulled", text="Көчмө ящик мөөрсүз", number="14", date=DAY),
    Note(1005, "recount", text="Өтүнүч боюнча", number="15", date=DAY),
    Note(1005, "recount-ordered", text="Даттануу боюнча", number="16", date=DAY),
    Note(1005, "restored", text="Сот чечими", number="17", date=DAY),
    Note(1005, "no-first-copy", text="Учак кечиккен"),
)
COMPLAINTS = (
    Complaint(1, 1003, "канааттандырылды"),
    Complaint(2, 0, "четке кагылды"),
    Complaint(3, 1005, "канааттандырылды"),
)
OPINIONS = ("Өмүралиева Г. Ж.", "О'Коннор-<Дүйшөнбекова> & Ы.")


def noted(facts: Facts, notes: Sequence[Note] = NOTES) -> Facts:
    return replace(
        facts, notes=tuple(notes), complaints=COMPLAINTS, opinions=OPINIONS, present=9, members=11
    )


def many(facts: Facts, text: str = "Шайлоочулардын тизмеси такталган") -> Facts:
    """Every precinct with an answer and every fifth with a decision beside it."""
    precincts = [row.precinct for block in facts.blocks for row in block.rows]
    return noted(
        facts,
        [
            note
            for n in precincts
            for note in (
                *([Note(n, "decided", "K06", text, f"{n}/2", DAY)] if n % 5 == 0 else []),
                Note(n, "explained", "K30", f"{text}, {n}"),
            )
        ],
    )
