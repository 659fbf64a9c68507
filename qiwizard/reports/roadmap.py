"""The map: what each circuit makes of the facts, and where each question left could lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qiwizard.law.facts import CIRCUIT, COURT, Value
from qiwizard.law.library import Library
from qiwizard.reasoning.outlook import FactAhead, Outlook
from qiwizard.reports.blocks import Asks, Block, detail, heading, item, muted, paragraph, strong
from qiwizard.reports.words import value_words

MOST_NAMED = 4
"""Values named one by one."""


def roadmap(library: Library, found: Outlook) -> Iterator[Block]:
    """The circuits by outcome, then the facts that can still matter, by doctrine."""
    yield heading("The same facts in each circuit")
    for id_, outcome in library.outcomes.items():
        named = [
            f"{library.courts.circuits[column.forum.circuit].abbreviation} "
            f"({column.ruling.strength.word})"
            for column in found.strip.circuits
            if column.ruling.outcome == id_ and column.forum.circuit
        ]
        if named:
            yield item(strong(outcome.label), f": {', '.join(named)}.")
    if not found.ahead:
        yield heading("Questions left")
        yield paragraph("No further question affects this ruling.")
    for ahead in found.ahead:
        yield heading(ahead.doctrine.title)
        for fact in ahead.facts:
            yield item(library.vocabulary.by_name[fact.fact].question, refers=Asks(fact.fact))
            yield from _ways(library, found, fact)


def _ways(library: Library, found: Outlook, fact: FactAhead) -> Iterator[Block]:
    """The answers by the outcome to which they lead."""
    if all(way.outcome == found.ruling.outcome for way in fact.ways):
        yield detail(muted("No answer changes the outcome."))
        return
    for way in fact.ways:
        outcome = library.outcomes[way.outcome].label
        yield detail(f"{values_words(library, fact.fact, way.values)}: ", strong(outcome))


def values_words(library: Library, fact: str, values: Sequence[Value]) -> str:
    """Some values of a fact in words."""
    shown = [_value(library, fact, value) for value in values[:MOST_NAMED]]
    more = len(values) - len(shown)
    return " or ".join(shown) + (f" or {more} more" if more > 0 else "")


def _value(library: Library, fact: str, value: Value) -> str:
    if fact == CIRCUIT:
        return library.courts.circuits[str(value)].abbreviation
    return str(value) if fact == COURT else value_words(library, fact, value)
