"""Facts for documents: whole commissions with figures that differ from precinct to precinct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tabulator.aggregate.coverage import Coverage, cover_upward, coverage
from tabulator.aggregate.outcome import Outcome
from tabulator.aggregate.results import AreaResult, PrecinctRow, area_result
from tabulator.aggregate.roll_up import PrecinctFigures, roll_up
from tabulator.documents.facts import Block, Facts
from tabulator.domain.areas import Area, Areas, Commission
from tabulator.domain.elections import FORMS
from tabulator.domain.register import Contest, Election, Option
from tabulator.domain.text import Text
from tabulator.domain.workflow import State
from tests.builders import commissions, election

AS_OF = datetime(2021, 1, 10, 19, 4, 5, tzinfo=UTC)
DIGEST = "0123456789abcdef" * 4
S = State
MIXED = {1003: S.MISSING, 1005: S.DISPUTED, 1007: S.ANNULLED, 1008: S.CHECKED, 1009: S.RECEIVED}
BLANK = {1002: ("C", "c3"), 1004: ("C",), 1005: ("V",)}
"""Precinct 1005 is disputed: its blank is shown, but no blank of any sum."""

NAMES = (
    Text("Өмүралиева Гүлнара Жумабек кызы", "Омуралиева Гульнара Жумабековна"),
    Text("Жаңыбаев Эркин Өмүрбекович", "Жаныбаев Эркин Омурбекович"),
    Text("О'Коннор-Дүйшөнбекова Ыкыбал «Айсулуу» <&> Абдыкадыровна"),
)


def contest(options: int = 9, form: str = "president/2017", **changes: object) -> Contest:
    """A contest with so many candidates, "against all" last."""
    stand = [
        Option(n, f"c{n}", "candidate", NAMES[n - 1] if n <= len(NAMES) else Text(f"Талапкер {n}"))
        for n in range(1, options)
    ]
    against = Text("Баарына каршы", "Против всех", "Against all")
    listed = (*stand, Option(options, "against_all", "against_all", against))
    return Contest(id="president", form=FORMS[form], options=listed, **changes)  # type: ignore[arg-type]


def _lists() -> Contest:
    """Two lists with two preference candidates each, on a form with boxes."""
    options = [
        *(Option(k, f"list{k}", "list", Text(f"«Тизме {k}» партиясы")) for k in (1, 2)),
        *(
            Option(n, f"p{k}{n}", "candidate", Text(f"Талапкер {k}-{n}"), list=f"list{k}")
            for k in (1, 2)
            for n in (1, 2)
        ),
    ]
    return Contest(id="lists", form=FORMS["jk-list/2021"], options=tuple(options), seats=54)


def figures(of: Contest, number: int) -> dict[str, int | None]:
    """Figures in order, of another size for every precinct and option."""
    votes = {
        o.code: (number * 7919 + k * 611) % (37 + 211 // k) for k, o in enumerate(of.choices, 1)
    }
    preferred = {o.code: votes[o.list] // (9 + o.position) for o in of.options if o.list}
    valid, invalid, cancelled, outside = sum(votes.values()), number % 23, number % 317, number % 41
    part = valid + invalid + number % 2
    lines = {
        "V": part + cancelled + number % 1409,
        "R": part + cancelled,
        "C": cancelled,
        "I": part,
        "I1": max(0, part - outside),
        "I2": min(outside, part),
        "I3": 0,
        "M": min(outside, part),
        "S": max(0, part - outside),
        "U": number % 2,
        "VAL": valid,
        "INV": invalid,
    }
    return {column: {**lines, **votes, **preferred}[column] for column in of.columns}


def row(
    of: Contest,
    number: int,
    area: str,
    state: State = State.ACCEPTED,
    blank: Iterable[str] = (),
) -> PrecinctRow:
    """A precinct; where nothing was received it has no figures."""
    place = Text(
        f"{number % 97}-орто мектеп, Токтогул к. {number % 200}, Жаңы-Жол айылы",
        f"Средняя школа № {number % 97}, ул. Токтогула, {number % 200}",
        f"School No. {number % 97}",
    )
    values = None if state is State.MISSING else {**figures(of, number), **dict.fromkeys(blank)}
    return PrecinctRow(number, area, place, state, values, int(values is not None), "")


def results(of: Contest, tree: Areas, rows: Sequence[PrecinctRow]) -> dict[str, AreaResult]:
    """Every area's result, children put in, added up as the service adds."""
    counted = roll_up(
        [
            PrecinctFigures(
                r.precinct, r.area, {k: v for k, v in r.values.items() if v is not None}
            )
            for r in rows
            if r.values and r.state is State.ACCEPTED
        ],
        tree,
    )
    covered = cover_upward(_coverage(rows), tree)
    found: dict[str, AreaResult] = {}
    for area in reversed(list(tree)):
        children = tuple(found[child.code] for child in tree.children(area.code))
        found[area.code] = area_result(
            of,
            area.code,
            area.kind,
            area.name,
            covered[area.code],
            counted.get(area.code),
            children,
        )
    return found


