"""Gaps in the library: authorities not read at the source, without a pin or date, or missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qiwizard.law.library import Library
from qiwizard.law.precedent import Force, Kind, Precedent, Verified

MOST_NAMED = 12


def state_lines(library: Library, today: date) -> Iterator[str]:
    """One line for each kind of gap, with the number and the first ids."""
    precedents = list(library.precedents.values())
    opinions = [p for p in precedents if p.kind in (Kind.OPINION, Kind.UNPUBLISHED)]
    secondary = [p.id for p in opinions if _only_secondary(library, p)]
    yield named(f"secondary: of {len(opinions)} appellate opinions", secondary)
    unpinned = [
        h.id for h in library.holdings if h.precedent.kind is Kind.OPINION and h.quote and not h.pin
    ]
    yield named("without a pin: holdings of published opinions", unpinned)
    required = [h for h in library.holdings if h.force is Force.REQUIRES]
    unpinned = [h.id for h in required if h.precedent.kind is Kind.OPINION and not h.pin]
    yield named(f"of {len(required)} holdings that require an answer, without a pin", unpinned)
    paraphrased = [h.id for h in library.holdings if not h.quote]
    yield named("paraphrases, which only support", paraphrased)
    undated = [p.id for p in precedents if p.precision != "day" and p.kind is not Kind.LOCAL_RULE]
    yield named("day of decision unknown", undated)
    due = [p.id for p in precedents if library.due_for_checking(p, today)]
    yield named("due for review", due)
    yield from circuits_without_authority(library)


def _only_secondary(library: Library, precedent: Precedent) -> bool:
    quoted = [h for h in library.holdings_of(precedent) if h.quote]
    return bool(quoted) and all(h.verified is Verified.SECONDARY for h in quoted)


def circuits_without_authority(library: Library) -> Iterator[str]:
    """Circuits without authority of their own on a question where each is expected to have some."""
    for circuit in library.courts.circuits.values():
        own = {
            holding.question
            for holding in library.holdings
            if holding.precedent.circuit == circuit.id and holding.quote
        }
        expected = (q.id for q in library.questions if q.expected_in_each_circuit)
        if missing := [question for question in expected if question not in own]:
            yield f"{circuit.name}: no authority of its own on {', '.join(missing)}"


def named(what: str, ids: list[str]) -> str:
    """A line with the number of ids and the first of them."""
    first = ", ".join(ids[:MOST_NAMED])
    more = f", and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return f"{what}: {len(ids)}{': ' if ids else ''}{first}{more}"
