"""What an administrator of the database could do, and what `audit verify` then says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tabulator.audit.verify import Verdict, verify
from tabulator.storage.models import APPEND_ONLY, SHEET
from tests.counting import PLACES, Count

Tampered = tuple[str | tuple[str, ...], str]
"""One statement or several, and a part of what must be said of them."""

_SHORT = {
    "first": "contest = (SELECT min(key) FROM contest)",
    "here": "chain = 'sample/bishkek'",
    "values": ", ".join(f"v{k}" for k in range(SHEET)),
    **{
        code: f"(SELECT key FROM area WHERE election = 'sample' AND code = '{code}')"  # noqa: S608
        for code in PLACES.values()
    },
}


@contextmanager
def administering(engine: Engine) -> Iterator[Connection]:
    """What only the master of the machine can do: no trigger, no key, no rule. Rolled back."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
            for table in APPEND_ONLY:
                connection.execute(sa.text(f"DROP TRIGGER {table}_no_update"))
                connection.execute(sa.text(f"DROP TRIGGER {table}_no_delete"))
        yield connection
        connection.rollback()


def refuse(count: Count, tampered: Tampered) -> None:
    """Tamper, and see that it is found and named; before it, all must have been in order."""
    statements, expected = tampered
    with administering(count.engine) as connection:
        assert said(verify(connection)) == "the trail holds"
        changed = 0
        for statement in [statements] if isinstance(statements, str) else statements:
            changed += connection.execute(sa.text(statement.format(**_SHORT))).rowcount
        assert changed, "nothing was tampered with"
        found = said(verify(connection))
        assert expected in found, found


def said(verdict: Verdict) -> str:
    found = verdict.first_break
    return f"{found.chain} {found.number} {found.reason}" if found else "the trail holds"
