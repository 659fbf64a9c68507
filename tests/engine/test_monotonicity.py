"""Fewer parties and claims outside immunity, wider requests and better showings: which way.

Each change may only move protection in one direction, on any posture in any circuit. Compared are
the outcomes, and the shares of the counted questions that the change concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pytest
from postures import (
    COURTS,
    SHIPPED,
    TODAY,
    VOCABULARY,
    Facts,
    a_district,
    coherent,
    composed,
    may_be_asked,
)

from qiwizard.reasoning.composition import Composition

OFFICIALS = {"stay": 2, "partial_stay": 2, "limited_discovery": 1, "no_stay": 0}
"""How far an outcome protects those who assert immunity."""
EVERYONE = {"stay": 2, "partial_stay": 1, "limited_discovery": 0, "no_stay": 0}
"""How far it protects everyone."""
POSTURES = 100
"""Drawn for each change in each circuit."""
TOLERANCE = 1e-9

Measured = Callable[[Composition], float]


def _share(question: str) -> Measured:
    def measure(found: Composition) -> float:
        return next(d.yes for d in found.decisions if d.question.id == question)

    return measure


def _rank(ranks: dict[str, int]) -> Measured:
    return lambda found: ranks[found.outcome]


PROTECTION, LIMITS, REACH = _share("protection"), _share("limits"), _share("reach")


def _unlimited(found: Composition) -> float:
    return -LIMITS(found)


MEASURES: dict[str, Measured] = {
    "outcome for the officials": _rank(OFFICIALS),
    "outcome for everyone": _rank(EVERYONE),
    "share of protection": PROTECTION,
    "share of no discovery before the ruling": _unlimited,
    "share of a stay that reaches everyone": REACH,
}
ALL = tuple(MEASURES)
OF_OFFICIALS = ALL[:1] + ALL[2:4]


@dataclass(frozen=True)
class Law:
    """A change of facts that never lowers some measures."""

    name: str
    given: Facts
    """What both postures state."""
    less: Facts
    more: Facts
    """The posture that is protected at least as far."""
    never_lower: tuple[str, ...] = ALL


PENDING: Facts = {"request": "stay", "qi_asserted": True, "motion": "pending"}
APPEAL: Facts = {"motion": "appeal", "appeal_on_law": True, "certified_frivolous": False}
LAWS = (
    Law("no co-defendant", {}, {"other_defendants": True}, {"other_defendants": False}),
    Law("no injunctive claim", {}, {"injunctive_claims": True}, {"injunctive_claims": False}),
    Law(
        "nothing outside immunity",
        {},
        {"other_defendants": True, "injunctive_claims": True},
        {"other_defendants": False, "injunctive_claims": False},
    ),
    Law(
        "wider request",
        {"request": "stay"},
        {"stay_scope": "own"},
        {"stay_scope": "blanket"},
        ("outcome for everyone", "share of a stay that reaches everyone"),
    ),
    Law(
        "no Rule 56(d) showing",
        {**PENDING, "motion_kind": "summary_judgment"},
        {"rule_56d": "adequate"},
        {"rule_56d": "none"},
        OF_OFFICIALS,
    ),
    Law(
        "inadequate Rule 56(d) showing",
        {**PENDING, "motion_kind": "summary_judgment"},
        {"rule_56d": "adequate"},
        {"rule_56d": "inadequate"},
        OF_OFFICIALS,
    ),
    Law("appeal over pending", {"qi_asserted": True}, {"motion": "pending"}, APPEAL, OF_OFFICIALS),
    Law("appeal over denied", {"qi_asserted": True}, {"motion": "denied"}, APPEAL, OF_OFFICIALS),
)


def pairs(law: Law, forum: Facts, seed: str, number: int) -> Iterator[tuple[Facts, Facts]]:
    """Postures by chance before and after the change; what it makes inapplicable falls away."""
    chance = Random(seed)
    for _ in range(number):
        stated = chance.choice((0.2, 0.5, 0.8))
        less = coherent(chance, {**forum, **law.given, **law.less}, stated)
        yield less, changed(less, law)


def changed(less: Facts, law: Law) -> Facts:
    """The posture after the change."""
    kept: Facts = {name: value for name, value in less.items() if name not in law.less}
    return applicable({**kept, **law.more}, law.more)


def applicable(facts: Facts, always: Facts) -> Facts:
    """The facts that none of the others excludes."""
    left = {
        name: value
        for name, value in facts.items()
        if name in always or may_be_asked(VOCABULARY.by_name[name], facts)
    }
    return left if len(left) == len(facts) else applicable(left, always)


def violations(law: Law, circuit: str, number: int = POSTURES) -> Iterator[tuple[str, Facts]]:
    """Where the change lowers a measure that it never may.

    Shares are compared on the facts that apply before and after alike. Outcomes are compared on
    these too, and, for parties and claims removed, with everything that fell away.
    """
    for place, forum in enumerate(({"circuit": circuit}, _district(circuit))):
        for less, more in pairs(law, forum, f"{law.name} {circuit} {place}", number // 2):
            alike = {n: v for n, v in less.items() if n in more or n in law.less}
            for name in lowered(law, alike, more):
                yield name, alike
            if "motion" not in law.more:
                for name in lowered(law, less, more):
                    if name.startswith("outcome"):
                        yield name, less


def lowered(law: Law, less: Facts, more: Facts) -> list[str]:
    """The measures that a change lowers and never may."""
    before, after = composed(SHIPPED, less, TODAY), composed(SHIPPED, more, TODAY)
    return [n for n in law.never_lower if MEASURES[n](after) < MEASURES[n](before) - TOLERANCE]


def _district(circuit: str) -> Facts:
    return {"circuit": circuit, "court": a_district(circuit)}


@pytest.mark.parametrize("circuit", COURTS.circuits)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_protection_moves_in_one_direction(law: Law, circuit: str) -> None:
    found = list(violations(law, circuit))
    assert not found, f"{len(found)} of {POSTURES} postures, such as {min(found, key=_size)}"


def _size(found: tuple[str, Facts]) -> int:
    return len(found[1])
