"""One sitting of a clerk: rounds to choose from, and the answers kept after every drill."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from qiwizard.errors import UserError, permitted
from qiwizard.law.library import Library
from qiwizard.practice.choose import IN_A_ROUND, next_items
from qiwizard.practice.drills import catalogue
from qiwizard.practice.placement import (
    DRILLS_IN_ONE,
    begun,
    begun_items,
    next_round,
    of_placement,
    placement_items,
)
from qiwizard.practice.places import DEFAULT_CLERK
from qiwizard.practice.progress import PLACEMENT, SET, Answered, Progress
from qiwizard.practice.results import ResultsFile
from qiwizard.practice.round import Round
from qiwizard.practice.schedule import due, reviewed
from qiwizard.practice.sets import PracticeSet
from qiwizard.practice.store import Store, clerks
from qiwizard.practice.walk import DRILL as WALK


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who practises, from which library, and what was asked for on the command line."""

    library: Library
    store: Store
    first: Round | None = None
    """A round to begin with; without one there is a menu."""
    results: ResultsFile | None = None
    """Where the answers to a set go."""
    read_first: bool = False
    """Whether a walk shows the court's words before it asks."""

    def progress(self) -> tuple[Progress, str]:
        """The progress so far, and what has to be said of its file."""
        try:
            kept = self.store.load()
        except UserError as error:
            return Progress(self.store.clerk), str(error)
        return kept.progress, kept.said

    def mixed(
        self,
        number: int = IN_A_ROUND,
        drills: Collection[str] = (),
        circuits: Collection[str] = (),
    ) -> Round:
        """A round of reviews that are due and of new drills."""
        progress, _ = self.progress()
        return Round(next_items(self.library, progress, now(), number, drills, circuits))

    def reviews(self) -> Round:
        """A round of the reviews that are due, the longest overdue first."""
        progress, _ = self.progress()
        known = catalogue(self.library)
        waiting = [id_ for id_ in due(progress, now()) if id_ in known]
        return Round(tuple(waiting[:IN_A_ROUND]))

    def placement(self) -> Round:
        """The placement that was left in the middle, or the next; over if drills are too few."""
        progress, _ = self.progress()
        number = next_round(progress)
        if items := begun_items(self.library, progress):
            done = of_placement(progress.answers, number - 1)
            return Round(items, PLACEMENT, number - 1, at=len(begun(progress)), done=done)
        items = placement_items(self.library, progress)
        return Round(items if len(items) == DRILLS_IN_ONE else (), PLACEMENT, number)

    def walk(self, landmark: str) -> Round:
        """A walk through one landmark; UserError if it is none."""
        ids = [p.id for p in self.library.landmarks]
        if landmark not in ids:
            raise UserError(
                f"--walk: {landmark!r} is no opinion to walk; {permitted(ids, landmark)}"
            )
        return Round((f"{WALK}/{landmark}",))

    def finish(self, round_: Round) -> tuple[Round, str]:
        """Keep the answers to the current drill and go on; what has to be said, or nothing."""
        moment = now()
        marked = round_.marked(self.library, moment)
        after = round_.advancing(self.library, moment)
        # A placement is no review: its orders stay apart from practice.
        said = [record(self.store, marked, again=round_.told)]
        if self.results is not None and round_.mode == SET:
            try:
                self.results.write(after.done)
            except UserError as error:
                said.append(str(error))
        return after, " ".join(filter(None, said))


def home_sitting(library: Library) -> Sitting:
    """A sitting of the one clerk of whom there is progress, or of a clerk without a name."""
    known = clerks()
    return Sitting(library, Store(known[0] if len(known) == 1 else DEFAULT_CLERK))


def of_set(practice_set: PracticeSet, begun: tuple[Answered, ...]) -> Round:
    """The round of a set, after what was answered before."""
    return Round(practice_set.items, SET, at=len({a.item for a in begun}), done=begun)


def now() -> datetime:
    """The moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def record(store: Store, marked: tuple[Answered, ...], *, again: bool = True) -> str:
    """Keep the answers to one drill; why that failed, or what became of the file, if anything.

    With `again` the drill comes back for review.
    """
    if not marked:
        return ""

    def change(progress: Progress) -> Progress:
        cards = reviewed(progress, marked[0].item, marked, marked[0].when) if again else {}
        return progress.adding(marked, cards)

    try:
        return store.update(change).said
    except UserError as error:
        return f"Not kept: {error}"
