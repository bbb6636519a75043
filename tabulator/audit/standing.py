"""Scans, signed results and accounts, compared with what the trail tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from tabulator.audit.chain import Break
from tabulator.audit.sittings import sitting_subject
from tabulator.audit.tale import Tale
from tabulator.domain.register import Contest
from tabulator.storage import models
from tabulator.storage.files import Files
from tabulator.storage.register import Stored
from tabulator.storage.results import commission_rows, figures_digest

ACCOUNTS = "accounts"
"""The chain of what is done to accounts."""


def scan_differences(
    connection: Connection, stored: Stored, contest: Contest, tale: Tale, files: Files | None
) -> Iterator[Break]:
    """Files that a version no longer has, has too many, or whose bytes are gone or others."""
    table, prefix = models.scan.c, f"{stored.election.id}/{contest.id}/"
    kept: dict[tuple[str, int], list[list[object]]] = {}
    rows = connection.execute(
        sa.select(models.scan)
        .where(table.contest == stored.contests[contest.id])
        .order_by(table.precinct, table.version, table.position)
    )
    for row in rows:
        key = (f"{prefix}{row.precinct}", row.version)
        scan = [row.position, row.sha256, row.name, row.media_type, row.size]
        kept.setdefault(key, []).append(scan)
    told = {
        key: [[place, *scan] for place, scan in enumerate(scans, start=1)]
        for key, scans in tale.scans.items()
        if key[0].startswith(prefix) and scans
    }
    for key in sorted({*kept, *told}):
        if kept.get(key) != told.get(key):
            yield Break(key[0], 0, f"the files of version {key[1]} are not what the trail says")
        elif files:
            for scan in told[key]:
                if not files.holds(scan[1]):
                    yield Break(key[0], 0, f"file {scan[1]} of version {key[1]} is lost or changed")


def signed_differences(
    connection: Connection, stored: Stored, contest: Contest, tale: Tale, files: Files | None
) -> Iterator[Break]:
    """Signed results under which other figures stand now than were signed; lost documents."""
    for code in stored.election.commissions:
        subject = sitting_subject(stored, contest, code)
        sitting, event = tale.sittings.get(subject, (None, 0))
        if sitting and sitting.frozen:
            rows = commission_rows(connection, stored, contest, code)
            if figures_digest(rows) != sitting.digest:
                yield Break(subject, event, "other figures stand now than were signed")
            for sha256 in sitting.documents:
                if files and not files.holds(sha256):
                    yield Break(subject, event, f"document {sha256} is lost or changed")


def account_differences(connection: Connection, tale: Tale) -> Iterator[Break]:
    """Accounts whose role, reach or person is not what the trail says."""
    names = ("role", "election", "scope", "person", "active")
    rows = connection.execute(sa.select(models.account).order_by(models.account.c.name))
    left = dict(tale.accounts)
    for row in rows:
        told = left.pop(row.name, {})
        if [getattr(row, name) for name in names] != [told.get(name) for name in names]:
            yield Break(ACCOUNTS, 0, f"account {row.name} is not what the trail says")
    for name in sorted(left):
        yield Break(ACCOUNTS, 0, f"account {name} is missing")


def token_differences(connection: Connection, tale: Tale) -> Iterator[Break]:
    """Tokens that nobody made, or that do more or longer than was said."""
    rows = connection.execute(sa.select(models.token).order_by(models.token.c.id))
    for row in rows:
        told = tale.tokens.get(row.id, {})
        said = [told.get(name) for name in ("account", "digest", "label", "rights", "expires_at")]
        rights, ends = json.loads(row.rights), row.expires_at.isoformat()
        kept = [row.account, row.digest, row.label, rights, ends]
        if said != kept or told.get("revoked") != (row.revoked_at is not None):
            yield Break(ACCOUNTS, 0, f"token {row.id} of {row.account} is not what the trail says")


def stranger(tale: Tale) -> Iterator[Break]:
    """Who acted without an account of that name and role, where accounts are kept at all."""
    if not tale.held:
        return
    for (name, role), (chain, number) in tale.acted.items():
        if (name, role) not in tale.held:
            yield Break(chain, number, f"{name} never had an account with the role {role}")
