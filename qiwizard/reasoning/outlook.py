"""The map: where the questions lead from here, and what each forum makes of it so far.

What an answer leads to is ruled on by the one engine; what can still be reached after it is
read off the same diagrams that choose the questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice, product

from qiwizard.law.doctrine import Doctrine
from qiwizard.law.facts import Value
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.compare import CIRCUIT, COURT, Column, all_forums, compare, district
from qiwizard.reasoning.interview import facts_left
from qiwizard.reasoning.prospect import Prospect, prospect_of, prospects_of
from qiwizard.reasoning.ruling import Ruling, rule

MOST_TRIED = 600
"""Combinations of the answers of one doctrine that are tried, the first questions first."""


@dataclass(frozen=True, slots=True)
class Way:
    """An answer ahead, or several that come to the same."""

    values: tuple[Value, ...]
    outcome: str
    """Where it leads with nothing more said."""
    reach: frozenset[str]
    """The outcomes that can still be reached after it, that one among them, as far as the
    legal questions taken singly show; of a forum only that one."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A fact not asked yet that can still matter."""

    fact: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Limb:
    """A doctrine ahead."""

    doctrine: Doctrine
    facts: tuple[Ahead, ...]
    reach: frozenset[str]
    """The outcomes to which its own answers can lead, the other facts being as they are."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The forums on a posture."""

    here: Column
    """The forum as stated."""
    circuits: tuple[Column, ...]
    """Every circuit by itself, in their order."""
    moved: frozenset[str | None]
    """The circuits in which the last answer changed the outcome; None: the forum as stated."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead of a posture, and the forums on it."""

    ruling: Ruling
    reach: frozenset[str]
    limbs: tuple[Limb, ...]
    strip: Strip


def outlook(
    library: Library, posture: Posture, as_of: date, before: Posture | None = None
) -> Outlook:
    """The doctrines ahead, with the outcomes each can still reach, and the forums.

    `before` is the posture before its last answer, to say which forums that answer moved.
    """
    strip = strip_of(library, posture, as_of, before)
    prospect = prospect_of(library, posture, as_of)
    return Outlook(
        ruling=strip.here.ruling,
        reach=prospect.outcomes,
        limbs=_limbs(library, posture, as_of, prospect, strip.circuits),
        strip=strip,
    )


def strip_of(
    library: Library, posture: Posture, as_of: date, before: Posture | None = None
) -> Strip:
    """What each forum makes of a posture; `before` is the posture before its last answer."""
    here, *others = compare(library, posture, all_forums(library, posture, as_of)).columns
    by_circuit = {column.forum.circuit: column for column in (here, *others) if _alone(column)}
    circuits = tuple(by_circuit[circuit] for circuit in library.courts.circuits)
    moved = _moved(library, (here, *circuits), before) if before else frozenset[str | None]()
    return Strip(here, circuits, moved)


def _alone(column: Column) -> bool:
    return column.forum.court is None and column.forum.circuit is not None


def _moved(library: Library, columns: Iterable[Column], before: Posture) -> frozenset[str | None]:
    then = [rule(library, c.forum.over(before), c.forum.as_of) for c in columns]
    return frozenset(
        None if column.forum.stated else column.forum.circuit
        for column, ruling in zip(columns, then, strict=True)
        if ruling.outcome != column.ruling.outcome
    )


def _limbs(
    library: Library,
    posture: Posture,
    as_of: date,
    prospect: Prospect,
    circuits: Iterable[Column],
) -> tuple[Limb, ...]:
    left = facts_left(library, posture, as_of)
    limbs = []
    for doctrine in library.doctrines:
        names = [f.name for f in library.facts_of(doctrine.id) if f.name in left]
        plain = [name for name in names if name not in FORUM]
        facts = [_ahead(library, posture, prospect, name) for name in plain]
        if CIRCUIT in names:
            facts.insert(0, Ahead(CIRCUIT, _by_outcome((c.forum.circuit, c) for c in circuits)))
        elif COURT in names:
            facts.insert(0, _districts(library, posture, as_of))
        if facts:
            reach = _reach(library, prospect, posture, plain, left)
            reach |= {way.outcome for ahead in facts for way in ahead.ways}
            limbs.append(Limb(doctrine, tuple(facts), reach))
    return tuple(limbs)


def _districts(library: Library, posture: Posture, as_of: date) -> Ahead:
    circuit = str(posture.get(CIRCUIT))
    forums = (district(library, d.id, as_of) for d in library.courts.of(circuit))
    columns = compare(library, posture, forums).columns
    return Ahead(COURT, _by_outcome((column.forum.court, column) for column in columns))


def _by_outcome(columns: Iterable[tuple[str | None, Column]]) -> tuple[Way, ...]:
    groups: dict[str, list[Value]] = {}
    for name, column in columns:
        if name is not None:
            groups.setdefault(column.ruling.outcome, []).append(name)
    return tuple(Way(tuple(names), o, frozenset({o})) for o, names in groups.items())


def _ahead(library: Library, posture: Posture, prospect: Prospect, name: str) -> Ahead:
    """The answers to a fact; those that lead to the same and leave the same open as one."""
    prospects = prospects_of(prospect.law)
    groups: dict[tuple[str, frozenset[str]], list[Value]] = {}
    for value in library.vocabulary.by_name[name].values:
        outcome = prospects.outcome({**posture.known, name: value})
        if outcome is not None:
            reach = prospect.telling(name, value).outcomes | {outcome}
            groups.setdefault((outcome, reach), []).append(value)
    return Ahead(name, tuple(Way(tuple(values), *led) for led, values in groups.items()))


def _reach(
    library: Library,
    prospect: Prospect,
    posture: Posture,
    names: Iterable[str],
    left: Iterable[str],
) -> frozenset[str]:
    """The outcomes that the answers to some facts lead to, no other fact being told."""
    names = tuple(names)
    prospects = prospects_of(prospect.law)
    others = frozenset(left).difference(names, FORUM)
    possible = prospects.given(Posture.of(posture.known, posture.open | others)).outcomes
    found: set[str] = set()
    values = ((*library.vocabulary.by_name[name].values, None) for name in names)
    for combination in islice(product(*values), MOST_TRIED):
        told = {n: v for n, v in zip(names, combination, strict=True) if v is not None}
        outcome = prospects.outcome({**posture.known, **told})
        if outcome is not None:
            found.add(outcome)
        if found >= possible:
            break
    return frozenset(found)
