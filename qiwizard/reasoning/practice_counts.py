"""Practice counted: how decided orders answered the questions that are left to the judge.

Each counted question names the facts that bear on it. Their shifts, and those of circuits and
districts, are fitted together by ridge logistic regression, so that facts that go together are
not counted twice, and each shift is smaller the fewer orders it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from qiwizard.law.facts import CIRCUIT, COURT
from qiwizard.law.library import Library
from qiwizard.law.precedent import DecidedOrder
from qiwizard.law.questions import Question, Toward

SWEEPS = 30
"""Maximum number of passes over the shifts."""
CLOSE_ENOUGH = 0.001
"""Largest change of a shift, in log odds, at which the fit ends."""

Feature = int | tuple[str, str]
"""A consideration by its place, or the circuit or district of an order."""


@dataclass(frozen=True, slots=True)
class Count:
    """Decided orders that answered a question, and those of them that gave one answer."""

    gave: tuple[DecidedOrder, ...]
    answered: tuple[DecidedOrder, ...]

    @property
    def pair(self) -> tuple[int, int]:
        """Orders for the answer, orders that answered."""
        return len(self.gave), len(self.answered)


@dataclass(frozen=True, slots=True)
class Counts:
    """The raw counts of an answer: in the district, in the circuit, everywhere."""

    here: Count
    circuit: Count
    all: Count


@dataclass(frozen=True, slots=True, eq=False)
class QuestionPractice:
    """What the decided orders show on one counted question."""

    question: Question
    base: float
    """Log odds of yes among all orders that answered it."""
    shifts: Mapping[Feature, float]
    """By feature: how it moves the log odds."""
    orders: tuple[tuple[DecidedOrder, int, bool], ...]
    """The orders that answered it, with their facts as bits and their answer."""

    def shift(self, bits: int, circuit: str | None, court: str | None) -> float:
        """How far the facts of a posture, as bits, and its forum move the log odds of yes."""
        counted = self.question.counted
        total = self.shifts.get((CIRCUIT, circuit or ""), 0.0)
        total += self.shifts.get((COURT, court or ""), 0.0)
        if counted is not None:
            for place, consideration in enumerate(counted.considerations):
                if place in self.shifts and consideration.when.met(bits):
                    total += self.shifts[place]
        return total

    @lru_cache(maxsize=4096)  # noqa: B019 - practices are few and live as long as the program
    def counts(
        self, comparable: int, circuit: str | None, court: str | None, *, yes: bool
    ) -> Counts:
        """The raw counts of an answer among orders that have every fact of `comparable`."""
        like = [(o, a) for o, bits, a in self.orders if bits & comparable == comparable]
        return Counts(
            _count(like, lambda o: o.court == court, yes=yes),
            _count(like, lambda o: o.circuit == circuit, yes=yes),
            _count(like, lambda _: True, yes=yes),
        )


@dataclass(frozen=True, eq=False)
class Practice:
    """The practice on every counted question."""

    by_question: Mapping[str, QuestionPractice]

    def on(self, question: str) -> QuestionPractice | None:
        """The practice on one question; None if no order answered it."""
        return self.by_question.get(question)


def _count(
    like: Sequence[tuple[DecidedOrder, bool]],
    belongs: Callable[[DecidedOrder], bool],
    *,
    yes: bool,
) -> Count:
    answered = [(o, a) for o, a in like if belongs(o)]
    return Count(tuple(o for o, a in answered if a is yes), tuple(o for o, _ in answered))


def practice_of(library: Library, without: frozenset[str] = frozenset()) -> Practice:
    """The practice that the decided orders show, leaving out the cases named."""
    # A default left out and one given are two keys of a cache, so the key is completed here.
    return _practice_of(library, without)


@lru_cache(maxsize=256)
def _practice_of(library: Library, without: frozenset[str]) -> Practice:
    orders = [order for order in library.orders if order.case not in without]
    rows = [(order, library.vocabulary.bits(order.facts)) for order in orders]
    found = {}
    for question in library.questions:
        if question.counted is not None:
            practice = _fit(library, question, rows)
            if practice is not None:
                found[question.id] = practice
    return Practice(found)


def _fit(
    library: Library, question: Question, rows: Sequence[tuple[DecidedOrder, int]]
) -> QuestionPractice | None:
    """The shifts of one question, each fitted to what all others leave unexplained."""
    counted = question.counted
    if counted is None:
        return None
    answered = [(o, b, a) for o, b in rows if (a := counted.answer(o.outcome)) is not None]
    if not answered:
        return None
    ayes = sum(answer for _, _, answer in answered)
    base = log((ayes + 0.5) / (len(answered) - ayes + 0.5))
    having = _features(question, answered, library.weights.fewest)
    signs = {n: c.toward for n, c in enumerate(counted.considerations)}
    weights = library.weights
    odds = [base] * len(answered)
    outcomes = [answer for _, _, answer in answered]
    shifts: dict[Feature, float] = dict.fromkeys(having, 0.0)
    for _ in range(SWEEPS):
        largest = 0.0
        for feature, places in having.items():
            variance = weights.fact_variance
            if isinstance(feature, tuple):
                of_circuit = feature[0] == CIRCUIT
                variance = weights.circuit_variance if of_circuit else weights.district_variance
            moved = _step(shifts[feature], variance, places, odds, outcomes)
            moved = _clamped(moved, signs.get(feature) if isinstance(feature, int) else None)
            change = moved - shifts[feature]
            if change:
                shifts[feature] = moved
                for place in places:
                    odds[place] += change
            largest = max(largest, abs(change))
        if largest < CLOSE_ENOUGH:
            break
    kept = {feature: shift for feature, shift in shifts.items() if shift}
    return QuestionPractice(question, base, kept, tuple(answered))


def _features(
    question: Question, answered: Sequence[tuple[DecidedOrder, int, bool]], fewest: int
) -> dict[Feature, list[int]]:
    """By feature: the places of the orders that have it; considerations of too few are left out."""
    having: dict[Feature, list[int]] = {}
    considerations = question.counted.considerations if question.counted else ()
    for place, (order, bits, _) in enumerate(answered):
        for number, consideration in enumerate(considerations):
            if consideration.when.met(bits):
                having.setdefault(number, []).append(place)
        having.setdefault((CIRCUIT, order.circuit), []).append(place)
        having.setdefault((COURT, order.court), []).append(place)
    return {
        feature: places
        for feature, places in having.items()
        if isinstance(feature, tuple) or len(places) >= fewest
    }


def _step(
    shift: float,
    variance: float,
    places: Sequence[int],
    odds: Sequence[float],
    outcomes: Sequence[bool],
) -> float:
    """One Newton step for one shift, holding the others fixed."""
    slope, curvature = -shift / variance, 1 / variance
    for place in places:
        expected = share(odds[place])
        slope += outcomes[place] - expected
        curvature += expected * (1 - expected)
    return shift + slope / curvature


def _clamped(shift: float, toward: Toward | None) -> float:
    if toward is Toward.YES:
        return max(shift, 0.0)
    return min(shift, 0.0) if toward is Toward.NO else shift


def share(log_odds: float) -> float:
    """Log odds as a share."""
    return 1 / (1 + exp(-log_odds))


def log_odds(of_share: float) -> float:
    """A share between 0 and 1 as log odds."""
    return log(of_share / (1 - of_share))
