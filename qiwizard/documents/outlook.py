"""The map in words and as tables: what lies ahead, and the forums on the facts so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qiwizard.reasoning.compare import Column

from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.reasoning.outlook import Ahead, Limb, Outlook
from qiwizard.reports.words import value_words

Row = dict[str, Any]
MOST_NAMED = 6
"""Values named one by one in a sentence."""


def outcomes_words(library: Library, outcomes: Iterable[str], joined: str = "or") -> str:
    """Outcomes in their order, in lower case, such as `stay or no stay`."""
    named = set(outcomes)
    *others, last = [known.label.lower() for id_, known in library.outcomes.items() if id_ in named]
    return f"{', '.join(others)} {joined} {last}" if others else last


def ahead_sentences(library: Library, map_: Outlook) -> Iterator[str]:
    """What can still be reached, then doctrine by doctrine which answers lead elsewhere."""
    if not map_.limbs:
        return
    now = library.outcomes[map_.ruling.outcome].label
    yield f"Now {now}, {map_.ruling.strength.word}; {_still(library, map_)}."
    idle = [limb for limb in map_.limbs if limb.reach <= {map_.ruling.outcome}]
    yield from (_limb(library, map_, limb) for limb in map_.limbs if limb not in idle)
    if idle:
        titles = ", ".join(limb.doctrine.title for limb in idle)
        yield f"No answer to these by itself leads elsewhere: {titles}."


def _still(library: Library, map_: Outlook) -> str:
    others = map_.reach - {map_.ruling.outcome}
    if not others:
        return "no answer ahead leads to another outcome"
    return f"within reach still: {outcomes_words(library, others, 'and')}"


def _limb(library: Library, map_: Outlook, limb: Limb) -> str:
    ways = "; ".join(_ahead(library, ahead) for ahead in limb.facts if turns(map_, ahead))
    led = outcomes_words(library, limb.reach - {map_.ruling.outcome})
    said = f"{limb.doctrine.title}: its answers can lead to {led}"
    return f"{said} ({ways})." if ways else f"{said}, several of them together."


def turns(map_: Outlook, ahead: Ahead) -> bool:
    """Whether some answer to a fact leads to another outcome than there is now."""
    return any(way.outcome != map_.ruling.outcome for way in ahead.ways)


def _ahead(library: Library, ahead: Ahead) -> str:
    led: dict[str, list[Value]] = {}
    for way in ahead.ways:
        led.setdefault(way.outcome, []).extend(way.values)
    ways = ", ".join(
        f"{values_words(library, ahead.fact, values)}: {library.outcomes[outcome].label.lower()}"
        for outcome, values in led.items()
    )
    return f"{library.vocabulary.by_name[ahead.fact].short}: {ways}"


def values_words(library: Library, fact: str, values: Sequence[Value]) -> str:
    """Answers to a fact that come to the same, in words."""
    shown = [f"“{_value(library, fact, value)}”" for value in values[:MOST_NAMED]]
    more = len(values) - len(shown)
    return " or ".join(shown) + (f" and {more} more" if more else "")


def _value(library: Library, fact: str, value: Value) -> str:
    if fact == "circuit":
        return library.courts.circuits[str(value)].abbreviation
    return str(value) if fact == "court" else value_words(library, fact, value)


def forum_name(library: Library, column: Column) -> str:
    """A district or circuit by its abbreviation."""
    forum = column.forum
    if forum.court is not None:
        return forum.court
    if forum.circuit is None:
        return "no forum stated"
    return library.courts.circuits[forum.circuit].abbreviation


def forum_sentences(library: Library, map_: Outlook) -> Iterator[str]:
    """Each outcome with the circuits that come to it on the facts so far."""
    for id_, outcome in library.outcomes.items():
        named = [
            f"{forum_name(library, column)} ({column.ruling.strength.word})"
            for column in map_.strip.circuits
            if column.ruling.outcome == id_
        ]
        if named:
            yield f"{outcome.label}: {', '.join(named)}."
    strip = map_.strip
    moved = [forum_name(library, c) for c in strip.circuits if c.forum.circuit in strip.moved]
    if moved:
        yield f"The last answer changed the outcome in: {', '.join(moved)}."


def map_tables(library: Library, map_: Outlook) -> Row:
    """The map as tables: `ahead`, a row for each way an answer can go, and `forum`."""
    return {
        "ahead": [
            {
                "doctrine": limb.doctrine.id,
                "fact": ahead.fact,
                "asks": library.vocabulary.by_name[ahead.fact].question,
                "values": list(way.values),
                "outcome": way.outcome,
                "reach": [id_ for id_ in library.outcomes if id_ in way.reach],
            }
            for limb in map_.limbs
            for ahead in limb.facts
            for way in ahead.ways
        ],
        "forum": [
            {
                "circuit": column.forum.circuit,
                "outcome": column.ruling.outcome,
                "strength": column.ruling.strength.word,
                "headline": column.ruling.headline,
            }
            for column in map_.strip.circuits
        ],
    }
