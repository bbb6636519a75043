"""A protocol against what is known of its precinct: where it lies, its clock, its voter list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from tabulator.domain.rules.base import Case, Failure, Rule, Severity
from tabulator.domain.rules.equations import compare
from tabulator.domain.text import Text

CLOSING = time(20)
"""When voting ends, on the precinct's clock."""

_SURPLUS = "1000·R ≤ 1001·list_handover | 1000·R ≤ 1001·V"


def _surplus(case: Case) -> Iterator[Failure]:
    if case.precinct.abroad:
        yield from compare(case, _SURPLUS)


def _signing(case: Case) -> Iterator[Failure]:
    signed, received = case.protocol.signed_at, case.protocol.received_at
    if signed is None:
        return
    zone = ZoneInfo(case.precinct.timezone)
    closing = datetime.combine(case.voting_day, CLOSING, zone)
    if signed < closing and _some_have_not_voted(case):
        clock = f"{_clock(signed, zone)} < {_clock(closing, zone)} ({zone.key})"
        yield Failure(("signed_at",), f"signed_at ≥ {CLOSING:%H:%M}: {clock}")
    if received is not None and received < signed:
        clock = f"{_clock(received, zone)} < {_clock(signed, zone)} ({zone.key})"
        yield Failure(("received_at", "signed_at"), f"received_at ≥ signed_at: {clock}", mild=True)


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M:%S}".removesuffix(":00")


def _some_have_not_voted(case: Case) -> bool:
    """Whether I and V are known and differ: only then is an early signature surely too early."""
    voters, took_part = case.figures.get("V"), case.figures.get("I")
    return voters is not None and took_part is not None and voters != took_part


def _from_abroad(case: Case) -> Iterator[Failure]:
    if case.precinct.abroad and not case.contest.open_abroad:
        place = f"precinct {case.precinct.number}: abroad = yes"
        yield Failure((), f"{place}; contest {case.contest.id}: open_abroad = no")


def _register(case: Case) -> Iterator[Failure]:
    voters, registered = case.figures.get("V"), case.precinct.voters
    added = int(case.beside.get("list_added", 0))
    if voters is None or registered is None or voters == registered + added:
        return
    total = f"{registered} + {added} (= {registered + added})" if added else f"{registered}"
    yield Failure(("V",), f"V = register + list_added: {voters} ≠ {total}")


CIRCUMSTANCES = (
    Rule(
        "K11",
        Severity.WARNING,
        f"abroad: {_SURPLUS}",
        Text(
            "Чет өлкөдөгү шайлоо участкасы алган бюллетендердин саны тизмедеги шайлоочулардын "
            "санынан 0,1 пайыздан көбүрөөк ашат.",
            "Зарубежный участок получил бюллетеней больше числа избирателей в списке более чем "
            "на 0,1 процента.",
            "A precinct abroad received more ballots than voters on its list plus 0.1 percent.",
        ),
        "№ 102 § 7.2, read as a surplus of at most 0.1 %",
        failures=_surplus,
    ),
    Rule(
        "K19",
        Severity.ERROR,
        "signed_at ≥ 20:00 on the precinct's clock, or I = V; received_at ≥ signed_at",
        Text(
            "Протоколго участканын жергиликтүү убактысы боюнча саат 20:00гө чейин кол коюлган, "
            "же ал кол коюлгандан мурда алынган деп белгиленген.",
            "Протокол подписан до 20:00 по местному времени участка, либо отмечен полученным "
            "раньше, чем подписан.",
            "The protocol was signed before 20:00 on the precinct's clock, or is recorded as "
            "received before it was signed.",
        ),
        "№ 102 § 8.1, 9.1 [V]",
        failures=_signing,
        milder=Severity.WARNING,
    ),
    Rule(
        "K27",
        Severity.ERROR,
        "abroad: the contest is open abroad",
        Text(
            "Чет өлкөдө өткөрүлбөгөн добуш берүү боюнча чет өлкөдөгү участкадан протокол келди.",
            "С зарубежного участка поступил протокол по голосованию, которое за рубежом не "
            "проводится.",
            "A protocol came from a precinct abroad for a contest that is not held abroad.",
        ),
        "2021: voters abroad voted for party lists only [V]",
        failures=_from_abroad,
    ),
    Rule(
        "K30",
        Severity.WARNING,
        "V = register + list_added",
        Text(
            "Протоколдогу шайлоочулардын саны жазылган кошумчаларды эске алганда да реестрдеги "
            "санга барабар эмес.",
            "Число избирателей в протоколе не равно числу по реестру даже с учётом записанных "
            "дополнений.",
            "The voters in the protocol do not equal the register's count plus the recorded "
            "additions.",
        ),
        "register of voters",
        failures=_register,
    ),
)
