"""Who acts, and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tabulator.domain.register import Election, Precinct


class Role(StrEnum):
    """What a person may be. COMMAND_LINE: who has a shell on the machine that holds the count."""

    COMMAND_LINE = "command-line"
    PRECINCT_CHAIR = "precinct-chair"
    TERRITORIAL_OPERATOR = "territorial-operator"
    TERRITORIAL_VERIFIER = "territorial-verifier"
    TERRITORIAL_CHAIR = "territorial-chair"
    CEC_OPERATOR = "cec-operator"
    CEC_MEMBER = "cec-member"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


TERRITORIAL = frozenset(
    {Role.TERRITORIAL_OPERATOR, Role.TERRITORIAL_VERIFIER, Role.TERRITORIAL_CHAIR}
)
NATIONWIDE = frozenset({Role.COMMAND_LINE, Role.CEC_OPERATOR, Role.CEC_MEMBER, Role.OBSERVER})
APPROVING = frozenset({Role.TERRITORIAL_VERIFIER, Role.TERRITORIAL_CHAIR, Role.CEC_MEMBER})
"""Who approves or signs, and therefore needs a second step at log-in, with administrators."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A named person in a role; all of it is copied into every event.

    Attributes:
        name: Of the account: unique, so that "another person" can be told.
        person: Full name; "" where none was given.
        election: The only election they act in; "" for every one.
        scope: A precinct's number (its chair), the code of a commission or of an area
            (territorial roles); "" for the nationwide ones.
        origin: From where they act: an address, or "".
    """

    name: str
    role: Role
    person: str = ""
    election: str = ""
    scope: str = ""
    origin: str = ""

    def reaches_area(self, election: Election, code: str) -> bool:
        """Whether everything in the area is theirs to see; a precinct chair has no area."""
        if self.election not in ("", election.id):
            return False
        if self.role in NATIONWIDE:
            return True
        if self.role not in TERRITORIAL:
            return False
        tree = election.areas
        above = [tree[up] for up in tree.above(code)] if code in tree else []
        # An area that only the CEC tabulates, as a region, is no territory of anybody.
        return any(
            self.scope in (area.code, area.commission)
            and election.commissions[area.commission].kind != "cec"
            for area in above
        )

    def reaches(self, election: Election, precinct: Precinct) -> bool:
        """Whether a precinct's protocols are theirs to see."""
        if self.role == Role.PRECINCT_CHAIR:
            return self.election in ("", election.id) and self.scope == str(precinct.number)
        return self.reaches_area(election, precinct.area)

    def speaks_for(self, election: Election, commission: str) -> bool:
        """Whether they sit in a commission: the CEC's people in the CEC, others by their scope."""
        if self.election not in ("", election.id) or commission not in election.commissions:
            return False
        of_cec = election.commissions[commission].kind == "cec"
        if self.role in TERRITORIAL:
            # Whoever reaches the whole country is no member of the CEC by that.
            named = {area.commission for area in election.areas if area.code == self.scope}
            return not of_cec and commission in {self.scope, *named}
        cec = {Role.CEC_MEMBER, Role.CEC_OPERATOR, Role.COMMAND_LINE}
        return of_cec and self.role in cec
