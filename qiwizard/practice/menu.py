"""What there is to choose from at the start of a sitting, the same in line mode and full screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS
from qiwizard.practice.placement import DRILLS_IN_ONE, begun, placements
from qiwizard.practice.progress import PLACEMENT, PRACTICE, Half, Progress
from qiwizard.practice.round import Round
from qiwizard.practice.schedule import due
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.walk import DRILL as WALK

PROGRESS = "progress"

_WALKS = (
    (True, "read the court's words, then answer"),
    (False, "answer, then read the court's words"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One way on."""

    id: str
    label: str
    begins: Callable[[Sitting], Round] | None = None
    """The round that it begins; None where it leads to something else."""
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""


def entries(progress: Progress, now: datetime) -> tuple[Entry, ...]:
    """The ways on, those first that a clerk needs first."""
    return tuple(_entries(progress, now))


def _entries(progress: Progress, now: datetime) -> Iterator[Entry]:
    taken = len(placements(progress))
    if left := progress.left(PRACTICE):
        yield _going_on(progress.halves[left[0]], left[0])
    if waiting := len(due(progress, now)):
        yield Entry("reviews", f"Reviews: {waiting} due", Sitting.reviews)
    placement = Entry(PLACEMENT, _placement_label(taken, progress), Sitting.placement)
    first = not taken or begun(progress) or progress.left(PLACEMENT)
    if first:
        yield placement
    yield Entry("mixed", "A round of all kinds, easy ones first", Sitting.mixed)
    for drill in DRILLS.values():
        if drill.mixed:
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


def _going_on(half: Half, item: str) -> Entry:
    drill = DRILLS.get(item.partition("/")[0])
    title = "a drill" if drill is None else drill.title
    label = f"Go on: {title}, question {len(half.given) + 1}"
    return Entry("go-on", label, partial(Sitting.going_on, item=item), read_first=half.read_first)


def _placement_label(taken: int, progress: Progress) -> str:
    done = len(begun(progress))
    if done or progress.left(PLACEMENT):
        return f"Placement: go on at drill {done + 1} of {DRILLS_IN_ONE}"
    if not taken:
        return "Placement: a short test now, to compare with later"
    return f"Placement {taken + 1}: as hard as the first, on other orders"


def round_for(sitting: Sitting, entry: Entry) -> Round:
    """The round that an entry begins; UserError if it has no drills."""
    round_ = entry.begins(sitting) if entry.begins else Round(())
    if round_.over:
        raise UserError("No drill is left here; choose another kind.")
    return round_
