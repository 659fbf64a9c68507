"""One sitting of a clerk: rounds to choose from, and every answer kept as it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any

from qiwizard.errors import UserError, permitted
from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, catalogue, make, serves, title_of
from qiwizard.practice.items import CALIBRATE, Item, Part
from qiwizard.practice.progress import (
    PLACEMENT,
    PRACTICE,
    SET,
    Answered,
    Half,
    Progress,
    answered,
    due,
    reviewed,
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
from qiwizard.practice.sets import PracticeSet, ResultsFile
from qiwizard.practice.store import DEFAULT_CLERK, Store, clerks
from qiwizard.practice.walk import WALK

PROGRESS = "progress"
"""The choice that leads to the progress."""
LACKING = "The latest answers are not saved."


@dataclass(frozen=True, slots=True)
class Round:
    """Some drills in a row. `given` holds the answers to the questions of the current one."""

    items: tuple[str, ...]
    mode: str = PRACTICE
    number: int = 0
    """Which placement it is; otherwise 0."""
    at: int = 0
    given: tuple[str, ...] = ()
    done: tuple[Answered, ...] = ()
    """The answers to all drills that are behind."""
    read_first: bool = False
    """Of a walk: whether the court's words come before the question."""

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
        return replace(self, at=self.at + 1, given=(), done=(*self.done, *new))


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
        placed = next_placement(self.library, self.progress()[0])
        at = len({answer.item for answer in placed.done})
        return Round(placed.items, PLACEMENT, placed.number, at=at, done=placed.done)

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
        there = item in catalogue(self.library) and serves(self.library, item)
        return Round((item,) if there else (), read_first=read_first)

    def taking_up(self, round_: Round) -> Round:
        """The round with what was answered of its current drill before it was left."""
        if round_.over or round_.given:
            return round_
        item, (progress, _) = round_.item(self.library), self.progress()
        half = progress.halves.get(item.id)
        if half is None or half.fingerprint != item.fingerprint:
            return round_
        pairs = zip(item.parts, half.given, strict=False)
        fits = len(half.given) < len(item.parts) and all(part.option(g) for part, g in pairs)
        return replace(round_, given=half.given) if fits else round_

    def keep(self, round_: Round) -> str:
        """Keep the answers given to the current drill so far; what has to be said, or nothing."""
        item = round_.item(self.library)
        half = Half(round_.given, item.fingerprint, round_.mode, round_.read_first)
        return _kept(self.store, lambda p: p.halving(item.id, half if round_.given else None))

    def finish(self, round_: Round) -> tuple[Round, str]:
        """Keep the answers to the current drill and advance; what has to be said, or nothing."""
        after = round_.advancing(self.library, now())
        return after, self._record(after)

    def _record(self, round_: Round) -> str:
        """Keep the answers to the drills that are done; what has to be said, or nothing."""
        said = []
        if self.results is not None and round_.mode == SET:
            try:
                self.results.write(round_.done)
            except UserError as error:
                said.append(str(error))
        # A placement is no review: its orders stay apart from practice.
        said.append(record(self.store, round_.done, again=round_.told))
        return " ".join(filter(None, said))

    def lacking(self, round_: Round) -> str:
        """That answers of a round cannot be kept, as a sentence; empty if all are on disk.

        Those that are not there, because that failed or a person removed them, are kept again.
        """
        if self._holds(round_):
            return ""
        self._record(round_)
        if round_.given:
            self.keep(round_)
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
        half = None if round_.over else progress.halves.get(round_.items[round_.at])
        given = half.given if half is not None else ()
        if round_.given and given != round_.given:
            return False
        return not _missing(progress, round_.done) and set(round_.done) <= set(returned)


def ending(sitting: Sitting, round_: Round) -> list[str]:
    """What is said at the end of a round: how it went, where results are, what to practice next."""
    progress, _ = sitting.progress()
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


def of_set(practice_set: PracticeSet, begun: tuple[Answered, ...]) -> Round:
    """The round of a set, after what was answered before."""
    return Round(practice_set.items, SET, at=len({a.item for a in begun}), done=begun)


def now() -> datetime:
    """The moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def record(store: Store, done: Iterable[Answered], *, again: bool = True) -> str:
    """Keep the answers to drills that are done, as far as the file lacks them.

    Returns why that failed, or where a spoilt file was moved, if anything. With `again` the
    drills come back for review.
    """
    rows = tuple(done)

    def change(progress: Progress) -> Progress:
        for item, given in groupby(_missing(progress, rows), key=lambda a: a.item):
            new = tuple(given)
            cards: Mapping[str, Mapping[str, Any]] = {}
            if again and new[0].drill != CALIBRATE:
                cards = reviewed(progress, item, new, new[0].when)
            progress = progress.adding(new, cards)
        return progress

    return _kept(store, change) if rows else ""


def _missing(progress: Progress, rows: Iterable[Answered]) -> tuple[Answered, ...]:
    """The answers that are not in the progress: keeping them has failed before, say."""
    there = set(progress.answers)
    return tuple(row for row in rows if row not in there)


def _kept(store: Store, change: Callable[[Progress], Progress]) -> str:
    try:
        return store.update(change).said
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
    """The round that it begins; None where it leads to something else."""


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
            partial(Sitting.walk, landmark=landmark.id, read_first=read_first),
        )
        for read_first, how in _WALKS
        for landmark in library.landmarks
    )


def _resuming(half: Half, item: str) -> Entry:
    title = title_of(item.partition("/")[0])
    label = f"Resume: {title}, question {len(half.given) + 1}"
    begins = partial(Sitting.going_on, item=item, read_first=half.read_first)
    return Entry("resume", label, begins)


def _placement_label(taken: int, progress: Progress) -> str:
    done = len(begun(progress))
    if done or progress.left(PLACEMENT):
        return f"Placement: resume at drill {done + 1} of {DRILLS_IN_ONE}"
    if not taken:
        return f"Placement: {DRILLS_IN_ONE} drills without feedback, to measure later progress"
    return f"Placement {taken + 1}: as hard as the first, on other orders"


def round_for(sitting: Sitting, entry: Entry) -> Round:
    """The round that an entry begins; UserError if it has no drills."""
    round_ = entry.begins(sitting) if entry.begins else Round(())
    if round_.over:
        raise UserError("No drill is left here; choose another kind.")
    return round_
