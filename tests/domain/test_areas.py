"""The tree: what lies below what, and which areas a commission tabulates."""

from __future__ import annotations

from tabulator.domain.areas import Area, Areas
from tests.builders import areas, text


def test_bishkek_tec_tabulates_two_topmost_areas() -> None:
    assert [top.code for top in areas().tops_of("tec-bishkek")] == ["bishkek", "abroad"]


def test_an_area_below_another_commission_s_is_still_below_the_first_of_its_own() -> None:
    rows = (
        ("kg", "", "country", "cec"),
        ("osh", "kg", "region", "tec-osh"),
        ("city", "osh", "territory", "tec-city"),
        ("block", "city", "block", "tec-osh"),
    )
    tree = Areas(Area(*row, text(row[0])) for row in rows)
    assert [top.code for top in tree.tops_of("tec-osh")] == ["osh"]


def test_paths_lead_up_and_subtrees_down() -> None:
    tree = areas()
    assert tree.above("sokuluk") == ("sokuluk", "chui", "kg")
    assert tree.below("chui") == ("chui", "alamudun", "sokuluk")
    assert [child.code for child in tree.children("kg")] == ["chui", "bishkek", "abroad"]
