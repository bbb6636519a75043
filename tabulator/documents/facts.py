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
