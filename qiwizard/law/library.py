"""The library: facts, doctrines, courts, precedents, decided orders, the days of its law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from qiwizard.errors import UserError
from qiwizard.law.courts import Courts
from qiwizard.law.facts import CIRCUIT, COURT, Choice, Fact, Vocabulary
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder, Holding, Precedent
from qiwizard.law.questions import Doctrine, Outcome, Question, Weights


@dataclass(frozen=True, slots=True)
class About:
    """Metadata of the library."""

    version: str
    begins: date
    """The first day whose law the library states."""
    checked: date
    """The day on which the whole was last reviewed."""
    fresh_days: int
    """How long a check of an authority counts as fresh."""


@dataclass(frozen=True, eq=False)
class Frame:
    """What authorities are read against: facts, questions and courts."""

    vocabulary: Vocabulary
    outcomes: Mapping[str, Outcome]
    doctrines: tuple[Doctrine, ...]
    questions: tuple[Question, ...]
    """In the order in which they are answered."""
    weights: Weights
    courts: Courts

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}


@dataclass(frozen=True, eq=False)
class Library(Frame):
    """Everything the rulings are based on; built once, then immutable."""

    about: About
    precedents: Mapping[str, Precedent]
    holdings: tuple[Holding, ...]
    read_orders: Callable[[], tuple[DecidedOrder, ...]]

    @cached_property
    def holding(self) -> Mapping[str, Holding]:
        """Holdings by id."""
        return {holding.id: holding for holding in self.holdings}

    @cached_property
    def orders(self) -> tuple[DecidedOrder, ...]:
        """The decided orders, read when first wanted."""
        return self.read_orders()

    @property
    def landmarks(self) -> tuple[Precedent, ...]:
        """The five opinions from which the library grew."""
        return tuple(p for p in self.precedents.values() if p.landmark)

    def holdings_of(self, precedent: Precedent) -> tuple[Holding, ...]:
        """The holdings of one precedent, in the order of the file."""
        return self._by_precedent.get(precedent.id, ())

    def doctrine(self, name: str) -> Doctrine:
        """One doctrine by id; KeyError if there is none."""
        return {doctrine.id: doctrine for doctrine in self.doctrines}[name]

    def choices_in(self, posture: Posture, fact: Fact) -> tuple[Choice, ...]:
        """The choices of a fact that fit what is known: of districts those of the circuit."""
        circuit = posture.get(CIRCUIT)
        if fact.name != COURT or circuit is None:
            return fact.choices
        return tuple(c for c in fact.choices if self.courts.circuit_of(str(c.value)) == circuit)

    def due_for_checking(self, precedent: Precedent, today: date) -> bool:
        """Whether the last check of an authority is older than the library allows."""
        checked = precedent.checked or self.about.checked
        return (today - checked).days > self.about.fresh_days

    @cached_property
    def _by_precedent(self) -> Mapping[str, tuple[Holding, ...]]:
        # The holdings of a precedent follow one another.
        groups = groupby(self.holdings, key=lambda holding: holding.precedent.id)
        return {precedent: tuple(holdings) for precedent, holdings in groups}


def today_under(library: Library) -> date:
    """Today by the local clock; UserError if that is before the library begins."""
    today = date.today()
    if today < library.about.begins:
        raise UserError(
            f"this computer's clock says {today}, and the library begins on "
            f"{library.about.begins}; set the clock, or name a day with `qiwizard rule --as-of`"
        )
    return today


def refusal(library: Library, day: date, today: date, at_hand: date | None = None) -> str:
    """Why the law of a day cannot be applied; empty if it can.

    The present day is always permitted: in another time zone it may be tomorrow.
    """
    first = library.about.begins
    if day == at_hand:
        return ""
    if day < first:
        return f"{day} is before the library begins; permitted: {first} or later"
    # A clock that is wrong says nothing about the future.
    if first <= today < day:
        return f"{day} is after today; permitted: {today} or earlier"
    return ""
