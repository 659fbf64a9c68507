"""The library as a list: precedents and decided orders, with what a search looks through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qiwizard.citation import citation, full_citation, short_citation
from qiwizard.history import standing
from qiwizard.law import Rank
from qiwizard.library import Library
from qiwizard.precedent import DecidedOrder, Precedent
from screens.words import RANK_WORDS

EXAMPLE = "example"
"""The standing of a decided order: facts and outcome, no rule."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list."""

    id: str
    title: str
    court: str
    year: int
    standing: str
    sought: str
    """What a search looks through, in lower case."""

    def matches(self, words: list[str]) -> bool:
        """Whether every word searched for occurs."""
        return all(word in self.sought for word in words)


def shelve(library: Library, as_of: date) -> tuple[Entry, ...]:
    """Everything in the library by name, the decided orders after the precedents."""
    precedents = [_of_precedent(library, p, as_of) for p in library.precedents.values()]
    orders = [_of_order(order) for order in library.orders]
    return (*sorted(precedents, key=_by_name), *sorted(orders, key=_by_name))


def find(library: Library, id_: str) -> Precedent | DecidedOrder | None:
    """The precedent or decided order of an id."""
    known = library.precedents.get(id_)
    return known or next((order for order in library.orders if order.id == id_), None)


def cited_as(source: Precedent | DecidedOrder) -> str:
    """The full citation, for copying."""
    if isinstance(source, Precedent):
        return full_citation(source)
    return f"{source.caption}, {source.citation}"


def _by_name(entry: Entry) -> tuple[str, int]:
    return entry.title.casefold(), entry.year


def _of_precedent(library: Library, precedent: Precedent, as_of: date) -> Entry:
    says = [holding.says for holding in library.holdings_of(precedent)]
    court = " & ".join(precedent.courts) or RANK_WORDS[Rank.SUPREME]
    return Entry(
        id=precedent.id,
        title=short_citation(precedent),
        court=court,
        year=precedent.decided.year,
        standing=standing(precedent, as_of),
        sought=_folded(precedent.caption, citation(precedent), court, *says),
    )


def _of_order(order: DecidedOrder) -> Entry:
    return Entry(
        id=order.id,
        title=order.caption,
        court=order.court,
        year=order.decided.year,
        standing=EXAMPLE,
        sought=_folded(order.caption, order.citation, order.court, order.notes),
    )


def _folded(*texts: str) -> str:
    return "\n".join(texts).casefold()
