"""The library as a list: search, filters and cross-references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from qiwizard.law.citation import captioned, citation, full_citation
from qiwizard.law.forum import Rank, rank_in_forum
from qiwizard.law.library import Library
from qiwizard.law.precedent import GOOD_LAW, DecidedOrder, Precedent, Treatment, events, treatment
from qiwizard.text import folded

EXAMPLE = "example"
"""Said in place of a treatment of a decided order, which has facts and an outcome and no rule."""
EVERY_COURT = "every court"
TREATMENTS = (GOOD_LAW, *(treatment.value for treatment in Treatment), EXAMPLE)
"""What a list can be narrowed to: good law, what later authority did to it, or an example."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list."""

    id: str
    title: str
    court: str
    circuit: str | None
    """None where it is authority in every circuit."""
    year: int
    treatment: str
    treatments: frozenset[str]
    """That treatment and every other by later authority."""
    doctrines: frozenset[str]
    cited: str
    """The full citation, for copying."""
    sought: str
    """What a search looks through, folded."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Filters of a list; None means no filter."""

    circuit: str | None = None
    """A circuit: what is authority there, that of every court left out."""
    doctrine: str | None = None
    treatment: str | None = None

    def admits(self, entry: Entry) -> bool:
        """Whether an entry passes the filters."""
        return (
            self.circuit in (None, entry.circuit)
            and (self.doctrine is None or self.doctrine in entry.doctrines)
            and (self.treatment is None or self.treatment in entry.treatments)
        )


def shelve(library: Library, as_of: date) -> tuple[Entry, ...]:
    """Everything in the library by name, the decided orders after the precedents."""
    precedents = [_of_precedent(library, p, as_of) for p in library.precedents.values()]
    orders = [_of_order(library, order) for order in library.orders]
    return (*sorted(precedents, key=_by_name), *sorted(orders, key=_by_name))


def select(entries: Iterable[Entry], sought: str, narrowing: Narrowing) -> tuple[Entry, ...]:
    """The entries in which every word occurs, of those that the narrowing leaves."""
    words = folded(sought).split()
    return tuple(e for e in entries if narrowing.admits(e) and all(w in e.sought for w in words))


def find(library: Library, id_: str) -> Precedent | DecidedOrder | None:
    """The precedent or decided order of an id."""
    known = library.precedents.get(id_)
    return known or next((order for order in library.orders if order.id == id_), None)


def cited_as(source: Precedent | DecidedOrder) -> str:
    """The full citation, for copying."""
    if isinstance(source, Precedent):
        return full_citation(source)
    return captioned(source.caption, source.citation)


class Relation(Enum):
    """How an entry of the library relates to one that it discusses; the value is a heading."""

    RELIES = "Cited by"
    TREATED = "Effect on others"
    SPEAKS = "Also discussed in"
    """Those that treated it, name it, or report the same case."""


@dataclass(frozen=True, slots=True)
class Reliance:
    """An entry of the library that discusses another, and how."""

    id: str
    cited: str
    how: str


_Spoken = tuple[Precedent | DecidedOrder, Relation, str]


def relying_on(library: Library, source: Precedent) -> dict[Relation, tuple[Reliance, ...]]:
    """What relies on a precedent, what it treated, and what else discusses it, each once."""
    found: dict[str, tuple[Relation, Reliance]] = {}
    for other, relation, how in _speaking(library, source):
        if other.id != source.id:
            found.setdefault(other.id, (relation, Reliance(other.id, cited_as(other), how)))
    groups = {each: tuple(r for kind, r in found.values() if kind is each) for each in Relation}
    return {relation: group for relation, group in groups.items() if group}


def _speaking(library: Library, source: Precedent) -> Iterator[_Spoken]:
    for event in source.history:
        if event.by is not None and event.by in library.precedents:
            by = library.precedents[event.by]
            yield by, Relation.SPEAKS, f"{event.treatment.value} it"
    names = _names(source)
    for other in library.precedents.values():
        if source.id in other.relies_on:
            yield other, Relation.RELIES, "relies on it"
        elif any(event.by == source.id for event in other.history):
            event = next(event for event in other.history if event.by == source.id)
            yield other, Relation.TREATED, f"{event.treatment.value} by it"
        elif _mentions(_spoken(library, other), names):
            yield other, Relation.SPEAKS, "discusses it"
    for order in library.orders:
        if source.id in order.same_case:
            yield order, Relation.SPEAKS, "the same case, as an example"
        elif _mentions((order.quote, order.summary), names):
            yield order, Relation.SPEAKS, "discusses it"


def _names(source: Precedent) -> tuple[str, ...]:
    """The names by which others surely mean a precedent: its caption, its place in a reporter."""
    cited = source.source
    if cited.rule:
        return (cited.rule,)
    placed = (f"{cited.volume} {cited.reporter} {cited.page}",) if cited.volume else ()
    return (source.caption, *placed)


def _mentions(texts: Iterable[str], names: Sequence[str]) -> bool:
    return any(name in text for text in texts for name in names)


def _spoken(library: Library, precedent: Precedent) -> Iterator[str]:
    """What is said in a precedent's holdings and its later history."""
    yield precedent.note
    yield from (event.note for event in precedent.history)
    for holding in library.holdings_of(precedent):
        yield from (holding.says, holding.quote, holding.distinguish)


def _by_name(entry: Entry) -> tuple[str, int]:
    return entry.title.casefold(), entry.year


def _of_precedent(library: Library, precedent: Precedent, as_of: date) -> Entry:
    holdings = library.holdings_of(precedent)
    questions = [library.question[holding.question] for holding in holdings]
    doctrines = frozenset(question.doctrine for question in questions)
    titles = [library.doctrine(doctrine).title for doctrine in doctrines]
    everywhere = rank_in_forum(precedent, None, None) is Rank.SUPREME
    court = " & ".join(precedent.courts) or EVERY_COURT
    state = treatment(precedent, as_of)
    treated = {event.treatment.value for event in events(precedent, as_of)}
    return Entry(
        id=precedent.id,
        title=precedent.short,
        court=court,
        circuit=None if everywhere else precedent.circuit,
        year=precedent.decided.year,
        treatment=state,
        treatments=frozenset({state, *treated}),
        doctrines=doctrines,
        cited=full_citation(precedent),
        sought=_folded(
            *(precedent.id, precedent.caption, citation(precedent), court, precedent.note),
            *(text for h in holdings for text in (h.says, h.quote)),
            *(question.asks for question in questions),
            *titles,
        ),
    )


def _of_order(library: Library, order: DecidedOrder) -> Entry:
    facts = (library.vocabulary.by_name.get(name) for name in order.facts)
    return Entry(
        id=order.id,
        title=order.caption,
        court=order.court,
        circuit=order.circuit,
        year=order.decided.year,
        treatment=EXAMPLE,
        treatments=frozenset({EXAMPLE}),
        doctrines=frozenset(fact.doctrine for fact in facts if fact is not None),
        cited=cited_as(order),
        sought=_folded(
            *(order.id, order.caption, order.citation, order.court, order.summary, order.quote),
            library.outcomes[order.outcome].label,
        ),
    )


def _folded(*texts: str) -> str:
    return folded("\n".join(texts))
