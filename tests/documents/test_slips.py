"""Slips with start codes: printed, and read back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tabulator.documents.slips import ROLES, Slip, print_slips
from tabulator.domain.roles import Role
from tabulator.domain.text import Text
from tests.documents.reading import pages, squeezed, text

AT = datetime(2027, 1, 3, 12, 0, tzinfo=UTC)
CHAIR = Slip(
    "precinct-1047",
    Role.PRECINCT_CHAIR,
    "1047",
    Text("Бишкек ш., №5 орто мектеп", "г. Бишкек, средняя школа № 5"),
    "Өмүрбекова Жаңыл",
    "7KQM-2XPR-9WTV",
)
ADMINISTRATOR = Slip("admin", Role.ADMINISTRATOR, "", Text(), "", "AAAA-BBBB-CCCC")
UNKNOWN = Slip("tec-osh", Role.TERRITORIAL_CHAIR, "tec-osh-1", Text(), "", "DDDD-EEEE-FFFF")


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (["ky", "ru"], ["Баштапкыкод/Начальныйкод", "Кантипкирүүкерек", "Каквойти"]),
        (["en"], ["Startcode", "Howtologin", "Openthisaddress:https://count.example"]),
    ],
)
def test_a_slip_says_whom_it_is_for_where_to_go_and_the_code(
    languages: list[str], said: list[str]
) -> None:
    printed = print_slips([CHAIR], languages, "https://count.example", AT)
    (page,) = pages(printed.pdf)
    stands = text(page)
    expected = [*said, "№1047", CHAIR.person, CHAIR.code, CHAIR.name, CHAIR.place.say(languages[0])]
    assert [words for words in expected if squeezed(words) not in stands] == []


def test_three_stand_on_a_sheet_in_their_order() -> None:
    printed = print_slips([CHAIR, ADMINISTRATOR, UNKNOWN, CHAIR], ["ky", "ru"], "", AT)
    first, second = (text(page) for page in pages(printed.pdf))
    places = [first.index(slip.code) for slip in (CHAIR, ADMINISTRATOR, UNKNOWN)]
    assert places == sorted(places)
    assert CHAIR.code in second
    assert "tec-osh-1" in first
    assert squeezed("Даректи комиссияңыздан сураңыз.") in first


def test_the_longest_name_stays_on_its_slip() -> None:
    long = Slip("w" * 100, Role.ADMINISTRATOR, "", Text(), "Щ" * 40, "AAAA-BBBB-CCCC")
    printed = print_slips([long], ["ky", "ru"], f"https://{'a' * 40}.example", AT)
    assert printed.pages == 1
    stands = text(pages(printed.pdf)[0])
    assert (stands.count("w"), stands.count("Щ")) == (100, 40)


def test_every_role_has_a_name_in_three_languages() -> None:
    assert set(ROLES) == set(Role) - {Role.COMMAND_LINE}
    assert all(name.ky and name.ru and name.en for name in ROLES.values())
