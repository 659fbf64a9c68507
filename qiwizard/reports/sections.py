"""The sections of a report on a ruling, and the map. Each writer draws the same blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from qiwizard.law.facts import CIRCUIT, COURT, Value
from qiwizard.law.forum import Authority, split_by_forum
from qiwizard.law.library import Library
from qiwizard.law.precedent import DecidedOrder, history_sentences
from qiwizard.reasoning.decided_orders import MEASURE, Near
from qiwizard.reasoning.explanation import NOT_A_SAMPLE, distinguished, prevailed
from qiwizard.reasoning.next_steps import by_role
from qiwizard.reasoning.outlook import FactAhead, Outlook
from qiwizard.reasoning.ruling import Finding
from qiwizard.reasoning.what_if import Change, UnknownFact
from qiwizard.reports.authority import (
    cited,
    cited_order,
    cited_short,
    quoted,
    read_words,
    table_of_authorities,
    treatment_notes,
    weight_words,
)
from qiwizard.reports.blocks import (
    Asks,
    Block,
    Kind,
    Reads,
    Section,
    Style,
    detail,
    fold,
    heading,
    item,
    joined,
    muted,
    opened,
    paragraph,
    spans,
    strong,
    titled,
)
from qiwizard.reports.card import likelihood_words
from qiwizard.reports.dispositions import change_words
from qiwizard.reports.report import CodedOrders, Report, deciding
from qiwizard.reports.words import counted, stated_words, value_words

FEW, MOST_CHANGES, MOST_SHARED = 2, 8, 4
NONE_CONTRARY = "No holding in the library supports a different outcome on these facts."
AFFECTS_TERMS = "affects the terms or, combined with other facts, the outcome."
NO_CHANGE = "No change of one or two facts changes the outcome."


def why(report: Report) -> Iterator[Block]:
    """What decides the outcome, the main conclusion first; the rest under one line."""
    yield paragraph(likelihoods(report))
    main = deciding(report.ruling)
    for finding in sorted(report.ruling.decisive, key=lambda finding: finding is not main):
        yield from _finding(report, finding)
    rest = [f for f in report.ruling.findings if not f.decisive]
    label = muted(f"{counted(len(rest), 'other finding')}, not affecting the outcome")
    yield from fold("rest", label, _findings_in_short(rest), Kind.ITEM)


def likelihoods(report: Report) -> str:
    """The likelihood of each outcome, the likeliest first."""
    shares = sorted(report.ruling.likelihood.items(), key=lambda pair: -pair[1])
    return "Likelihood: " + ", ".join(f"{report.label(o)} {share:.0%}" for o, share in shares) + "."


def _finding(report: Report, finding: Finding) -> Iterator[Block]:
    """The conclusion, what it rests on, and its authority by the outcome it supports."""
    key = finding.question.id
    strength = muted(f" ({finding.strength.word}; {finding.basis.value})")
    yield item(strong(finding.conclusion), strength)
    yield detail(f"{finding.question.asks} {prevailed(report.library, finding)}")
    facts = stated_words(report.library, report.session, finding.because)
    if facts:
        yield detail(f"Facts: {facts}.")
    sorted_ = report.authority_on(finding)
    here, elsewhere = split_by_forum(sorted_.supports)
    yield from (b for a in here[:FEW] for b in _authority(report, a))
    yield from _folded(report, f"{key}/here", "more supporting it here", here[FEW:])
    yield from _folded(report, f"{key}/elsewhere", "supporting it elsewhere", elsewhere)
    label = "same outcome, different standard"
    yield from _folded(report, f"{key}/standard", label, sorted_.other_standard)


def _folded(
    report: Report, key: str, label: str, authorities: Iterable[Authority]
) -> Iterator[Block]:
    found = tuple(authorities)
    below = (block for a in found for block in _authority(report, a))
    yield from fold(key, muted(f"{len(found)} {label}"), below)


def _authority(report: Report, authority: Authority) -> Iterator[Block]:
    """An authority with its weight, what it says and its words."""
    holding = authority.holding
    weight = muted(f" ({weight_words(authority)}): ")
    yield detail(cited(holding), weight, holding.says, refers=Reads(holding.precedent.id))
    if holding.quote:
        yield Block(quoted(holding), Kind.QUOTE)
    for note in treatment_notes(holding.precedent, holding.key, report.ruling.as_of):
        yield detail(muted(f"Later history: {note}"))


def _findings_in_short(findings: Iterable[Finding]) -> Iterator[Block]:
    for finding in findings:
        first = finding.leading[0].holding if finding.leading else None
        cite = spans(" ", cited_short(first)) if first else ""
        refers = Reads(first.precedent.id) if first else None
        yield detail(finding.conclusion, cite, refers=refers)


def against(report: Report) -> Iterator[Block]:
    """Contrary authority by what it concludes, contrary orders, and the other outcomes."""
    contrary = report.authority.contrary
    if not contrary:
        yield paragraph(NONE_CONTRARY)
    groups: dict[str, list[Authority]] = {}
    for authority in contrary:
        answers = report.library.question[authority.holding.question].answers
        groups.setdefault(answers[authority.holding.answer].conclusion, []).append(authority)
    for conclusion, group in groups.items():
        yield item(strong(conclusion))
        here, elsewhere = split_by_forum(group)
        yield from _opposed(report, here)
        label = muted(f"{len(elsewhere)} elsewhere")
        yield from fold(f"{conclusion}/elsewhere", label, _opposed(report, elsewhere))
    if coded := report.nearest_coded:
        others, told = coded.without_outcome(report.ruling.outcome)
        yield from fold("orders", told, (_order(report, o) for o in others), Kind.ITEM)
    for other in report.ruling.alternatives:
        outcome = strong(report.library.outcomes[other.outcome].label)
        yield item(outcome, f" ({other.share:.0%}): {other.because}")


def _opposed(report: Report, authorities: Iterable[Authority]) -> Iterator[Block]:
    for authority in authorities:
        yield from _authority(report, authority)
        if said := distinguished(report.library, report.session.posture, authority):
            yield detail(f"Distinguishable: {said}")


def changes(report: Report) -> Iterator[Block]:
    """What would change the outcome, and the facts that are not known."""
    shown = report.changes[:MOST_CHANGES]
    if not shown:
        yield paragraph(NO_CHANGE)
    for change in shown:
        yield _change(report, change)
    more = (_change(report, change) for change in report.changes[MOST_CHANGES:])
    yield from fold("more", muted(f"{len(report.changes) - MOST_CHANGES} more"), more, Kind.ITEM)
    yield from unknown_facts(report)
    if idle := [fact.name for fact in report.unknown if not fact.matters]:
        yield paragraph(muted(f"Unknown, and not needed on these facts: {report.shorts(idle)}."))


def _change(report: Report, change: Change) -> Block:
    label = strong(report.library.outcomes[change.ruling.outcome].label)
    strength = f" ({change.ruling.strength.word}; likelihood {likelihood_words(change)})."
    return item(f"If {change_words(report.library, change)}: ", label, strength, refers=change)


def unknown_facts(report: Report) -> Iterator[Block]:
    """The facts not known that could change the ruling."""
    mattering = (_unknown(report, fact) for fact in report.unknown if fact.matters)
    yield from titled("Unknown facts that could change this", mattering)


def _unknown(report: Report, fact: UnknownFact) -> Block:
    """An unknown fact, with the outcome to which each of its values leads."""
    ways = [
        f"{' or '.join(value_words(report.library, fact.name, v) for v in branch.values)}: "
        f"{report.label(branch.outcome)} ({branch.strength.word})"
        for branch in fact.branches
    ]
    short = report.library.vocabulary.by_name[fact.name].short
    said = f"{'; '.join(ways)}." if ways else AFFECTS_TERMS
    return item(strong(short[0].upper() + short[1:]), f": {said}", refers=Asks(fact.name))


def orders(report: Report) -> Iterator[Block]:
    """The decided orders nearest to the facts, then those behind each count."""
    if report.near:
        yield heading("Closest decided orders")
        yield from (block for near in report.near for block in _near(report, near))
        yield paragraph(muted(MEASURE))
    if report.coded:
        yield heading("Orders behind the counts")
        for group in report.coded:
            yield from _coded(report, group)
        yield paragraph(muted(NOT_A_SAMPLE))


def _near(report: Report, near: Near) -> Iterator[Block]:
    outcome = strong(report.library.outcomes[near.case.outcome].label)
    yield item(cited_order(near.case), ": ", outcome, refers=Reads(near.case.id))
    differs = report.shorts(near.differs) or "nothing"
    shared = report.shorts(near.shared[:MOST_SHARED])
    more = len(near.shared) - MOST_SHARED
    shared += f" and {more} more" if more > 0 else ""
    yield detail(muted(f"Differs: {differs}. Shared: {shared}."))


def _coded(report: Report, coded: CodedOrders) -> Iterator[Block]:
    where = coded.where or "All courts"
    for outcome, known in report.library.outcomes.items():
        found = coded.with_outcome(outcome)
        label = f"{where}: {known.label.lower()} in {len(found)} of {len(coded.orders)}"
        below = (_order(report, order) for order in found)
        yield from fold(f"{where}/{outcome}", label, below, Kind.ITEM)


def _order(report: Report, order: DecidedOrder) -> Block:
    return detail(cited_order(order), f": {report.label(order.outcome)}", refers=Reads(order.id))


def next_steps(report: Report) -> Iterator[Block]:
    """What each side and chambers may do next, each step with its authority."""
    for head, steps in by_role(report.steps).items():
        yield heading(head)
        for step in steps:
            cites = [cited_short(a.holding) for a in step.authority]
            said = joined([*cites, *([spans(step.rule)] if step.rule else [])], "; ")
            quiet = tuple(s if s.style is Style.CASE else muted(s.text) for s in said)
            refers = Reads(step.authority[0].holding.precedent.id) if step.authority else None
            yield item(step.text, " ", quiet, refers=refers)


def terms(report: Report) -> Iterator[Block]:
    """The order, paragraph by paragraph."""
    for sentence in report.disposition.sentences:
        yield Block(spans(sentence), Kind.NUMBERED)


def authorities(report: Report) -> Iterator[Block]:
    """Everything cited: cases by court, then rules."""
    cited_here = [*report.ruling.cited, *(a for step in report.steps for a in step.authority)]
    for head, passages in table_of_authorities(report.library, cited_here).items():
        yield from titled(head, (block for each in passages for block in _passage(report, each)))


def _passage(report: Report, authorities: tuple[Authority, ...]) -> Iterator[Block]:
    first, precedent = authorities[0], authorities[0].holding.precedent
    ways = dict.fromkeys(a.holding.verified for a in authorities)
    read = ", ".join(read_words(precedent, way) for way in ways)
    said = muted(f" ({first.weight}; {read})")
    yield item(cited(first.holding), said, refers=Reads(precedent.id))
    told = dict.fromkeys(
        sentence
        for a in authorities
        for sentence in history_sentences(
            precedent, a.holding.key, report.ruling.as_of, report.library
        )
    )
    yield from (detail(muted(sentence)) for sentence in told)


WRITERS: dict[str, tuple[str, Callable[[Report], Iterable[Block]]]] = {
    "since": ("What changed since", lambda report: [item(reason.text) for reason in report.since]),
    "why": ("Why", why),
    "terms": ("The order", terms),
    "against": ("Contrary authority", against),
    "changes": ("What would change it", changes),
    "orders": ("Decided orders", orders),
    "next": ("Next steps", next_steps),
    "authorities": ("Table of authorities", authorities),
}
"""By the name of a section: its title and what writes it."""
SECTIONS = tuple(WRITERS)


def section(report: Report, name: str, *, full: bool = False) -> Section:
    """A section of a report, with `full` every fold opened; KeyError for a name of none."""
    title, write = WRITERS[name]
    blocks = write(report)
    return Section(title, tuple(opened(blocks) if full else blocks))


MOST_NAMED = 4
"""Values named one by one."""


def roadmap(library: Library, found: Outlook) -> Iterator[Block]:
    """The circuits by outcome, then the facts that can still matter, by doctrine."""
    yield heading("The same facts in each circuit")
    circuits = library.courts.circuits
    for id_, outcome in library.outcomes.items():
        named = [
            f"{circuits[c.forum.circuit].abbreviation} ({c.ruling.strength.word})"
            for c in found.circuits
            if c.ruling.outcome == id_ and c.forum.circuit
        ]
        if named:
            yield item(strong(outcome.label), f": {', '.join(named)}.")
    if not found.ahead:
        yield from titled("Questions left", [paragraph("No further question affects this ruling.")])
    for doctrine, facts in found.ahead:
        yield heading(doctrine.title)
        for fact in facts:
            yield item(library.vocabulary.by_name[fact.fact].question, refers=Asks(fact.fact))
            yield from _ways(library, found, fact)


def _ways(library: Library, found: Outlook, fact: FactAhead) -> Iterator[Block]:
    """The answers by the outcome to which they lead."""
    if all(way.outcome == found.ruling.outcome for way in fact.ways):
        yield detail(muted("No answer changes the outcome."))
        return
    for way in fact.ways:
        named = " or ".join(_value(library, fact.fact, value) for value in way.values[:MOST_NAMED])
        more = len(way.values) - MOST_NAMED
        named += f" or {more} more" if more > 0 else ""
        yield detail(f"{named}: ", strong(library.outcomes[way.outcome].label))


def _value(library: Library, fact: str, value: Value) -> str:
    if fact == CIRCUIT:
        return library.courts.circuits[str(value)].abbreviation
    return str(value) if fact == COURT else value_words(library, fact, value)
