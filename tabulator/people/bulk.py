"""Many accounts at once: a file of them, a start code for each, and slips to hand these out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from tabulator.documents.slips import Slip
from tabulator.domain.text import Text
from tabulator.errors import Malformed, Problem
from tabulator.package.accounts import Wanted, folded, read_accounts
from tabulator.people import passwords
from tabulator.people.accounts import existing
from tabulator.people.codes import start_code, typed
from tabulator.people.reach import Registers


@dataclass(frozen=True, slots=True)
class New:
    """An account about to be made, with what its scope is called."""

    wanted: Wanted
    place: Text


def read_new(connection: Connection, path: Path) -> list[New]:
    """The accounts of a file `name,role,election,scope,person,lang`, in its order.

    Raises:
        Malformed: With every problem of every row, also names that are taken and precincts,
            commissions or areas that are not there.
    """
    problems: list[Problem] = []
    rows = read_accounts(path, problems)
    taken = existing(connection)
    for place, wanted in rows:
        if folded(wanted.name) in taken:
            place.at(column="name").bad("account-exists", "", wanted.name)
    registers = Registers(connection)
    registers.check(rows)
    if problems:
        raise Malformed(problems)
    return [New(wanted, registers.place(wanted)) for _, wanted in rows]


@dataclass(frozen=True, slots=True)
class Coded:
    """A start code, and what is stored of it."""

    code: str
    hashed: str


def start_codes(count: int) -> Iterator[Coded]:
    """So many start codes, hashed on all cores.

    At the full cost, although 60 random bits could do with less: it is paid once, and at a log-in
    an account that still has its start code cannot be told from one that has a password.
    """
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # argon2 runs outside Python's lock
        yield from pool.map(_coded, (start_code() for _ in range(count)))


def _coded(code: str) -> Coded:
    return Coded(code, passwords.hashed(typed(code)))


def slips(new: Sequence[New], codes: Sequence[Coded]) -> list[Slip]:
    return [
        Slip(n.wanted.name, n.wanted.role, n.wanted.scope, n.place, n.wanted.person, coded.code)
        for n, coded in zip(new, codes, strict=True)
    ]
