"""The whole election: a night, sittings, the nation, and what comes after."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tabulator.domain.roles import Role
from tabulator.package.accounts import Wanted
from tests.election import papers, precincts, sittings
from tests.election.client import Person, Tally
from tests.election.judge import accepted
from tests.election.plan import ELECTION, SEED, Plan, cut, plans
from tests.election.precincts import Night, Turn
from tests.election.service import Service

HANDS = 12
"""So many people act at the same moment."""

STAFF = {
    "operator": Role.TERRITORIAL_OPERATOR,
    "second operator": Role.TERRITORIAL_OPERATOR,
    "receiver": Role.TERRITORIAL_OPERATOR,
    "verifier": Role.TERRITORIAL_VERIFIER,
    "head": Role.TERRITORIAL_CHAIR,
}
ABOVE = {
    "cec clerk": Role.CEC_OPERATOR,
    "cec member": Role.CEC_MEMBER,
    "cec chair": Role.CEC_MEMBER,
    "observer": Role.OBSERVER,
}


@dataclass
class Election:
    """An election that is being played on a service that runs."""

    service: Service
    package: Path
    night: Night
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        return self.night.tally

    @property
    def commissions(self) -> list[str]:
        return sorted({plan.commission for plan in self.night.plans.values()})

    def person(self, name: str) -> Person:
        return self.night.people[name]

    def staff(self, commission: str) -> dict[str, Person]:
        return {role: self.person(f"{role} {commission}") for role in STAFF}

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[what] = time.monotonic() - began


def prepare(
    folder: Path, count: int, territories: tuple[str, ...], most: int
) -> tuple[Service, Path]:
    """An installation with the sample election, whole or cut, loaded into it."""
    service = Service(folder / "home")
    service.home.mkdir(parents=True)
    package = folder / "package"
    service.run("db", "upgrade")
    service.run("sample", package, "--precincts", count, "--seed", SEED)
    if territories:
        cut(package, folder / "cut", territories, most)
        package = folder / "cut"
    service.run("election", "load", package)
    return service, package


@contextmanager
def begun(service: Service, package: Path, count: int) -> Iterator[Election]:
    """The service runs, and everybody has an account."""
    planned, tally = plans(package, count), Tally()
    wanted = list(_wanted(planned))
    tokens = service.accounts(wanted)
    with service.serving() as port:
        people = {
            one.name: Person(port, tally, one.name, str(one.role), one.scope, tokens[one.name])
            for one in wanted
        }
        yield Election(service, package, Night(planned, people, tally))


def _wanted(planned: dict[int, Plan]) -> Iterator[Wanted]:
    listed = [(f"chair {n}", Role.PRECINCT_CHAIR, str(n)) for n in planned]
    for commission in sorted({plan.commission for plan in planned.values()}):
        listed += [(f"{name} {commission}", role, commission) for name, role in STAFF.items()]
    listed += [(name, role, "") for name, role in ABOVE.items()]
    for name, role, scope in listed:
        yield Wanted(name, role, ELECTION if scope else "", scope, name.title())


def play(election: Election) -> None:
    """From the first protocol to the nation's signature, and once more after a correction."""
    with election.timed("the night"):
        _night(election)
        _district(election)
    with election.timed("the sittings"):
        _sittings(election)
    with election.timed("the nation"):
        _nation(election)
    with election.timed("the correction"):
        _correction(election)


def _night(election: Election) -> None:
    """Everybody takes turns until nobody has anything left to do."""
    turns = list(_turns(election))
    with ThreadPoolExecutor(HANDS) as hands:
        while True:
            random.Random(len(turns)).shuffle(turns)  # noqa: S311 - a script
            if not sum(hands.map(lambda turn: turn(), turns)):
                break
            election.tally.add("rounds")
    standing = accepted(election.person("observer"))
    over = {"accepted", "annulled", "missing"}
    left = {n: (one["state"], one.get("open")) for n, one in standing.items()}
    assert {state for state, _ in left.values()} <= over, left


