"""What there is to choose from at the start of a sitting, the same in line mode and full screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, catalogue, serves
from qiwizard.practice.placement import DRILLS_IN_ONE, begun, placements
from qiwizard.practice.progress import PLACEMENT, PRACTICE, Progress
from qiwizard.practice.round import Round
from qiwizard.practice.schedule import due
from qiwizard.practice.sitting import Sitting
from qiwizard.practice.walk import DRILL as WALK

REVIEWS, MIXED, PROGRESS = "reviews", "mixed", "progress"
GO_ON = "go-on"
"""Begins the id of the way back to a drill half done; the drill's own follows."""

_WALKS = (
    (True, "read the court's words, then answer"),
    (False, "answer, then read the court's words"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One way on."""

    id: str
    label: str
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""


def entries(progress: Progress, now: datetime) -> tuple[Entry, ...]:
    """The ways on, those first that a clerk needs first."""
    return tuple(_entries(progress, now))


def _entries(progress: Progress, now: datetime) -> Iterator[Entry]:
    taken = len(placements(progress))
    if left := progress.left(PRACTICE):
        yield _going_on(progress, left[0])
    if waiting := len(due(progress, now)):
        yield Entry(REVIEWS, f"Reviews: {waiting} due")
    placement = Entry(PLACEMENT, _placement_label(taken, progress))
    first = not taken or begun(progress) or progress.left(PLACEMENT)
    if first:
        yield placement
    yield Entry(MIXED, "A round of all kinds, easy ones first")
    for drill in DRILLS.values():
        if drill.mixed:
            yield Entry(drill.id, f"{drill.title}. {drill.about}")
    yield Entry(WALK, f"{DRILLS[WALK].title}. {DRILLS[WALK].about}")
    if not first:
        yield placement
    yield Entry(PROGRESS, "Progress")


def walks(library: Library) -> tuple[Entry, ...]:
    """The opinions that can be walked, in either order of words and question."""
    return tuple(
        Entry(f"{WALK}/{landmark.id}", f"{landmark.short}: {how}", read_first=read_first)
        for read_first, how in _WALKS
        for landmark in library.landmarks
    )


def _going_on(progress: Progress, item: str) -> Entry:
    half, drill = progress.halves[item], DRILLS.get(item.partition("/")[0])
    title = "a drill" if drill is None else drill.title
    at = len(half.given) + 1
    return Entry(f"{GO_ON}/{item}", f"Go on: {title}, question {at}", half.read_first)


def _placement_label(taken: int, progress: Progress) -> str:
    done = len(begun(progress))
    if done or progress.left(PLACEMENT):
        return f"Placement: go on at drill {done + 1} of {DRILLS_IN_ONE}"
    if not taken:
        return "Placement: a short test now, to compare with later"
    return f"Placement {taken + 1}: as hard as the first, on other orders"


def round_for(sitting: Sitting, entry: Entry) -> Round:
    """The round that an entry begins; UserError if it has no drills."""
    if entry.id == REVIEWS:
        round_ = sitting.reviews()
    elif entry.id == PLACEMENT:
        round_ = sitting.placement()
    elif entry.id.startswith(f"{GO_ON}/"):
        item = entry.id.partition("/")[2]
        there = item in catalogue(sitting.library) and serves(sitting.library, item)
        round_ = Round((item,) if there else ())
    elif entry.id == MIXED:
        round_ = sitting.mixed()
    elif entry.id.startswith(f"{WALK}/"):
        return sitting.walk(entry.id.partition("/")[2])
    else:
        round_ = sitting.mixed(drills=(entry.id,))
    if round_.over:
        raise UserError("No drill is left here; choose another kind.")
    return round_
