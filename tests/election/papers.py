"""First copies, recounts, annulments and corrections: what happens to accepted protocols."""

from __future__ import annotations

from typing import Any

from tabulator.actions.first_copy import CHECKLIST
from tests.election.client import Answer, Person
from tests.election.plan import Figures, Plan
from tests.election.precincts import API, CHOICES, Night, Turn, misread

ACT = {
    "number": "1",
    "deliverer": "the precinct's chair",
    "receiver": "the territory's clerk",
    "at": "2025-01-20T03:00:00+06:00",
    "checklist": {**dict.fromkeys(CHECKLIST, True), "aeu": False},
}


def receiver(night: Night, me: Person, plans: list[Plan]) -> Turn:
    """Takes first copies by act and compares each with what was counted."""

    def turn() -> int:
        done = 0
        for plan in plans:
            with plan.lock:
                if plan.sent:
                    done += _take(night, me, plan)
        return done

    return turn


def _take(night: Night, me: Person, plan: Plan) -> int:
    shown = me.get(night.path(plan))
    if shown.json["state"] != "accepted":
        return 0
    if plan.special == "part" and "part" not in plan.done:
        _annul_part(night, me, plan, shown)
        return 1
    if not shown.json["provisional"]:
        return 0
    compare = night.path(plan, "compare-first-copy")
    if not shown.json["first_copy"]:
        me.refused(409, "needs-first", compare, {"figures": None}, seen=shown.seen)
        me.write(night.path(plan, "take-by-act"), ACT, seen=shown.seen)
    copy = None
    if plan.special == "copy" and "copy" not in plan.done:
        plan.done.add("copy")
        copy = misread(plan.paper, plan.number + 2)
        plan.paper, plan.standing = dict(copy), dict(copy)
    answer = me.write(compare, {"figures": copy}, seen=shown.seen).json
    assert answer["agrees"] is (copy is None)
    if copy:
        assert "K28" in {one["code"] for one in answer["findings"]} or answer["withheld"]
        assert answer["version"] == shown.json["version"] + 1
        night.tally.add("first copies that differ")
    night.tally.add("first copies compared")
    return 1


def _annul_part(night: Night, me: Person, plan: Plan, shown: Answer) -> None:
    plan.done.add("part")
    plan.paper = _inside(plan.paper)
    plan.standing = dict(plan.paper)
    body = {"figures": plan.paper, **night.decided("the mobile box was not sealed")}
    me.write(night.path(plan, "annul-out-of-premises"), body, seen=shown.seen)
    night.tally.add("votes outside the premises annulled")


def _inside(figures: Figures) -> Figures:
    """What remains without the mobile box; who voted there is counted as not served."""
    made = {line: value or 0 for line, value in figures.items()}
    gone = made["M"]
    made.update(M=0, I2=0, I=made["I"] - made["I2"], C=made["C"] + made["I2"])
    made["VAL"] -= gone
    for choice in CHOICES:
        taken = min(gone, made[choice])
        made[choice], gone = made[choice] - taken, gone - taken
    return dict(made)


def head(night: Night, me: Person, plans: list[Plan], operator: Person) -> Turn:
    """Orders recounts and annuls, once figures count."""

    def turn() -> int:
        return sum(_rule(night, me, plan, operator) for plan in plans if plan.sent)

    return turn


def _rule(night: Night, me: Person, plan: Plan, operator: Person) -> int:
    steps = {"recount": "order-recount", "annulled": "annul"}
    step = steps.get(plan.special)
    if not step or step in plan.done:
        return 0
    with plan.lock:
        shown = me.get(night.path(plan))
        if shown.json["state"] != "accepted":
            return 0
        plan.done.add(step)
        body = night.decided(f"{step}: seals were broken")
        operator.refused(403, "not-allowed", night.path(plan, step), body, seen=shown.seen)
        empty = {"decision": {**body["decision"], "number": " "}}
        me.refused(422, "malformed", night.path(plan, step), empty, seen=shown.seen)
        me.write(night.path(plan, step), body, seen=shown.seen)
    night.tally.add({"order-recount": "recounts ordered", "annul": "precincts annulled"}[step])
    return 1


def annul_district(night: Night, member: Person, head: Person, commission: str) -> None:
    """Annul all of a commission's district, and take it back, protocol by protocol."""
    plans = night.of(commission)
    shown = head.get(f"{API}/results", area=plans[0].precinct.area).json
    assert shown["coverage"]["included"] > 0
    body = {"contest": "", **night.decided("the district voted on another day")}
    area = f"{API}/areas/{plans[0].precinct.area}/annul"
    gone = member.write(area, body).json["precincts"]
    assert gone == sorted(plan.number for plan in plans if plan.sent and _standing(plan))
    after = head.get(f"{API}/results", area=plans[0].precinct.area).json
    assert (after["coverage"]["included"], after["totals"]["I"]) == (0, None), after
    for plan in plans:
        if plan.number in gone:
            seen, body = head.get(night.path(plan)).seen, night.decided("it did not")
            head.refused(403, "not-allowed", night.path(plan, "restore"), body, seen=seen)
            member.write(night.path(plan, "restore"), body, seen=seen)
    night.tally.add("districts annulled and restored")


def _standing(plan: Plan) -> bool:
    return plan.special != "annulled"


def correct(night: Night, me: Person, plan: Plan) -> None:
    """A corrected protocol comes after everything was signed and reopened."""
    shown = me.get(night.path(plan))
    plan.paper = misread(plan.paper, plan.number + 3)
    plan.standing = dict(plan.paper)
    body: dict[str, Any] = {"kind": "corrected", "protocol": plan.body()}
    body |= night.decided("an arithmetic slip found later")
    scans = [plan.scan("-corrected")]
    made = me.write(night.path(plan, "correct"), body, seen=shown.seen, scans=scans).json
    assert made["version"] == shown.json["version"] + 1
    night.tally.add("corrected after signing")
