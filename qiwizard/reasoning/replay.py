"""Replay: rule again on decided orders as of their date, and measure rulings against the courts.

A decided order never counts for itself: its whole case is left out of the practice, and the
precedents taken from it out of the law. The five opinions keep their own holdings and are not
part of the measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from qiwizard.errors import UserError, permitted
from qiwizard.law.citation import citation
from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import DecidedOrder, Precedent
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.reasoning.weighing import Strength

LEAST_SHARE = 0.001
"""The least share that counts in a log loss."""
FIFTHS = 5
LEFT_OPEN = ("opposed", "qi_asserted", "individual_capacity", "rule_26f_held", "other_immunity")
"""Yes-or-no facts whose ordinary answer is not No; filling unstated facts leaves them out."""


@dataclass(frozen=True, slots=True)
class Case:
    """A decided case that can be replayed."""

    id: str
    caption: str
    citation: str
    circuit: str
    decided: date
    facts: Mapping[str, Value]
    outcome: str
    url: str
    landmark: bool
    without: frozenset[str]
    """Precedents left out when it is replayed."""
    unseen: frozenset[str]
    """Cases of decided orders left out of the practice."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the court did beside the ruling."""

    case: Case
    ruling: Ruling

    @property
    def exact(self) -> bool:
        """Whether the ruling is what the court did."""
        return self.ruling.outcome == self.case.outcome

    @property
    def covered(self) -> bool:
        """Whether the court's outcome is the ruling or a named alternative."""
        named = (alternative.outcome for alternative in self.ruling.alternatives)
        return self.exact or self.case.outcome in named

    @property
    def loss(self) -> float:
        """The negative natural logarithm of the share given to what the court did."""
        return -log(max(self.ruling.likelihood[self.case.outcome], LEAST_SHARE))


def cases(library: Library) -> tuple[Case, ...]:
    """The five opinions, which keep their own holdings, then the decided orders, which do not."""
    landmarks = tuple(_case(p, citation(p)) for p in library.landmarks)
    companions: dict[str, frozenset[str]] = {}
    for order in library.orders:
        companions[order.case] = companions.get(order.case, frozenset()) | order.same_case
    orders = (_case(o, o.citation, companions[o.case], frozenset({o.case})) for o in library.orders)
    return (*landmarks, *orders)


def _case(
    source: Precedent | DecidedOrder,
    cited: str,
    without: frozenset[str] = frozenset(),
    unseen: frozenset[str] = frozenset(),
) -> Case:
    return Case(
        id=source.id,
        caption=source.caption,
        citation=cited,
        circuit=source.circuit or "",
        decided=source.decided,
        facts=source.facts,
        outcome=source.outcome or "",
        url=source.url,
        landmark=isinstance(source, Precedent),
        without=without,
        unseen=unseen,
    )


def chosen(library: Library, ids: Iterable[str], *, everything: bool) -> tuple[Case, ...]:
    """The cases named, all decided orders, or without either the five opinions.

    UserError for an unknown id.
    """
    every = {case.id: case for case in cases(library)}
    names = tuple(ids)
    for name in names:
        if name not in every:
            raise UserError(f"replay: no decided case `{name}`; {permitted(every, name)}")
    if names:
        return tuple(every[name] for name in names)
    return tuple(case for case in every.values() if case.landmark is not everything)


def replay(library: Library, case: Case, *, fill: bool = False) -> Comparison:
    """Rule on one case under the law of its day; `fill` answers No where a fact is not stated."""
    facts = filled(library, case.facts) if fill else case.facts
    ruling = rule(library, Posture.of(facts), case.decided, case.without, case.unseen)
    return Comparison(case, ruling)


