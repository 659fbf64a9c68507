"""What would change the ruling, and what each value of an unknown fact would make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from qiwizard.law.facts import FORUM, REQUEST, Value
from qiwizard.law.forum import law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import compose
from qiwizard.reasoning.practice_counts import practice_of
from qiwizard.reasoning.relevance import askable
from qiwizard.reasoning.ruling import Ruling, rule, rule_under
from qiwizard.reasoning.weighing import Strength

MOST_CHANGES = 24


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact that changes: from a known value, or from unknown, to another."""

    fact: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that, changed together, change the outcome, and the ruling they lead to."""

    turns: tuple[Turn, ...]
    ruling: Ruling
    likelihood_before: float
    """The share that the new outcome had before the change."""


def changes(
    library: Library, posture: Posture, as_of: date, most: int = MOST_CHANGES
) -> tuple[Change, ...]:
    """The single changes that change the outcome, then pairs of which neither does alone.

    Only facts that are unknown, or that a party or the court can bring about: never the forum,
    the date or another kind of request. The likeliest new outcome comes first.
    """
    law, practice = law_for(library, posture, as_of), practice_of(library)
    present = rule_under(law, practice, posture)

    def outcome(turns: tuple[Turn, ...]) -> str:
        bits = library.vocabulary.bits(_turned(posture, turns).known)
        return compose(law, practice, bits).outcome

    turns = tuple(_turns(library, posture))
    found = [group for group in combinations(turns, 1) if outcome(group) != present.outcome]
    found = found or [
        pair
        for pair in combinations(turns, 2)
        if pair[0].fact != pair[1].fact and outcome(pair) != present.outcome
    ]
    rulings = [(group, rule_under(law, practice, _turned(posture, group))) for group in found]
    # Unknown facts come before facts that would have to change.
    rulings.sort(key=lambda r: (sum(t.before is not None for t in r[0]), -r[1].share))
    return tuple(
        Change(group, ruling, present.likelihood[ruling.outcome])
        for group, ruling in rulings[:most]
    )


def _turned(posture: Posture, turns: tuple[Turn, ...]) -> Posture:
    for turn in turns:
        posture = posture.stating(turn.fact, turn.after)
    return posture


def _turns(library: Library, posture: Posture) -> Iterator[Turn]:
    """Every other value of every fact that may still change."""
    open_ = {fact.name for fact in askable(library, posture)} | posture.open
    for fact in library.vocabulary.facts:
        if fact.name in (*FORUM, REQUEST):
            continue
        before = posture.get(fact.name)
        if before is None and fact.name not in open_:
            continue
        for value in fact.values if before is None else fact.after(before):
            yield Turn(fact.name, before, value)


@dataclass(frozen=True, slots=True)
class Branch:
    """Values of a fact that lead to one outcome with one strength."""

    values: tuple[Value, ...]
    outcome: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact asked and not known, with the ruling on each of its values."""

    name: str
    branches: tuple[Branch, ...]
    """Outcomes or strengths other than the present ones; empty where no value leads to any."""
    matters: bool
    """Whether some value of it changes the ruling, its terms included."""


def unknown_facts(library: Library, posture: Posture, as_of: date) -> tuple[UnknownFact, ...]:
    """Each fact asked and not known, ruled on with each of its values."""
    present = rule(library, posture, as_of)
    names = library.vocabulary.in_order(posture.open)
    return tuple(_unknown_fact(library, posture, name, present) for name in names)


def _unknown_fact(library: Library, posture: Posture, name: str, present: Ruling) -> UnknownFact:
    rulings = on_each_value(library, posture, name, present.as_of)
    groups: dict[tuple[str, Strength], list[Value]] = {}
    for value, ruling in rulings.items():
        if (ruling.outcome, ruling.strength) != (present.outcome, present.strength):
            groups.setdefault((ruling.outcome, ruling.strength), []).append(value)
    differs = any(ruling.signature != present.signature for ruling in rulings.values())
    branches = tuple(Branch(tuple(values), *led) for led, values in groups.items())
    return UnknownFact(name, branches, matters=name in FORUM or differs)


def on_each_value(
    library: Library, posture: Posture, name: str, as_of: date
) -> dict[Value, Ruling]:
    """The ruling on each value that a fact can have here."""
    choices = library.choices_in(posture, library.vocabulary.by_name[name])
    return {c.value: rule(library, posture.stating(name, c.value), as_of) for c in choices}
