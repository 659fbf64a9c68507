"""Why: a ruling as a tree, from the terms of the order down to holdings, counts and facts.

What decides the outcome stands apart from what only adds to it. Also here: why an answer
prevailed, and how a contrary authority would be distinguished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from qiwizard.law.citation import short_citation
from qiwizard.law.facts import FORUM, Value
from qiwizard.law.forum import Authority, Rank, split_by_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Kind, Precedent
from qiwizard.law.questions import Doctrine
from qiwizard.reasoning.composition import Basis
from qiwizard.reasoning.practice_counts import Count
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reasoning.weighing import Canon

CANON_SAYS = {
    Canon.UNOPPOSED: "No contrary holding applies on these facts.",
    Canon.FORCE: "Binding authority controls over persuasive authority.",
    Canon.SUPERIOR: "The higher authority in this forum controls.",
    Canon.SPECIFIC: "The more specific holding controls over the general one.",
    Canon.LATER: "Authority of equal rank is divided; the later decision is followed.",
    Canon.EVEN: "The question is open in this forum, and authority elsewhere is divided.",
}
OF_THE_FORUM = "Authority of this forum is preferred to authority from elsewhere."
BETWEEN_PANELS = "Where panels of a circuit conflict, most circuits follow the earlier decision."
NOT_A_SAMPLE = "Coded orders are not a random sample of all cases."
BY_DEFAULT = "Neither law nor practice answers the question; the movant bears the burden."
MOST_NAMED = 2
MOST_FACTS = 3
FROM_ELSEWHERE = 3
"""Maximum number of contrary authorities from elsewhere to distinguish."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding, and the terms of the order that it gives."""

    finding: Finding
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoctrineReasons:
    """A doctrine with the findings under it."""

    doctrine: Doctrine
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A ruling as a tree: its terms and what gives them, the doctrines, the findings."""

    terms: tuple[tuple[str, Finding], ...]
    deciding: tuple[DoctrineReasons, ...]
    """The findings on which the outcome rests."""
    rest: tuple[DoctrineReasons, ...]


def why(library: Library, ruling: Ruling) -> Why:
    """The tree of a ruling."""
    terms = tuple((term, _giving(ruling, term)) for term in ruling.terms)
    reasons = [Reason(f, tuple(t for t, by in terms if by is f)) for f in ruling.findings]
    return Why(
        terms=terms,
        deciding=_by_doctrine(library, (r for r in reasons if r.finding.decisive)),
        rest=_by_doctrine(library, (r for r in reasons if not r.finding.decisive)),
    )


def _giving(ruling: Ruling, term: str) -> Finding:
    """The first finding whose answer has the term."""
    return next(f for f in ruling.findings if term in f.question.answers[f.answer].terms)


def _by_doctrine(library: Library, reasons: Iterable[Reason]) -> tuple[DoctrineReasons, ...]:
    grouped = groupby(reasons, key=lambda reason: reason.finding.question.doctrine)
    return tuple(DoctrineReasons(library.doctrine(name), tuple(group)) for name, group in grouped)


def prevailed(library: Library, finding: Finding) -> str:
    """Why an answer prevailed: by which canon and over what, by counts, or by default."""
    if finding.basis is Basis.DEFAULT:
        return BY_DEFAULT
    if finding.basis is Basis.PRACTICE:
        return " ".join(counts_words(library, finding)) or BY_DEFAULT
    if finding.canon is None:
        own = any(a.holding.question == finding.question.id for a in finding.leading)
        return f"{'Required by' if own else 'Follows from'} {_names(finding.leading)}."
    says = CANON_SAYS[finding.canon]
    if finding.canon is Canon.FORCE and not finding.leading[0].binding:
        says = OF_THE_FORUM
    if finding.canon is Canon.LATER and _by_panel(finding.leading[0]):
        says = f"{says} {BETWEEN_PANELS}"
    if not finding.against or finding.canon is Canon.EVEN:
        return says
    return f"{says} Supporting: {_names(finding.leading)}; contra: {_names(finding.against)}."


def counts_words(library: Library, finding: Finding, kind: str = "coded") -> tuple[str, ...]:
    """The raw counts behind a finding, nearest first, each as a sentence; empty without counts."""
    counts = finding.counts
    if counts is None or not counts.all.answered:
        return ()
    rows = []
    if counts.here.answered:
        rows.append(f"{_ratio(counts.here)} {kind} {counts.here.answered[0].court} orders")
    if counts.circuit.answered:
        circuit = library.courts.circuits[counts.circuit.answered[0].circuit].abbreviation
        said = f"in the {circuit}" if rows else f"{kind} {circuit} orders"
        rows.append(f"{_ratio(counts.circuit)} {said}")
    rows.append(f"{_ratio(counts.all)} {'nationwide' if rows else f'{kind} orders nationwide'}")
    return (f"Practice: {', '.join(rows)}.",)


def _ratio(count: Count) -> str:
    gave, answered = count.pair
    return f"{gave} of {answered}"


def _by_panel(authority: Authority) -> bool:
    """Whether a panel of the forum's court of appeals decided it."""
    return authority.rank is Rank.OWN_CIRCUIT and authority.holding.precedent.kind is Kind.OPINION


def _names(authorities: Iterable[Authority]) -> str:
    named = list(dict.fromkeys(short_citation(a.holding.precedent) for a in authorities))
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def distinguished(library: Library, posture: Posture, authority: Authority) -> str:
    """How an authority would be distinguished, in sentences; empty if no ground appears."""
    if authority.holding.distinguish:
        return authority.holding.distinguish
    differing = "; ".join(_decided_on(library, posture, authority))
    return f"The facts differ: {differing}." if differing else ""


def contrary(finding: Finding) -> tuple[Authority, ...]:
    """The contrary holdings of the forum on a question, and the first few from elsewhere."""
    own, elsewhere = split_by_forum(finding.against)
    return (*own, *elsewhere[:FROM_ELSEWHERE])


def _decided_on(library: Library, posture: Posture, authority: Authority) -> Iterator[str]:
    """The facts on which the order was decided that differ here.

    Only facts on which some holding on the same question depends.
    """
    facts = decided_facts(library, authority.holding.precedent)
    bearing = _bearing(library, authority.holding.question)
    required = authority.holding.when.facts
    names = [
        name
        for name in library.vocabulary.in_order(bearing & facts.keys() - required.keys())
        if posture.get(name) not in (None, facts[name])
    ]
    for name in names[:MOST_FACTS]:
        fact = library.vocabulary.by_name[name]
        there, here = _lower(fact.label(facts[name])), _lower(fact.label(posture.known[name]))
        yield f"{fact.short} (there, {there}; here, {here})"


def _lower(label: str) -> str:
    """A label inside a sentence; a name such as `Eleventh Amendment` is kept."""
    second = label.partition(" ")[2][:1]
    return label if second.isupper() else label[:1].lower() + label[1:]


@lru_cache(maxsize=64)
def _bearing(library: Library, question: str) -> frozenset[str]:
    """The facts on which some holding on a question depends."""
    own = (h.when.facts for h in library.holdings if h.question == question)
    return frozenset(name for facts in own for name in facts).difference(FORUM)


def decided_facts(library: Library, precedent: Precedent) -> Mapping[str, Value]:
    """The facts on which a precedent was decided, its own or of the decided order it is."""
    if precedent.facts:
        return precedent.facts
    same = (order for order in library.orders if precedent.id in order.same_case)
    return next((order.facts for order in same if order.decided == precedent.decided), {})
