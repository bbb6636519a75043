"""The slips that commissions make: each function spoils a sheet in which all holds.

Every one leaves all rules in order but those it is meant to break, whatever the figures are.
Amounts are chosen so that no exchange of two neighbouring lines could explain a slip: that would
be another fault (K29).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from tabulator.domain.protocol import RECOUNTS
from tabulator.domain.words import in_words
from tabulator.sample.contests import CLOSING, TOKTOGUL_KENESH, VOTING_DAY
from tabulator.sample.sheet import PER_MILLE, Sheet


def _winner(sheet: Sheet) -> str:
    return max(sheet.contest.choice_codes, key=lambda code: sheet[code])


def _resend(sheet: Sheet) -> None:
    if sheet.sends:
        sheet.send()


def leave_blank(sheet: Sheet, rng: Random) -> None:
    role = rng.choice(("R", "C", "I1", "I2", "M", "S"))
    sheet.figures[role] = None
    sheet.beside.pop(f"sent_{role}", None)


def write_other_words(sheet: Sheet, rng: Random) -> None:
    wrong = sheet["I"] + rng.choice((1, 10, 100, 1000))
    sheet.beside["words_I"] = in_words(wrong, sheet.lang)


def cancel_too_few(sheet: Sheet, rng: Random) -> None:
    """Downward: upward, R and V in each other's place could put it right."""
    sheet.add(C=-rng.choice((1, 2, 3, 9, 10, 20)))
    _resend(sheet)


def misplace_issued(sheet: Sheet, rng: Random) -> None:
    slips = [d for d in (1, 2, 3, 9, 10, 30) if d != sheet["C"] - sheet["I"]]
    sheet.add(**{rng.choice(("I1", "I3")): rng.choice(slips)})
    _resend(sheet)


def find_too_few(sheet: Sheet, rng: Random) -> None:
    few = rng.randint(1, 4)
    sheet.add(VAL=-few, **{_winner(sheet): -few})
    sheet.state_again()


def mistype_valid(sheet: Sheet, rng: Random) -> None:
    sheet.lose_urn_receipt()
    sheet.add(VAL=-rng.choice((1, 2, 9, 10)))
    _resend(sheet)


def mistype_votes(sheet: Sheet, rng: Random) -> None:
    sheet.lose_urn_receipt()
    sheet.add(**{_winner(sheet): rng.choice((-2, -1, 1, 3, 10))})
    _resend(sheet)