def _coverage(rows: Sequence[PrecinctRow]) -> dict[str, Coverage]:
    found = {}
    for area in {r.area for r in rows}:
        states = [r.state for r in rows if r.area == area]
        received = Counter(state for state in states if state is not State.MISSING)
        found[area] = coverage(len(states), received)
    return found


def _facts(
    of: Contest,
    held: Election,
    commission: Commission,
    blocks: Sequence[Block],
    total: AreaResult,
    outcome: Outcome | None,
) -> Facts:
    return Facts(held, of, commission, tuple(blocks), total, outcome, AS_OF, DIGEST)


def territory(
    precincts: int = 11,
    of: Contest | None = None,
    states: Mapping[int, State] | None = None,
    blank: Mapping[int, Iterable[str]] | None = None,
    outcome: Outcome | None = None,
    name: Text | None = None,
) -> Facts:
    """A TEC with one area, precincts 1001, 1002, …; `states` and `blank` by precinct number."""
    of = of or contest()
    name = name or Text("Аламүдүн району", "Аламудунский район", "Alamudun district")
    tree = Areas([Area("alamudun", "", "territory", "tec-alamudun", name)])
    rows = _rows(of, "alamudun", range(1001, 1001 + precincts), states or {}, blank or {})
    found = results(of, tree, rows)["alamudun"]
    tec = Commission("tec-alamudun", "tec", "cec", name)
    return _facts(of, _election(of), tec, [Block(found, rows)], found, outcome)


def two_blocks(
    city: int = 40,
    abroad: int = 12,
    of: Contest | None = None,
    states: Mapping[int, State] | None = None,
    blank: Mapping[int, Iterable[str]] | None = None,
) -> Facts:
    """Bishkek TEC: the city and abroad."""
    of = of or contest()
    names = (
        Text("Бишкек шаары", "город Бишкек", "Bishkek city"),
        Text("Чет өлкөлөр", "За рубежом", "Abroad"),
    )
    tree = Areas(
        [
            Area("both", "", "country", "tec-bishkek", Text("Бишкек АШКсы", "Бишкекская ТИК")),
            Area("bishkek", "both", "region", "tec-bishkek", names[0]),
            Area("abroad", "both", "region", "tec-bishkek", names[1]),
        ]
    )
    rows = [
        _rows(of, "bishkek", range(1001, 1001 + city), states or {}, blank or {}),
        _rows(of, "abroad", range(9001, 9001 + abroad), states or {}, blank or {}),
    ]
    found = results(of, tree, [r for part in rows for r in part])
    blocks = [Block(found[part[0].area], part) for part in rows if part]
    tec = commissions()["tec-bishkek"]
    return _facts(of, _election(of), tec, blocks, found["both"], None)


