"""What a clerk has answered, the rates drawn from it, and when a drill comes again."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qiwizard.practice.items import CALIBRATE, Item, Part

if TYPE_CHECKING:
    from fsrs import Scheduler

PRACTICE, SET, PLACEMENT = "practice", "set", "placement"
MODES = (PRACTICE, SET, PLACEMENT)
MOST_KEPT = 8_000
"""Answers kept; the oldest are dropped beyond that."""
SLIPPED = 2 / 3
"""The share of correct answers from which a drill counts as recalled with a slip."""


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
    """Such as `basic`."""
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
    """A drill that is not done yet: the answers to its first questions."""

    given: tuple[str, ...]
    """The ids of the options chosen, in the order of the questions; never empty."""
    fingerprint: str
    """Of the drill that was answered; another drill under the same id starts over."""
    mode: str = PRACTICE
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything kept of one clerk."""

    clerk: str
    answers: tuple[Answered, ...] = ()
    """Oldest first."""
    cards: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By item: when it is due, as the scheduler writes it."""
    halves: Mapping[str, Half] = field(default_factory=dict)
    """By item: the drills that are not done yet, the latest last."""

    def adding(self, new: Iterable[Answered], cards: Mapping[str, Mapping[str, Any]]) -> Progress:
        """The progress with more drills done, and some cards in place of older ones."""
        rows = tuple(new)
        done = {answer.item for answer in rows}
        return replace(
            self,
            answers=(*self.answers, *rows)[-MOST_KEPT:],
            cards={**self.cards, **cards},
            halves={k: v for k, v in self.halves.items() if k not in done},
        )

    def halving(self, item: str, half: Half | None) -> Progress:
        """The progress with a drill at another question, or at its first."""
        halves = {k: v for k, v in self.halves.items() if k != item}
        if half is not None:
            halves[item] = half
        return replace(self, halves=halves)

    def left(self, mode: str) -> tuple[str, ...]:
        """The drills of a mode that are not done yet, the latest first."""
        return tuple(reversed([item for item, h in self.halves.items() if h.mode == mode]))

    def seen(self) -> frozenset[str]:
        """The items answered, in any mode."""
        return frozenset(answer.item for answer in self.answers)

    def marked(self) -> tuple[Answered, ...]:
        """The answers that are right or wrong; likelihoods are scored apart."""
        return tuple(answer for answer in self.answers if answer.drill != CALIBRATE)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions of a group were asked, and how many answered correctly."""

    name: str
    asked: int
    right: int

    @property
    def share(self) -> float:
        """The share that was right, from 0 to 1: the one rate, everywhere."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def words(self) -> str:
        """How many questions were answered correctly."""
        share = f" ({self.share:.0%})" if self.asked else ""
        return f"{self.right} of {self.asked} questions correct{share}"


def tally(name: str, answers: Iterable[Answered]) -> Tally:
    """The rate of some answers."""
    rows = tuple(answers)
    return Tally(name, len(rows), sum(answer.right for answer in rows))


def tallies(
    answers: Iterable[Answered],
    of: Callable[[Answered], str],
    names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Tally, ...]:
    """The answers grouped, under names in words and in the order of these; others as they come."""
    groups: dict[str, list[Answered]] = {}
    for answer in answers:
        groups.setdefault(of(answer), []).append(answer)
    place = {id_: n for n, id_ in enumerate(names)}
    ordered = sorted(groups, key=lambda id_: place.get(id_, len(place)))
    return tuple(tally(names.get(id_, id_), groups[id_]) for id_ in ordered)


def streak(answers: Iterable[Answered]) -> int:
    """How many of the last answers were right one after another."""
    run = 0
    for answer in answers:
        run = run + 1 if answer.right else 0
    return run


# Reviews, by spaced repetition with one card for each item


def reviewed(
    progress: Progress, item: str, answers: Iterable[Answered], now: datetime
) -> dict[str, Mapping[str, Any]]:
    """The card of an item after its answers: all right is good, a slip is hard, else again."""
    from fsrs import Card, Rating

    share = tally(item, answers).share
    rating = Rating.Good if share == 1 else Rating.Hard if share >= SLIPPED else Rating.Again
    before = progress.cards.get(item)
    if before is None:
        card = Card(card_id=zlib.crc32(item.encode()), due=now)
    else:
        card = Card.from_dict(dict(before))  # type: ignore[arg-type]
    after, _ = _scheduler().review_card(card, rating, now)
    return {item: dict(after.to_dict())}


@lru_cache(maxsize=1)
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # Whole days, and the same for all: drills are a matter of weeks, not of minutes.
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def due(progress: Progress, now: datetime) -> tuple[str, ...]:
    """The items whose review is due on this local day, the longest overdue first."""
    waiting = [(moment, item) for item, moment in due_times(progress).items()]
    return tuple(item for moment, item in sorted(waiting) if local_day(moment) <= local_day(now))


def due_times(progress: Progress) -> dict[str, datetime]:
    """For each item when its review is due."""
    return {item: parse_time(str(card["due"])) for item, card in progress.cards.items()}


def local_day(moment: datetime) -> date:
    """The day of a moment where the clerk is."""
    try:
        return moment.astimezone().date()
    except OverflowError:  # at the ends of the calendar
        return moment.date()


def parse_time(text: str) -> datetime:
    """A moment as the scheduler writes it; ValueError if it is none."""
    return datetime.fromisoformat(text).astimezone(UTC)
