"""Which drills come next, and placements: short tests of like difficulty, before and after."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import islice

from qiwizard.law.library import Library
from qiwizard.practice.cases import subjects
from qiwizard.practice.drills import DRILLS, TITLES, catalogue, make, serves
from qiwizard.practice.items import CALIBRATE, Level, Seed, case_of, shuffled
from qiwizard.practice.lessons import scores
from qiwizard.practice.progress import (
    PLACEMENT,
    PRACTICE,
    Answered,
    Progress,
    Tally,
    due,
    tallies,
    tally,
)
from qiwizard.reports.words import counted

IN_A_ROUND = 6
"""Drills in a round, unless another number is asked for."""
RECENT, ENOUGH, GOOD = 12, 6, 0.75
"""To reach the next level: of the last RECENT answers at least ENOUGH, GOOD of them right."""
PLACED_LEVELS = (Level.BASIC, Level.INTERMEDIATE)
DRILLS_IN_ONE = len(PLACED_LEVELS) * sum(drill.mixed for drill in DRILLS.values())
"""Drills in a placement: one of each kind at each of two levels."""
AGAIN_AFTER = 20
"""Drills practiced after which a placement shows something new."""
HELD_BACK = 4
"""One order in so many is held back from practice, for placements."""
TELLING = 4
"""Answers from which a rate says where to practice."""


def level_reached(answers: Iterable[Answered], drill: str) -> Level:
    """The hardest level that a clerk is given in a kind of drill."""
    own = [answer for answer in answers if answer.drill == drill]
    reached = Level.BASIC
    for harder in (Level.INTERMEDIATE, Level.ADVANCED):
        last = [a for a in own if a.level in {reached.word, harder.word}][-RECENT:]
        if len(last) < ENOUGH or tally(drill, last).share < GOOD:
            break
        reached = harder
    return reached


def next_items(
    library: Library,
    progress: Progress,
    now: datetime,
    number: int = IN_A_ROUND,
    drills: Collection[str] = (),
    circuits: Collection[str] = (),
) -> tuple[str, ...]:
    """The ids of the drills of the next round, of the kinds and circuits wanted, or of all.

    No case comes twice in a round, except for reviews.
    """
    fits = [seed for seed in catalogue(library).values() if _fits(seed, drills, circuits)]
    ids, kept = {seed.id for seed in fits}, held_back(library)
    first = dict.fromkeys((*progress.left(PRACTICE), *due(progress, now)))
    chosen = [id_ for id_ in first if id_ in ids and serves(library, id_)][:number]
    fresh = _fresh(progress, [s for s in fits if case_of(s.id) not in kept and s.id not in chosen])
    taken = {case_of(id_) for id_ in chosen}
    given = in_turn(_of_new_cases(library, row, taken) for row in fresh)
    return (*chosen, *islice(given, number - len(chosen)))


def _of_new_cases(library: Library, row: Iterable[str], taken: set[str]) -> Iterator[str]:
    later = []
    for id_ in row:
        if case_of(id_) in taken:
            later.append(id_)
        elif serves(library, id_):
            taken.add(case_of(id_))
            yield id_
    yield from (id_ for id_ in later if serves(library, id_))


def in_turn(rows: Iterable[Iterator[str]]) -> Iterator[str]:
    """One of each row, then the next of each, until all are used up."""
    left = list(rows)
    while left:
        for row in tuple(left):
            if (id_ := next(row, None)) is None:
                left.remove(row)
            else:
                yield id_


def _fits(seed: Seed, drills: Collection[str], circuits: Collection[str]) -> bool:
    wanted = seed.drill in drills if drills else DRILLS[seed.drill].mixed
    return wanted and (not circuits or seed.circuit in circuits)


def _fresh(progress: Progress, seeds: Sequence[Seed]) -> list[list[str]]:
    """The ids of each kind: new before old, none above the level reached before one within it.

    Among those the circuits least practiced first.
    """
    seen = progress.seen()
    reached = {drill: level_reached(progress.answers, drill) for drill in DRILLS}
    practiced = {t.name: t.asked for t in tallies(progress.answers, lambda a: a.circuit)}
    mixed = shuffled(seeds, f"{progress.clerk} {len(progress.answers)}")
    mixed.sort(
        key=lambda s: (
            s.id in seen,
            abs(s.level - reached[s.drill]) + (s.level > reached[s.drill]),
            practiced.get(s.circuit, 0),
        )
    )
    rows: dict[str, list[str]] = {}
    for seed in mixed:
        rows.setdefault(seed.drill, []).append(seed.id)
    return list(rows.values())


# Where to practice next


def advice(library: Library, progress: Progress) -> str:
    """What to practice next, in a sentence: kinds not tried, else where least was right."""
    marked = progress.marked()
    if not marked:
        return "Practice next: a mixed round."
    tried = {answer.drill for answer in marked}
    untried = [d.title for d in DRILLS.values() if d.mixed and d.id not in tried]
    doctrines = {d.id: d.title for d in library.doctrines}
    by_drill = tallies(marked, lambda a: a.drill, TITLES)
    by_doctrine = tallies(marked, lambda a: a.doctrine, doctrines)
    weak = [
        f"{row.name} ({row.right} of {row.asked} correct)"
        for row in map(_weakest, (by_drill, by_doctrine))
        if row is not None
    ]
    return f"Practice next: {', '.join([*untried[:2], *weak][:3]) or 'another mixed round'}."


def _weakest(rows: Iterable[Tally]) -> Tally | None:
    """The group with the lowest rate, of those with enough answers and a mistake among them."""
    telling = [row for row in rows if row.asked >= TELLING and row.right < row.asked]
    return min(telling, key=lambda row: row.share, default=None)


# Placements


@lru_cache(maxsize=4)
def held_back(library: Library) -> frozenset[str]:
    """The orders kept for placements, so that no drill on one of them is practiced before."""
    kept: set[str] = set()
    for level in PLACED_LEVELS:
        own = [i for i, s in subjects(library).items() if s.level is level and not s.case.landmark]
        kept.update(shuffled(own, f"held back {level.word}")[: len(own) // HELD_BACK])
    return frozenset(kept)


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement to be taken: its drills, which one it is, and what was answered of it before."""

    items: tuple[str, ...]
    """Empty where too few drills are left."""
    number: int
    """From 1."""
    done: tuple[Answered, ...] = ()


