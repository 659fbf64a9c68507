"""What a clerk has answered, and the figures drawn from it. Frozen values only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from qiwizard.practice.items import Item, Part

PRACTICE, SET, PLACEMENT = "practice", "set", "placement"
MODES = (PRACTICE, SET, PLACEMENT)
MOST_KEPT = 8_000
"""Answers kept; the oldest fall away beyond that."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of one drill, as a clerk answered it."""

    when: datetime
    item: str
    part: str
    drill: str
    circuit: str
    doctrine: str
    level: str
    """A strength: settled, leaning or contested."""
    given: str
    """The id of the option chosen."""
    right: bool
    mode: str = PRACTICE
    round: int = 0
    """Which placement it belongs to, from 1; otherwise 0."""


def answered(
    item: Item, part: Part, given: str, when: datetime, mode: str = PRACTICE, round_: int = 0
) -> Answered:
    """An answer, marked."""
    return Answered(
        when=when,
        item=item.id,
        part=part.id,
        drill=item.drill,
        circuit=item.circuit,
        doctrine=part.doctrine,
        level=item.level.word,
        given=given,
        right=given in part.accepted,
        mode=mode,
        round=round_,
    )


@dataclass(frozen=True, slots=True)
class Half:
    """A drill that is not done yet: the answers to its first questions, and how it was met."""

    given: tuple[str, ...]
    """The ids of the options chosen, in the order of the questions; never empty."""
    fingerprint: str
    """Of the drill that was answered; another drill under the same id is begun anew."""
    mode: str = PRACTICE
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""


_NO_CARDS: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
_NO_HALVES: Mapping[str, Half] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything kept of one clerk."""

    clerk: str
    answers: tuple[Answered, ...] = ()
    """Oldest first."""
    cards: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: _NO_CARDS)
    """By item: when it is due, as the scheduler writes it."""
    halves: Mapping[str, Half] = field(default_factory=lambda: _NO_HALVES)
    """By item: the drills that are not done yet, the latest last."""

    def adding(self, new: Iterable[Answered], cards: Mapping[str, Mapping[str, Any]]) -> Progress:
        """The progress with more drills done and with some cards in place of older ones."""
        rows = tuple(new)
        done = {answer.item for answer in rows}
        return replace(
            self,
            answers=(*self.answers, *rows)[-MOST_KEPT:],
            cards=MappingProxyType({**self.cards, **cards}),
            halves=MappingProxyType({k: v for k, v in self.halves.items() if k not in done}),
        )

    def halving(self, item: str, half: Half | None) -> Progress:
        """The progress with a drill that stands at another question, or at its first."""
        halves = {k: v for k, v in self.halves.items() if k != item}
        if half is not None:
            halves[item] = half
        return replace(self, halves=MappingProxyType(halves))

    def left(self, mode: str) -> tuple[str, ...]:
        """The drills of a mode that are not done yet, the latest first."""
        return tuple(reversed([item for item, h in self.halves.items() if h.mode == mode]))

    def seen(self) -> frozenset[str]:
        """The items answered, in any mode."""
        return frozenset(answer.item for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions of a group were answered, and how many right."""

    name: str
    asked: int
    right: int

    @property
    def share(self) -> float:
        """The share that was right, from 0 to 1."""
        return self.right / self.asked if self.asked else 0.0


def tallies(answers: Iterable[Answered], of: Callable[[Answered], str]) -> tuple[Tally, ...]:
    """The answers grouped, in the order in which the groups first come."""
    asked: dict[str, int] = {}
    right: dict[str, int] = {}
    for answer in answers:
        name = of(answer)
        asked[name] = asked.get(name, 0) + 1
        right[name] = right.get(name, 0) + answer.right
    return tuple(Tally(name, asked[name], right[name]) for name in asked)


def streak(answers: Iterable[Answered]) -> int:
    """How many of the last answers were right one after another."""
    run = 0
    for answer in answers:
        run = run + 1 if answer.right else 0
    return run
