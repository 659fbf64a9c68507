"""The map: what is left to ask, where each answer would lead, and the ruling of each forum."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class Outlook:
    """Questions left on a posture, and the ruling of each forum."""

    ruling: Ruling
    ahead: tuple[DoctrineAhead, ...]
    circuits: tuple[Column, ...]
    """The posture in every circuit by itself, in their order."""


def outlook(library: Library, posture: Posture, as_of: date) -> Outlook:
    """The facts left to ask by doctrine, with the outcome each answer leads to, and the forums."""
    here, *others = compare(library, posture, all_forums(library, posture, as_of)).columns
    alone = [c for c in (here, *others) if c.forum.court is None and c.forum.circuit is not None]
    by_circuit = {column.forum.circuit: column for column in alone}
    circuits = tuple(by_circuit[circuit] for circuit in library.courts.circuits)
    names = {*agenda(library, posture, as_of).left, *refining(library, posture, as_of)}
    ahead = []
    for doctrine in library.doctrines:
        facts = [f.name for f in library.vocabulary.facts if f.doctrine == doctrine.id]
        found = [_ahead(library, posture, as_of, n, circuits) for n in facts if n in names]
        if found:
            ahead.append(DoctrineAhead(doctrine, tuple(found)))
    return Outlook(here.ruling, tuple(ahead), circuits)


def _ahead(
    library: Library, posture: Posture, as_of: date, name: str, circuits: Sequence[Column]
) -> FactAhead:
    if name == CIRCUIT:
        columns = ((c.forum.circuit, c.ruling) for c in circuits)
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
