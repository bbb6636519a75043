from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tabulator.domain.areas import Areas
from tabulator.errors import Misconfigured
from tabulator.package import read_package
from tabulator.sample import FEWEST, PRECINCTS, write_sample
from tabulator.sample.geography import areas, commissions
from tabulator.sample.places import latin
from tabulator.sample.portions import portions
from tabulator.sample.register import register


def test_the_register_has_the_voters_of_the_notice_of_2024(default_sample: Path) -> None:
    precincts = read_package(default_sample).precincts.values()
    assert len(precincts) == 2_538
    assert sum(each.voters or 0 for each in precincts) == 4_114_931
    assert sum(each.voters_men or 0 for each in precincts) == 1_990_507
    assert sum(each.voters_women or 0 for each in precincts) == 2_124_424


def test_precincts_and_commissions_can_be_reached_but_nobody_answers(default_sample: Path) -> None:
    package = read_package(default_sample)
    reached = [*package.precincts.values(), *package.election.commissions.values()]
    assert all(each.phone.startswith("+996 000 ") for each in reached)
    assert all(each.email.endswith("@shailoo.example") for each in reached)
    assert len({each.email for each in reached}) == len(reached)


def test_men_and_women_are_the_voters_of_each_precinct() -> None:
    for each in register(seed=2, count=400):
        assert each.voters == (each.voters_men or 0) + (each.voters_women or 0)
        assert (each.voters_men or 0) > 0
        assert (each.voters_women or 0) > 0


@pytest.mark.parametrize("count", [FEWEST, 61, 300, 2_537, 2_539])
def test_with_another_count_the_voters_are_in_proportion(count: int) -> None:
    precincts = register(seed=1, count=count)
    assert len(precincts) == count
    assert sum(each.voters or 0 for each in precincts) == 4_114_931 * count // PRECINCTS
    assert sum(each.voters_men or 0 for each in precincts) == 1_990_507 * count // PRECINCTS


@pytest.mark.parametrize(("count", "abroad"), [(60, 2), (300, 12), (2_538, 100)])
def test_every_territory_has_precincts_and_some_are_abroad(count: int, abroad: int) -> None:
    by_area = Counter(each.area for each in register(seed=1, count=count))
    territories = {area.code for area in areas() if area.kind == "territory"}
    assert set(by_area) == territories | {"abroad"}
    assert by_area["abroad"] == abroad


def test_too_few_precincts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="at least 60 precincts, not 59"):
        write_sample(tmp_path / "sample", precincts=59)
    assert not (tmp_path / "sample").exists()


def test_54_commissions_tabulate_55_areas() -> None:
    tree = Areas(areas())
    tecs = [each.code for each in commissions() if each.kind == "tec"]
    assert len(set(tecs)) == 54
    tops = [area.code for tec in tecs for area in tree.tops_of(tec)]
    assert len(tops) == 55
    assert [area.code for area in tree.tops_of("tec-bishkek")] == ["bishkek-city", "abroad"]


def test_the_first_digit_of_a_number_names_the_region() -> None:
    digits = {"bishkek": 1, "jalal-abad": 2, "issyk-kul": 3, "naryn": 4, "osh": 5, "osh-city": 5}
    digits |= {"talas": 6, "chui": 7, "batken": 8, "abroad": 9}
    tree = Areas(areas())
    for each in register(seed=1, count=PRECINCTS):
        region = tree.above(each.area)[-2]
        assert 1_000 < each.number <= 9_999
        assert each.number // 1_000 == digits[region]


def test_a_larger_country_than_four_digits_hold_has_longer_numbers() -> None:
    numbers = [each.number for each in register(seed=1, count=6_000)]
    assert len(set(numbers)) == 6_000
    assert min(numbers) > 10_000


def test_precincts_abroad_lie_in_34_countries_each_on_its_own_clock() -> None:
    abroad = [each for each in register(seed=1, count=PRECINCTS) if each.abroad]
    assert len({each.country for each in abroad}) == 34
    zones = {each.place.en: each.timezone for each in abroad}
    assert zones["Yuzhno-Sakhalinsk, Russia"] == "Asia/Sakhalin"
    assert zones["Petropavlovsk-Kamchatsky, Russia"] == "Asia/Kamchatka"
    assert zones["San Francisco, USA"] == "America/Los_Angeles"
    assert not any(each.aeu for each in abroad)


def test_most_precincts_at_home_have_an_urn_and_remote_ones_have_none() -> None:
    home = [each for each in register(seed=1, count=PRECINCTS) if not each.abroad]
    without = [each for each in home if not each.aeu]
    assert 50 < len(without) < len(home) // 10
    assert max(each.voters or 0 for each in without) < 600


def test_places_are_named_in_three_languages() -> None:
    for each in register(seed=1, count=300):
        assert all((each.place.ky, each.place.ru, each.place.en))
        assert each.place.en.isascii() or each.abroad


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Көк-Жар", "Kok-Jar"), ("Өзгөрүш", "Ozgorush"), ("Чоң-Арык", "Chon-Aryk")],
)
def test_place_names_are_written_in_latin_letters(name: str, letters: str) -> None:
    assert latin(name) == letters


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [5, 2], [5, 2]), (0, [3, 4], [0, 0]), (5, [0, 9], [0, 5])],
)
def test_portions_lose_nothing(total: int, weights: list[int], shares: list[int]) -> None:
    assert portions(total, weights) == shares
