"""The people around one protocol: chairs who send, operators who type, verifiers who accept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tabulator.sample.contests import PRESIDENT
from tests.election.client import Answer, Person, Tally
from tests.election.plan import ELECTION, Figures, Plan, decision

API = f"/api/v1/elections/{ELECTION}"
CHOICES = [option.code for option in PRESIDENT.options]


@dataclass
class Night:
    """What everybody at work shares.

    Attributes:
        ids: Precinct → id of its protocol, once it was sent.
    """

    plans: dict[int, Plan]
    people: dict[str, Person]
    tally: Tally
    ids: dict[int, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    decisions: int = 0

    def of(self, commission: str) -> list[Plan]:
        return [plan for plan in self.plans.values() if plan.commission == commission]

    def decided(self, why: str) -> dict[str, Any]:
        """The next decision of a commission."""
        with self.lock:
            self.decisions += 1
            return decision(self.decisions, why)

    def plan_of(self, protocol: str) -> Plan:
        return self.plans[int(protocol.partition("-")[2])]

    def path(self, plan: Plan, step: str = "") -> str:
        return f"/api/v1/protocols/{self.ids[plan.number]}" + (f"/{step}" if step else "")


Turn = Callable[[], int]
"""Does whatever somebody can do now; gives how much it was."""


def send(night: Night, me: Person, plan: Plan) -> None:
    """Send what the paper says, or what an operator reads from it."""
    plan.standing = dict(plan.paper)
    if plan.special == "settled-otherwise" and not plan.sent:
        plan.standing = misread(plan.paper, plan.number)
    body = {**plan.body(), "figures": plan.standing}
    answer = me.write(f"{API}/protocols", body, scans=[plan.scan()], status=201)
    receipt = answer.json
    assert receipt["precinct"] == plan.number
    assert receipt["files"], receipt
    assert receipt["receipt"].endswith(receipt["digest"][:12])
    night.ids[plan.number] = receipt["protocol"]
    assert answer.headers["Location"] == night.path(plan)
    plan.sent = True
    night.tally.add("protocols sent again, corrected" if receipt["version"] > 1 else "sent")


def misread(figures: Figures, seed: int) -> Figures:
    """One vote at the wrong name."""
    first, second = CHOICES[seed % len(CHOICES)], CHOICES[(seed + 1) % len(CHOICES)]
    first, second = (first, second) if figures[first] else (second, first)
    return {**figures, first: (figures[first] or 1) - 1, second: (figures[second] or 0) + 1}


def chair(night: Night, me: Person, plan: Plan) -> Turn:
    """Sends; sends again what came back; delivers a recount."""

    def turn() -> int:
        with plan.lock:
            if not plan.sent:
                if plan.typed or plan.special == "missing":
                    return 0
                send(night, me, plan)
                return 1
            shown = me.get(night.path(plan))
            if shown.json["state"] == "returned":
                plan.clear()
                send(night, me, plan)
            elif shown.json["state"] == "recount":
                _recount(night, me, plan, shown)
            else:
                return 0
            return 1

    return turn


def _recount(night: Night, me: Person, plan: Plan, shown: Answer) -> None:
    plan.paper = misread(plan.paper, plan.number + 1)
    plan.standing = dict(plan.paper)
    body = {"kind": "recount", "protocol": plan.body(), **night.decided("counted again")}
    wrong = {**body, "kind": "corrected"}
    me.refused(409, "wrong-state", night.path(plan, "correct"), wrong, seen=shown.seen)
    scans = [plan.scan("-recount")]
    me.write(night.path(plan, "correct"), body, seen=shown.seen, scans=scans)
    night.tally.add("recounts delivered")


def operator(night: Night, me: Person, plans: list[Plan]) -> Turn:
    """Types what came on paper, then second entries from the queue, blindly."""

    def turn() -> int:
        done = 0
        for plan in plans:
            with plan.lock:
                if plan.typed and not plan.sent and plan.special != "missing":
                    send(night, me, plan)
                    night.tally.add("typed first by an operator")
                    done += 1
        while protocol := me.write(f"{API}/queue/next").json["protocol"]:
            with night.plan_of(protocol).lock:
                done += _enter(night, me, night.plan_of(protocol))
        return done

    return turn


def _enter(night: Night, me: Person, plan: Plan) -> int:
    shown = me.get(night.path(plan)).json
    assert shown["withheld"], shown
    assert shown["figures"] is None
    assert not shown["findings"]
    assert all(one["figures"] is None for one in _current(me, night, plan, shown["version"]))
    typed = dict(plan.paper)
    if plan.slips and plan.special != "settled-otherwise":
        plan.slips -= 1
        typed = misread(typed, plan.number)
        night.tally.add("second entries typed wrongly")
    typed = {line: typed[line] for line in shown["asked"]}
    answer = me.write(night.path(plan, "enter"), {"figures": typed}).json
    differing = [line for line, value in typed.items() if plan.standing[line] != value]
    assert (answer["differing"], answer["agrees"]) == (differing, not differing), answer
    if differing and answer["state"] == "differing":
        assert answer["asked"] == differing
    if answer["state"] == "contested":
        night.tally.add("contested")
    night.tally.add("second entries")
    return 1


def _current(me: Person, night: Night, plan: Plan, version: int) -> list[dict[str, Any]]:
    listed = me.get(night.path(plan, "versions")).json["versions"]
    return [one for one in listed if one["version"] == version]


def reviewer(night: Night, me: Person, stranger: Person) -> Turn:
    """Settles what is contested, returns or decides on errors, explains warnings, accepts."""

    def turn() -> int:
        done = 0
        while True:
            found = me.write(f"{API}/queue/next").json
            if found["protocol"] is None:
                return done
            plan = night.plan_of(found["protocol"])
            with plan.lock:
                if found["step"] == "settle":
                    _settle(night, me, plan)
                else:
                    _review(night, me, plan)
                if stranger.scope != me.scope:
                    stranger.refused(404, "not-found", night.path(plan, "accept"), seen='"v1"')
            done += 1

    return turn


def _settle(night: Night, me: Person, plan: Plan) -> None:
    shown = me.get(night.path(plan))
    said = {line: plan.paper[line] for line in shown.json["asked"]}
    assert shown.json["entry"], "the second entry is shown to who settles"
    body = {"figures": said, "reason": "read from the scan"}
    settled = me.write(night.path(plan, "settle"), body, seen=shown.seen).json
    plan.standing = dict(plan.paper)
    assert settled["figures"] == plan.paper
    assert settled["verified"]
    night.tally.add("settled by a third person")
    # Who settled has entered figures: another person has to accept.
    after = me.get(night.path(plan))
    refused = me.post(night.path(plan, "accept"), seen=after.seen)
    assert refused.status == 409, refused
    assert refused.code in ("needs-first", "conflict"), "refused, or another has it in hand already"


def _review(night: Night, me: Person, plan: Plan) -> None:
    shown = me.get(night.path(plan))
    assert shown.json["figures"] == plan.standing, (shown.json["figures"], plan.standing)
    answers = {one["code"]: one["severity"] for one in shown.json["findings"] if not one["answer"]}
    waiting = {code: answers[code] for code in shown.json["open"]}
    errors = [code for code, severity in waiting.items() if severity == "error"]
    if errors and not plan.decided:
        plan.decided = True
        body = {"reason": f"the ratios do not hold: {', '.join(errors)}", "lines": ["I"]}
        me.refused(428, "version-not-named", night.path(plan, "return"), body)
        me.write(night.path(plan, "return"), body, seen=shown.seen)
        night.tally.add("returned to the precinct")
        return
    if waiting:
        me.refused(409, "needs-first", night.path(plan, "accept"), seen=shown.seen)
    for code in waiting:
        if code in errors:
            step, body = "decide", {"code": code, **night.decided("accepted as it is")}
        else:
            step, body = "explain", {"code": code, "text": "The commission looked into it."}
        if not _may_go_on(me, night.path(plan, step), body, shown.seen):
            return
        night.tally.add({"decide": "errors decided on", "explain": "warnings explained"}[step])
    _accept(night, me, plan, shown)


def _accept(night: Night, me: Person, plan: Plan, shown: Answer) -> None:
    stale = f'"v{shown.json["version"] - 1}"'
    me.refused(412, "stale", night.path(plan, "accept"), seen=stale)
    me.refused(428, "version-not-named", night.path(plan, "accept"))
    if _may_go_on(me, night.path(plan, "accept"), None, shown.seen):
        night.tally.add("accepted")


def _may_go_on(me: Person, path: str, body: Any, seen: str) -> bool:
    """Write, unless somebody else has taken it in hand between two steps."""
    answer = me.post(path, body, seen=seen)
    if answer.status == 409 and answer.code == "conflict":
        me.tally.add("given way to another reviewer")
        return False
    assert answer.status == 200, f"{me.name} writes {path}: {answer.body.decode()}"
    return True
