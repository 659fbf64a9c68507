"""Drills as a clerk has answered them."""

from __future__ import annotations

from datetime import UTC, datetime

from qiwizard.law.library import Library
from qiwizard.practice.drills import make
from qiwizard.practice.progress import PRACTICE, Answered, Progress, answered

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
A_DRILL = "predict/lucero-v-clovis"


def answers(
    library: Library,
    id_: str,
    when: datetime = NOW,
    *,
    right: bool = True,
    mode: str = PRACTICE,
    round_: int = 0,
) -> tuple[Answered, ...]:
    """A drill answered, all of it right or all of it wrong."""
    item = make(library, id_)
    found = []
    for part in item.parts:
        given_ = next(o.id for o in part.options if (o.id in part.accepted) is right)
        found.append(answered(item, part, given_, when, mode, round_))
    return tuple(found)


def after(
    library: Library, progress: Progress, id_: str, when: datetime = NOW, *, right: bool = True
) -> Progress:
    """The progress after one more drill."""
    new = answers(library, id_, when, right=right)
    return progress.adding(new)
