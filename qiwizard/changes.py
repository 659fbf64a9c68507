"""What would change it: the smallest changes of fact that turn the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from qiwizard.facts import Value
from qiwizard.interview import prospects_of
from qiwizard.law import Law, law_for
from qiwizard.library import Library
from qiwizard.posture import Posture
from qiwizard.ruling import Ruling, compose, rule_under, weigh_all


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


def changes(library: Library, posture: Posture, as_of: date, most: int = 24) -> tuple[Change, ...]:
    """The single changes that flip the outcome, then pairs of which neither does alone.

    Forum and date are left aside. Changes of facts asked and not known come first, then of
    facts not asked, then of known ones; at most `most` are given.
    """
    law = law_for(library, posture, as_of)
    turns = list(_turns(law, posture))
    bits = library.vocabulary.bits(posture.known)
    present = _outcome(law, bits)
    flipping = [(turn,) for turn in turns if _outcome(law, _turned(law, bits, turn)) != present]
    singles = [turn for (turn,) in flipping]
    if len(flipping) < most:
        flipping += _pairs(law, bits, present, [t for t in turns if t not in singles])
    chosen = sorted(flipping, key=lambda group: _order(posture, library, group))[:most]
    return tuple(Change(g, rule_under(law, _turned(law, bits, *g))) for g in chosen)


def _turns(law: Law, posture: Posture) -> Iterator[Turn]:
    """Every other value of every fact on which some question of the forum turns."""
    vocabulary = law.library.vocabulary
    for name in vocabulary.in_order(prospects_of(law).given(Posture()).facts):
        before = posture.get(name)
        for value in vocabulary.by_name[name].values:
            if value != before:
                yield Turn(name, before, value)


def _pairs(law: Law, bits: int, present: str, turns: list[Turn]) -> list[tuple[Turn, ...]]:
    return [
        pair
        for pair in combinations(turns, 2)
        if pair[0].fact != pair[1].fact and _outcome(law, _turned(law, bits, *pair)) != present
    ]


def _turned(law: Law, bits: int, *turns: Turn) -> int:
    vocabulary = law.library.vocabulary
    for turn in turns:
        values = vocabulary.by_name[turn.fact].values
        bits &= ~vocabulary.mask(turn.fact, values)
        bits |= vocabulary.bit(turn.fact, turn.after)
    return bits


def _outcome(law: Law, bits: int) -> str:
    answers = {question: weighing.answer for question, weighing in weigh_all(law, bits).items()}
    return compose(law.library.questions, answers).outcome or ""


def _order(
    posture: Posture, library: Library, group: tuple[Turn, ...]
) -> tuple[int, int, tuple[int, ...]]:
    """Fewer changes first, then those more likely to be in play, then the interview's order."""
    in_play = sum(
        0 if turn.fact in posture.open else 1 if turn.before is None else 2 for turn in group
    )
    return len(group), in_play, tuple(library.vocabulary.position(t.fact) for t in group)
