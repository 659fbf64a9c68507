"""A round of drills, what a clerk has answered, the rates drawn from it, and the reviews."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.items import CALIBRATE, Item, Part, grouped

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
class Round:
    """Some drills in a row. `given` holds the answers to the questions of the current one."""

    items: tuple[str, ...]
    mode: str = PRACTICE
    number: int = 0
    """Which placement it is; otherwise 0."""
    given: tuple[str, ...] = ()
    done: tuple[Answered, ...] = ()
    """The answers to all drills that are behind."""
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""

    @property
    def at(self) -> int:
        """How many drills are behind: the place of the current one."""
        return len({answer.item for answer in self.done})

    @property
    def over(self) -> bool:
        """Whether no drill is left."""
        return self.at >= len(self.items)

    @property
    def told(self) -> bool:
        """Whether answers are marked in the drill; a placement only tells the rate at the end."""
        return self.mode != PLACEMENT

    def item(self, library: Library) -> Item:
        """The current drill."""
        return make(library, self.items[self.at])

    def part(self, library: Library) -> Part | None:
        """The question to be answered next; None once all of the drill are."""
        parts = self.item(library).parts
        return parts[len(self.given)] if len(self.given) < len(parts) else None

    def answering(self, option: str) -> Round:
        """The round with the current question answered."""
        return replace(self, given=(*self.given, option))

    def taking_back(self, number: int = 1) -> Round:
        """The round some questions back."""
        return replace(self, given=self.given[: max(0, len(self.given) - number)])

    def reopens(self, library: Library) -> bool:
        """Whether an answer already given can be changed: it was not marked yet."""
        stepwise = self.item(library).stepwise and self.told
        return bool(self.given) and not stepwise

    def to_tell(self, library: Library) -> list[tuple[Part, str]]:
        """The answers to be marked now: the last one of a stepwise drill, else all at its end."""
        item = self.item(library)
        pairs = list(zip(item.parts, self.given, strict=False))
        if not self.told or not (item.stepwise or len(pairs) == len(item.parts)):
            return []
        return pairs[-1:] if item.stepwise else pairs

    def advancing(self, library: Library, now: datetime) -> Round:
        """The round at its next drill, with the answers to the current one marked."""
        item = self.item(library)
        pairs = zip(item.parts, self.given, strict=False)
        new = (answered(item, p, g, now, self.mode, self.number) for p, g in pairs)
        return replace(self, given=(), done=(*self.done, *new))


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

    def adding(self, drill: Sequence[Answered]) -> Progress:
        """The progress with one more drill done, and with its review.

        Likelihoods are not reviewed, nor is a placement, whose orders stay apart from practice.
        """
        item, cards = drill[0].item, dict(self.cards)
        if drill[0].drill != CALIBRATE and drill[0].mode != PLACEMENT:
            cards[item] = _reviewed(cards.get(item), drill)
        answers = (*self.answers, *drill)[-MOST_KEPT:]
        return replace(self, answers=answers, cards=cards).halving(item, None)

    def halving(self, item: str, half: Half | None) -> Progress:
        """The progress with a drill at another question, or at its first."""
        halves = {k: v for k, v in self.halves.items() if k != item}
        if half is not None:
            halves[item] = half
        return replace(self, halves=halves)

    def missing(self, rows: Iterable[Answered]) -> tuple[Answered, ...]:
        """Those of some answers that are not in it, because keeping them has failed."""
        there = set(self.answers)
        return tuple(row for row in rows if row not in there)

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
    answers: Iterable[Answered], of: Callable[[Answered], str], names: Mapping[str, str]
) -> tuple[Tally, ...]:
    """The answers grouped, under names in words and in the order of these; others as they come."""
    groups = grouped(answers, of)
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


def _reviewed(before: Mapping[str, Any] | None, drill: Sequence[Answered]) -> dict[str, Any]:
    """The card of a drill after its answers: all right is good, a slip is hard, else again."""
    from fsrs import Card, Rating, Scheduler  # slow to load

    # Whole days, and the same for all: drills are a matter of weeks, not of minutes.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    item, now, share = drill[0].item, drill[0].when, tally("", drill).share
    rating = Rating.Good if share == 1 else Rating.Hard if share >= SLIPPED else Rating.Again
    if before is None:
        card = Card(card_id=zlib.crc32(item.encode()), due=now)
    else:
        card = Card.from_dict(dict(before))  # type: ignore[arg-type]
    after, _ = scheduler.review_card(card, rating, now)
    return dict(after.to_dict())


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