def next_placement(library: Library, progress: Progress) -> Placement:
    """The placement that was left unfinished, with the drills it began with; else the next."""
    number = max(_rounds(progress), default=0)
    if done := begun(progress):
        first = next(n for n, a in enumerate(progress.answers) if a.item == done[0])
        before, seen = replace(progress, answers=progress.answers[:first]), progress.seen()
        rest = [id_ for id_ in _chosen(library, before) if id_ not in seen]
        if rest:
            items = (*done, *rest[: DRILLS_IN_ONE - len(done)])
            return Placement(items, number, tuple(_rounds(progress)[number]))
    items = tuple(_chosen(library, progress))
    return Placement(items if len(items) == DRILLS_IN_ONE else (), number + 1)


def _chosen(library: Library, progress: Progress) -> list[str]:
    """Drills for a placement: none that the clerk has seen, of like difficulty each time.

    They match kind by kind and level by level, and come from orders that were held back.
    """
    seen = progress.seen()
    chosen: list[str] = []
    for drill, level, of_kind in _kinds(library):
        mixed = shuffled(of_kind, f"placement {progress.clerk} {drill} {level}")
        mixed.sort(key=lambda s: case_of(s.id) not in held_back(library))
        found = next(_unseen(library, mixed, seen, chosen), None)
        if found is not None:
            chosen.append(found)
    return chosen


def _kinds(library: Library) -> list[tuple[str, Level, list[Seed]]]:
    """Kind and level of each drill of a placement, with those there are, the scarcest first."""
    seeds = catalogue(library).values()
    kinds = [
        (drill.id, level, [s for s in seeds if (s.drill, s.level) == (drill.id, level)])
        for drill in DRILLS.values()
        if drill.mixed
        for level in PLACED_LEVELS
    ]
    return sorted(kinds, key=lambda kind: len(kind[2]))


def _unseen(
    library: Library, seeds: Iterable[Seed], seen: frozenset[str], chosen: list[str]
) -> Iterator[str]:
    """Drills that were not seen, of cases not in this placement, those of unseen cases first."""
    met = {case_of(id_) for id_ in seen}
    taken = {case_of(id_) for id_ in chosen}
    for seed in sorted(seeds, key=lambda s: case_of(s.id) in met):
        fresh = seed.id not in seen and case_of(seed.id) not in taken
        if fresh and serves(library, seed.id):
            yield seed.id


def begun(progress: Progress) -> tuple[str, ...]:
    """The drills answered of the last placement, if it was left unfinished."""
    rounds = _rounds(progress)
    done = dict.fromkeys(answer.item for answer in rounds[max(rounds)]) if rounds else {}
    return tuple(done) if len(done) < DRILLS_IN_ONE else ()


def placements(progress: Progress) -> tuple[Tally, ...]:
    """The placements finished, oldest first, each under its number."""
    return tuple(
        tally(str(number), rows)
        for number, rows in sorted(_rounds(progress).items())
        if len({answer.item for answer in rows}) >= DRILLS_IN_ONE
    )


def _rounds(progress: Progress) -> dict[int, list[Answered]]:
    by_round: dict[int, list[Answered]] = {}
    for answer in progress.answers:
        if answer.mode == PLACEMENT:
            by_round.setdefault(answer.round, []).append(answer)
    return by_round


def learning(progress: Progress) -> str:
    """The first and the last placement in words; empty before the first."""
    taken = placements(progress)
    if not taken:
        return ""
    first, last = taken[0], taken[-1]
    before = f"Placement {first.name}: {first.words}"
    if first is last:
        at = max(n for n, a in enumerate(progress.answers) if a.mode == PLACEMENT)
        left = AGAIN_AFTER - len({a.item for a in progress.answers[at + 1 :]})
        when = f"after {left} more drills" if left > 0 else "at any time"
        return f"{before}. Take the next one {when}."
    gain = last.share - first.share
    margin = 2 * math.sqrt(sum(t.share * (1 - t.share) / t.asked for t in (first, last)))
    chance = "more than chance would explain" if abs(gain) > margin else "that may be chance"
    change = "higher" if gain >= 0 else "lower"
    return (
        f"{before}; placement {last.name}: {last.words}. "
        f"That is {abs(gain) * 100:.0f} points {change}; {chance}."
    )


def calibration(library: Library, progress: Progress) -> str:
    """The average score of the likelihoods given, beside the two to compare with; empty if none."""
    given: dict[tuple[str, datetime], list[str]] = {}
    for answer in progress.answers:
        if answer.drill == CALIBRATE and serves(library, answer.item):
            given.setdefault((answer.item, answer.when), []).append(answer.given)
    items = [(make(library, item), shares) for (item, _), shares in given.items()]
    found = [scores(item, shares) for item, shares in items if len(shares) == len(item.parts)]
    if not found:
        return ""
    mine, law, always = (sum(row[n] for row in found) / len(found) for n in range(3))
    return (
        f"Calibrate: average score {mine:.2f} over {counted(len(found), 'order')} (0 is best, 2 "
        f"worst); from the law and the other orders {law:.2f}, always a stay {always:.2f}."
    )
