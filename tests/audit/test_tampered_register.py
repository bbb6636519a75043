"""A register that was changed behind the service's back is found: names, areas, voters, forms."""

from __future__ import annotations

import pytest

from tests.audit.tampering import Tampered, refuse
from tests.counting import Count

# What is done → the statements, and a part of what is said of it.
TAMPERED: dict[str, Tampered] = {
    "an option's name": (
        "UPDATE option SET name_ky = 'башка' WHERE code = 'asan'",
        "main 0 the register of election other was changed",
    ),
    "two options' names exchanged": (
        (
            "UPDATE option SET name_ru = 'x' WHERE code = 'asan' AND {first}",
            "UPDATE option SET name_ru = 'asan (ru)' WHERE code = 'bermet' AND {first}",
            "UPDATE option SET name_ru = 'bermet (ru)' WHERE code = 'asan' AND {first}",
        ),
        "main 0 the register of election sample was changed",
    ),
    "a line's name": (
        "UPDATE contest SET form = replace(form, 'жараксыз', 'жарактуу') WHERE position = 2",
        "main 0 the register of election sample was changed",
    ),
    "a form that cannot be read": (
        "UPDATE contest SET form = '{{}}' WHERE position = 2",
        "main 0 election sample cannot be read as it is stored",
    ),
    "whether a line is summed": (
        "UPDATE line SET summed = NOT summed WHERE number = 3 AND {first}",
        "main 0 the register of election sample was changed",
    ),
    "two columns exchanged": (
        (
            "UPDATE line SET number = 99 WHERE code = 'C' AND {first}",
            "UPDATE line SET number = 2 WHERE code = 'I' AND {first}",
            "UPDATE line SET number = 3 WHERE code = 'C' AND {first}",
        ),
        "main 0 the register of election sample was changed",
    ),
    "a precinct's area": (
        "UPDATE precinct SET area = {abroad} WHERE election = 'sample' AND number = 7101",
        "main 0 the register of election sample was changed",
    ),
    "a precinct's voters": (
        "UPDATE precinct SET voters = 1 WHERE election = 'sample' AND number = 7101",
        "main 0 the register of election sample was changed",
    ),
    "a precinct gone": (
        "DELETE FROM precinct WHERE election = 'sample' AND number = 7101",
        "main 0 the register of election sample was changed",
    ),
    "an area's parent": (
        "UPDATE area SET parent = 'bishkek' WHERE election = 'sample' AND code = 'sokuluk'",
        "main 0 the register of election sample was changed",
    ),
    "what lies below an area": (
        "UPDATE area SET last = first WHERE election = 'sample' AND code = 'kg'",
        "main 0 the register of election sample was changed",
    ),
    "a tree without a root": (
        "UPDATE area SET parent = 'nowhere' WHERE election = 'sample' AND parent = ''",
        "main 0 election sample cannot be read as it is stored",
    ),
    "the digest of a package": (
        "UPDATE election SET package_digest = 'x' WHERE id = 'sample'",
        "main 0 the register of election sample was changed",
    ),
    "an election gone": (
        "DELETE FROM election WHERE id = 'other'",
        "main 0 election other is not in both the trail and the store",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_is_found_and_named(counted: Count, what: str) -> None:
    refuse(counted, TAMPERED[what])
