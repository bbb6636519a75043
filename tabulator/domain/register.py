"""What an election consists of before the first protocol arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tabulator.domain.areas import Areas, Commission
from tabulator.domain.form import Form
from tabulator.domain.text import Text

OPTION_KINDS = ("candidate", "list", "answer", "against_all")


@dataclass(frozen=True, slots=True)
class Option:
    """What a voter can mark.

    Attributes:
        code: Name of its column in files; unlike any role of the form.
        list: For a candidate in the preference annex of a list: that list's code; else "".
        sex: "m", "f" or "" where it plays no part.
    """

    position: int
    code: str
    kind: str
    name: Text
    list: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Contest:
    """One question put to the voters, with its own protocol.

    Attributes:
        options: In ballot order, preference candidates after the choices.
        kind: What it is a key of in ELECTION_TYPES: how its result is determined. On one day a
            President and a local kenesh may be voted on. "": as the election.
        area: The area in which it is held; "" for the whole tree.
        threshold: Share of those who took part that a list needs nationwide, in 1/10,000.
        regional_threshold: The same in every region, in 1/10,000; 0 for none.
    """

    id: str
    form: Form
    options: tuple[Option, ...]
    kind: str = ""
    seats: int = 1
    max_marks: int = 1
    open_abroad: bool = True
    area: str = ""
    threshold: int = 0
    regional_threshold: int = 0
    title: Text = field(default_factory=Text)

    @cached_property
    def choices(self) -> tuple[Option, ...]:
        """The options that share out the valid ballots: no preference candidates."""
        return tuple(option for option in self.options if not option.list)

    @cached_property
    def choice_codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.choices)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The lines of its form."""
        return frozenset(self.form.roles)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every figure of a protocol of this contest, in printed order: lines, then options."""
        return (*self.form.roles, *(option.code for option in self.options))

    @cached_property
    def summed(self) -> tuple[str, ...]:
        """Every figure that is added upward, in printed order."""
        return (*self.form.summed_roles, *(option.code for option in self.options))

    @cached_property
    def annexes(self) -> Mapping[str, tuple[Option, ...]]:
        """Code of each list that has preference candidates → these, in ballot order."""
        found: dict[str, tuple[Option, ...]] = {}
        for option in self.options:
            if option.list:
                found[option.list] = (*found.get(option.list, ()), option)
        return found

    def annex(self, list_code: str) -> tuple[Option, ...]:
        """The preference candidates of one list."""
        return self.annexes.get(list_code, ())


@dataclass(frozen=True, slots=True)
class Precinct:
    """A polling precinct as the register knows it. None = not known.

    Attributes:
        timezone: IANA name; every clock time of the precinct is read in it.
        aeu: Whether it has an automatic ballot-reading urn; None = not known.
        phone, email: How its commission is reached; "" = not known.
    """

    number: int
    area: str
    timezone: str = "Asia/Bishkek"
    abroad: bool = False
    country: str = "KG"
    place: Text = field(default_factory=Text)
    address: str = ""
    voters: int | None = None
    voters_men: int | None = None
    voters_women: int | None = None
    aeu: bool | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Election:
    """An election without its precincts, which are read where they are needed.

    Attributes:
        limits: Code of a limit (`domain/deadlines.py`) → its length in this election, where the
            package states another one.
    """

    id: str
    kind: str
    date: date
    title: Text
    areas: Areas
    commissions: Mapping[str, Commission]
    contests: Mapping[str, Contest]
    limits: Mapping[str, int] = field(default_factory=dict)

    def kind_of(self, contest: Contest) -> str:
        """The election type of a contest."""
        return contest.kind or self.kind

    def contest_holds_in(self, contest: Contest, precinct: Precinct) -> bool:
        """Whether the precinct sends a protocol of this contest (K27 for those abroad)."""
        if precinct.abroad:
            return contest.open_abroad
        return not contest.area or contest.area in self.areas.above(precinct.area)


@dataclass(frozen=True)
class ElectionPackage:
    """An election package as read: everything that `election load` stores."""

    election: Election
    precincts: Mapping[int, Precinct]
    digest: str
