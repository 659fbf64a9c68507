"""Authority in one line, sorted by the outcome it supports, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qiwizard.law.citation import abbreviated, captioned, citation, cite_holding, short_citation
from qiwizard.law.courts import SUPREME_COURT
from qiwizard.law.forum import Authority, once_each
from qiwizard.law.library import Library
from qiwizard.law.precedent import (
    GOOD_LAW,
    DecidedOrder,
    Force,
    Holding,
    Kind,
    Precedent,
    Verified,
    events,
    treatment,
)
from qiwizard.reasoning.replay import Case
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reports.blocks import Spans, italic, muted, plain, spans
from qiwizard.reports.quotation import later_opinion, with_inner_marks

UNPINNED = "†"
PIN_LEGEND = f"{UNPINNED} Pin cite not known."


def legend(parts: Iterable[Iterable[str]]) -> list[str]:
    """What the dagger means, where the lines of a text use it."""
    return [PIN_LEGEND] if any(UNPINNED in line for part in parts for line in part) else []


@dataclass(frozen=True, slots=True)
class ByOutcome:
    """Authority on a ruling by the outcome it supports, each precedent once in each list."""

    supports: tuple[Authority, ...]
    other_standard: tuple[Authority, ...]
    """The same outcome, on a different standard."""
    contrary: tuple[Authority, ...]


def by_outcome(library: Library, ruling: Ruling, findings: Sequence[Finding]) -> ByOutcome:
    """The authority on some findings, binding first, and first what answers their own questions."""
    chosen = {f.question.id: f for f in ruling.findings if f.question.counted}
    found: dict[str, list[Authority]] = {"supports": [], "standard": [], "contrary": []}
    for finding in findings:
        for authority in (*finding.authority_for, *finding.other_standard, *finding.against):
            if effect := _effect(library, chosen, authority.holding):
                found[effect].append(authority)
    supports = _leading_first(ranked(found["supports"]), findings)
    known = {a.holding.precedent.id for a in supports}
    others = (a for a in ranked(found["standard"]) if a.holding.precedent.id not in known)
    return ByOutcome(supports, tuple(others), ranked(reversed(found["contrary"])))


def _leading_first(
    authorities: Sequence[Authority], findings: Sequence[Finding]
) -> tuple[Authority, ...]:
    """Holdings of the forum on the questions themselves, then those that lead, then others."""
    leading = {a.holding.precedent.id for f in findings for a in f.leading}
    asked = {f.question.id for f in findings}

    def place(authority: Authority) -> tuple[bool, bool, bool]:
        holding = authority.holding
        leads = holding.precedent.id in leading
        return not authority.rank.in_forum, holding.question not in asked, not leads

    return tuple(sorted(authorities, key=place))


def _effect(library: Library, chosen: dict[str, Finding], holding: Holding) -> str:
    """`supports`, `standard` or `contrary`: what a holding says of the outcome; empty: nothing."""
    question = library.question[holding.question]
    answer = question.answers[holding.answer]
    favors = {question.id: answer.id} if question.counted else answer.favors
    met = [(chosen[q], a) for q, a in favors.items() if q in chosen]
    if not met:
        return ""
    sides = ((f.question.answers[a].side, f.question.answers[f.answer].side) for f, a in met)
    if any(one is not other for one, other in sides):
        rule = holding.precedent.kind is Kind.RULE
        # A rule that gives a court discretion is adverse to no outcome.
        return "contrary" if not rule or holding.force is Force.REQUIRES else ""
    return "supports" if all(finding.answer == a for finding, a in met) else "standard"


def ranked(authorities: Iterable[Authority]) -> tuple[Authority, ...]:
    """Binding authority first, then by what it can decide, rank and date; each precedent once."""
    order = sorted(
        dict.fromkeys(authorities),
        key=lambda a: (
            not a.binding,
            -a.voice,
            -a.rank,
            not a.holding.quote,
            -a.holding.precedent.decided.toordinal(),
        ),
    )
    return once_each(order)


def cited(holding: Holding) -> Spans:
    """The full citation, with a dagger where no pin cite is known."""
    precedent = holding.precedent
    if precedent.source.rule:
        return spans(precedent.source.rule)
    cite = citation(precedent, holding.pin)
    mark = "" if holding.pin else UNPINNED
    return spans(italic(abbreviated(precedent.caption)), f"{captioned('', cite)}{mark}")


def cited_order(order: DecidedOrder | Case) -> Spans:
    """A decided order as a citation."""
    return spans(italic(abbreviated(order.caption)), captioned("", order.citation))


def cited_short(holding: Holding) -> Spans:
    """The short form, with a dagger where no pin cite is known; a rule has none."""
    precedent = holding.precedent
    if precedent.source.rule:
        return spans(precedent.source.rule)
    rest = short_citation(precedent, holding.pin).removeprefix(precedent.short)
    mark = "" if holding.pin else UNPINNED
    return spans(italic(precedent.short), f"{rest}{mark}")


def cited_again(holding: Holding) -> Spans:
    """The short form after a full citation: of an unreported decision, its docket number."""
    source = holding.precedent.source
    if source.rule or source.volume or holding.pin or not source.docket:
        return cited_short(holding)
    return spans(italic(holding.precedent.short), f", {source.docket}{UNPINNED}")


def orders_for(finding: Finding) -> tuple[DecidedOrder, ...]:
    """The nearest decided orders that gave the answer of a counted finding."""
    counts = finding.counts
    groups = (counts.here, counts.circuit, counts.all) if counts else ()
    return next((count.gave for count in groups if count.gave), ())


def latest(orders: Iterable[DecidedOrder], as_of: date) -> DecidedOrder | None:
    """The latest of some orders that is not later than a day."""
    before = (order for order in orders if order.decided <= as_of)
    return max(before, key=lambda order: order.decided, default=None)


def quoted(holding: Holding) -> Spans:
    """The words on which a holding rests, and where they were read if in a later opinion."""
    quotation = f"“{with_inner_marks(holding.quote)}”"
    if not holding.quoted_in:
        return spans(quotation)
    return spans(quotation, muted(f" Quoted in {plain(later_opinion(holding))}."))


def weight_words(authority: Authority) -> str:
    """`binding` or `persuasive`; of a discretionary standard also that."""
    if authority.binding and authority.holding.force is Force.PERMITS:
        return "binding; discretionary standard"
    return authority.weight


def treatment_notes(precedent: Precedent, key: str, as_of: date) -> tuple[str, ...]:
    """The later history of a holding that is no longer good law throughout."""
    if treatment(precedent, as_of, key) == GOOD_LAW:
        return ()
    return tuple(event.note for event in events(precedent, as_of, key))


_READ = {
    Verified.FULL: ("full opinion read", "full text read"),
    Verified.PRIMARY: ("opinion read in part", "read in part"),
    Verified.SECONDARY: ("read as quoted in a later opinion", "read as quoted in an opinion"),
}
"""Of an opinion, and of a rule."""


def read_words(precedent: Precedent, way: Verified) -> str:
    """How a passage of a precedent was read, such as `full opinion read`."""
    return _READ[way][precedent.kind in (Kind.RULE, Kind.LOCAL_RULE)]


SUPREME, APPEALS = "Supreme Court", "Courts of appeals"
_GROUPS = {
    Kind.OPINION: APPEALS,
    Kind.UNPUBLISHED: APPEALS,
    Kind.ORDER: "District courts",
    Kind.RULE: "Rules",
    Kind.LOCAL_RULE: "Local rules",
}
"""The groups of the table after the Supreme Court, in their order."""


def table_of_authorities(
    library: Library, cited: Iterable[Authority]
) -> dict[str, list[tuple[Authority, ...]]]:
    """The passages cited, with their holdings: cases by court and name, then rules."""
    passages: dict[tuple[str, str], dict[str, Authority]] = {}
    for one in cited:
        passage = (cite_holding(one.holding), one.holding.url)
        passages.setdefault(passage, {}).setdefault(one.holding.id, one)

    def place(passage: tuple[Authority, ...]) -> tuple[tuple[int, int, str, str, str], str]:
        first = passage[0].holding
        return _order(library, first.precedent), cite_holding(first)

    ordered = sorted((tuple(holdings.values()) for holdings in passages.values()), key=place)
    groups = groupby(ordered, key=lambda passage: _group(passage[0].holding.precedent))
    return {group: list(found) for group, found in groups}


def _group(precedent: Precedent) -> str:
    decision = precedent.kind not in (Kind.RULE, Kind.LOCAL_RULE)
    return SUPREME if decision and SUPREME_COURT in precedent.courts else _GROUPS[precedent.kind]


def _order(library: Library, precedent: Precedent) -> tuple[int, int, str, str, str]:
    """Courts of appeals by circuit; district courts by State and district; then by caption."""
    group, groups = _group(precedent), (SUPREME, *_GROUPS.values())
    circuits = list(library.courts.circuits)
    of_appeals = group == APPEALS and precedent.circuit in circuits
    circuit = circuits.index(str(precedent.circuit)) if of_appeals else -1
    known = library.courts.districts.get(precedent.courts[0]) if precedent.courts else None
    district = known.name if known else ""
    state = district.partition(" of ")[2].removeprefix("the ")
    name = _sortable(precedent.source.rule or precedent.caption)
    return groups.index(group), circuit, state, district, name


def _sortable(text: str) -> str:
    """A key under which Rule 6 comes before Rule 26."""
    words = text.casefold().replace("(", " (").split()
    return " ".join(word.zfill(6) if word.isdigit() else word for word in words)
