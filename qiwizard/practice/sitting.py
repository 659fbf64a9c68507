"""One sitting of a clerk: rounds to choose from, and every answer kept as it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from qiwizard.errors import UserError, permitted
from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, TITLES, catalogue, serves
from qiwizard.practice.progress import (
    PLACEMENT,
    PRACTICE,
    SET,
    Answered,
    Half,
    Progress,
    Round,
    due,
    tally,
)
from qiwizard.practice.selection import (
    DRILLS_IN_ONE,
    IN_A_ROUND,
    advice,
    begun,
    calibration,
    learning,
    next_items,
    next_placement,
    placements,
)
from qiwizard.practice.sets import ResultsFile
from qiwizard.practice.store import DEFAULT_CLERK, Kept, Store, clerks
from qiwizard.practice.walk import WALK

NONE_LEFT = "No drill is left here; choose another kind."
"""What is said of a round without drills."""
LACKING = "The latest answers are not saved."


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who is practicing, from which library, and what was asked for on the command line."""

    library: Library
    store: Store
    first: Round | None = None
    """A round to begin with; without one there is a menu."""
    results: ResultsFile | None = None
    """Where the answers to a set go."""
    comments: Mapping[str, str] = field(default_factory=dict)
    """By drill of a set: what the instructor says of it."""

    def progress(self) -> Kept:
        """The progress so far, and what has to be said of its file."""
        try:
            return self.store.load()
        except UserError as error:
            return Kept(Progress(self.store.clerk), str(error))

    def mixed(
        self,
        number: int = IN_A_ROUND,
        drills: Collection[str] = (),
        circuits: Collection[str] = (),
    ) -> Round:
        """A round of reviews that are due and of new drills."""
        progress = self.progress().progress
        return Round(next_items(self.library, progress, now(), number, drills, circuits))

    def reviews(self) -> Round:
        """A round of the reviews that are due, the longest overdue first."""
        known = catalogue(self.library)
        waiting = [id_ for id_ in due(self.progress().progress, now()) if id_ in known]
        return Round(tuple(waiting[:IN_A_ROUND]))

    def placement(self) -> Round:
        """The placement that was left in the middle, or the next; over if drills are too few."""
        return next_placement(self.library, self.progress().progress)

    def walk(self, landmark: str, *, read_first: bool = False) -> Round:
        """A walk through one landmark; UserError if it is none."""
        ids = [p.id for p in self.library.landmarks]
        if landmark not in ids:
            raise UserError(
                f"--walk: {landmark!r} is not one of the five opinions; {permitted(ids, landmark)}"
            )
        return Round((f"{WALK}/{landmark}",), read_first=read_first)

    def going_on(self, item: str, *, read_first: bool = False) -> Round:
        """The round of one drill that was left half done; over if it serves no more."""
        return Round((item,) if serves(self.library, item) else (), read_first=read_first)

    def taking_up(self, round_: Round) -> Round:
        """The round with what was answered of its current drill before it was left."""
        if round_.over or round_.given:
            return round_
        item = round_.item(self.library)
        half = self.progress().progress.halves.get(item.id)
        if half is None or half.fingerprint != item.fingerprint:
            return round_
        pairs = zip(item.parts, half.given, strict=False)
        fits = len(half.given) < len(item.parts) and all(g in part.by_id for part, g in pairs)
        return replace(round_, given=half.given) if fits else round_

    def keep(self, round_: Round) -> tuple[Round, str]:
        """Keep the answers so far, marked once the drill is done.

        Returns the round as it goes on, and what has to be said, or nothing.
        """
        if round_.part(self.library) is not None:
            return round_, self._keep_half(round_)
        after = round_.advancing(self.library, now())
        return after, self._keep_done(after)

    def _keep_half(self, round_: Round) -> str:
        item = round_.item(self.library)
        half = Half(round_.given, item.fingerprint, round_.mode, round_.read_first)
        return _kept(self.store, lambda p: p.halving(item.id, half if round_.given else None))

    def _keep_done(self, round_: Round) -> str:
        said = []
        if self.results is not None and round_.mode == SET:
            try:
                self.results.write(round_.done)
            except UserError as error:
                said.append(str(error))
        return " ".join(filter(None, (*said, record(self.store, round_.done))))

    def lacking(self, round_: Round) -> str:
        """That answers of a round cannot be kept, as a sentence; empty if all are on disk.

        Those that are not there, because that failed or a person removed them, are kept again.
        """
        if self._holds(round_):
            return ""
        self._keep_done(round_)
        if round_.given:
            self._keep_half(round_)
        return "" if self._holds(round_) else LACKING

    def _holds(self, round_: Round) -> bool:
        """Whether every answer of a round is on disk, and among the results of a set."""
        try:
            progress = self.store.load().progress
            returned = round_.done
            if self.results is not None and round_.mode == SET:
                returned = self.results.begun()
        except UserError:
            return False
        half = progress.halves.get(round_.items[round_.at]) if round_.given else None
        if round_.given and (half is None or half.given != round_.given):
            return False
        return not progress.missing(round_.done) and set(round_.done) <= set(returned)


