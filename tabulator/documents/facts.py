"""What a document is made from: everything printed stands here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tabulator.aggregate.outcome import Outcome
from tabulator.aggregate.results import AreaResult, PrecinctRow
from tabulator.domain.areas import Commission
from tabulator.domain.register import Contest, Election


@dataclass(frozen=True)
class Block:
    """One area tabulated, with its precincts in printed order."""

    result: AreaResult
    rows: tuple[PrecinctRow, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What was said, decided or found about one protocol that stands.

    Attributes:
        precinct: Its number; 0 for what is about no single precinct.
        kind: A key of `note_captions.DECISIONS` or `LACKING`.
        code: Of the finding it answers; "" for none.
        text: As somebody wrote it: an explanation, or the reason of a decision.
        number, date: Of the commission's decision, the date in ISO 8601; "" for none.
        differences: Of the first copy: line or option, the figure before, the figure that stands.
    """

    precinct: int
    kind: str
    code: str = ""
    text: str = ""
    number: str = ""
    date: str = ""
    differences: tuple[tuple[str, int | None, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint that the commission has considered; `precinct` is 0 where it is about none."""

    number: int
    precinct: int
    outcome: str


@dataclass(frozen=True)
class Facts:
    """One contest as one commission sees it at one moment.

    Attributes:
        blocks: The areas of a TEC or DEC (Bishkek TEC: the city and abroad); for the CEC's
            annex every territory.
        total: The sums of all blocks together; for the CEC the root, with the regions and
            their territories as children.
        outcome: Printed on the protocol of the commission that determines the result.
        as_of: UTC, the last event that went in; also the date inside the PDF.
        digest: SHA-256, in hexadecimal, over all figures that went in.
        status: A key of `captions.STATUS`.
        seal: The last checkpoint of the trail before issuing, as `audit.seal.printed` gives it;
            "" prints none, and then the document is the same in every database.
        notes: What concerns versions that stand, in printed order of the precincts.
        opinions: Members with a dissenting opinion.
        present, members: Of the sitting: how many members are present, of how many; 0 for none.
    """

    election: Election
    contest: Contest
    commission: Commission
    blocks: tuple[Block, ...]
    total: AreaResult
    outcome: Outcome | None
    as_of: datetime
    digest: str
    status: str = "preliminary"
    seal: str = ""
    notes: tuple[Note, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    opinions: tuple[str, ...] = ()
    present: int = 0
    members: int = 0