def filled(library: Library, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts with every unstated yes-or-no fact answered No, as a person at the wizard does.

    Only facts whose ordinary answer is No, and only where the earlier answers raise them.
    """
    found = dict(facts)
    for fact in library.vocabulary.facts:
        plain = fact.values == (True, False) and fact.name not in (*LEFT_OPEN, *found)
        if plain and fact.arises(library.vocabulary.bits(found)):
            found[fact.name] = False
    return found


@dataclass(frozen=True, slots=True)
class Measure:
    """Rulings compared with what courts did; all but `cases` are means or shares."""

    cases: int
    exact: float
    covered: float
    log_loss: float
    alternatives: float

    @classmethod
    def over(cls, group: Sequence[Comparison]) -> Measure:
        """Measure a group of at least one comparison."""
        n = len(group)
        return cls(
            cases=n,
            exact=sum(c.exact for c in group) / n,
            covered=sum(c.covered for c in group) / n,
            log_loss=sum(c.loss for c in group) / n,
            alternatives=sum(len(c.ruling.alternatives) for c in group) / n,
        )


def lines(comparisons: Iterable[Comparison]) -> list[str]:
    """One line a case: agreement, outcome of the court, ruling, strength, alternatives."""
    return list(map(_line, comparisons))


def _line(comparison: Comparison) -> str:
    case, ruling = comparison.case, comparison.ruling
    mark = "agrees " if comparison.exact else "covered" if comparison.covered else "differs"
    others = ", ".join(f"{a.outcome} {a.share:.2f}" for a in ruling.alternatives)
    tail = f"; or {others}" if others else ""
    return (
        f"{mark}  {case.id}: court {case.outcome}, ruling {ruling.outcome} "
        f"{ruling.share:.2f} ({ruling.strength.word}{tail})"
    )


def report(library: Library, comparisons: Sequence[Comparison]) -> list[str]:
    """The measure of all, by circuit and by strength; calibration; the always-stay baseline."""
    groups = {"all": list(comparisons)}
    for circuit in library.courts.circuits:
        groups[circuit] = [c for c in comparisons if c.case.circuit == circuit]
    for strength in sorted(Strength, reverse=True):
        groups[strength.word] = [c for c in comparisons if c.ruling.strength is strength]
    head = f"{'':<12}{'cases':>6}{'exact':>8}{'covered':>9}{'log loss':>10}{'alternatives':>14}"
    body = [_row(name, Measure.over(group)) for name, group in groups.items() if group]
    return [head, *body, "", *_calibration(comparisons), "", *_baseline(comparisons)]


def _row(name: str, measure: Measure) -> str:
    return (
        f"{name:<12}{measure.cases:>6}{measure.exact:>8.0%}{measure.covered:>9.0%}"
        f"{measure.log_loss:>10.2f}{measure.alternatives:>14.2f}"
    )


def calibration(comparisons: Sequence[Comparison]) -> list[tuple[float, float, int]]:
    """By fifths of the comparisons, from the least sure: mean share claimed, share right, cases."""
    ordered = sorted(comparisons, key=lambda c: c.ruling.share)
    n = len(ordered)
    fifths = [ordered[k * n // FIFTHS : (k + 1) * n // FIFTHS] for k in range(FIFTHS)]
    return [
        (sum(c.ruling.share for c in group) / len(group), Measure.over(group).exact, len(group))
        for group in fifths
        if group
    ]


def _calibration(comparisons: Sequence[Comparison]) -> Iterator[str]:
    yield "calibration, by fifths: share predicted, share correct"
    for claimed, right, number in calibration(comparisons):
        yield f"{'':<12}{number:>6}{claimed:>8.0%}{right:>9.0%}"


def _baseline(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """The score of always predicting the most common outcome, at the base rates."""
    counts = Counter(c.case.outcome for c in comparisons)
    most, number = counts.most_common(1)[0]
    n = len(comparisons)
    loss = -sum(k / n * log(k / n) for k in counts.values())
    yield f"always {most}: exact {number / n:.0%}, log loss {loss:.2f} at the base rates"
    yield "courts: " + ", ".join(f"{outcome} {k}" for outcome, k in counts.most_common())
