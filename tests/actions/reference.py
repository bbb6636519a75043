"""What people may do with a protocol and what follows, in plain data, written from the rules.

It shares nothing with the service: where both are of one mind, both read the rules alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

PLACES = {1001: "tec-bishkek", 1002: "tec-bishkek", 7101: "tec-sokuluk"}
ENTRIES = ((0, 0), (1, 0), (0, 1))
"""Figures: whether V, and whether INV, is another one; another INV is an error (K04)."""

LINES = ("V", "INV")
STEPS = (
    *("send", "enter", "settle", "accept", "dispute", "return", "recount", "correct"),
    *("correct by recount", "decide", "explain", "annul", "restore", "act", "first copy"),
    *("explain missing", "open", "sign", "ask", "reopen"),
)


class Person(NamedTuple):
    """`of`: their precinct or commission; "" for the whole country."""

    name: str
    role: str
    of: int | str


_TEAM = (
    ("first", "operator"),
    ("second", "operator"),
    ("third", "operator"),
    ("verifier", "verifier"),
    ("chair", "chair"),
)
PEOPLE = (
    *(Person("chair", "precinct-chair", n) for n in PLACES),
    *(Person(*one, commission) for commission in sorted(set(PLACES.values())) for one in _TEAM),
    *(Person("member", "cec", ""), Person("other", "cec", ""), Person("observer", "observer", "")),
)


@dataclass(frozen=True)
class Standing:
    """One protocol. `sent`: V and INV as they were sent before the first copy; None = the same."""

    state: str = "missing"
    version: int = 0
    figures: tuple[int, int] = (0, 0)
    sent: tuple[int | None, int | None] = (None, None)
    first: Person | None = None
    entered: frozenset[Person] = frozenset()
    verified: bool = False
    original: bool = False
    act: bool = False
    answered: frozenset[str] = frozenset()
    differing: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        return self.figures[1] == 1

    @property
    def ahead(self) -> bool:
        """Whether figures sent ahead differ from these (K28)."""
        pairs = zip(self.sent, self.figures, strict=True)
        return any(was is not None and was != now for was, now in pairs)

    @property
    def settled(self) -> bool:
        found = {"K04"} if self.wrong else set()
        return found | ({"K28"} if self.ahead else set()) <= self.answered

    def new(self, by: Person, figures: tuple[int, int]) -> Standing:
        """Another version, entered by one person so far."""
        state = "disputed" if figures[1] else "checked"
        return Standing(state, self.version + 1, figures, first=by, entered=frozenset({by}))


@dataclass(frozen=True)
class Sitting:
    stage: str = "preparing"
    asked: Person | None = None
    explained: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Model:
    """Everything that stands; a step gives another model, or None where it is refused."""

    protocols: dict[int, Standing] = field(
        default_factory=lambda: dict.fromkeys(PLACES, Standing())
    )
    sittings: dict[str, Sitting] = field(
        default_factory=lambda: dict.fromkeys(PLACES.values(), Sitting())
    )

    def asked(self, precinct: int) -> tuple[str, ...]:
        return self.protocols[precinct].differing

    def rows(self) -> list[tuple[int, str, int, int, int]]:
        return [
            (n, p.state, p.version, p.version * p.verified, p.version * p.original)
            for n, p in sorted(self.protocols.items())
            if p.version
        ]

    def counted(self) -> dict[int, tuple[int, int]]:
        return {n: p.figures for n, p in self.protocols.items() if p.state == "accepted"}

    def after(self, who: Person, precinct: int, step: str, entry: tuple[int, int]) -> Model | None:
        commission, standing = PLACES[precinct], self.protocols[precinct]
        sitting = self.sittings[commission]
        if step in ("explain missing", "open", "sign", "ask", "reopen"):
            moved = self._moved(who, precinct, step)
            return moved and replace(self, sittings={**self.sittings, commission: moved})
        same = (standing.figures, standing.sent) == (entry, (None, None)) and standing.version
        if who.of not in ("", precinct, commission):
            return None
        # Who types second is not told that the figures are there already.
        told = who.role != "operator" or who == standing.first
        if step == "send" and same and told and standing.state != "returned":
            return self
        if sitting.stage == "signed":
            return None
        if step != "send" and not standing.version:
            return None
        taken = _TAKE[step](standing, who, entry)
        return taken and replace(self, protocols={**self.protocols, precinct: taken})

    def _moved(self, who: Person, precinct: int, step: str) -> Sitting | None:
        commission = PLACES[precinct]
        sitting = self.sittings[commission]
        own = who.of == commission
        head = own and who.role == "chair"
        if step == "explain missing" and own and sitting.stage != "signed":
            return replace(sitting, explained=sitting.explained | {precinct})
        if step == "open" and head and sitting.stage in ("preparing", "reopened"):
            return replace(sitting, stage="open")
        if step == "sign" and head and sitting.stage == "open" and self._finished(commission):
            return replace(sitting, stage="signed", asked=None)
        if sitting.stage != "signed":
            return None
        if step == "ask" and (head or who.role == "cec"):
            return replace(sitting, asked=who)
        if step == "reopen" and who.role == "cec" and sitting.asked not in (None, who):
            return replace(sitting, stage="reopened", asked=None)
        return None

    def _finished(self, commission: str) -> bool:
        explained = self.sittings[commission].explained
        return all(
            p.state == "annulled"
            or (p.state == "accepted" and (p.original or n in explained))
            or (p.state == "missing" and n in explained)
            for n, p in self.protocols.items()
            if PLACES[n] == commission
        )


def _send(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    waited = p.state in ("missing", "returned") and who.role in ("precinct-chair", "operator")
    alone = p.state in ("checked", "disputed") and not p.verified and not p.act
    again = alone and who.role == "precinct-chair"
    return p.new(who, entry) if waited or again else None


def _lines(p: Standing, entry: tuple[int, int]) -> tuple[str, ...]:
    """Those of the lines asked that differ from the version."""
    asked = p.differing or LINES
    pairs = zip(LINES, p.figures, entry, strict=True)
    return tuple(line for line, was, now in pairs if was != now and line in asked)


def _enter(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    waits = p.state in ("checked", "differing") or (p.state == "disputed" and not p.verified)
    if not waits or who.role != "operator" or who == p.first:
        return None
    entered, lines = p.entered | {who}, _lines(p, entry)
    if lines:
        state = "contested" if p.state == "differing" else "differing"
        return replace(p, state=state, entered=entered, differing=lines)
    disputed = p.wrong or p.state == "disputed"
    state = "disputed" if disputed else "verified"
    return replace(p, state=state, entered=entered, verified=True, differing=())


def _settle(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    if p.state != "contested" or who.role not in ("verifier", "chair") or who in p.entered:
        return None
    decided = zip(LINES, p.figures, entry, strict=True)
    v, inv = (now if line in p.differing else was for line, was, now in decided)
    made = replace(p, figures=(v, inv), verified=True, entered=p.entered | {who})
    if made.figures != p.figures:
        made = replace(made, version=p.version + 1, original=False, answered=frozenset())
    return replace(made, state="disputed" if made.wrong else "verified")


def _accept(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    fits = who.role in ("verifier", "chair") and who not in p.entered
    ready = p.state in ("verified", "disputed") and p.verified and p.settled
    return replace(p, state="accepted") if fits and ready else None


def _correct(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    aside = p.state in ("disputed", "returned") and who.role in ("precinct-chair", "operator")
    stands = p.state in ("checked", "verified", "accepted") and who.role == "operator"
    return p.new(who, entry) if aside or stands else None


def _recounted(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    fits = p.state == "recount" and who.role in ("precinct-chair", "operator")
    return p.new(who, entry) if fits else None


def _first_copy(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    if not p.act or p.state == "annulled":
        return None
    stands = p.state in ("checked", "verified", "disputed", "accepted")
    replaceable = who.role == "operator" and not p.original and stands
    waits = p.state in ("checked", "disputed", "differing", "contested", "returned")
    blind = who.role == "operator" and not p.verified and who != p.first and waits
    if entry == p.figures:
        # Who may type second could try figures out where others would be refused.
        fits = who.role in ("operator", "verifier") and (replaceable or not blind)
        return replace(p, original=True) if fits else None
    if not replaceable:
        return None
    v, inv = (was if was != now else None for was, now in zip(p.figures, entry, strict=True))
    return replace(p.new(who, entry), sent=(v, inv), original=True, act=True)


def _answer(code: str, *roles: str):  # type: ignore[no-untyped-def]
    def answer(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
        found = p.wrong if code == "K04" else p.ahead
        if not found or p.state == "annulled" or who.role not in roles:
            return None
        return replace(p, answered=p.answered | {code})

    return answer


def _move(state: str, roles: tuple[str, ...], *before: str):  # type: ignore[no-untyped-def]
    def move(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
        return replace(p, state=state) if p.state in before and who.role in roles else None

    return move


def _act(p: Standing, who: Person, entry: tuple[int, int]) -> Standing | None:
    fits = who.role in ("operator", "verifier") and p.state != "annulled"
    return replace(p, act=True) if fits else None


_REVIEW, _HEADS = ("verifier", "chair"), ("chair", "cec")
_OPEN = ("checked", "verified", "contested", "disputed")
_TAKE = {
    "send": _send,
    "enter": _enter,
    "settle": _settle,
    "accept": _accept,
    "dispute": _move("disputed", _REVIEW, "checked", "verified", "accepted"),
    "return": _move("returned", _REVIEW, *_OPEN, "differing"),
    "recount": _move("recount", ("chair",), *_OPEN, "returned", "accepted"),
    "correct": _correct,
    "correct by recount": _recounted,
    "decide": _answer("K04", *_REVIEW),
    "explain": _answer("K28", "precinct-chair", "operator", *_REVIEW),
    "annul": _move("annulled", _HEADS, *_OPEN, "differing", "returned", "recount", "accepted"),
    "restore": _move("disputed", ("cec",), "annulled"),
    "act": _act,
    "first copy": _first_copy,
}
