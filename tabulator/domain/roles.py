"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may be. COMMAND_LINE: who has a shell on the machine that holds the count."""

    COMMAND_LINE = "command-line"


@dataclass(frozen=True, slots=True)
class Actor:
    """A named person in a role; both are copied into every event."""

    name: str
    role: Role
