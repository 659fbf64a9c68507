"""Before and after: short placements of like difficulty, so that learning shows as a figure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from qiwizard.law.library import Library
from qiwizard.practice.cases import subjects
from qiwizard.practice.drills import DRILLS, catalogue, serves
from qiwizard.practice.items import Seed, case_of, shuffled
from qiwizard.practice.progress import PLACEMENT, Answered, Progress
from qiwizard.reasoning.canons import Strength

LEVELS = (Strength.SETTLED, Strength.LEANING)
"""Two drills of each kind, one at each: of contested ones there are too few to match."""
DRILLS_IN_ONE = len(LEVELS) * sum(drill.mixed for drill in DRILLS.values())
"""Drills in a placement."""
AGAIN_AFTER = 20
"""Drills practised after which a placement shows something new."""


HELD_BACK = {Strength.SETTLED: 2, Strength.LEANING: 3}
"""Of the orders of each level one in so many is held back from practice."""


@lru_cache(maxsize=4)
def held_back(library: Library) -> frozenset[str]:
    """The orders kept for placements, so that no drill on one of them is practised before."""
    kept: set[str] = set()
    for level, one_in in HELD_BACK.items():
        ids = [
            id_
            for id_, s in subjects(library).items()
            if s.ruling.strength is level and not s.case.landmark
        ]
        kept.update(shuffled(ids, f"held back {level.word}")[: len(ids) // one_in])
    return frozenset(kept)


def placement_items(library: Library, progress: Progress) -> tuple[str, ...]:
    """The drills of the next placement: none that the clerk has seen, of like difficulty each time.

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
    return tuple(chosen)


def _kinds(library: Library) -> list[tuple[str, Strength, list[Seed]]]:
    """Kind and level of each drill of a placement, with those there are, the scarcest first.

    A kind with many to choose from would else take the order that a scarce one cannot do without.
    """
    seeds = catalogue(library).values()
    kinds = [
        (drill.id, level, [s for s in seeds if (s.drill, s.level) == (drill.id, level)])
        for drill in DRILLS.values()
        if drill.mixed
        for level in LEVELS
    ]
    return sorted(kinds, key=lambda kind: len(kind[2]))


def begun_items(library: Library, progress: Progress) -> tuple[str, ...]:
    """The drills of the placement that was begun and left: those answered, then the others.

    Empty if none was left in the middle, or nothing is left to go on with.
    """
    done = begun(progress)
    if not done:
        return ()
    first = next(n for n, a in enumerate(progress.answers) if a.item == done[0])
    before = replace(progress, answers=progress.answers[:first])
    seen = progress.seen()
    rest = [id_ for id_ in placement_items(library, before) if id_ not in seen]
    return (*done, *rest[: DRILLS_IN_ONE - len(done)]) if rest else ()


def begun(progress: Progress) -> tuple[str, ...]:
    """The drills answered of the last placement, if it was left in the middle."""
    rounds = _rounds(progress)
    last = rounds[max(rounds)] if rounds else {}
    return tuple(last) if len(last) < DRILLS_IN_ONE else ()


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


@dataclass(frozen=True, slots=True)
class Placed:
    """One placement taken: the share of each drill's questions that was right, and the mean."""

    round: int
    shares: tuple[float, ...]

    @property
    def score(self) -> float:
        """The mean over the drills, from 0 to 1."""
        return sum(self.shares) / len(self.shares)

    @property
    def error(self) -> float:
        """The standard error of the mean over the drills."""
        n = len(self.shares)
        if n < 2:
            return 1.0
        spread = sum((share - self.score) ** 2 for share in self.shares) / (n - 1)
        return math.sqrt(spread / n)


def placements(progress: Progress) -> tuple[Placed, ...]:
    """The placements taken to the end, oldest first."""
    return tuple(
        Placed(number, tuple(sum(r) / len(r) for r in rows.values()))
        for number, rows in sorted(_rounds(progress).items())
        if len(rows) >= DRILLS_IN_ONE
    )


def _rounds(progress: Progress) -> dict[int, dict[str, list[bool]]]:
    """By the number of a placement and by drill, which answers were right."""
    by_round: dict[int, dict[str, list[bool]]] = {}
    for answer in progress.answers:
        if answer.mode == PLACEMENT:
            rows = by_round.setdefault(answer.round, {})
            rows.setdefault(answer.item, []).append(answer.right)
    return by_round


def next_round(progress: Progress) -> int:
    """The number of the next placement, from 1."""
    return max(_rounds(progress), default=0) + 1


def practised_since(progress: Progress) -> int:
    """How many drills were practised since the last placement."""
    last = max((n for n, a in enumerate(progress.answers) if a.mode == PLACEMENT), default=-1)
    return len({a.item for a in progress.answers[last + 1 :]})


def learning(progress: Progress) -> str:
    """Before and after in a sentence; empty before the first placement."""
    taken = placements(progress)
    if not taken:
        return ""
    first, last = taken[0], taken[-1]
    before = f"Placement 1: {first.score:.0%}"
    if first is last:
        left = AGAIN_AFTER - practised_since(progress)
        when = f"after {left} more drills" if left > 0 else "whenever you like"
        return f"{before}. Take the next one {when}, to see what practice has done."
    gain = last.score - first.score
    margin = 2 * math.hypot(first.error, last.error)
    chance = "more than chance explains" if abs(gain) > margin else "it may be chance"
    return (
        f"{before}; placement {last.round}: {last.score:.0%}. "
        f"{'Gain' if gain >= 0 else 'Loss'}: {abs(gain) * 100:.0f} points, give or take "
        f"{margin * 100:.0f}; {chance}."
    )


def of_placement(answers: Iterable[Answered], number: int) -> tuple[Answered, ...]:
    """The answers of one placement."""
    return tuple(a for a in answers if a.mode == PLACEMENT and a.round == number)