def ending(sitting: Sitting, round_: Round) -> list[str]:
    """What is said at the end of a round: how it went, where results are, what to practice next."""
    progress = sitting.progress().progress
    own = replace(progress, answers=round_.done)
    marked = tally("", own.marked())
    told = [f"{marked.words}." if marked.asked else "", calibration(sitting.library, own)]
    if round_.mode == PLACEMENT:
        told.append(learning(progress))
        told.append("Placement orders are reserved, so answers are not shown.")
    if round_.mode == SET and sitting.results is not None:
        told.append(f"Results: {sitting.results.path}")
    return [*filter(None, told), advice(sitting.library, progress)]


def left_words(round_: Round) -> str:
    """Where a round that is left now will resume, as a sentence; empty if nothing was answered."""
    if round_.over or not (round_.given or (round_.mode != PRACTICE and round_.done)):
        return ""
    at = f"drill {round_.at + 1} of {len(round_.items)}, question {len(round_.given) + 1}"
    if round_.mode == SET:
        return f"Your answers are saved. The same set with the same results resumes at {at}."
    if round_.mode == PLACEMENT:
        return f"Your answers are saved. The practice menu offers to resume at {at}."
    return "Your answers are saved. The practice menu offers to resume this drill."


def home_sitting(library: Library) -> Sitting:
    """A sitting of the one clerk of whom there is progress, or of a clerk without a name."""
    known = clerks()
    return Sitting(library, Store(known[0] if len(known) == 1 else DEFAULT_CLERK))


def now() -> datetime:
    """The moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def record(store: Store, done: Sequence[Answered]) -> str:
    """Keep the answers to drills that are done, as far as the file lacks them.

    Returns why that failed, or where a spoilt file was moved, if anything.
    """

    def change(progress: Progress) -> Progress:
        for _, given in groupby(progress.missing(done), key=lambda a: a.item):
            progress = progress.adding(tuple(given))
        return progress

    return _kept(store, change) if done else ""


def _kept(store: Store, change: Callable[[Progress], Progress]) -> str:
    try:
        return store.update(change)
    except UserError as error:
        return f"Not saved: {error}"


# What there is to choose from at the start, the same in plain mode and full screen

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
    """The round that it begins; None where it leads to the walks or to the progress."""


def entries(progress: Progress, now: datetime) -> Iterator[Entry]:
    """The choices, those first that a clerk needs first."""
    if left := progress.left(PRACTICE):
        half, kind = progress.halves[left[0]], left[0].partition("/")[0]
        label = f"Resume: {TITLES.get(kind, kind)}, question {len(half.given) + 1}"
        begins = partial(Sitting.going_on, item=left[0], read_first=half.read_first)
        yield Entry("resume", label, begins)
    if waiting := len(due(progress, now)):
        yield Entry("reviews", f"Reviews: {waiting} due today", Sitting.reviews)
    taken, done = len(placements(progress)), len(begun(progress))
    label = f"Placement {taken + 1}: as hard as the first, on other orders"
    if not taken:
        label = f"Placement: {DRILLS_IN_ONE} drills without feedback, to measure later progress"
    if under_way := done or progress.left(PLACEMENT):
        label = f"Placement: resume at drill {done + 1} of {DRILLS_IN_ONE}"
    placement = Entry(PLACEMENT, label, Sitting.placement)
    if under_way or not taken:
        yield placement
    yield Entry("mixed", "Mixed round: one drill of each kind, basic ones first", Sitting.mixed)
    for drill in DRILLS.values():
        alone = None if drill.id == WALK else partial(Sitting.mixed, drills=(drill.id,))
        yield Entry(drill.id, f"{drill.title}. {drill.about}", alone)
    if taken and not under_way:
        yield placement
    yield Entry("progress", "Progress")


def walks(library: Library) -> Iterator[Entry]:
    """The opinions that can be walked, in either order of words and question."""
    for read_first, how in _WALKS:
        for landmark in library.landmarks:
            begins = partial(Sitting.walk, landmark=landmark.id, read_first=read_first)
            yield Entry(landmark.id, f"{landmark.short}: {how}", begins)
