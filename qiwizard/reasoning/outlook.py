"""The map: what is left to ask, where each answer would lead, and the ruling of each forum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qiwizard.law.facts import CIRCUIT, COURT, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.questions import Doctrine
from qiwizard.reasoning.forums import Column, Forum, compare
from qiwizard.reasoning.relevance import agenda, refining
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.reasoning.what_if import on_each_value


@dataclass(frozen=True, slots=True)
class Way:
    """Answers to a fact that lead to one outcome, nothing else being stated."""

    values: tuple[Value, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class FactAhead:
    """A fact not asked yet that can still matter, and where each answer leads."""

    fact: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Questions left on a posture, and the ruling of each forum."""

    ruling: Ruling
    ahead: tuple[tuple[Doctrine, tuple[FactAhead, ...]], ...]
    """The facts that can still matter, by doctrine."""
    circuits: tuple[Column, ...]
    """The posture in every circuit by itself, in their order."""


def outlook(library: Library, posture: Posture, as_of: date) -> Outlook:
    """The facts left to ask by doctrine, with the outcome each answer leads to, and the forums."""
    circuits = (Forum(as_of, circuit) for circuit in library.courts.circuits)
    names = {*agenda(library, posture, as_of).left, *refining(library, posture, as_of)}
    ahead = []
    for doctrine in library.doctrines:
        facts = [f.name for f in library.vocabulary.facts if f.doctrine == doctrine.id]
        found = [FactAhead(n, _ways(library, posture, as_of, n)) for n in facts if n in names]
        if found:
            ahead.append((doctrine, tuple(found)))
    ruling = rule(library, posture, as_of)
    return Outlook(ruling, tuple(ahead), compare(library, posture, circuits).columns)


def _ways(library: Library, posture: Posture, as_of: date, name: str) -> tuple[Way, ...]:
    """The answers to a fact by the outcome; none for a district before its circuit is known."""
    if name == COURT and posture.get(CIRCUIT) is None:
        return ()
    groups: dict[str, list[Value]] = {}
    for value, ruling in on_each_value(library, posture, name, as_of).items():
        groups.setdefault(ruling.outcome, []).append(value)
    return tuple(Way(tuple(values), outcome) for outcome, values in groups.items())
