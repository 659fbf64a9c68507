"""What a reader is told of one precedent, or of one decided order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qiwizard.reasoning.shelf import Relation, by_relation, relying_on
from qiwizard.reasoning.why import VERIFIED_SAYS

from qiwizard.law.citation import captioned, full_citation, pin_label
from qiwizard.law.condition import Condition
from qiwizard.law.facts import Value
from qiwizard.law.history import events, treatment
from qiwizard.law.library import Library
from qiwizard.law.precedent import DecidedOrder, Holding, Precedent
from qiwizard.reports.words import fact_words, value_words
from screens.drawing.literal import literal
from screens.drawing.styles import HEADING, MUTED, STRONG
from screens.drawing.words import KIND_WORDS, day, outcome_word
from screens.sections.case import Reads, bullet, heading, prose
from screens.widgets.page import Block


def blocks_of(library: Library, source: Precedent | DecidedOrder, as_of: date) -> list[Block]:
    """All there is to read about one entry of the library."""
    if isinstance(source, DecidedOrder):
        return _order(library, source)
    return [
        *_head(source, as_of),
        *_decided(library, source.facts, source.outcome, source.terms),
        *_holdings(library, source, as_of),
        *_history(library, source, as_of),
        *_relies_on(library, source.relies_on),
        *_relying(library, source),
    ]


def _head(precedent: Precedent, as_of: date) -> list[Block]:
    courts = " & ".join(precedent.courts)
    kind = KIND_WORDS[precedent.kind]
    facts = [kind[0].upper() + kind[1:], courts, precedent.judge, treatment(precedent, as_of)]
    blocks = [
        Block(literal(full_citation(precedent), HEADING), indent=0),
        prose(" · ".join(fact for fact in facts if fact), indent=0),
    ]
    if precedent.note:
        blocks.append(prose(precedent.note, space=1, indent=0))
    checked = f", last checked {day(precedent.checked)}" if precedent.checked else ""
    read = f"Quotations checked {VERIFIED_SAYS[precedent.verified]}{checked}."
    blocks.append(prose(read, space=1, indent=0, style=MUTED))
    return [*blocks, *_address(precedent.url)]


def _address(url: str) -> list[Block]:
    """Where the words were read, which may be a page of another case that quotes them."""
    return [prose(f"Quotations read at: {url}", indent=0)] if url else []


def _decided(
    library: Library, facts: Mapping[str, Value], outcome: str | None, terms: Iterable[str]
) -> list[Block]:
    """What an order decided on, and what it ordered."""
    blocks = []
    if outcome:
        blocks.append(heading("What the court did"))
        blocks.append(Block(literal(outcome_word(library, outcome), STRONG)))
        blocks += [bullet(term) for term in terms]
    if facts:
        blocks.append(heading("The facts it decided on"))
        names = library.vocabulary.in_order(n for n in facts if n in library.vocabulary.by_name)
        blocks += [bullet(fact_words(library, name, facts[name])) for name in names]
    return blocks


def _holdings(library: Library, precedent: Precedent, as_of: date) -> list[Block]:
    holdings = library.holdings_of(precedent)
    if not holdings:
        return []
    blocks = [heading("Holdings" if len(holdings) > 1 else "Holding")]
    for number, holding in enumerate(holdings):
        blocks += _holding(library, holding, as_of, space=int(number > 0))
    return blocks


def _holding(library: Library, holding: Holding, as_of: date, *, space: int) -> list[Block]:
    question = library.question[holding.question]
    state = treatment(holding.precedent, as_of, holding.key)
    held = literal(question.answers[holding.answer].conclusion, STRONG)
    blocks = [
        prose(question.asks, space=space, style=MUTED),
        Block(held + literal(f" ({state}, {pin_label(holding)})", MUTED)),
        prose(f"When: {_when(library, holding.when)}"),
        *(prose(f"But not when: {_when(library, exception)}") for exception in holding.unless),
        prose(holding.says),
    ]
    if holding.quote:
        blocks.append(Block(literal(f"“{holding.quote}”"), indent=4))
    blocks += [prose(remark, style=MUTED) for remark in _remarks(holding)]
    return blocks


def _remarks(holding: Holding) -> Iterable[str]:
    """What limits a holding's use, each a sentence."""
    if not holding.quote:
        yield "No quotation stands behind it: it supports and cannot decide."
    elif not holding.grounded:
        yield "Its words speak of something near the question: it supports and cannot decide."
    if holding.discretion:
        yield "It leaves the matter to the judge: it yields to what says how it is answered here."
    if holding.uniform:
        yield "It reports the uniform practice of its district."
    if holding.verified is not holding.precedent.verified:
        yield f"Its quotation was checked {VERIFIED_SAYS[holding.verified]}."
    if holding.since < holding.precedent.decided:
        yield f"The practice it reports is dated from {day(holding.since)}."
    if holding.distinguish:
        yield f"The other side would say: {holding.distinguish}"
    if holding.url and holding.url != holding.precedent.url:
        yield f"Its quotation was read at: {holding.url}"


