"""The register of the sample as the files of an election package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tabulator.domain.register import Contest, Option, Precinct
from tabulator.domain.text import LANGUAGES, Text
from tabulator.package import write_csv
from tabulator.sample import contests, geography
from tabulator.sample.contests import CONTESTS

_NAMES = tuple(f"name_{lang}" for lang in LANGUAGES)


def write_package(folder: Path, precincts: Iterable[Precinct]) -> None:
    """Everything but the protocols; the folder is there."""
    (folder / "election.toml").write_text("\n".join((*_election(), "")), encoding="utf-8")
    _write_named(
        folder / "areas.csv",
        ("code", "parent", "kind", "commission"),
        (((a.code, a.parent, a.kind, a.commission), a.name) for a in geography.areas()),
    )
    _write_named(
        folder / "commissions.csv",
        ("code", "kind", "parent", "phone", "email"),
        (((c.code, c.kind, c.parent, c.phone, c.email), c.name) for c in geography.commissions()),
    )
    options = [(contest.id, option) for contest in CONTESTS for option in contest.options]
    write_csv(folder / "options.csv", _OPTION, (_option_row(*each) for each in options))
    write_csv(folder / "precincts.csv", _PRECINCT, map(_precinct_row, precincts))


def _write_named(
    path: Path, columns: tuple[str, ...], rows: Iterable[tuple[tuple[str, ...], Text]]
) -> None:
    write_csv(path, (*columns, *_NAMES), ((*cells, *_in_all(name)) for cells, name in rows))


def _in_all(text: Text) -> tuple[str, str, str]:
    return text.ky, text.ru, text.en


_OPTION = ("contest", "position", "code", "kind", *_NAMES, "sex", "list")
_PRECINCT = (
    *("number", "area", "timezone", "abroad", "country"),
    *(f"place_{lang}" for lang in LANGUAGES),
    *("address", "voters", "voters_men", "voters_women", "aeu", "phone", "email"),
)


def _option_row(contest: str, one: Option) -> tuple[object, ...]:
    return (contest, one.position, one.code, one.kind, *_in_all(one.name), one.sex, one.list)


def _precinct_row(one: Precinct) -> tuple[object, ...]:
    where = (one.number, one.area, one.timezone, one.abroad, one.country)
    voters = (one.voters, one.voters_men, one.voters_women)
    return (*where, *_in_all(one.place), one.address, *voters, one.aeu, one.phone, one.email)


def _election() -> Iterator[str]:
    yield f'id = "{contests.ELECTION}"'
    yield f'kind = "{contests.KIND}"'
    yield f"date = {contests.VOTING_DAY}"
    yield from _title("title", contests.TITLE)
    for contest in CONTESTS:
        yield from _contest(contest)


def _contest(contest: Contest) -> Iterator[str]:
    yield "\n[[contests]]"
    yield f'id = "{contest.id}"'
    if contest.kind:
        yield f'kind = "{contest.kind}"'
    yield f'form = "{contest.form.code}"'
    yield f"seats = {contest.seats}"
    yield f"max_marks = {contest.max_marks}"
    yield f"open_abroad = {str(contest.open_abroad).lower()}"
    if contest.area:
        yield f'area = "{contest.area}"'
    if contest.threshold:
        yield f"threshold = {contest.threshold // 100}  # percent of those who took part"
    yield from _title("contests.title", contest.title)


def _title(table: str, text: Text) -> Iterator[str]:
    yield f"\n[{table}]"
    yield from (f'{lang} = "{getattr(text, lang)}"' for lang in LANGUAGES)
