"""What would change it: the smallest changes of fact that turn the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from qiwizard.facts import Value
from qiwizard.law import law_for
from qiwizard.library import Library
from qiwizard.posture import Posture
from qiwizard.prospect import Prospects, prospects_of
from qiwizard.ruling import Ruling, rule_under


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact that changes: from a known value, or from not known, to another."""

    fact: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that, changed together, turn the outcome, and the ruling they lead to."""

    turns: tuple[Turn, ...]
    ruling: Ruling


def changes(
    library: Library,
    posture: Posture,
    as_of: date,
    most: int = 24,
    without: frozenset[str] = frozenset(),
) -> tuple[Change, ...]:
    """The single changes that flip the outcome, then pairs of which neither does alone.

    Forum and date are left aside. Changes of facts asked and not known come first, then of
    facts not asked, then of known ones; at most `most` are given. `without` names precedents that
    are left out.
    """
    law = law_for(library, posture, as_of, without)
    prospects = prospects_of(law)
    known = posture.known
    present = prospects.outcome(known)
    turns = tuple(_turns(prospects, posture))
    flipping: list[tuple[Turn, ...]] = [
        (t,) for t in turns if prospects.outcome(_turned(known, t)) != present
    ]
    if len(flipping) < most:
        inert = [turn for turn in turns if (turn,) not in flipping]
        flipping += [
            pair
            for pair in combinations(inert, 2)
            if pair[0].fact != pair[1].fact and prospects.outcome(_turned(known, *pair)) != present
        ]
    chosen = sorted(flipping, key=lambda group: _order(posture, library, group))[:most]
    bits = library.vocabulary.bits
    return tuple(Change(g, rule_under(law, bits(_turned(known, *g)))) for g in chosen)


def _turns(prospects: Prospects, posture: Posture) -> Iterator[Turn]:
    """Every other value of every fact on which some question of the forum turns."""
    vocabulary = prospects.law.library.vocabulary
    for name in vocabulary.in_order(prospects.given(Posture()).facts):
        before = posture.get(name)
        for value in vocabulary.by_name[name].values:
            if value != before:
                yield Turn(name, before, value)


def _turned(known: Mapping[str, Value], *turns: Turn) -> dict[str, Value]:
    return {**known, **{turn.fact: turn.after for turn in turns}}


def _order(
    posture: Posture, library: Library, group: tuple[Turn, ...]
) -> tuple[int, int, tuple[int, ...]]:
    """Fewer changes first, then those more likely to be in play, then the interview's order."""
    in_play = sum(
        0 if turn.fact in posture.open else 1 if turn.before is None else 2 for turn in group
    )
    return len(group), in_play, tuple(library.vocabulary.position(t.fact) for t in group)
