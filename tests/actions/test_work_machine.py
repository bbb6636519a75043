"""Random people take random steps on a real database, beside a model written from the rules."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tabulator.actions.corrections import annul, correct, restore
from tabulator.actions.entry import enter, settle
from tabulator.actions.first_copy import compare_first_copy, take_by_act
from tabulator.actions.reopen import ask_to_reopen, reopen
from tabulator.actions.review import (
    accept,
    decide,
    dispute,
    explain,
    order_recount,
    return_to_precinct,
)
from tabulator.actions.sittings import explain_missing
from tabulator.actions.work import Arrival
from tabulator.domain.protocol import Protocol
from tabulator.domain.roles import Actor
from tabulator.errors import TabulatorError
from tabulator.storage.db import open_engine
from tabulator.storage.upgrade import upgrade
from tests.actions.reference import ENTRIES, PEOPLE, PLACES, STEPS, Model, Person
from tests.counting import Count, register, sent
from tests.working import ACT, BISHKEK, DECISION, MEMBER, OBSERVER, OTHER_MEMBER, SOKULUK, Night
from tests.working import chair_of as precinct_chair

ACTORS: dict[Person, Actor] = {
    **{Person("chair", "precinct-chair", n): precinct_chair(n) for n in PLACES},
    **{
        Person(name, role, team.commission): getattr(team, name)
        for team in (BISHKEK, SOKULUK)
        for name, role in (
            ("first", "operator"),
            ("second", "operator"),
            ("third", "operator"),
            ("verifier", "verifier"),
            ("chair", "chair"),
        )
    },
    Person("member", "cec", ""): MEMBER,
    Person("other", "cec", ""): OTHER_MEMBER,
    Person("observer", "observer", ""): OBSERVER,
}


def in_haste(connection: Any, _record: Any) -> None:
    """A disk that loses everything at a power cut is good enough for a test."""
    connection.execute("PRAGMA synchronous=OFF")


WITH_FIGURES = {"send", "enter", "settle", "correct", "correct by recount", "first copy"}


class Steps:
    """The steps of the model, taken through the actions."""

    def __init__(self, night: Night) -> None:
        self.night = night

    def protocol(self, precinct: int, entry: tuple[int, int]) -> Protocol:
        changed = {"V": 9_000} if entry[0] else {}
        return sent(self.night.contest, precinct, **changed, **({"INV": 99} if entry[1] else {}))

    def take(
        self, model: Model, who: Person, precinct: int, step: str, entry: tuple[int, int]
    ) -> None:
        """Raises as the action does."""
        night, actor, given = self.night, ACTORS[who], self.protocol(precinct, entry)
        commission = PLACES[precinct]
        asked = {line: given.figures[line] for line in model.asked(precinct) or given.figures}
        paper = Arrival("paper")
        about: dict[str, tuple[Any, ...]] = {
            "enter": (enter, asked),
            "settle": (settle, asked),
            "accept": (accept,),
            "dispute": (dispute, "a reason"),
            "return": (return_to_precinct, "a reason"),
            "recount": (order_recount, DECISION),
            "correct": (correct, given, "corrected", DECISION, paper),
            "correct by recount": (correct, given, "recount", DECISION, paper),
            "decide": (decide, "K04", DECISION),
            "explain": (explain, "K28", "a slip"),
            "annul": (annul, DECISION),
            "restore": (restore, DECISION),
            "act": (take_by_act, ACT),
            "first copy": (compare_first_copy, given.figures, paper),
        }
        if step == "send":
            night.send(actor, given)
        elif step in about:
            night.do(actor, precinct, *about[step])
        elif step == "explain missing":
            night.sit(actor, commission, explain_missing, precinct, "a landslide")
        elif step == "open":
            night.open(actor, commission)
        elif step == "sign":
            night.sign(actor, commission)
        else:
            move = {"ask": ask_to_reopen, "reopen": reopen}[step]
            night.sit(actor, commission, move, "a slip")


class Working(RuleBasedStateMachine):
    template: Count

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "tabulator.sqlite"
        shutil.copy(self.template.engine.url.database or "", path)
        self.engine = open_engine(f"sqlite:///{path}")
        sa.event.listen(self.engine, "connect", in_haste)
        self.night = Night(replace(self.template, engine=self.engine))
        self.model, self.steps = Model(), Steps(self.night)

    @rule(
        who=st.sampled_from(PEOPLE),
        precinct=st.sampled_from(sorted(PLACES)),
        step=st.sampled_from(STEPS),
        entry=st.sampled_from(ENTRIES),
    )
    def anybody_tries_anything(
        self, who: Person, precinct: int, step: str, entry: tuple[int, int]
    ) -> None:
        self.take(who, precinct, step, entry)

    @rule(data=st.data())
    def somebody_does_what_may_be_done(self, data: st.DataObject) -> None:
        self.possible(data)

    @rule(data=st.data())
    def somebody_goes_on(self, data: st.DataObject) -> None:
        self.possible(data)

    def possible(self, data: st.DataObject) -> None:
        precinct = data.draw(st.sampled_from(sorted(PLACES)))
        found = [
            (step, who, entry)
            for step in STEPS
            for who in PEOPLE
            for entry in (ENTRIES if step in WITH_FIGURES else ENTRIES[:1])
            if self.model.after(who, precinct, step, entry)
        ]
        step = data.draw(st.sampled_from(sorted({one[0] for one in found})))
        step, who, entry = data.draw(st.sampled_from([one for one in found if one[0] == step]))
        self.take(who, precinct, step, entry)

    def take(self, who: Person, precinct: int, step: str, entry: tuple[int, int]) -> None:
        expected = self.model.after(who, precinct, step, entry)
        try:
            self.steps.take(self.model, who, precinct, step, entry)
            refused = ""
        except TabulatorError as error:
            refused = repr(error)
        assert bool(expected) != bool(refused), (who, precinct, step, entry, refused)
        self.model = expected or self.model

    @invariant()
    def each_protocol_stands_as_it_should(self) -> None:
        rows = self.night.count.rows(
            "SELECT precinct, state, version, verified, original FROM protocol ORDER BY precinct"
        )
        assert rows == self.model.rows()

    def teardown(self) -> None:
        counted = self.model.counted()
        self.night.in_order(*(self.steps.protocol(n, entry) for n, entry in counted.items()))
        self.engine.dispose()
        self.folder.cleanup()


def test_people_and_model_agree_whatever_is_done(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'template.sqlite'}")
    upgrade(engine)
    places = {1001: "bishkek", 1002: "bishkek", 7101: "sokuluk"}
    Working.template = Count.load(engine, register(places=places))
    engine.dispose()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Working,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_everybody_of_the_model_is_somebody(person: Person) -> None:
    assert person in ACTORS
