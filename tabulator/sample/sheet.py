"""A protocol while it is being filled in, before and after somebody slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tabulator.domain.register import Contest, Precinct
from tabulator.domain.words import in_words
from tabulator.sample.portions import portions

PER_MILLE = 1000


@dataclass
class Sheet:
    """One precinct's protocol for one contest, in the hands of its commission.

    Attributes:
        added: Voters added to the register's list, as recorded; the list is V.
        turnout: What is usual in its territory, per mille.
        strengths: Weight of each choice here, in ballot order.
        sends: Whether the figures are sent ahead by e-mail or fax.
        lang: Language of the figures in words.
    """

    precinct: Precinct
    contest: Contest
    added: int
    turnout: int
    strengths: Sequence[int]
    sends: bool
    lang: str
    signed_at: datetime
    received_at: datetime
    figures: dict[str, int | None] = field(default_factory=dict)
    beside: dict[str, int | str] = field(default_factory=dict)

    @property
    def registered(self) -> int:
        return self.precinct.voters or 0

    @property
    def voters(self) -> int:
        return self.registered + self.added

    def __getitem__(self, column: str) -> int:
        """A figure that has been filled in."""
        figure = self.figures[column]
        assert figure is not None  # noqa: S101  for the type checker: blanks come last of all
        return figure

    def add(self, **changes: int) -> None:
        """Change figures by so much, as they stand on the form."""
        for column, change in changes.items():
            self.figures[column] = self[column] + change

    def fill_in(self, rng: Random, took_part: int, invalid: int | None = None) -> None:
        """Fill in every line so that all ratios hold, given who took part.

        Args:
            took_part: Ballots issued; more than there are voters if the caller wants that.
            invalid: Per mille of them, or None for what is usual.
        """
        received = max(self.registered * rng.randint(920, PER_MILLE) // PER_MILLE, took_part)
        outside = max(1, took_part * rng.randint(10, 50) // PER_MILLE)
        usual = rng.randint(4, 16)
        spoilt = took_part * (usual if invalid is None else invalid) // PER_MILLE
        self.figures = {
            "V": self.voters,
            "R": received,
            "C": received - took_part,
            "I": took_part,
            "I1": took_part - outside,
            "I2": outside,
            "I3": 0,
            "M": outside,
            "S": took_part - outside,
            "U": 0,
            "VAL": took_part - spoilt,
            "INV": spoilt,
        }
        self._share_out(rng, took_part - spoilt)
        self.beside["list_outside"] = outside + rng.randint(0, 12)
        self.state_again()

    def _share_out(self, rng: Random, valid: int) -> None:
        for code, votes in zip(
            self.contest.choice_codes, portions(valid, self.strengths), strict=True
        ):
            self.figures[code] = votes
        for listed, annex in self.contest.annexes.items():
            marked = self[listed] * rng.randint(550, 900) // PER_MILLE
            weights = [rng.randint(5, 40) for _ in annex]
            for candidate, marks in zip(annex, portions(marked, weights), strict=True):
                self.figures[candidate.code] = marks

    def state_again(self) -> None:
        """Bring everything that repeats the figures into line with them."""
        self.beside["words_I"] = in_words(self["I"], self.lang)
        self._state_list()
        if not self.precinct.abroad:
            self._state_identification()
        if self.precinct.aeu:
            self._state_urn()
        if self.sends:
            self.send()

    def _state_list(self) -> None:
        self.beside.pop("list_added", None)
        if self.added:
            self.beside["list_added"] = self.added
        men = (self.precinct.voters_men or 0) + self.added // 2
        self.beside["list_handover"] = self.registered
        self.beside["list_men"] = men
        self.beside["list_women"] = self["V"] - men

    def _state_identification(self) -> None:
        self.beside["ident_first"] = 0
        self.beside["ident_final"] = self["I"]
        self.beside["ident_precinct"] = self.precinct.number
        self.beside["ident_contest"] = self.contest.id

    def _state_urn(self) -> None:
        """The urn counts what it does not know as invalid, and so U too."""
        valid, invalid = self["VAL"], self["INV"] + self["U"]
        self.beside["aeu_total"] = valid + invalid
        self.beside["aeu_valid"] = valid
        self.beside["aeu_invalid"] = invalid
        self.beside["aeu_precinct"] = self.precinct.number
        self.beside["aeu_contest"] = self.contest.id
        for code in self.contest.choice_codes:
            self.beside[f"aeu_{code}"] = self[code]

    def lose_urn_receipt(self) -> None:
        for name in [name for name in self.beside if name.startswith("aeu_")]:
            del self.beside[name]

    def send(self) -> None:
        """Send every figure ahead as it stands on the form."""
        for column in self.contest.columns:
            self.beside[f"sent_{column}"] = self[column]
