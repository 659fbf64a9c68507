"""Authority in one line, sorted by the outcome it supports, and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
from qiwizard.reports.blocks import Span, Spans, Style, muted, plain, spans
from qiwizard.reports.quotation import later_opinion, with_inner_marks

UNPINNED = "†"
PIN_LEGEND = f"{UNPINNED} Pin cite not known."


@dataclass(frozen=True, slots=True)
class Contrary:
    """An authority that supports a different outcome, and what it concludes."""

    authority: Authority
    conclusion: str


@dataclass(frozen=True, slots=True)
class ByOutcome:
    """Authority on a ruling by the outcome it supports, each precedent once in each list."""

    supports: tuple[Authority, ...]
    other_standard: tuple[Authority, ...]
    """The same outcome, on a different standard."""
    contrary: tuple[Contrary, ...]


def by_outcome(library: Library, ruling: Ruling, findings: Sequence[Finding]) -> ByOutcome:
    """Sort the authority on some findings of a ruling, binding authority first.

    What answers the questions themselves comes before other authority for the same outcome.
    """
    chosen = {f.question.id: f for f in ruling.findings if f.question.counted}
    groups: dict[bool | None, list[Authority]] = {True: [], False: [], None: []}
    against: list[Contrary] = []
    for finding in findings:
        every = (*finding.authority_for, *finding.other_standard, *finding.against)
        for authority in every:
            effect = _effect(library, chosen, authority.holding)
            if effect == "contrary" and _only_permits(authority.holding):
                continue
            if effect == "contrary":
                answers = library.question[authority.holding.question].answers
                conclusion = answers[authority.holding.answer].conclusion
                against.append(Contrary(authority, conclusion))
            elif effect:
                groups[effect == "supports"].append(authority)
    supports = _leading_first(ranked(groups[True]), findings)
    known = {a.holding.precedent.id for a in supports}
    others = [a for a in ranked(groups[False]) if a.holding.precedent.id not in known]
    conclusions = {c.authority: c.conclusion for c in reversed(against)}
    contrary = tuple(Contrary(a, conclusions[a]) for a in ranked(conclusions))
    return ByOutcome(supports, tuple(others), contrary)


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
    if any(_side(finding, a) is not _side(finding, finding.answer) for finding, a in met):
        return "contrary"
    return "supports" if all(finding.answer == a for finding, a in met) else "standard"


def _only_permits(holding: Holding) -> bool:
    """Whether it is a rule that gives a court discretion, which is adverse to no outcome."""
    return holding.precedent.kind is Kind.RULE and holding.force is not Force.REQUIRES


def _side(finding: Finding, answer: str) -> bool | None:
    return finding.question.answers[answer].side


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
    between = " " if cite.startswith("(") else ", "
    mark = "" if holding.pin else UNPINNED
    return spans(Span(abbreviated(precedent.caption), Style.CASE), f"{between}{cite}{mark}")


def cited_order(order: DecidedOrder | Case) -> Spans:
    """A decided order as a citation."""
    return spans(Span(abbreviated(order.caption), Style.CASE), captioned("", order.citation))


def cited_short(holding: Holding) -> Spans:
    """The short form, with a dagger where no pin cite is known; a rule has none."""
    precedent = holding.precedent
    if precedent.source.rule:
        return spans(precedent.source.rule)
    rest = short_citation(precedent, holding.pin).removeprefix(precedent.short)
    mark = "" if holding.pin else UNPINNED
    return spans(Span(precedent.short, Style.CASE), f"{rest}{mark}")


def cited_again(holding: Holding) -> Spans:
    """The short form after a full citation: of an unreported decision, its docket number."""
    source = holding.precedent.source
    if source.rule or source.volume or holding.pin or not source.docket:
        return cited_short(holding)
    short = Span(holding.precedent.short, Style.CASE)
    return spans(short, f", {source.docket}{UNPINNED}")


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
    Verified.FULL: "full opinion read",
    Verified.PRIMARY: "opinion read in part",
    Verified.SECONDARY: "read as quoted in a later opinion",
}
_READ_OF_A_RULE = {
    Verified.FULL: "full text read",
    Verified.PRIMARY: "read in part",
    Verified.SECONDARY: "read as quoted in an opinion",
}


def read_words(precedent: Precedent, way: Verified) -> str:
    """How a passage of a precedent was read, such as `full opinion read`."""
    of_a_rule = precedent.kind in (Kind.RULE, Kind.LOCAL_RULE)
    return (_READ_OF_A_RULE if of_a_rule else _READ)[way]


SUPREME, APPEALS, DISTRICTS = "Supreme Court", "Courts of appeals", "District courts"
RULES, LOCAL_RULES = "Rules", "Local rules"
GROUPS = (SUPREME, APPEALS, DISTRICTS, RULES, LOCAL_RULES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage cited, and the holdings that rest on it."""

    citation: str
    authorities: tuple[Authority, ...]

    @property
    def precedent(self) -> Precedent:
        """What is cited."""
        return self.authorities[0].holding.precedent

    @property
    def verified(self) -> tuple[Verified, ...]:
        """How its quotations were checked, each way once."""
        return tuple(dict.fromkeys(p.holding.verified for p in self.authorities))


def table_of_authorities(
    library: Library, cited: Iterable[Authority]
) -> dict[str, tuple[Entry, ...]]:
    """The passages by group: cases by court, then rules; within a court by name."""
    passages: dict[tuple[str, str], dict[str, Authority]] = {}
    for one in cited:
        passage = (cite_holding(one.holding), one.holding.url)
        passages.setdefault(passage, {}).setdefault(one.holding.id, one)
    entries = [Entry(name, tuple(holdings.values())) for (name, _), holdings in passages.items()]
    entries.sort(key=lambda entry: (_order(library, entry.precedent), entry.citation))
    groups = {
        group: tuple(e for e in entries if group_of(e.precedent) == group) for group in GROUPS
    }
    return {group: found for group, found in groups.items() if found}


def group_of(precedent: Precedent) -> str:
    """The group of the table to which a precedent belongs."""
    if precedent.kind is Kind.RULE:
        return RULES
    if precedent.kind is Kind.LOCAL_RULE:
        return LOCAL_RULES
    if SUPREME_COURT in precedent.courts:
        return SUPREME
    return APPEALS if precedent.kind in (Kind.OPINION, Kind.UNPUBLISHED) else DISTRICTS


def _order(library: Library, precedent: Precedent) -> tuple[int, int, str, str, str]:
    """Courts of appeals by circuit; district courts by State and district; then by caption."""
    group = group_of(precedent)
    circuits = list(library.courts.circuits)
    of_appeals = group == APPEALS and precedent.circuit in circuits
    circuit = circuits.index(str(precedent.circuit)) if of_appeals else -1
    state, district = _district(library, precedent)
    name = sortable(precedent.source.rule or precedent.caption)
    return GROUPS.index(group), circuit, state, district, name


def _district(library: Library, precedent: Precedent) -> tuple[str, str]:
    """The State of a district court and its full name; blanks for other courts."""
    district = library.courts.districts.get(precedent.courts[0]) if precedent.courts else None
    if district is None:
        return "", ""
    state = district.name.partition(" of ")[2].removeprefix("the ")
    return state, district.name


def sortable(text: str) -> str:
    """A key under which Rule 6 comes before Rule 26."""
    words = text.casefold().replace("(", " (").split()
    return " ".join(word.zfill(6) if word.isdigit() else word for word in words)
