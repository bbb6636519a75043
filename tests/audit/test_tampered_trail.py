"""Events, versions, protocols and findings changed behind the service's back are found."""

from __future__ import annotations

import pytest

from tests.audit.tampering import Tampered, refuse
from tests.counting import Count

# What is done → the statements, and a part of what is said of it.
TAMPERED: dict[str, Tampered] = {
    "an event's facts": (
        "UPDATE event SET facts = replace(facts, '1', '2') WHERE {here} AND number = 2",
        "sample/bishkek 2 its content was changed",
    ),
    "an event's facts are no JSON": (
        "UPDATE event SET facts = '' WHERE {here} AND number = 2",
        "sample/bishkek 2 its content was changed",
    ),
    "an event's actor": (
        "UPDATE event SET actor = 'nobody' WHERE {here} AND number = 1",
        "sample/bishkek 1 its content was changed",
    ),
    "an event's hash": (
        "UPDATE event SET hash = 'x' WHERE {here} AND number = 1",
        "sample/bishkek 1 its content was changed",
    ),
    "an event gone": (
        "DELETE FROM event WHERE {here} AND number = 3",
        "sample/bishkek 3 event 3 is missing",
    ),
    "the first event gone": (
        "DELETE FROM event WHERE {here} AND number = 1",
        "sample/bishkek 1 event 1 is missing",
    ),
    "the last event of a chain gone": (
        "DELETE FROM event WHERE chain = 'sample/abroad' AND number = (SELECT max(number) FROM "
        "event WHERE chain = 'sample/abroad')",
        "sample/president/9001 2 it stands as disputed, the trail says otherwise",
    ),
    "a whole chain gone": (
        "DELETE FROM event WHERE chain = 'sample/abroad'",
        "sample/president/9001 0 version 1 is not what the trail says",
    ),
    "the loading of an election gone": (
        "DELETE FROM event WHERE chain = 'main' AND number = 2",
        "main 0 election other is not in both the trail and the store",
    ),
    "an event put in": (
        "INSERT INTO event (chain, number, at, actor, role, kind, subject, facts, previous, "
        "hash) SELECT chain, number + 1, at, actor, role, kind, subject, facts, hash, 'x' FROM "
        "event WHERE {here} AND number = (SELECT max(number) FROM event WHERE {here})",
        "its content was changed",
    ),
    "two events exchanged": (
        (
            "UPDATE event SET number = 1000 WHERE {here} AND number = 2",
            "UPDATE event SET number = 2 WHERE {here} AND number = 3",
            "UPDATE event SET number = 3 WHERE {here} AND number = 1000",
        ),
        "sample/bishkek 2 it does not follow the event before it",
    ),
    "a version's text": (
        "UPDATE version SET canonical = replace(canonical, 'asan', 'nasa') WHERE precinct = 7001",
        "sample/president/7001 1 version 1 is not what the trail says",
    ),
    "a version's text is no JSON": (
        "UPDATE version SET canonical = 'x' WHERE precinct = 7001",
        "sample/president/7001 1 version 1 is not what the trail says",
    ),
    "a version's digest": (
        "UPDATE version SET digest = 'x' WHERE precinct = 7001",
        "sample/president/7001 1 version 1 is not what the trail says",
    ),
    "a version's digest of figures": (
        "UPDATE version SET figures_digest = 'x' WHERE precinct = 7001",
        "sample/president/7001 1 version 1 is not what the trail says",
    ),
    "who entered a version": (
        "UPDATE version SET entered_by = 'nobody' WHERE precinct = 7001",
        "sample/president/7001 1 version 1 is not what the trail says",
    ),
    "the file a version came in": (
        "UPDATE version SET source = 'other.csv' WHERE precinct = 7101 AND number = 1",
        "sample/president/7101 1 version 1 is not what the trail says",
    ),
    "the channel of a version": (
        "UPDATE version SET channel = 'fax' WHERE precinct = 7001",
        "sample/president/7001 1 version 1 is not what the trail says",
    ),
    "an old version gone": (
        (
            "DELETE FROM finding WHERE precinct = 7101",
            "DELETE FROM version WHERE precinct = 7101 AND number = 1",
        ),
        "sample/president/7101 1 version 1 is missing",
    ),
    "a version put in": (
        "INSERT INTO version (contest, precinct, number, canonical, digest, figures_digest, "
        "channel, source, entered_by, entered_at) SELECT contest, precinct, 9, canonical, "
        "digest, figures_digest, channel, source, entered_by, entered_at FROM version WHERE "
        "precinct = 7001 AND {first}",
        "sample/president/7001 0 version 9 is not what the trail says",
    ),
    "a protocol gone": (
        "DELETE FROM protocol WHERE precinct = 9001",
        "sample/president/9001 3 the protocol is missing",
    ),
    "a state": (
        "UPDATE protocol SET state = 'annulled' WHERE precinct = 7001 AND {first}",
        "sample/president/7001 5 it stands as annulled, the trail says otherwise",
    ),
    "a disputed protocol is accepted": (
        "UPDATE protocol SET state = 'accepted' WHERE precinct = 9001",
        "sample/president/9001 3 it stands as accepted, the trail says otherwise",
    ),
    "an older version stands": (
        "UPDATE protocol SET version = 1 WHERE precinct = 7101 AND {first}",
        "sample/president/7101 6 it stands as accepted, the trail says otherwise",
    ),
    "a protocol filed in another area": (
        "UPDATE protocol SET area = {abroad} WHERE precinct = 7101 AND {first}",
        "sample/president/7101 6 it is filed under another area than its precinct's",
    ),
    "a finding gone": (
        "DELETE FROM finding WHERE code = 'K10'",
        "sample/president/7002 4 the findings on version 1 were changed",
    ),
    "a finding's equation": (
        "UPDATE finding SET equation = '0 = 0' WHERE code = 'K10'",
        "sample/president/7002 4 the findings on version 1 were changed",
    ),
    "a finding's severity": (
        "UPDATE finding SET severity = 'notice' WHERE precinct = 9001",
        "sample/president/9001 2 the findings on version 1 were changed",
    ),
    "a finding put in": (
        "INSERT INTO finding (id, contest, precinct, version, code, severity, lines, equation) "
        "SELECT 9999, contest, 1001, 1, code, severity, lines, equation FROM finding WHERE code "
        "= 'K10'",
        "sample/president/1001 3 the findings on version 1 were changed",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_is_found_and_named(counted: Count, what: str) -> None:
    refuse(counted, TAMPERED[what])
