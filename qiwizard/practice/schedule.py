"""When a drill comes again: the free spaced repetition scheduler, one card for each item."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qiwizard.practice.progress import Answered, Progress
from qiwizard.practice.waiting import local_day

if TYPE_CHECKING:
    from fsrs import Scheduler

SLIPPED = 2 / 3
"""The share of right answers from which a drill counts as recalled with a slip."""


def reviewed(
    progress: Progress, item: str, answers: Iterable[Answered], now: datetime
) -> dict[str, Mapping[str, Any]]:
    """The card of an item after its answers: all right is good, a slip is hard, else again."""
    from fsrs import Card, Rating

    given = tuple(answers)
    share = sum(a.right for a in given) / len(given)
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
    """The items whose review is due on the day of a moment, the longest overdue first."""
    today = local_day(now)
    waiting = [(at, item) for item, at in due_times(progress).items() if local_day(at) <= today]
    return tuple(item for _, item in sorted(waiting))


def due_times(progress: Progress) -> dict[str, datetime]:
    """For each item the moment at which the scheduler would have it reviewed."""
    return {item: parse_time(str(card["due"])) for item, card in progress.cards.items()}


def parse_time(text: str) -> datetime:
    """A moment as the scheduler writes it; ValueError if it is none."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC)
