"""The faults that are planted: what slips, where, and the findings that it makes.

Where one slip of the pen necessarily breaks several rules, `Fault.codes` names them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tabulator.sample import slips
from tabulator.sample.sheet import Sheet


class Where(StrEnum):
    """Which precincts a fault can happen in."""

    HOME = "home"
    URN = "with an automatic ballot-reading urn"
    ABROAD = "abroad"
    TWIN = "beside another of the same territory with about as many voters"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and the findings it makes.

    Attributes:
        happen: Spoils the sheet.
        codes: Every code that the check then finds, and no other.
        outlier: Whether turnout or invalid ballots leave the usual range of the territory.
        beside_others: Whether it shows only beside enough sound protocols of the territory.
    """

    happen: Callable[[Sheet, Random], None]
    codes: tuple[str, ...]
    where: Where = Where.HOME
    outlier: bool = False
    beside_others: bool = False


# Those that need a particular place stand first: later there may be none left.
FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "K29": (
        Fault(slips.turn_out_unlike_others, ("K29",), Where.URN, outlier=True, beside_others=True),
        Fault(slips.spoil_unlike_others, ("K29",), Where.URN, outlier=True, beside_others=True),
        Fault(slips.turn_out_nearly_all, ("K29",), outlier=True),
        Fault(slips.exchange_valid_and_invalid, ("K05", "K29")),
        Fault(slips.exchange_votes, ("K15", "K29"), Where.URN),
        Fault(slips.exchange_boxes, ("K07", "K29")),
        Fault(slips.exchange_received_and_cancelled, ("K02", "K29")),
    ),
    "K21": (Fault(slips.stay, ("K21",), Where.TWIN),),
    "K11": (Fault(slips.deliver_too_many, ("K11",), Where.ABROAD),),
    "K12": (Fault(slips.misprint_receipt, ("K12",), Where.URN),),
    "K13": (Fault(slips.read_too_many, ("K13",), Where.URN),),
    "K14": (Fault(slips.find_foreign_ballots, ("K14",), Where.URN),),
    "K15": (Fault(slips.read_otherwise, ("K15",), Where.URN),),
    "K17": (
        Fault(slips.attach_receipt_of_other_contest, ("K17",), Where.URN),
        Fault(slips.attach_receipt_of_other_precinct, ("K17",)),
    ),
    "K01": (Fault(slips.leave_blank, ("K01",)), Fault(slips.write_other_words, ("K01",))),
    "K02": (Fault(slips.cancel_too_few, ("K02",)),),
    "K03": (Fault(slips.misplace_issued, ("K03",)),),
    "K04": (Fault(slips.find_too_few, ("K04",)), Fault(slips.mistype_valid, ("K04", "K05"))),
    "K05": (Fault(slips.mistype_votes, ("K05",)),),
    "K06": (Fault(slips.issue_too_many, ("K06",)),),
    "K07": (Fault(slips.overfill_mobile_box, ("K07",)),),
    "K08": (Fault(slips.carry_away, ("K08",)),),
    "K09": (Fault(slips.identify_too_few, ("K09",)),),
    "K10": (Fault(slips.identify_too_many, ("K10",)),),
    "K19": (
        Fault(slips.sign_early, ("K19",)),
        Fault(slips.receive_before_signing, ("K19",)),
        Fault(slips.sign_early, ("K19",), Where.ABROAD),
    ),
    "K20": (Fault(slips.visit_unlisted, ("K20",)),),
    "K26": (Fault(slips.miscount_men, ("K26",)),),
    "K28": (
        Fault(slips.send_otherwise, ("K28",)),
        Fault(slips.send_otherwise, ("K28",), Where.ABROAD),
    ),
    "K30": (Fault(slips.miscount_voters, ("K30",)),),
}
"""Code → the ways to it, for the presidential ballot."""

TOKTOGUL_FAULTS: Mapping[str, tuple[Fault, ...]] = {
    "K16": (Fault(slips.prefer_too_often, ("K16",)), Fault(slips.forget_annex, ("K16",))),
    "K27": (Fault(slips.stay, ("K27",), Where.ABROAD),),
}
"""Code → the ways to it, for the town's ballot: any sheet from abroad is one too many."""