def _turns(election: Election) -> Iterator[Turn]:
    night = election.night
    for number, plan in night.plans.items():
        yield precincts.chair(night, election.person(f"chair {number}"), plan)
    for place, commission in enumerate(election.commissions):
        staff, own = election.staff(commission), night.of(commission)
        other = election.staff(election.commissions[place - 1])
        yield precincts.operator(night, staff["operator"], own)
        yield precincts.operator(night, staff["second operator"], [])
        yield precincts.reviewer(night, staff["verifier"], other["verifier"])
        yield precincts.reviewer(night, staff["head"], other["head"])
        yield papers.receiver(night, staff["receiver"], own)
        yield papers.head(night, staff["head"], own, staff["operator"])


def _district(election: Election) -> None:
    """A whole district is annulled; that is taken back, and its protocols are accepted anew."""
    commission = next(c for c in election.commissions if _plain(election.night.of(c)))
    staff = election.staff(commission)
    papers.annul_district(election.night, election.person("cec member"), staff["head"], commission)
    _night(election)


def _plain(own: list[Plan]) -> bool:
    kept = {plan.special for plan in own} & {"missing", "annulled", "late"}
    return len(own) > 1 and not kept and len({plan.precinct.area for plan in own}) == 1


def _together(work: Callable[[str], Any], commissions: Iterable[str]) -> None:
    with ThreadPoolExecutor(3) as hands:
        list(hands.map(work, commissions))


def _sittings(election: Election) -> None:
    night = election.night
    clerk, member = election.person("cec clerk"), election.person("cec member")

    def sit(commission: str) -> None:
        staff = election.staff(commission)
        missing = [p for p in night.of(commission) if p.special == "missing"]
        sittings.sit(night, staff["head"], commission, missing)
        sittings.frozen(night, commission, staff)
        if commission == election.commissions[0]:
            sittings.give_back(night, clerk, member, commission)
            sittings.sit(night, staff["head"], commission, [])
        sittings.fetch(night, staff["head"])
        sittings.approve(night, clerk, member, commission)

    unsigned = election.person("cec chair")
    early = {"signers": sittings.MEMBERS[:6]}
    unsigned.refused(409, "wrong-state", sittings.place("cec", "sign"), early, seen='"v0"')
    _together(sit, election.commissions)


def _nation(election: Election) -> None:
    chair = election.person("cec chair")
    sittings.sit(election.night, chair, "cec", [])
    sittings.hand_over(election.night, chair, "A newspaper")
    sittings.fetch(election.night, election.person("observer"))


def _correction(election: Election) -> None:
    """A territory is reopened, corrected, signed again, and the nation after it."""
    night = election.night
    plan = next(plan for plan in night.plans.values() if plan.special == "late")
    commission, staff = plan.commission, election.staff(plan.commission)
    clerk, member = election.person("cec clerk"), election.person("cec member")
    voided = sittings.reopen(night, staff["head"], member, commission)
    _are_void(election, voided, commission)
    papers.correct(night, staff["operator"], plan)
    _night(election)
    sittings.sit(night, staff["head"], commission, [])
    sittings.approve(night, clerk, member, commission)
    sittings.sit(night, election.person("cec chair"), "cec", [])
    sittings.fetch(night, election.person("observer"))


def _are_void(election: Election, voided: list[dict[str, Any]], commission: str) -> None:
    """The territory's and the nation's documents are void, and it is known who has them."""
    assert voided
    assert all("A newspaper" in one["handed_to"] for one in voided)
    nation = election.person("observer").get(sittings.place("cec")).json
    assert nation["stage"] == "reopened"
    assert nation["open"] == [commission]
    listed = election.person("observer").get(f"{precincts.API}/documents").json["documents"]
    void = {one["sha256"] for one in listed if not one["valid"]}
    assert {one["sha256"] for one in voided} <= void
    assert any(one["kind"].startswith("national") for one in voided)
    election.tally.add("documents void after the reopening", len(voided))