def issue_too_many(sheet: Sheet, rng: Random) -> None:
    sheet.fill_in(rng, sheet.voters + rng.randint(3, 5 + sheet.voters // 40))


def overfill_mobile_box(sheet: Sheet, rng: Random) -> None:
    moved = rng.randint(1, 9)
    sheet.add(M=moved, S=-moved)
    _resend(sheet)


def carry_away(sheet: Sheet, rng: Random) -> None:
    few = rng.randint(1, 3)
    sheet.add(S=-few, VAL=-few, **{_winner(sheet): -few})
    sheet.state_again()


def identify_too_few(sheet: Sheet, rng: Random) -> None:
    sheet.beside["ident_final"] = sheet["I"] - rng.randint(1, 3)


def identify_too_many(sheet: Sheet, rng: Random) -> None:
    sheet.beside["ident_final"] = sheet["I"] + rng.randint(1, 5)


def deliver_too_many(sheet: Sheet, rng: Random) -> None:
    surplus = sheet.registered + sheet.registered // PER_MILLE + rng.randint(1, 20) - sheet["R"]
    sheet.add(R=surplus, C=surplus)
    sheet.state_again()


def misprint_receipt(sheet: Sheet, rng: Random) -> None:
    sheet.beside["aeu_total"] = sheet["I"] + rng.randint(1, 9)


def read_too_many(sheet: Sheet, rng: Random) -> None:
    more = rng.randint(1, 5)
    sheet.beside["aeu_total"] = sheet["I"] + more
    sheet.beside["aeu_invalid"] = sheet["INV"] + more


def find_foreign_ballots(sheet: Sheet, rng: Random) -> None:
    """The commission sets them apart as U; the urn has counted them as invalid."""
    few = rng.randint(1, 3)
    sheet.add(U=few, VAL=-few, **{_winner(sheet): -few})
    sheet.state_again()


def read_otherwise(sheet: Sheet, rng: Random) -> None:
    """Two options that are no neighbours: neighbours could look exchanged."""
    codes = sheet.contest.choice_codes
    most = codes.index(_winner(sheet))
    other = rng.choice([code for k, code in enumerate(codes) if abs(k - most) > 1])
    moved = rng.randint(1, 3)
    sheet.beside[f"aeu_{codes[most]}"] = sheet[codes[most]] - moved
    sheet.beside[f"aeu_{other}"] = sheet[other] + moved
    sheet.beside["aeu_recount"] = rng.choice(RECOUNTS)


def attach_receipt_of_other_precinct(sheet: Sheet, rng: Random) -> None:
    sheet.beside["ident_precinct"] = sheet.precinct.number + rng.choice((-1, 1))


def attach_receipt_of_other_contest(sheet: Sheet, rng: Random) -> None:
    sheet.beside["aeu_contest"] = TOKTOGUL_KENESH.id


def sign_early(sheet: Sheet, rng: Random) -> None:
    closing = datetime.combine(VOTING_DAY, CLOSING, sheet.signed_at.tzinfo)
    sheet.signed_at = closing - timedelta(minutes=rng.randint(1, 50))


def receive_before_signing(sheet: Sheet, rng: Random) -> None:
    earlier = sheet.signed_at - timedelta(minutes=rng.randint(1, 90))
    sheet.received_at = earlier.astimezone(sheet.received_at.tzinfo)


def visit_unlisted(sheet: Sheet, rng: Random) -> None:
    sheet.beside["list_outside"] = sheet["I2"] - rng.randint(1, min(4, sheet["I2"]))


def miscount_men(sheet: Sheet, rng: Random) -> None:
    sheet.beside["list_men"] = int(sheet.beside["list_men"]) + rng.choice((1, 2, 10, 100))


def send_otherwise(sheet: Sheet, rng: Random) -> None:
    sheet.send()
    for column in rng.sample(("I", "VAL", "INV", _winner(sheet)), rng.randint(1, 2)):
        sheet.beside[f"sent_{column}"] = sheet[column] + rng.choice((1, 2, 10))


def turn_out_nearly_all(sheet: Sheet, rng: Random) -> None:
    sheet.fill_in(rng, sheet.voters * rng.randint(965, PER_MILLE) // PER_MILLE)


def turn_out_unlike_others(sheet: Sheet, rng: Random) -> None:
    """Clean protocols lie from 5 points below to 10 above the usual; this one far above all."""
    sheet.fill_in(rng, sheet.voters * (sheet.turnout + rng.randint(380, 410)) // PER_MILLE)


def spoil_unlike_others(sheet: Sheet, rng: Random) -> None:
    sheet.fill_in(rng, sheet["I"], invalid=rng.randint(100, 140))


def _exchange(sheet: Sheet, one: str, other: str) -> None:
    sheet.figures[one], sheet.figures[other] = sheet[other], sheet[one]
    _resend(sheet)


def exchange_valid_and_invalid(sheet: Sheet, rng: Random) -> None:
    _exchange(sheet, "VAL", "INV")


def exchange_boxes(sheet: Sheet, rng: Random) -> None:
    _exchange(sheet, "M", "S")


def exchange_received_and_cancelled(sheet: Sheet, rng: Random) -> None:
    _exchange(sheet, "R", "C")


def exchange_votes(sheet: Sheet, rng: Random) -> None:
    pairs = [p for p in pairwise(sheet.contest.choice_codes) if sheet[p[0]] != sheet[p[1]]]
    _exchange(sheet, *rng.choice(pairs))


def miscount_voters(sheet: Sheet, rng: Random) -> None:
    sheet.add(V=rng.randint(1, 2 + sheet.voters // 50))
    sheet.state_again()


def prefer_too_often(sheet: Sheet, rng: Random) -> None:
    listed, annex = rng.choice(list(sheet.contest.annexes.items()))
    marks = sum(sheet[candidate.code] for candidate in annex)
    sheet.add(**{rng.choice(annex).code: sheet[listed] - marks + rng.randint(1, 9)})
    _resend(sheet)


def forget_annex(sheet: Sheet, rng: Random) -> None:
    for candidate in sheet.contest.annexes[_winner(sheet)]:
        sheet.figures[candidate.code] = None
        sheet.beside.pop(f"sent_{candidate.code}", None)


def copy_neighbour(sheet: Sheet, neighbour: Sheet) -> None:
    """Hand in the neighbour's figures; the list is made to fit by recorded additions."""
    sheet.figures = dict(neighbour.figures)
    sheet.added = sheet["V"] - sheet.registered
    sheet.beside["list_outside"] = neighbour.beside["list_outside"]
    sheet.state_again()


def stay(sheet: Sheet, rng: Random) -> None:
    """Leave the sheet as it is: the fault lies in whose sheet it is."""
