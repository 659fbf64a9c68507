"""Which drills come next, and placements: short tests of like difficulty, before and after."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import islice, zip_longest

from qiwizard.law.library import Library
from qiwizard.practice.cases import subjects
from qiwizard.practice.drills import DRILLS, MIXED, TITLES, catalogue, make, serves
from qiwizard.practice.items import CALIBRATE, Level, Seed, case_of, grouped, shuffled
from qiwizard.practice.lessons import scores
from qiwizard.practice.progress import (
    PLACEMENT,
    PRACTICE,
    Answered,
    Progress,
    Round,
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
DRILLS_IN_ONE = len(PLACED_LEVELS) * len(MIXED)
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
    fits = [
        seed
        for seed in catalogue(library).values()
        if seed.drill in (drills or MIXED) and (not circuits or seed.circuit in circuits)
    ]
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
    return (id_ for batch in zip_longest(*rows) for id_ in batch if id_ is not None)


def _fresh(progress: Progress, seeds: Sequence[Seed]) -> list[list[str]]:
    """The ids of each kind: new before old, none above the level reached before one within it.

    Among those the circuits least practiced first.
    """
    seen = progress.seen()
    reached = {drill: level_reached(progress.answers, drill) for drill in DRILLS}
    practiced = Counter(answer.circuit for answer in progress.answers)
    mixed = shuffled(seeds, f"{progress.clerk} {len(progress.answers)}")
    mixed.sort(
        key=lambda s: (
            s.id in seen,
            abs(s.level - reached[s.drill]) + (s.level > reached[s.drill]),
            practiced[s.circuit],
        )
    )
    return [[s.id for s in row] for row in grouped(mixed, lambda s: s.drill).values()]


# Where to practice next


def rates(library: Library, answers: Iterable[Answered]) -> dict[str, tuple[Tally, ...]]:
    """Marked answers by drill, doctrine, and circuit, under names in words."""
    rows = tuple(answers)
    doctrines = {d.id: d.title for d in library.doctrines}
    circuits = {c.id: c.name for c in library.courts.circuits.values()}
    return {
        "Drill": tallies(rows, lambda a: a.drill, TITLES),
        "Doctrine": tallies(rows, lambda a: a.doctrine, doctrines),
        "Circuit": tallies(rows, lambda a: a.circuit, circuits),
    }


def advice(library: Library, progress: Progress) -> str:
    """What to practice next, in a sentence: kinds not tried, else where least was right."""
    marked = progress.marked()
    if not marked:
        return "Practice next: a mixed round."
    tried = {answer.drill for answer in marked}
    untried = [TITLES[drill] for drill in MIXED if drill not in tried]
    by = rates(library, marked)
    weak = [*_weakest(by["Drill"]), *_weakest(by["Doctrine"])]
    return f"Practice next: {', '.join([*untried[:2], *weak][:3]) or 'another mixed round'}."


def _weakest(rows: Iterable[Tally]) -> list[str]:
    """The group with the lowest rate, of those with enough answers and a mistake among them."""
    telling = [row for row in rows if row.asked >= TELLING and row.right < row.asked]
    lowest = sorted(telling, key=lambda row: row.share)[:1]
    return [f"{row.name} ({row.right} of {row.asked} correct)" for row in lowest]


# Placements


@lru_cache(maxsize=4)
def held_back(library: Library) -> frozenset[str]:
    """The orders kept for placements, so that no drill on one of them is practiced before."""
    kept: set[str] = set()
    for level in PLACED_LEVELS:
        own = [i for i, s in subjects(library).items() if s.level is level and not s.case.landmark]
        kept.update(shuffled(own, f"held back {level.word}")[: len(own) // HELD_BACK])
    return frozenset(kept)


def next_placement(library: Library, progress: Progress) -> Round:
    """The placement that was left unfinished, with the drills it began with; else the next.

    A round without drills where too few are left.
    """
    number = max(_rounds(progress), default=0)
    if done := begun(progress):
        first = next(n for n, a in enumerate(progress.answers) if a.item == done[0])
        before, seen = replace(progress, answers=progress.answers[:first]), progress.seen()
        rest = [id_ for id_ in _chosen(library, before) if id_ not in seen]
        if rest:
            items = (*done, *rest[: DRILLS_IN_ONE - len(done)])
            return Round(items, PLACEMENT, number, done=tuple(_rounds(progress)[number]))
    new = tuple(_chosen(library, progress))
    return Round(new if len(new) == DRILLS_IN_ONE else (), PLACEMENT, number + 1)


def _chosen(library: Library, progress: Progress) -> list[str]:
    """Drills for a placement: none that the clerk has seen, of like difficulty each time.

    They match kind by kind and level by level, the scarcest chosen first. Those come before others
    whose cases the clerk has not met, and of these the orders that were held back.
    """
    kinds = [
        (
            drill,
            level,
            [s for s in catalogue(library).values() if (s.drill, s.level) == (drill, level)],
        )
        for drill in MIXED
        for level in PLACED_LEVELS
    ]
    seen, kept = progress.seen(), held_back(library)
    met = {case_of(id_) for id_ in seen}
    chosen: list[str] = []
    for drill, level, of_kind in sorted(kinds, key=lambda kind: len(kind[2])):
        mixed = shuffled(of_kind, f"placement {progress.clerk} {drill} {level}")
        mixed.sort(key=lambda s: (case_of(s.id) in met, case_of(s.id) not in kept))
        taken = {case_of(id_) for id_ in chosen}
        fresh = (s.id for s in mixed if s.id not in seen and case_of(s.id) not in taken)
        chosen += islice((id_ for id_ in fresh if serves(library, id_)), 1)
    return chosen


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
    return grouped((a for a in progress.answers if a.mode == PLACEMENT), lambda a: a.round)


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
    given = [a for a in progress.answers if a.drill == CALIBRATE and serves(library, a.item)]
    found = [
        scores(item, [answer.given for answer in answers])
        for (id_, _), answers in grouped(given, lambda a: (a.item, a.when)).items()
        if len(answers) == len((item := make(library, id_)).parts)
    ]
    if not found:
        return ""
    mine, law, always = (sum(row[n] for row in found) / len(found) for n in range(3))
    return (
        f"Calibrate: average score {mine:.2f} over {counted(len(found), 'order')} (0 is best, 2 "
        f"worst); from the law and the other orders {law:.2f}, always a stay {always:.2f}."
    )
