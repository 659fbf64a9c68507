"""The library: facts, doctrines, courts, precedents with their holdings, decided orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qiwizard.law.courts import Courts
from qiwizard.law.facts import Choice, Fact, Vocabulary
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder, Holding, Precedent
from qiwizard.law.questions import Doctrine, Outcome, Question, Weights

FORUM = CIRCUIT, COURT = "circuit", "court"
"""The facts that name the forum; they set the rank of authorities."""


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
class Library:
    """Everything the rulings are based on; built once, then immutable."""

    about: About
    vocabulary: Vocabulary
    outcomes: Mapping[str, Outcome]
    doctrines: tuple[Doctrine, ...]
    questions: tuple[Question, ...]
    """In the order in which they are answered."""
    weights: Weights
    courts: Courts
    precedents: Mapping[str, Precedent]
    holdings: tuple[Holding, ...]
    read_orders: Callable[[], tuple[DecidedOrder, ...]]

    @cached_property
    def question(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

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
        return self._doctrine[name]

    def facts_of(self, doctrine: str) -> tuple[Fact, ...]:
        """The facts asked on the screen of one doctrine."""
        return tuple(f for f in self.vocabulary.facts if f.doctrine == doctrine)

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
    def _doctrine(self) -> Mapping[str, Doctrine]:
        return {doctrine.id: doctrine for doctrine in self.doctrines}

    @cached_property
    def _by_precedent(self) -> Mapping[str, tuple[Holding, ...]]:
        return _grouped(self.holdings)


def _grouped(holdings: Iterable[Holding]) -> dict[str, tuple[Holding, ...]]:
    groups: dict[str, list[Holding]] = {}
    for holding in holdings:
        groups.setdefault(holding.precedent.id, []).append(holding)
    return {key: tuple(group) for key, group in groups.items()}