def nation(
    territories: int = 54,
    precincts: int = 45,
    of: Contest | None = None,
    states: Mapping[int, State] | None = None,
    blank: Mapping[int, Iterable[str]] | None = None,
    outcome: Outcome | None = None,
) -> Facts:
    """The CEC: nine regions of territories, so many precincts in each, numbered from 1001."""
    of = of or contest()
    areas = [Area("kg", "", "country", "cec", Text("Кыргыз Республикасы", "Кыргызская Республика"))]
    regions = [f"region-{k}" for k in range(1, 10)]
    areas += [Area(c, "kg", "region", "cec", Text(f"{c} облусу", f"{c} область")) for c in regions]
    rows: list[tuple[PrecinctRow, ...]] = []
    for k in range(territories):
        code, first = f"territory-{k + 1}", 1001 + k * precincts
        name = Text(f"{k + 1}-аймак району", f"Территория {k + 1}, район", f"Territory {k + 1}")
        areas.append(Area(code, regions[k * 9 // territories], "territory", f"tec-{k}", name))
        rows.append(_rows(of, code, range(first, first + precincts), states or {}, blank or {}))
    found = results(of, Areas(areas), [r for part in rows for r in part])
    blocks = [Block(found[part[0].area], part) for part in rows if part]
    return _facts(of, _election(of), commissions()["cec"], blocks, found["kg"], outcome)


def _rows(
    of: Contest,
    area: str,
    numbers: Iterable[int],
    states: Mapping[int, State],
    blank: Mapping[int, Iterable[str]],
) -> tuple[PrecinctRow, ...]:
    return tuple(row(of, n, area, states.get(n, State.ACCEPTED), blank.get(n, ())) for n in numbers)


def _election(of: Contest) -> Election:
    title = Text(
        "Кыргыз Республикасынын Президентин шайлоо",
        "Выборы Президента Кыргызской Республики",
        "Election of the President of the Kyrgyz Republic",
    )
    return election(of, title=title)


def long_names() -> Facts:
    """Two blocks of a district, everything named at length, one precinct blank throughout."""
    title = Text(
        "Жогорку Кеңештин депутаттарын № 17 көп мандаттуу шайлоо округу боюнча шайлоо",
        "Выборы депутатов Жогорку Кенеша по многомандатному избирательному округу № 17",
    )
    name = Text(
        "«Кыргызстандын келечеги үчүн демократиялык, социалдык жана экономикалык өнүгүү» саясий "
        "партиялар бирикмеси, ҮМҮТ-ӨҢҮГҮҮ-ЫНТЫМАК-БИРИМДИК",
        "Объединение политических партий «За демократическое, социальное и экономическое развитие "
        "будущего Кыргызстана», НАДЕЖДА-РАЗВИТИЕ-СОГЛАСИЕ-ЕДИНСТВО",
    )
    called = Text(
        "Ысык-Көл облусунун Ысык-Көл районунун № 17 округдук шайлоо комиссиясы",
        "Окружная избирательная комиссия № 17 по выборам депутатов Жогорку Кенеша, "
        "Иссык-Кульская область, Иссык-Кульский район",
    )
    of = contest(12, "jk-district/2025-boxes", title=title)
    of = replace(of, options=(replace(of.options[0], name=name), *of.options[1:]))
    facts = two_blocks(33, 9, of, MIXED, {**BLANK, 1011: of.columns})
    return replace(facts, commission=Commission("dec-17", "dec", "cec", called))


CASES: dict[str, Callable[[], Facts]] = {
    "none": lambda: territory(0),
    "nothing received": lambda: territory(3, states=dict.fromkeys(range(1001, 1004), S.MISSING)),
    "one": lambda: territory(1),
    "11": lambda: territory(11, states=MIXED, blank=BLANK),
    "11 in order": lambda: territory(11),
    "200": lambda: territory(200, states=MIXED, blank=BLANK),
    "60 options": lambda: territory(11, contest(60, "president/2017-boxes"), MIXED, BLANK),
    "two marks": lambda: territory(11, contest(5, max_marks=2)),
    "lists": lambda: territory(11, _lists()),
    "two blocks": lambda: two_blocks(38, 12, states=MIXED, blank=BLANK),
    "long names": long_names,
    "nation": lambda: nation(18, 7, states=MIXED, blank=BLANK),
    "nation in order": lambda: nation(9, 3),
    "nation, nothing received": lambda: nation(9, 2, states=dict.fromkeys(range(9999), S.MISSING)),
}
"""Facts by name; precincts without a word are in order."""
