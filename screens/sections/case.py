"""What every section writes from, and the blocks they have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qiwizard.reasoning.changes import Change
from qiwizard.reasoning.why import VERIFIED_SAYS
from textual.content import Content

from qiwizard.law.citation import pin_label, short_citation
from qiwizard.law.forum import Placed
from qiwizard.law.history import GOOD_LAW, events, history_sentences, treatment
from qiwizard.law.library import Library
from qiwizard.reasoning.ruling import Ruling
from qiwizard.reports.words import fact_words
from qiwizard.sessions.session import Session
from screens.drawing.literal import literal
from screens.drawing.styles import HEADING, MUTED, STRONG
from screens.drawing.words import outcome_word, weight
from screens.widgets.page import Block


@dataclass(frozen=True, slots=True)
class Case:
    """The session under the library, its ruling, and today's date."""

    library: Library
    session: Session
    ruling: Ruling
    today: date
    turned: frozenset[str] = frozenset()
    """The branches of a tree that the reader has opened or closed; EVERYTHING opens all."""

    def opened(self, key: str, *, at_first: bool) -> bool:
        """Whether a branch stands open, given how it stands at first."""
        return (at_first or EVERYTHING in self.turned) != (key in self.turned)


EVERYTHING = "*"
OPENED, CLOSED = "- ", "+ "


@dataclass(frozen=True, slots=True)
class Opens:
    """A stop that opens or closes a branch."""

    key: str


@dataclass(frozen=True, slots=True)
class Reads:
    """A stop that opens a precedent or decided order."""

    id: str


@dataclass(frozen=True, slots=True)
class Tries:
    """A stop that shows the ruling on a changed posture."""

    change: Change


@dataclass(frozen=True, slots=True)
class Asks:
    """A stop that takes a fact back to the interview."""

    fact: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """A stop that shows the draft of an order."""


def heading(text: str, *, space: int = 1) -> Block:
    """A heading at the margin."""
    return Block(literal(text, HEADING), indent=0, space=space)


def prose(text: str, *, space: int = 0, style: str = "", indent: int = 2) -> Block:
    """A paragraph."""
    return Block(literal(text, style), space=space, indent=indent)


def bullet(text: str | Content) -> Block:
    """An item of a list."""
    return Block(literal(text) if isinstance(text, str) else text, indent=4, mark="• ")


def verdict(case: Case, ruling: Ruling) -> Content:
    """Outcome and strength as words."""
    word = outcome_word(case.library, ruling.outcome)
    return Content.assemble((word, STRONG), ", ", ruling.strength.word)


def fact_line(case: Case, name: str) -> Content:
    """A fact of the session with its value and where the record says so."""
    stated = literal(fact_words(case.library, name, case.session.posture.get(name)))
    note = case.session.sources.get(name, "").strip()
    return stated + literal(f" ({note})", MUTED) if note else stated


def cite(placed: Placed) -> str:
    """The short citation of a holding, and its pin cite or that none is known."""
    holding = placed.holding
    precedent = holding.precedent
    text = short_citation(precedent, holding.pin)
    pinned = precedent.source.rule or (precedent.source.volume and holding.pin)
    return text if pinned else f"{text}, {pin_label(holding)}"


def branch(case: Case, key: str, text: Content, placed: Placed, *, at_first: bool) -> Block:
    """A branch of a tree as a stop, marked by whether it stands open."""
    mark = OPENED if case.opened(key, at_first=at_first) else CLOSED
    return Block(text, indent=4, mark=mark, leads=Opens(key), source=placed.holding.precedent.id)


def sourced(case: Case, placed: Placed, *, indent: int = 4) -> Block:
    """A holding as a stop with all there is to check it by: quotation, pin, later history."""
    holding, as_of = placed.holding, case.ruling.as_of
    text = _held(case, placed)
    if holding.quote:
        text += literal(f"\n“{holding.quote}”")
    if holding.distinguish:
        text += literal(f"\nThe other side would say: {holding.distinguish}")
    text += literal(f"\nQuotation checked {VERIFIED_SAYS[holding.verified]}.", MUTED)
    for sentence in history_sentences(holding.precedent, holding.key, as_of, case.library):
        text += literal(f"\nLater: {sentence}", MUTED)
    return _read(placed, text, indent)


def authority(case: Case, placed: Placed, *, indent: int = 4) -> Block:
    """A holding as a stop: citation, weight, treatment, what it says, later history."""
    holding, as_of = placed.holding, case.ruling.as_of
    text = _held(case, placed)
    if treatment(holding.precedent, as_of, holding.key) != GOOD_LAW:
        for event in events(holding.precedent, as_of, holding.key):
            text += literal(f"\nLater: {event.note}", MUTED)
    return _read(placed, text, indent)


def _held(case: Case, placed: Placed) -> Content:
    """Citation, weight and treatment, and what is held."""
    holding = placed.holding
    state = treatment(holding.precedent, case.ruling.as_of, holding.key)
    return Content.assemble(
        literal(cite(placed), STRONG),
        literal(f" · {weight(placed)} · {state}", MUTED),
        "\n",
        literal(holding.says),
    )


def _read(placed: Placed, text: Content, indent: int) -> Block:
    id_ = placed.holding.precedent.id
    return Block(text, indent=indent, leads=Reads(id_), source=id_)


def listing(words: Iterable[str]) -> str:
    """Words in a row, or a dash where there are none."""
    return "; ".join(words) or "–"
