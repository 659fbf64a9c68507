"""What there is to choose from at the start, the same in plain mode and full screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, title_of
from qiwizard.practice.progress import PLACEMENT, PRACTICE, Half, Progress, due
from qiwizard.practice.selection import DRILLS_IN_ONE, begun, placements
from qiwizard.practice.sitting import Round, Sitting
from qiwizard.practice.walk import WALK

PROGRESS = "progress"

_WALKS = (
    (True, "read the court's words, then answer"),
    (False, "answer, then read the court's words"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice."""

    id: str
    label: str
    begins: Callable[[Sitting], Round] | None = None
    """The round that it begins; None where it leads to something else."""
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""


def entries(progress: Progress, now: datetime) -> tuple[Entry, ...]:
    """The choices, those first that a clerk needs first."""
    return tuple(_entries(progress, now))


def _entries(progress: Progress, now: datetime) -> Iterator[Entry]:
    taken = len(placements(progress))
    if left := progress.left(PRACTICE):
        yield _resuming(progress.halves[left[0]], left[0])
    if waiting := len(due(progress, now)):
        yield Entry("reviews", f"Reviews: {waiting} due today", Sitting.reviews)
    placement = Entry(PLACEMENT, _placement_label(taken, progress), Sitting.placement)
    first = not taken or begun(progress) or progress.left(PLACEMENT)
    if first:
        yield placement
    yield Entry("mixed", "Mixed round: one drill of each kind, basic ones first", Sitting.mixed)
    for drill in DRILLS.values():
        if drill.id != WALK:
            begins = partial(Sitting.mixed, drills=(drill.id,))
            yield Entry(drill.id, f"{drill.title}. {drill.about}", begins)
    yield Entry(WALK, f"{DRILLS[WALK].title}. {DRILLS[WALK].about}")
    if not first:
        yield placement
    yield Entry(PROGRESS, "Progress")


def walks(library: Library) -> tuple[Entry, ...]:
    """The opinions that can be walked, in either order of words and question."""
    return tuple(
        Entry(
            landmark.id,
            f"{landmark.short}: {how}",
            partial(Sitting.walk, landmark=landmark.id),
            read_first=read_first,
        )
        for read_first, how in _WALKS
        for landmark in library.landmarks
    )


def _resuming(half: Half, item: str) -> Entry:
    title = title_of(item.partition("/")[0])
    label = f"Resume: {title}, question {len(half.given) + 1}"
    return Entry("resume", label, partial(Sitting.going_on, item=item), read_first=half.read_first)


def _placement_label(taken: int, progress: Progress) -> str:
    done = len(begun(progress))
    if done or progress.left(PLACEMENT):
        return f"Placement: resume at drill {done + 1} of {DRILLS_IN_ONE}"
    if not taken:
        return f"Placement: {DRILLS_IN_ONE} drills without feedback, to measure progress by later"
    return f"Placement {taken + 1}: as hard as the first, on other orders"


def round_for(sitting: Sitting, entry: Entry) -> Round:
    """The round that an entry begins; UserError if it has no drills."""
    round_ = entry.begins(sitting) if entry.begins else Round(())
    if round_.over:
        raise UserError("No drill is left here; choose another kind.")
    return round_
