"""The conditional answer: what the ruling would be on each value of a fact not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.interview import stakes
from qiwizard.reasoning.ruling import Ruling, rule


@dataclass(frozen=True, slots=True)
class Branch:
    """Values of a fact that lead to one outcome, as sure as each other."""

    values: tuple[Value, ...]
    outcome: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact asked and not known, with what becomes of the ruling on its values."""

    name: str
    branches: tuple[Branch, ...]
    """Outcomes or strengths other than the present ones; empty where no value leads to any."""
    matters: bool
    """Whether some value of it changes the ruling, by itself or together with other facts."""


@dataclass(frozen=True, slots=True)
class Conditional:
    """The ruling as it stands, and the facts not known on which it would change."""

    ruling: Ruling
    facts: tuple[OpenFact, ...]

    @property
    def turning(self) -> tuple[OpenFact, ...]:
        """The facts of which a value by itself leads to another outcome or strength."""
        return tuple(fact for fact in self.facts if fact.branches)

    @property
    def mattering(self) -> tuple[str, ...]:
        """The other facts that matter: to the terms, or together with another fact."""
        return tuple(f.name for f in self.facts if f.matters and not f.branches)

    @property
    def idle(self) -> tuple[str, ...]:
        """The facts not known that do not matter."""
        return tuple(f.name for f in self.facts if not f.matters)


def conditional(library: Library, posture: Posture, as_of: date) -> Conditional:
    """The ruling, and each fact asked and not known ruled on with each of its values."""
    ruling = rule(library, posture, as_of)
    names = library.vocabulary.in_order(posture.open)
    return Conditional(ruling, tuple(_open_fact(library, posture, name, ruling) for name in names))


def _open_fact(library: Library, posture: Posture, name: str, present: Ruling) -> OpenFact:
    as_of = present.as_of
    choices = library.choices_in(posture, library.vocabulary.by_name[name])
    rulings = {c.value: rule(library, posture.stating(name, c.value), as_of) for c in choices}
    differs = any(ruling.signature != present.signature for ruling in rulings.values())
    # Whose law it is always matters, though a bare posture may fare alike everywhere.
    matters = name in FORUM or differs or bool(stakes(library, posture, name, as_of))
    return OpenFact(name, _branches(rulings.items(), present), matters)


def _branches(rulings: Iterable[tuple[Value, Ruling]], present: Ruling) -> tuple[Branch, ...]:
    groups: dict[tuple[str, Strength], list[Value]] = {}
    for value, ruling in rulings:
        if (ruling.outcome, ruling.strength) != (present.outcome, present.strength):
            groups.setdefault((ruling.outcome, ruling.strength), []).append(value)
    return tuple(Branch(tuple(values), *led) for led, values in groups.items())
