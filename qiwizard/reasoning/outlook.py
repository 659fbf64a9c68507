"""The map: what is left to ask, where each answer would lead, and what each forum makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qiwizard.law.facts import CIRCUIT, COURT, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.questions import Doctrine
from qiwizard.reasoning.forums import Column, all_forums, compare, district
from qiwizard.reasoning.relevance import agenda, refining
from qiwizard.reasoning.ruling import Ruling
from qiwizard.reasoning.what_if import on_each_value


@dataclass(frozen=True, slots=True)
class Way:
    """Answers to a fact that lead to one outcome, nothing else being stated."""

    values: tuple[Value, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class FactAhead:
    """A fact not asked yet that can still matter."""

    fact: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class DoctrineAhead:
    """A doctrine with facts that can still matter."""

    doctrine: Doctrine
    facts: tuple[FactAhead, ...]

    @property
    def reach(self) -> frozenset[str]:
        """The outcomes to which one of its answers leads."""
        return frozenset(way.outcome for fact in self.facts for way in fact.ways)


@dataclass(frozen=True, slots=True)
class Strip:
    """The forums on a posture."""

    here: Column
    """The forum as stated."""
    circuits: tuple[Column, ...]
    """Every circuit by itself, in their order."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Questions left on a posture, and the ruling of each forum."""

    ruling: Ruling
    ahead: tuple[DoctrineAhead, ...]
    strip: Strip


def outlook(library: Library, posture: Posture, as_of: date) -> Outlook:
    """The facts left to ask by doctrine, with the outcome each answer leads to, and the forums."""
    strip = strip_of(library, posture, as_of)
    names = {*agenda(library, posture, as_of).left, *refining(library, posture, as_of)}
    ahead = []
    for doctrine in library.doctrines:
        facts = [f.name for f in library.facts_of(doctrine.id) if f.name in names]
        if facts:
            found = tuple(_ahead(library, posture, as_of, name, strip) for name in facts)
            ahead.append(DoctrineAhead(doctrine, found))
    return Outlook(strip.here.ruling, tuple(ahead), strip)


def strip_of(library: Library, posture: Posture, as_of: date) -> Strip:
    """What each forum makes of a posture."""
    here, *others = compare(library, posture, all_forums(library, posture, as_of)).columns
    alone = [c for c in (here, *others) if c.forum.court is None and c.forum.circuit is not None]
    by_circuit = {column.forum.circuit: column for column in alone}
    return Strip(here, tuple(by_circuit[circuit] for circuit in library.courts.circuits))


def _ahead(library: Library, posture: Posture, as_of: date, name: str, strip: Strip) -> FactAhead:
    if name == CIRCUIT:
        columns = ((c.forum.circuit, c.ruling) for c in strip.circuits)
        return FactAhead(name, _by_outcome(columns))
    if name == COURT:
        circuit = str(posture.get(CIRCUIT))
        forums = (district(library, d.id, as_of) for d in library.courts.of(circuit))
        rulings = ((c.forum.court, c.ruling) for c in compare(library, posture, forums).columns)
        return FactAhead(name, _by_outcome(rulings))
    return FactAhead(name, _by_outcome(on_each_value(library, posture, name, as_of).items()))


def _by_outcome(rulings: Iterable[tuple[Value | None, Ruling]]) -> tuple[Way, ...]:
    groups: dict[str, list[Value]] = {}
    for value, ruling in rulings:
        if value is not None:
            groups.setdefault(ruling.outcome, []).append(value)
    return tuple(Way(tuple(values), outcome) for outcome, values in groups.items())
