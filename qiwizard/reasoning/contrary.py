"""How an authority may be distinguished: what the library says, else what its terms show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from qiwizard.law.facts import Value
from qiwizard.law.forum import Placed
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Precedent
from qiwizard.reasoning.ruling import Finding

MOST_FACTS = 3
FROM_ELSEWHERE = 3
"""Contrary authorities from elsewhere that are worth an answer."""


def grounds(library: Library, posture: Posture, placed: Placed) -> tuple[str, ...]:
    """The ground the library gives; else facts it speaks to or was decided on, and its weight."""
    if placed.holding.distinguish:
        return (placed.holding.distinguish,)
    return (*_conditions(library, posture, placed), *_decided_on(library, posture, placed))


def weakness(placed: Placed) -> str | None:
    """Why an authority need not be followed in the forum; None where it binds."""
    if not placed.holding.grounded:
        return "It can support an answer here and not decide it."
    if placed.rank.leaves_to_judge:
        return "It leaves the matter to the judge."
    if placed.binding:
        return None
    if placed.rank.in_forum:
        return "It persuades here and does not bind."
    return "It comes from outside this circuit and does not bind here."


def distinguished(library: Library, posture: Posture, placed: Placed) -> str:
    """How an authority would be distinguished, in sentences; else that it is outweighed."""
    ways = (*grounds(library, posture, placed), weakness(placed) or "")
    return " ".join(way for way in ways if way) or "No ground appears; it is outweighed."


def contrary(finding: Finding) -> tuple[Placed, ...]:
    """The contrary holdings of the forum on a question, and the first few from elsewhere."""
    own = [p for p in finding.authority_against if p.rank.in_forum]
    elsewhere = [p for p in finding.authority_against if not p.rank.in_forum]
    return (*own, *elsewhere[:FROM_ELSEWHERE])


def _conditions(library: Library, posture: Posture, placed: Placed) -> Iterator[str]:
    """The facts on which it speaks that the posture does not state, or states otherwise."""
    for name, values in placed.holding.when.facts.items():
        if posture.get(name) not in values:
            listed = [v for v in library.vocabulary.by_name[name].values if v in values]
            wanted = " or ".join(_said(library, name, value) for value in listed)
            here = _here(library, posture, name)
            yield f"It speaks on {_short(library, name)}: {wanted}; {here}."


def _decided_on(library: Library, posture: Posture, placed: Placed) -> Iterator[str]:
    """The facts on which the order was decided that differ here, then those not stated here.

    Only facts on which some holding on the same question depends.
    """
    facts = decided_facts(library, placed.holding.precedent)
    bearing = _bearing(library, placed.holding.question)
    names = [n for n in library.vocabulary.in_order(facts) if n in bearing]
    other = [n for n in names if posture.get(n) not in (None, facts[n])]
    silent = [n for n in names if posture.get(n) is None]
    spoken = placed.holding.when.facts
    for name in [n for n in (*other, *silent) if n not in spoken][:MOST_FACTS]:
        there = f"{_short(library, name)}: {_said(library, name, facts[name])}"
        yield f"There, {there}; {_here(library, posture, name)}."


@lru_cache(maxsize=64)
def _bearing(library: Library, question: str) -> frozenset[str]:
    """The facts on which some holding on a question depends."""
    own = (h.when.facts for h in library.holdings if h.question == question)
    return frozenset(name for facts in own for name in facts).difference(FORUM)


def decided_facts(library: Library, precedent: Precedent) -> Mapping[str, Value]:
    """The facts on which a precedent was decided, its own or of a decided order it is."""
    if precedent.facts:
        return precedent.facts
    same = (order for order in library.orders if precedent.id in order.same_case)
    return next((order.facts for order in same if order.decided == precedent.decided), {})


def _here(library: Library, posture: Posture, name: str) -> str:
    given = posture.get(name)
    return "not stated here" if given is None else f"here, {_said(library, name, given)}"


def _short(library: Library, name: str) -> str:
    return library.vocabulary.by_name[name].short


def _said(library: Library, name: str, value: Value) -> str:
    return f"“{library.vocabulary.by_name[name].label(value)}”"
