"""The library as text and tables: a list narrowed by words and filters, one entry to read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from qiwizard.errors import UserError, permitted
from qiwizard.law.citation import pin_label
from qiwizard.law.condition import Condition
from qiwizard.law.history import GOOD_LAW, events, treatment
from qiwizard.law.library import Library
from qiwizard.law.precedent import DecidedOrder, Holding, Precedent
from qiwizard.reasoning.shelf import (
    EXAMPLE,
    TREATMENTS,
    Entry,
    Narrowing,
    Relation,
    by_relation,
    cited_as,
    find,
    relying_on,
    select,
    shelve,
)
from qiwizard.reasoning.why import VERIFIED_SAYS
from qiwizard.reports.words import fact_words, value_words, wrapped
from qiwizard.text import visible
from qiwizard.toml_json import to_json, to_toml

Row = dict[str, Any]
_RELATIONS = {
    "relied_on_by": Relation.RELIES,
    "treated": Relation.TREATED,
    "spoken_of_by": Relation.SPEAKS,
}
MOST_LISTED = 20
"""Entries shown in line mode before more words are asked for."""


def selected(library: Library, options: Namespace, today: date) -> tuple[Entry, ...]:
    """What is left of the library; UserError for a filter that has no such value."""
    narrowing = Narrowing(
        circuit=_chosen("--circuit", options.circuit, library.courts.circuits),
        doctrine=_chosen("--doctrine", options.doctrine, (d.id for d in library.doctrines)),
        treatment=_chosen("--treatment", options.treatment, TREATMENTS),
    )
    found = select(shelve(library, today), " ".join(options.words), narrowing)
    if not options.words and narrowing == Narrowing():
        order = list(library.precedents)
        kept = [entry for entry in found if entry.id in library.precedents]
        found = tuple(sorted(kept, key=lambda entry: order.index(entry.id)))
    return found


def listing(found: Iterable[Entry], form: str) -> str:
    """Entries as lines or as a table."""
    if form == "text":
        return "".join(f"{line}\n" for line in entry_lines(found))
    return _as_table({"entry": [_entry(entry) for entry in found]}, form)


def nothing_found(options: Namespace) -> str:
    """The line that says what was looked for, with the filters as they were given."""
    filters = (options.circuit, options.doctrine, options.treatment)
    names = ("--circuit", "--doctrine", "--treatment")
    sought = [f'"{visible(" ".join(options.words))}"'] if options.words else []
    sought += [f"{name} {value}" for name, value in zip(names, filters, strict=True) if value]
    return " ".join(("precedents: nothing found for", *sought))


def looked_up(library: Library, text: str, as_of: date) -> Iterator[str]:
    """The entry of that id to read, or the lines of those in which every word occurs."""
    source = find(library, text.strip())
    if source is not None:
        yield from reading_lines(library, source, as_of)
        return
    found = select(shelve(library, as_of), text, Narrowing())
    for line in entry_lines(found[:MOST_LISTED]):
        yield from wrapped(line, "", "  ")
    more = len(found) - MOST_LISTED
    yield f"and {more} more: name more words." if more > 0 else f"{len(found)} found."


def _chosen(option: str, given: str | None, values: Iterable[str]) -> str | None:
    known = tuple(values)
    if given is not None and given not in known:
        raise UserError(f"{option}: {given!r} is not known; {permitted(known, given)}")
    return given


def entry_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """One line each: id, citation, and what became of it."""
    for entry in entries:
        flag = "" if entry.treatment == GOOD_LAW else f"  [{entry.treatment}]"
        yield visible(f"{entry.id}  {entry.cited}{flag}")


def _entry(entry: Entry) -> Row:
    row: Row = {"id": entry.id, "citation": entry.cited, "court": entry.court}
    row |= {} if entry.circuit is None else {"circuit": entry.circuit}
    return row | {
        "year": entry.year,
        "treatment": entry.treatment,
        "treatments": sorted(entry.treatments - {GOOD_LAW, EXAMPLE}),
        "doctrines": sorted(entry.doctrines),
    }


def _as_table(table: Row, form: str) -> str:
    return to_json(table) if form == "json" else to_toml(table)


def reading(library: Library, id_: str, today: date, form: str) -> str:
    """One entry as text or table; UserError for an id that the library has not."""
    source = find(library, id_)
    if source is None:
        known = (*library.precedents, *(order.id for order in library.orders))
        raise UserError(f"--read: {id_!r} is not known; {permitted(known, id_)}")
    if form == "text":
        return "".join(f"{visible(line)}\n" for line in reading_lines(library, source, today))
    return _as_table(_table(library, source, today), form)


def reading_lines(library: Library, source: Precedent | DecidedOrder, as_of: date) -> Iterator[str]:
    """All there is to read about one entry, lines of at most 78 characters."""
    yield from wrapped(cited_as(source))
    if isinstance(source, DecidedOrder):
        yield from wrapped("A decided order, kept as an example: facts and outcome, no rule.")
        yield from wrapped(source.notes)
    else:
        yield from wrapped(f"{treatment(source, as_of)}. {source.note}".strip())
        yield from wrapped(f"Quotations checked {VERIFIED_SAYS[source.verified]}.")
    if source.url:
        yield f"Quotations read at: {source.url}"
    yield from _decided(library, source)
    if isinstance(source, Precedent):
        for holding in library.holdings_of(source):
            yield from _holding(library, holding, as_of)
        yield from _list("Later history:", (event.note for event in events(source, as_of)))
        for relation, found in by_relation(relying_on(library, source)).items():
            yield from _list(f"{relation.value}:", (f"{each.cited}: {each.how}." for each in found))


def _decided(library: Library, source: Precedent | DecidedOrder) -> Iterator[str]:
    if source.outcome:
        yield from ("", f"The court's ruling: {library.outcomes[source.outcome].label}")
    names = library.vocabulary.in_order(source.facts)
    yield from _list(
        "The facts it decided on:", (fact_words(library, n, source.facts[n]) for n in names)
    )


def _holding(library: Library, holding: Holding, as_of: date) -> Iterator[str]:
    question = library.question[holding.question]
    state = treatment(holding.precedent, as_of, holding.key)
    conclusion = question.answers[holding.answer].conclusion
    yield ""
    yield from wrapped(question.asks)
    yield from wrapped(f"{conclusion} ({state}, {pin_label(holding)})", "  ", "  ")
    yield from wrapped(f"When: {_when(library, holding.when)}", "  ", "    ")
    for exception in holding.unless:
        yield from wrapped(f"But not when: {_when(library, exception)}", "  ", "    ")
    yield from wrapped(holding.says, "  ", "  ")
    yield from wrapped(f"“{holding.quote}”" if holding.quote else "", "    ", "    ")
    if holding.distinguish:
        yield from wrapped(f"The other side would say: {holding.distinguish}", "  ", "    ")


def _when(library: Library, condition: Condition) -> str:
    parts = []
    for name in library.vocabulary.in_order(condition.facts):
        fact = library.vocabulary.by_name[name]
        values = [v for v in fact.values if v in condition.facts[name]]
        parts.append(f"{fact.short}: {' or '.join(value_words(library, name, v) for v in values)}")
    return "; ".join(parts) or "always"


def _list(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = list(items)
    if listed:
        yield from ("", title)
        for item in listed:
            yield from wrapped(item, "* ", "  ")


def _table(library: Library, source: Precedent | DecidedOrder, as_of: date) -> Row:
    row: Row = {"id": source.id, "citation": cited_as(source), "url": source.url}
    if source.outcome:
        row["outcome"] = source.outcome
    row["facts"] = {n: source.facts[n] for n in library.vocabulary.in_order(source.facts)}
    if isinstance(source, DecidedOrder):
        return row | {"treatment": EXAMPLE, "notes": source.notes, "quote": source.quote}
    row |= {"treatment": treatment(source, as_of), "verified": source.verified.value}
    row["history"] = [event.note for event in events(source, as_of)]
    row["holding"] = [
        {
            "id": holding.id,
            "question": holding.question,
            "answer": holding.answer,
            "when": _when(library, holding.when),
            "says": holding.says,
            "quote": holding.quote,
            "pin": holding.pin,
            "treatment": treatment(source, as_of, holding.key),
        }
        for holding in library.holdings_of(source)
    ]
    groups = by_relation(relying_on(library, source))
    for key, relation in _RELATIONS.items():
        row[key] = [
            {"id": each.id, "citation": each.cited, "how": each.how}
            for each in groups.get(relation, ())
        ]
    return row
