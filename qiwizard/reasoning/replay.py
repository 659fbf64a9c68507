"""Replay: rule on decided precedents and orders as of their date, and compare with the court."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qiwizard.errors import UserError, permitted
from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.ruling import Ruling, rule


@dataclass(frozen=True, slots=True)
class Case:
    """Something decided that can be ruled on again."""

    id: str
    circuit: str
    decided: date
    facts: Mapping[str, Value]
    outcome: str
    landmark: bool
    without: frozenset[str]
    """Precedents left out when it is replayed, so that an order never counts for itself."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the court did beside what the engine rules."""

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


def cases(library: Library) -> tuple[Case, ...]:
    """The landmarks, which keep their own holdings, then the decided orders, which do not."""
    landmarks = tuple(
        Case(
            id=p.id,
            circuit=p.circuit or "",
            decided=p.decided,
            facts=p.facts,
            outcome=p.outcome or "",
            landmark=True,
            without=frozenset(),
        )
        for p in library.landmarks
    )
    orders = tuple(
        Case(
            id=o.id,
            circuit=o.circuit,
            decided=o.decided,
            facts=o.facts,
            outcome=o.outcome,
            landmark=False,
            without=o.same_case,
        )
        for o in library.orders
    )
    return landmarks + orders


def chosen(library: Library, ids: Iterable[str], *, everything: bool) -> tuple[Case, ...]:
    """The cases named, all of them, or without either the landmarks; UserError if unknown."""
    every = cases(library)
    by_id = {case.id: case for case in every}
    names = tuple(ids)
    for name in names:
        if name not in by_id:
            raise UserError(f"replay: no decided case `{name}`; {permitted(by_id, name)}")
    if names:
        return tuple(by_id[name] for name in names)
    return every if everything else tuple(case for case in every if case.landmark)


def replay(library: Library, case: Case) -> Comparison:
    """Rule on one case under the law of its day."""
    return Comparison(case, rule(library, Posture.of(case.facts), case.decided, case.without))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the engine agrees, over some comparisons."""

    cases: int
    exact: int
    covered: int
    alternatives: int

    @classmethod
    def over(cls, comparisons: Iterable[Comparison]) -> Agreement:
        """Count a group of comparisons."""
        group = tuple(comparisons)
        return cls(
            cases=len(group),
            exact=sum(c.exact for c in group),
            covered=sum(c.covered for c in group),
            alternatives=sum(len(c.ruling.alternatives) for c in group),
        )


def lines(comparisons: Iterable[Comparison]) -> list[str]:
    """One line a case: agreement, outcome of the court, ruling, strength, alternatives."""
    return [_line(comparison) for comparison in comparisons]


def _line(comparison: Comparison) -> str:
    case, ruling = comparison.case, comparison.ruling
    mark = "agrees " if comparison.exact else "covered" if comparison.covered else "differs"
    others = ", ".join(a.outcome for a in ruling.alternatives)
    tail = f"; or {others}" if others else ""
    return (
        f"{mark}  {case.id}: court {case.outcome}, "
        f"ruling {ruling.outcome} ({ruling.strength.word}{tail})"
    )


def table(library: Library, comparisons: Iterable[Comparison]) -> list[str]:
    """Agreement over all, by circuit and by strength."""
    group = tuple(comparisons)
    circuits = [c.id for c in library.courts.circuits.values()]
    rows = [("all", Agreement.over(group))]
    rows += [
        (circuit, Agreement.over(c for c in group if c.case.circuit == circuit))
        for circuit in circuits
    ]
    rows += [
        (strength.word, Agreement.over(c for c in group if c.ruling.strength is strength))
        for strength in sorted(Strength, reverse=True)
    ]
    counts = Counter(c.case.outcome for c in group)
    head = f"{'':<12}{'cases':>7}{'exact':>12}{'covered':>12}{'alternatives':>14}"
    body = [_row(name, agreement) for name, agreement in rows if agreement.cases]
    base = ", ".join(f"{outcome} {n}" for outcome, n in counts.most_common())
    return [head, *body, f"courts: {base}"]


def _row(name: str, agreement: Agreement) -> str:
    n = agreement.cases
    return (
        f"{name:<12}{n:>7}"
        f"{agreement.exact:>5} ({agreement.exact / n:>4.0%})"
        f"{agreement.covered:>5} ({agreement.covered / n:>4.0%})"
        f"{agreement.alternatives / n:>14.2f}"
    )
