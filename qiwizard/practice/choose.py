"""Which drills come next: those half done, reviews that are due, new ones at the level reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from qiwizard.law.library import Library
from qiwizard.practice.drills import DRILLS, catalogue, serves
from qiwizard.practice.items import Seed, case_of, shuffled
from qiwizard.practice.placement import held_back
from qiwizard.practice.progress import PRACTICE, Answered, Progress
from qiwizard.practice.schedule import due
from qiwizard.reasoning.canons import Strength

IN_A_ROUND = 6
"""Drills in a round, unless another number is asked for."""
RECENT, ENOUGH, GOOD = 12, 6, 0.75
"""A level is reached with so many of the last answers at the level below, so much of them right."""
LEVELS = tuple(sorted(Strength, reverse=True))
"""From the easiest to the hardest."""


def level_reached(answers: Iterable[Answered], drill: str) -> Strength:
    """The hardest level that a clerk is given in a drill: settled at first, contested at last."""
    own = [a for a in answers if a.drill == drill]
    reached = LEVELS[0]
    for harder, easier in zip(LEVELS[1:], LEVELS, strict=False):
        last = [a for a in own if a.level in {easier.word, harder.word}][-RECENT:]
        if len(last) < ENOUGH or sum(a.right for a in last) < GOOD * len(last):
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
    """The ids of the drills of the next round, of the kinds and circuits wanted, or of all."""
    fits = [seed for seed in catalogue(library).values() if _fits(seed, drills, circuits)]
    ids = {seed.id for seed in fits}
    kept = held_back(library)
    first = dict.fromkeys((*progress.left(PRACTICE), *due(progress, now)))
    chosen = [id_ for id_ in first if id_ in ids and serves(library, id_)][:number]
    fresh = _fresh(progress, [s for s in fits if case_of(s.id) not in kept and s.id not in chosen])
    given = _in_turn((id_ for id_ in row if serves(library, id_)) for row in fresh)
    return (*chosen, *islice(given, number - len(chosen)))


def _in_turn(rows: Iterable[Iterator[str]]) -> Iterator[str]:
    """One of each row, then the next of each, until all have run dry."""
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

    Among those none like the one before, and the circuits least practised first.
    """
    seen = progress.seen()
    reached = {drill: level_reached(progress.answers, drill) for drill in DRILLS}
    practised: dict[str, int] = {}
    for answer in progress.answers:
        practised[answer.circuit] = practised.get(answer.circuit, 0) + 1
    mixed = shuffled(seeds, f"{progress.clerk} {len(progress.answers)}")
    often: dict[str, int] = {}
    alike: dict[str, int] = {}
    for seed in mixed:
        often[seed.about] = often.get(seed.about, 0) + bool(seed.about)
        alike[seed.id] = often[seed.about]
    mixed.sort(
        key=lambda s: (
            s.id in seen,
            s.level < reached[s.drill],
            -s.level if s.level < reached[s.drill] else s.level,
            alike[s.id],
            practised.get(s.circuit, 0),
        )
    )
    rows: dict[str, list[str]] = {}
    for seed in mixed:
        rows.setdefault(seed.drill, []).append(seed.id)
    return list(rows.values())
