"""The sample election as files: protocols, and the findings that they must make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

from tabulator.domain.register import Contest, Precinct
from tabulator.package import write_csv
from tabulator.package.columns import beside_columns
from tabulator.sample.contests import CONTESTS, PRESIDENT, TOKTOGUL_KENESH
from tabulator.sample.faults import FAULTS, TOKTOGUL_FAULTS, Fault
from tabulator.sample.files import write_package
from tabulator.sample.geography import TOKTOGUL
from tabulator.sample.planting import EACH, plant
from tabulator.sample.register import PRECINCTS, register
from tabulator.sample.sheet import Sheet
from tabulator.sample.voting import vote

_SHARE_OF_FAULTS = 80  # per mille; real nights had 1.2 to 17 percent of exceptions


def write_sample(folder: Path, *, seed: int = 1, precincts: int | None = None) -> None:
    """Write an election package and its protocols; the same seed gives the same bytes.

    `protocols.csv` holds the presidential contest, one row per precinct, and `faults.csv`
    exactly the findings that a check must make on it. `protocols-toktogul.csv` and
    `faults-toktogul.csv` are the same for a town's kenesh that is elected on that day; there
    lie the faults of K16, and two protocols from abroad where none may be (K27).

    About 8 percent of the protocols have one fault each, and every code stands at least twice
    in the faults: so of few precincts many have one (46 to 48 of 60). Not planted, because no
    protocol can carry them: K18 (what a person sees on the paper), K22 to K24 (sums), K25
    (typed percentages) and the scans of K21.

    Args:
        folder: Made if need be; files of the same names are replaced.
        precincts: At home and abroad together, instead of 2,538 with 4,114,931 voters.

    Raises:
        Misconfigured: Fewer precincts than FEWEST.
    """
    listed = register(seed, PRECINCTS if precincts is None else precincts)
    folder.mkdir(parents=True, exist_ok=True)
    write_package(folder, listed)
    _write_contest(folder, "", seed, PRESIDENT, listed, FAULTS)
    town = [each for each in listed if each.area == TOKTOGUL]
    strays = [each for each in listed if each.abroad][:EACH]
    _write_contest(folder, "-toktogul", seed, TOKTOGUL_KENESH, [*town, *strays], TOKTOGUL_FAULTS)


def _write_contest(
    folder: Path,
    suffix: str,
    seed: int,
    contest: Contest,
    precincts: Iterable[Precinct],
    faults: Mapping[str, Sequence[Fault]],
) -> None:
    sheets = [vote(seed, contest, precinct) for precinct in precincts]
    rng = Random(f"{seed}/faults/{contest.id}")  # noqa: S311  invented data, not a secret
    planted = plant(faults, sheets, _SHARE_OF_FAULTS, rng)
    rows = [_protocol_row(sheet) for sheet in sheets]
    write_csv(folder / f"protocols{suffix}.csv", _header(contest, rows), rows)
    write_csv(folder / f"faults{suffix}.csv", ("precinct", "contest", "code"), planted)


def _header(contest: Contest, rows: Iterable[Mapping[str, object]]) -> list[str]:
    used = {column for row in rows for column in row}
    beside = beside_columns(contest.form, [option.code for option in contest.options])
    plain = ("precinct", "contest", *contest.columns)
    papers = ("signed_at", "received_at", "protocol_no", "copy_no")
    return [*plain, *papers, *(column for column in beside if column in used)]


def _protocol_row(sheet: Sheet) -> dict[str, object]:
    """The row; the hours stand with the offset of the clock they were read from."""
    return {
        "precinct": sheet.precinct.number,
        "contest": sheet.contest.id,
        **sheet.figures,
        "signed_at": sheet.signed_at.isoformat(),
        "received_at": sheet.received_at.isoformat(),
        "protocol_no": CONTESTS.index(sheet.contest) + 1,
        "copy_no": 1,
        **sheet.beside,
    }
