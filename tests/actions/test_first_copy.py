"""The first copy comes by act; then the figures are original, or replaced by its own."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tabulator.actions.entry import enter
from tabulator.actions.first_copy import compare_first_copy, take_by_act
from tabulator.actions.review import accept, explain
from tabulator.actions.work import Arrival
from tabulator.domain.protocol import protocol_from_canonical
from tabulator.domain.roles import Actor
from tabulator.errors import Malformed, NeedsFirst, NotAllowed
from tabulator.storage.protocols import Scan
from tests.counting import Count, register, sent
from tests.working import ACT, BISHKEK, MEMBER, OBSERVER, Night, chair_of, events_of

PAPER = Arrival("paper", "first.pdf", (Scan("c" * 64, "first.pdf", "application/pdf", 5),))


@pytest.fixture
def night(engine: Engine) -> Night:
    return Night(Count.load(engine, register()))


@pytest.mark.parametrize("whole", [True, False], ids=["every line typed", "as they stand"])
def test_the_same_figures_become_original(night: Night, whole: bool) -> None:
    given = night.accepted(1001)
    assert night.columns(1001) == ("accepted", 1, 1, 0)
    assert night.first_copy(1001, given if whole else None) == ()
    assert night.columns(1001) == ("accepted", 1, 1, 1)
    night.in_order(given)


def test_without_the_act_nothing_is_compared(night: Night) -> None:
    given = night.accepted(1001)
    for figures in (None, {**given.figures, "V": 9_000}):
        with pytest.raises(NeedsFirst, match="act"):
            night.do(BISHKEK.first, 1001, compare_first_copy, figures, PAPER)
    assert night.columns(1001) == ("accepted", 1, 1, 0)
    night.in_order(given)


@pytest.mark.parametrize("who", [chair_of(1001), BISHKEK.chair, MEMBER, OBSERVER])
def test_only_the_territory_receives_it(night: Night, who: Actor) -> None:
    given = night.accepted(1001)
    with pytest.raises(NotAllowed):
        night.do(who, 1001, take_by_act, ACT)
    night.in_order(given)


def test_other_figures_leave_the_sums_and_every_difference_is_listed(night: Night) -> None:
    given, other = night.accepted(1001), night.accepted(1002)
    paper = sent(night.contest, 1001, V=(given.figures["V"] or 0) + 1, C=4, R=given.figures["R"])
    assert sorted(night.first_copy(1001, paper)) == ["C", "V"]
    assert night.columns(1001) == ("disputed", 2, 0, 2)
    night.in_order(other)
    ((lines, equation),) = night.count.rows(
        "SELECT lines, equation FROM finding WHERE code = 'K28' AND version = 2"
    )
    assert lines == '["V", "C"]'
    assert f"{given.figures['V']} ≠" not in lines
    assert equation.count("≠") == 2
    event = [facts for kind, facts in events_of(night.count, "sample/president/1001")]
    amended = next(facts for facts in event if facts.get("predecessor") == 1)
    assert sorted(amended["lines"]) == ["C", "V"]


def test_figures_of_the_first_copy_are_entered_twice_explained_and_accepted(night: Night) -> None:
    given = night.accepted(1001)
    paper = sent(night.contest, 1001, V=(given.figures["V"] or 0) + 1)
    night.first_copy(1001, paper)
    assert night.columns(1001) == ("checked", 2, 0, 2)
    with pytest.raises(NeedsFirst):
        night.do(BISHKEK.first, 1001, enter, paper.figures)
    night.confirm(paper, BISHKEK.second)
    with pytest.raises(NeedsFirst) as refused:
        night.do(BISHKEK.verifier, 1001, accept)
    assert refused.value.open == ("K28",)
    night.do(BISHKEK.second, 1001, explain, "K28", "a slip in the e-mail")
    night.do(BISHKEK.verifier, 1001, accept)
    assert night.columns(1001) == ("accepted", 2, 2, 2)
    night.in_order(paper)


def test_both_figures_and_both_scans_are_kept(night: Night) -> None:
    given = sent(night.contest, 1001)
    came = Scan("d" * 64, "fax.tif", "image/tiff", 7)
    night.send(chair_of(1001), given, "fax", [came])
    paper = sent(night.contest, 1001, V=9_000)
    night.do(BISHKEK.first, 1001, take_by_act, ACT)
    night.do(BISHKEK.first, 1001, compare_first_copy, paper.figures, PAPER)
    texts = night.count.rows("SELECT canonical FROM version ORDER BY number")
    first, second = (protocol_from_canonical(text) for (text,) in texts)
    assert (first.figures, second.figures) == (given.figures, paper.figures)
    assert second.beside == {"sent_V": given.figures["V"]}
    scans = night.count.rows("SELECT version, sha256 FROM scan ORDER BY version")
    assert scans == [(1, "d" * 64), (2, "c" * 64)]
    night.in_order()


def test_a_figure_that_was_blank_is_among_the_differences(night: Night) -> None:
    night.upload(1001, I3=None)
    assert night.first_copy(1001, sent(night.contest, 1001)) == ("I3",)
    assert night.columns(1001) == ("checked", 2, 0, 2)
    night.in_order()


def test_every_line_of_the_first_copy_is_stated(night: Night) -> None:
    given = night.upload(1001)
    night.do(BISHKEK.first, 1001, take_by_act, ACT)
    for figures in ({"V": given.figures["V"]}, {**given.figures, "XX": 1}):
        with pytest.raises(Malformed):
            night.do(BISHKEK.first, 1001, compare_first_copy, figures, PAPER)
    assert night.columns(1001) == ("checked", 1, 0, 0)
    night.in_order()
