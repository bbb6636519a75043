"""Sittings of commissions: opened, signed, received, returned, reopened."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.election.client import Answer, Person
from tests.election.papers import ACT
from tests.election.plan import Plan
from tests.election.precincts import API, Night

MEMBERS = [f"Member {number}" for number in range(1, 10)]


def place(commission: str, move: str = "") -> str:
    return f"{API}/sittings/{commission}" + (f"/{move}" if move else "")


def sit(night: Night, me: Person, commission: str, missing: list[Plan]) -> None:
    """A sitting from its complaint to its signature."""
    complaint = {
        "complainant": "A candidate's agent",
        "text": "The hall was closed.",
        "precinct": None,
    }
    me.write(place(commission, "complaints"), complaint)
    lodged = me.get(place(commission)).json["complaints"]
    number = len(lodged)
    assert lodged[-1] == {"complaint": number, **complaint}
    few = {"members": len(MEMBERS), "present": MEMBERS[:4]}
    me.refused(409, "needs-first", place(commission, "open"), few)
    me.write(place(commission, "open"), {**few, "present": MEMBERS[:7]})
    signing = {"signers": MEMBERS[:6]}
    for plan in missing:
        lacking = me.get(place(commission)).json["open"]
        assert plan.number in lacking
        seen = me.get(place(commission)).seen
        me.refused(409, "needs-first", place(commission, "sign"), signing, seen=seen)
        why = {"precinct": plan.number, "reason": "the road is under snow"}
        me.write(place(commission, "missing"), why)
        night.tally.add("missing protocols explained")
    opinion = {"member": MEMBERS[6], "text": "I do not agree."}
    me.write(place(commission, "opinions"), opinion)
    absent = {"member": MEMBERS[8], "text": "Nor do I."}
    me.refused(409, "needs-first", place(commission, "opinions"), absent)
    votes = {"outcome": "refused", "votes": {"for": 1, "against": 6}}
    me.write(place(commission, f"complaints/{number}/consider"), votes)
    sign(night, me, commission, signing)


def sign(night: Night, me: Person, commission: str, signing: dict[str, Any]) -> None:
    shown = me.get(place(commission))
    assert shown.json["open"] == []
    stale = f'"v{shown.json["moves"] - 1}"'
    me.refused(412, "stale", place(commission, "sign"), signing, seen=stale)
    me.refused(428, "version-not-named", place(commission, "sign"), signing)
    signed = me.write(place(commission, "sign"), signing, seen=shown.seen).json
    assert signed["stage"] == "signed"
    assert signed["version"] == shown.json["version"] + 1
    night.tally.add("results signed")


def fetch(night: Night, me: Person) -> list[dict[str, Any]]:
    """Every document that one may see, byte for byte as it was issued."""
    listed: list[dict[str, Any]] = me.get(f"{API}/documents").json["documents"]
    for one in listed:
        pdf = me.get(f"{API}/documents/{one['sha256']}")
        assert hashlib.sha256(pdf.body).hexdigest() == one["sha256"]
        assert pdf.body.startswith(b"%PDF-")
        night.tally.add("documents fetched")
    return listed


def hand_over(night: Night, me: Person, to: str) -> None:
    """Everything that is valid is given to somebody."""
    for one in me.get(f"{API}/documents").json["documents"]:
        if one["valid"] and to not in one["handed_to"]:
            handed = me.write(f"{API}/documents/{one['sha256']}/hand-over", {"name": to}).json
            assert to in handed["handed_to"]
            night.tally.add("documents handed over")


def frozen(night: Night, commission: str, people: dict[str, Person]) -> None:
    """Under a signature nothing moves, whoever tries."""
    plan = next(p for p in night.of(commission) if p.sent and p.special != "annulled")
    shown = people["head"].get(night.path(plan))
    seen, asked = shown.seen, shown.json["asked"]
    decided = night.decided("after the signature")
    corrected = {"kind": "corrected", "protocol": plan.body(), **decided}
    tries: list[tuple[str, str, Any]] = [
        ("verifier", "dispute", {"reason": "late doubts"}),
        ("head", "order-recount", decided),
        ("operator", "correct", corrected),
        ("operator", "take-by-act", ACT),
        ("operator", "compare-first-copy", {"figures": plan.clean}),
        ("operator", "annul-out-of-premises", {"figures": plan.clean, **decided}),
        ("head", "annul", decided),
    ]
    for who, step, body in tries:
        people[who].refused(409, "frozen", night.path(plan, step), body, seen=seen)
    entering = {"figures": {line: plan.paper[line] for line in asked}}
    people["operator"].refused(409, "wrong-state", night.path(plan, "enter"), entering)
    people["head"].refused(409, "wrong-state", night.path(plan, "accept"), seen=seen)
    district = f"{API}/areas/{plan.precinct.area}/annul"
    people["head"].refused(409, "frozen", district, {**decided})
    for late in night.of(commission):
        if late.special == "missing":
            path = f"{API}/protocols"
            night.people[f"chair {late.number}"].refused(409, "frozen", path, late.body())


def approve(night: Night, clerk: Person, member: Person, commission: str) -> None:
    """The CEC takes a result over and approves it."""
    receive(night, clerk, commission)
    seen = member.get(place(commission)).seen
    clerk.refused(403, "not-allowed", place(commission, "approve"), seen=seen)
    member.write(place(commission, "approve"), seen=seen)
    night.tally.add("results approved")


def receive(night: Night, clerk: Person, commission: str) -> None:
    seen = clerk.get(place(commission)).seen
    clerk.write(place(commission, "receive"), {"name": "the territory's chair"}, seen=seen)


def give_back(night: Night, clerk: Person, member: Person, commission: str) -> None:
    """The CEC returns a result; the territory signs it anew."""
    receive(night, clerk, commission)
    seen = member.get(place(commission)).seen
    member.write(place(commission, "return"), {"reason": "a page is missing"}, seen=seen)
    night.tally.add("results returned by the CEC")


def reopen(night: Night, asker: Person, granter: Person, commission: str) -> list[dict[str, Any]]:
    """Two people reopen a signed territory; gives the documents that are void now."""
    why = {"reason": "a protocol has to be corrected"}
    shown = granter.get(place(commission))
    granter.refused(409, "needs-first", place(commission, "reopen"), why, seen=shown.seen)
    asked: Answer = asker.write(place(commission, "ask-to-reopen"), why, seen=shown.seen)
    if asker.role != "cec-member":
        asker.refused(403, "not-allowed", place(commission, "reopen"), why, seen=asked.seen)
    granter.refused(412, "stale", place(commission, "reopen"), why, seen=shown.seen)
    reopened = granter.write(place(commission, "reopen"), why, seen=asked.seen).json
    assert reopened["stage"] == "reopened"
    night.tally.add("results reopened")
    voided: list[dict[str, Any]] = reopened["voided"]
    return voided
