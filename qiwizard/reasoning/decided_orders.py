"""The decided orders nearest to a posture.

Nearness adds up shared facts and subtracts those that distinguish. A fact that bears on a counted
question weighs three times as much as one that does not; the same circuit weighs as one such fact
more, the same district as two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter

from qiwizard.law.facts import FORUM, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.replay import Case, cases
from qiwizard.reasoning.ruling import rule

BEARING, PLAIN = 3, 1
_examples = lru_cache(maxsize=8)(cases)
OF_EACH_KIND = 2
"""How many orders of either kind, those that agree and those that do not, are shown at least."""
MEASURE = (
    "Ranked by similarity: shared facts raise an order's rank and differing facts lower it, with "
    "triple weight where they bear on a discretionary question; the same circuit or district "
    "also raises it."
)


@dataclass(frozen=True, slots=True)
class Near:
    """A decided order beside the posture: what they share and what sets them apart."""

    case: Case
    shared: tuple[str, ...]
    differs: tuple[str, ...]
    agrees: bool
    """Whether its outcome is that of the ruling."""
    score: int


def closest(
    library: Library,
    posture: Posture,
    as_of: date,
    *,
    most: int = 6,
    without: frozenset[str] = frozenset(),
) -> tuple[Near, ...]:
    """The nearest orders decided by the day, nearest first; those in `without` are left out.

    Both kinds are among them where there are both: those that point the same way as the ruling
    and those that point the other way.
    """
    outcome = rule(library, posture, as_of).outcome
    weights = _weights(library)
    scored = [
        (-score, example.id, example)
        for example in _examples(library)
        if example.decided <= as_of
        and example.id not in without
        and (score := _score(posture, example.facts, weights)) is not None
    ]
    scored.sort(key=itemgetter(0, 1))
    agreeing = [n for n, (_, _, case) in enumerate(scored) if case.outcome == outcome]
    others = [n for n, (_, _, case) in enumerate(scored) if case.outcome != outcome]
    # The last of the nearest are replaced by the nearest of a kind that would be missing.
    least = min(OF_EACH_KIND, most // 2)
    first = list(dict.fromkeys((*agreeing[:least], *others[:least], *range(len(scored)))))
    near = []
    for score, _, case in (scored[place] for place in sorted(first[:most])):
        both = (posture.known.keys() & case.facts.keys()).difference(FORUM)
        same = {n for n in both if posture.known[n] == case.facts[n]}
        shared, differs = map(library.vocabulary.in_order, (same, both - same))
        near.append(Near(case, shared, differs, case.outcome == outcome, -score))
    return tuple(near)


@lru_cache(maxsize=8)
def _weights(library: Library) -> Mapping[str, int]:
    """What each fact counts; those of the forum count for an order and never against it."""
    considered = (q.counted.considerations for q in library.questions if q.counted)
    bearing = {name for group in considered for c in group for name in c.when.facts}
    return {
        fact.name: BEARING if fact.name in bearing else PLAIN
        for fact in library.vocabulary.facts
        if fact.name not in FORUM
    }


def _score(posture: Posture, facts: Mapping[str, Value], weights: Mapping[str, int]) -> int | None:
    """How near an order's facts are; None if they share nothing but the forum."""
    score, shared = 0, False
    for name, value in posture.known.items():
        if name in facts and name in weights:
            if facts[name] == value:
                score += weights[name]
                shared = True
            else:
                score -= weights[name]
    if not shared:
        return None
    for step, name in enumerate(FORUM, start=1):
        if name in posture.known and posture.known[name] == facts.get(name):
            score += step * BEARING
    return score