def _when(library: Library, condition: Condition) -> str:
    if not condition.facts:
        return "always"
    parts = []
    for name in library.vocabulary.in_order(condition.facts):
        fact = library.vocabulary.by_name[name]
        values = [v for v in fact.values if v in condition.facts[name]]
        words = " or ".join(value_words(library, name, value) for value in values)
        parts.append(f"{fact.short}: {words}")
    return "; ".join(parts)


def _history(library: Library, precedent: Precedent, as_of: date) -> list[Block]:
    happened = events(precedent, as_of)
    if not happened:
        return []
    blocks = [heading("Later history")]
    for event in happened:
        said = literal(f"{event.treatment.value} ({day(event.since)}): ", STRONG) + literal(
            event.note
        )
        if event.when is not None:
            said += literal(f"\nOnly where {_when(library, event.when)}.", MUTED)
        leads = Reads(event.by) if event.by in library.precedents and event.by else None
        blocks.append(Block(said, leads=leads))
    return blocks


def _relies_on(library: Library, ids: Iterable[str]) -> list[Block]:
    known = [library.precedents[id_] for id_ in ids if id_ in library.precedents]
    if not known:
        return []
    stops = [Block(literal(full_citation(p)), leads=Reads(p.id)) for p in known]
    return [heading("It relies on"), *stops]


def _relying(library: Library, source: Precedent) -> list[Block]:
    """What the library says of it elsewhere: who relies on it, what it treated, who names it."""
    groups = by_relation(relying_on(library, source))
    blocks = []
    if Relation.RELIES not in groups:
        blocks = [heading(Relation.RELIES.value), prose("Nobody in this library.")]
    for relation, found in groups.items():
        blocks.append(heading(relation.value))
        blocks += [
            Block(literal(f"{each.cited}: ") + literal(each.how, MUTED), leads=Reads(each.id))
            for each in found
        ]
    return blocks


def _order(library: Library, order: DecidedOrder) -> list[Block]:
    kept = [p for p in sorted(order.same_case) if p in library.precedents]
    return [
        Block(literal(captioned(order.caption, order.citation), HEADING), indent=0),
        prose("A decided order, kept as an example: facts and outcome, no rule.", indent=0),
        prose(order.notes, space=1, indent=0),
        *([Block(literal(f"“{order.quote}”"), space=1)] if order.quote else []),
        prose(f"Confidence in the coding: {order.confidence}.", space=1, indent=0, style=MUTED),
        *_address(order.url),
        *_decided(library, order.facts, order.outcome, ()),
        *([heading("The same case in the library")] if kept else []),
        *(Block(literal(full_citation(library.precedents[p])), leads=Reads(p)) for p in kept),
    ]
