"""What would change it: the smallest changes of fact that turn the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from qiwizard.law.facts import Value
from qiwizard.law.forum import Law, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import Ruling, outcome_under, rule_under


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
    bits = _Bits(library, posture)
    present = outcome_under(law, bits.turned())
    turns = tuple(_turns(law, posture))
    flipping: list[tuple[Turn, ...]] = [
        (t,) for t in turns if outcome_under(law, bits.turned(t)) != present
    ]
    if len(flipping) < most:
        inert = [turn for turn in turns if (turn,) not in flipping]
        flipping += [
            pair
            for pair in combinations(inert, 2)
            if pair[0].fact != pair[1].fact and outcome_under(law, bits.turned(*pair)) != present
        ]
    chosen = sorted(flipping, key=lambda group: _order(posture, library, group))[:most]
    return tuple(Change(g, rule_under(law, bits.turned(*g))) for g in chosen)


class _Bits:
    """A posture as bits, and with some facts turned."""

    def __init__(self, library: Library, posture: Posture) -> None:
        self._vocabulary = library.vocabulary
        self._known = library.vocabulary.bits(posture.known)
        self._moves: dict[Turn, tuple[int, int]] = {}

    def turned(self, *turns: Turn) -> int:
        """The posture with other values of the facts that turn."""
        bits = self._known
        for turn in turns:
            if turn not in self._moves:
                self._moves[turn] = self._move(turn)
            kept, added = self._moves[turn]
            bits = bits & kept | added
        return bits

    def _move(self, turn: Turn) -> tuple[int, int]:
        """The bits that stay, and the one that comes, when a fact turns."""
        values = self._vocabulary.by_name[turn.fact].values
        return ~self._vocabulary.mask(turn.fact, values), self._vocabulary.bit(
            turn.fact, turn.after
        )


def _turns(law: Law, posture: Posture) -> Iterator[Turn]:
    """Every other value of every fact that some holding in force needs."""
    vocabulary = law.library.vocabulary
    for name in vocabulary.in_order(law.facts):
        before = posture.get(name)
        for value in vocabulary.by_name[name].values:
            if value != before:
                yield Turn(name, before, value)


def _order(
    posture: Posture, library: Library, group: tuple[Turn, ...]
) -> tuple[int, int, tuple[int, ...]]:
    """Fewer changes first, then those more likely to be in play, then the interview's order."""
    in_play = sum(
        0 if turn.fact in posture.open else 1 if turn.before is None else 2 for turn in group
    )
    return len(group), in_play, tuple(library.vocabulary.position(t.fact) for t in group)
