"""The library as text and tables: a list narrowed by words and filters, one entry to read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from qiwizard.errors import UserError, permitted
from qiwizard.law.citation import abbreviated, full_citation, pin_label
from qiwizard.law.facts import Condition, Value
from qiwizard.law.library import Library
from qiwizard.law.precedent import (
    GOOD_LAW,
    DecidedOrder,
    Force,
    Holding,
    Kind,
    Precedent,
    events,
    treatment,
)
from qiwizard.reasoning.catalogue import (
    EXAMPLE,
    TREATMENTS,
    Entry,
    Narrowing,
    Relation,
    cited_as,
    find,
    relying_on,
    select,
    shelve,
)
from qiwizard.reports.as_text import block_lines
from qiwizard.reports.authority import quoted, read_words
from qiwizard.reports.blocks import (
    Block,
    Reads,
    detail,
    heading,
    italic,
    item,
    muted,
    paragraph,
    spans,
    strong,
    titled,
)
from qiwizard.reports.blocks import Kind as BlockKind
from qiwizard.reports.tables import known
from qiwizard.reports.words import fact_words, value_words, wrapped
from qiwizard.text import spell_date, visible
from qiwizard.toml_json import to_json, to_toml

Row = dict[str, Any]
_RELATIONS = {
    "relied_on_by": Relation.RELIES,
    "treated": Relation.TREATED,
    "spoken_of_by": Relation.SPEAKS,
}
MOST_LISTED = 20
"""Entries shown in plain mode before more words are asked for."""
KINDS = {
    Kind.RULE: "Federal rule or statute",
    Kind.OPINION: "Published opinion",
    Kind.UNPUBLISHED: "Unpublished appellate decision",
    Kind.ORDER: "District court decision",
    Kind.LOCAL_RULE: "Local rule",
}
FORCES = {
    Force.REQUIRES: "Courts bound by it must follow it.",
    Force.PERMITS: "The matter is within the court's discretion.",
    Force.SUPPORTS: "Cited for general support only; it does not decide the question alone.",
}
AN_EXAMPLE = "A decided order: its facts and outcome are counted as practice; it states no rule."


def selected(library: Library, options: Namespace, today: date) -> tuple[Entry, ...]:
    """The filtered library; UserError for an invalid filter value."""
    filters = {
        "circuit": tuple(library.courts.circuits),
        "doctrine": tuple(doctrine.id for doctrine in library.doctrines),
        "treatment": TREATMENTS,
    }
    for name, values in filters.items():
        given = getattr(options, name)
        if given is not None and given not in values:
            raise UserError(f"--{name}: {given!r} is not known; {permitted(values, given)}")
    narrowing = Narrowing(options.circuit, options.doctrine, options.treatment)
    found = select(shelve(library, today), " ".join(options.words), narrowing)
    if options.words or narrowing != Narrowing():
        return found
    order = list(library.precedents)
    kept = (entry for entry in found if entry.id in library.precedents)
    return tuple(sorted(kept, key=lambda entry: order.index(entry.id)))


def listing(found: Iterable[Entry], form: str) -> str:
    """Entries as lines or as a table."""
    if form == "text":
        return "".join(f"{line}\n" for line in entry_lines(found))
    return _as_table({"entry": [_entry(entry) for entry in found]}, form)


def nothing_found(options: Namespace) -> str:
    """The line that says what was looked for, with the filters as they were given."""
    sought = [f'"{visible(" ".join(options.words))}"'] if options.words else []
    filters = {name: getattr(options, name) for name in ("circuit", "doctrine", "treatment")}
    sought += [f"--{name} {value}" for name, value in filters.items() if value]
    return " ".join(("precedents: nothing found for", *sought))


def looked_up(library: Library, text: str, as_of: date) -> Iterator[str]:
    """The entry of that id to read, or the lines of those in which every word occurs."""
    source = find(library, text.strip())
    if source is not None:
        yield from map(visible, block_lines(page(library, source, as_of)))
        return
    found = select(shelve(library, as_of), text, Narrowing())
    for line in entry_lines(found[:MOST_LISTED]):
        yield from wrapped(line, "", "  ")
    more = len(found) - MOST_LISTED
    yield f"and {more} more: name more words." if more > 0 else f"{len(found)} found."


def entry_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """One line each: id, citation, and later history."""
    for entry in entries:
        flag = "" if entry.treatment == GOOD_LAW else f"  [{entry.treatment}]"
        yield visible(f"{entry.id}  {entry.cited}{flag}")


def _entry(entry: Entry) -> Row:
    row = {
        "id": entry.id,
        "citation": entry.cited,
        "court": entry.court,
        "circuit": entry.circuit,
        "year": entry.year,
        "treatment": entry.treatment,
        "treatments": sorted(entry.treatments - {GOOD_LAW, EXAMPLE}),
        "doctrines": sorted(entry.doctrines),
    }
    return known(row)


def _as_table(table: Row, form: str) -> str:
    return to_json(table) if form == "json" else to_toml(table)


def reading(library: Library, id_: str, today: date, form: str) -> str:
    """One entry as text or table; UserError for an unknown id."""
    source = find(library, id_)
    if source is None:
        known = (*library.precedents, *(order.id for order in library.orders))
        raise UserError(f"--read: {id_!r} is not known; {permitted(known, id_)}")
    if form == "text":
        lines = block_lines(page(library, source, today))
        return "".join(f"{visible(line)}\n" for line in lines)
    return _as_table(_table(library, source, today), form)


def page(library: Library, source: Precedent | DecidedOrder, as_of: date) -> Iterator[Block]:
    """One entry of the library in full."""
    if isinstance(source, DecidedOrder):
        yield from _order(library, source)
        return
    yield from _head(library, source, as_of)
    yield from _decided(library, source.facts, source.outcome, source.terms)
    holdings = library.holdings_of(source)
    yield from titled("Holdings", (b for h in holdings for b in _holding(library, h, as_of)))
    yield from titled("Later history", _history(library, source, as_of))
    yield from titled("Relies on", _precedents(library, source.relies_on))
    groups = relying_on(library, source)
    if Relation.RELIES not in groups:
        yield from titled(Relation.RELIES.value, [paragraph("None in this library.")])
    for relation, found in groups.items():
        yield heading(relation.value)
        yield from (item(f"{r.cited}: ", muted(f"{r.how}."), refers=Reads(r.id)) for r in found)


def _head(library: Library, precedent: Precedent, as_of: date) -> Iterator[Block]:
    yield _cited(precedent)
    courts, state = " & ".join(precedent.courts), treatment(precedent, as_of)
    facts = (KINDS[precedent.kind], courts, precedent.judge, state)
    yield paragraph(" · ".join(filter(None, facts)))
    if precedent.note:
        yield paragraph(precedent.note)
    checked = precedent.checked or library.about.checked
    read = read_words(precedent, precedent.verified)
    read = f"{read[0].upper()}{read[1:]}; last checked {spell_date(checked)}."
    yield paragraph(muted(read))
    if precedent.url:
        yield paragraph(muted(f"Source: {precedent.url}"))


def _cited(source: Precedent | DecidedOrder) -> Block:
    name, cited = abbreviated(source.caption), cited_as(source)
    if isinstance(source, Precedent) and source.source.rule:
        return paragraph(strong(cited))
    return paragraph(italic(name), strong(cited.removeprefix(name)))


def _decided(
    library: Library, facts: Mapping[str, Value], outcome: str | None, terms: Iterable[str]
) -> Iterator[Block]:
    """What an order decided on, and what it ordered."""
    if outcome:
        yield heading("What the court did")
        yield item(strong(library.outcomes[outcome].label))
        yield from (item(term) for term in terms)
    names = library.vocabulary.in_order(n for n in facts if n in library.vocabulary.by_name)
    known = (item(fact_words(library, name, facts[name])) for name in names)
    yield from titled("Facts of the case", known)


def _precedents(library: Library, ids: Iterable[str]) -> Iterator[Block]:
    """Those of some precedents that the library has, by their citation."""
    known = (library.precedents[id_] for id_ in ids if id_ in library.precedents)
    return (item(full_citation(p), refers=Reads(p.id)) for p in known)


def _holding(library: Library, holding: Holding, as_of: date) -> Iterator[Block]:
    question = library.question[holding.question]
    state = treatment(holding.precedent, as_of, holding.key)
    conclusion = question.answers[holding.answer].conclusion
    pin = pin_label(holding) if holding.pin else "no pin cite"
    yield item(strong(conclusion), muted(f" ({state}; {pin})"))
    yield detail(muted(question.asks))
    yield detail(holding.says)
    if holding.quote:
        yield Block(quoted(holding), BlockKind.QUOTE)
    yield detail(f"Applies when: {when_words(library, holding.when)}.")
    for exception in holding.unless:
        yield detail(f"Except when: {when_words(library, exception)}.")
    yield from (detail(muted(remark)) for remark in _remarks(holding))


def _remarks(holding: Holding) -> Iterator[str]:
    """The force of a holding and what limits its use, each a sentence."""
    yield FORCES[holding.force]
    if not holding.quote:
        yield "No quotation supports it in the library."
    if holding.verified is not holding.precedent.verified:
        yield f"This passage: {read_words(holding.precedent, holding.verified)}."
    if holding.since < holding.precedent.decided:
        yield f"It reports practice since {spell_date(holding.since)}."
    if holding.distinguish:
        yield f"Distinguishable: {holding.distinguish}"
    if holding.url and holding.url != holding.precedent.url:
        yield f"Source of this passage: {holding.url}"


def when_words(library: Library, condition: Condition) -> str:
    """The facts under which something applies."""
    parts = []
    for name in library.vocabulary.in_order(condition.facts):
        fact = library.vocabulary.by_name[name]
        values = [v for v in fact.values if v in condition.facts[name]]
        parts.append(f"{fact.short}: {' or '.join(value_words(library, name, v) for v in values)}")
    return "; ".join(parts) or "always"


def _history(library: Library, precedent: Precedent, as_of: date) -> Iterator[Block]:
    for event in events(precedent, as_of):
        refers = Reads(event.by) if event.by and event.by in library.precedents else None
        lead = strong(f"{event.treatment.value.capitalize()}, {spell_date(event.since)}: ")
        yield item(lead, event.note, refers=refers)
        if event.when is not None:
            yield detail(muted(f"Only where {when_words(library, event.when)}."))


def _order(library: Library, order: DecidedOrder) -> Iterator[Block]:
    yield _cited(order)
    yield paragraph(AN_EXAMPLE)
    yield paragraph(order.summary)
    if order.quote:
        yield Block(spans(f"“{order.quote}”"), BlockKind.QUOTE)
    yield paragraph(muted(f"Read: {order.read}. Confidence in the coding: {order.confidence}."))
    if order.url:
        yield paragraph(muted(f"Source: {order.url}"))
    yield from _decided(library, order.facts, order.outcome, ())
    kept = _precedents(library, sorted(order.same_case))
    yield from titled("The same case in the library", kept)


def _table(library: Library, source: Precedent | DecidedOrder, as_of: date) -> Row:
    row: Row = {"id": source.id, "citation": cited_as(source), "url": source.url}
    if source.outcome:
        row["outcome"] = source.outcome
    row["facts"] = {n: source.facts[n] for n in library.vocabulary.in_order(source.facts)}
    if isinstance(source, DecidedOrder):
        return row | {"treatment": EXAMPLE, "summary": source.summary, "quote": source.quote}
    row |= {"treatment": treatment(source, as_of), "verified": source.verified.value}
    row["history"] = [event.note for event in events(source, as_of)]
    row["holding"] = [
        {
            "id": holding.id,
            "question": holding.question,
            "answer": holding.answer,
            "force": holding.force.value,
            "when": when_words(library, holding.when),
            "says": holding.says,
            "quote": holding.quote,
            "pin": holding.pin,
            "treatment": treatment(source, as_of, holding.key),
        }
        for holding in library.holdings_of(source)
    ]
    groups = relying_on(library, source)
    for key, relation in _RELATIONS.items():
        row[key] = [
            {"id": each.id, "citation": each.cited, "how": each.how}
            for each in groups.get(relation, ())
        ]
    return row
