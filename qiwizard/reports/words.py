"""Facts in words, and lines of plain text at the width of a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qiwizard.text import one_line

if TYPE_CHECKING:
    from qiwizard.law.facts import Value
    from qiwizard.law.library import Library
    from qiwizard.law.posture import Posture
    from qiwizard.sessions.session import Session

WIDTH = 78
AID_NOT_ADVICE = (
    "A training and research aid, not legal advice. Read the authorities before citing them."
)

STRENGTHS = {
    "settled": "binding authority controls, or practice is nearly uniform",
    "leaning": "the weight of authority and practice favors this result",
    "contested": "courts are split, or there is no authority on point",
}


def value_words(library: Library, name: str, value: Value | None) -> str:
    """A fact's value in words; `unknown` for none."""
    return "unknown" if value is None else library.vocabulary.by_name[name].label(value)


def fact_words(library: Library, name: str, value: Value | None) -> str:
    """A fact and its value in words, such as `answer filed: Yes`."""
    return f"{library.vocabulary.by_name[name].short}: {value_words(library, name, value)}"


def forum_words(library: Library, posture: Posture) -> str:
    """The forum in words: the district, the circuit, or that neither is known."""
    court, circuit = posture.get("court"), posture.get("circuit")
    if court is not None:
        return str(court)
    if circuit is not None:
        return library.courts.circuits[str(circuit)].abbreviation
    return "forum unknown"


def stated_words(library: Library, session: Session, names: Iterable[str]) -> str:
    """Facts as a session states them, each with where the record says so."""
    parts = []
    for name in names:
        source = session.sources.get(name)
        noted = f" ({one_line(source)})" if source else ""
        parts.append(fact_words(library, name, session.posture.get(name)) + noted)
    return "; ".join(parts)


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as `1 order` or `3 orders`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tally(gave: int, answered: int, nouns: str, did: str) -> str:
    """A count as a sentence, such as `Of 19 orders, 17 reached the same answer.`"""
    if answered == 1:
        return f"The only {nouns} {did}."
    some = {answered: "all", 0: "none"}.get(gave, str(gave))
    return f"Of {answered} {nouns}, {some} {did}."


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Text in lines broken at blanks, never at a hyphen, after an indent for each line."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
