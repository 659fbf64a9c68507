"""Why: the ruling as a tree, from the terms of the order down to holdings and facts.

What decides the outcome stands apart from what only adds to it, so that a reader is shown
the one before the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qiwizard.law.citation import pin_label, short_citation
from qiwizard.law.doctrine import Doctrine
from qiwizard.law.forum import Placed, Rank
from qiwizard.law.history import GOOD_LAW, treatment
from qiwizard.law.library import Library
from qiwizard.law.precedent import Kind, Verified
from qiwizard.reasoning.canons import Canon, Weighing
from qiwizard.reasoning.ruling import Finding, Ruling

CANON_SAYS = {
    Canon.UNOPPOSED: "No holding says otherwise on these facts.",
    Canon.SUPERIOR: "The higher authority in this forum prevails.",
    Canon.SPECIFIC: "The more specific holding prevails over the general one.",
    Canon.LATER: "Authority of equal rank goes both ways; the later leads.",
    Canon.EVEN: "The forum has not decided it, and authority elsewhere is divided.",
}
DISCRETION_YIELDS = (
    "Authority that leaves it to the judge yields to that which says how it is answered here."
)
LEFT_OPEN = "No court here has answered it; what higher authority leaves to the judge leads."
BETWEEN_PANELS = "Between two panels of one circuit most circuits follow the earlier."
VERIFIED_SAYS = {
    Verified.FULL: "against the full text",
    Verified.PRIMARY: "in a copy read in part",
    Verified.SECONDARY: "only as another court or writer quotes it",
}
NO_FACT = "Rests on no particular fact: the general rule."
MOST_NAMED = 2
"""Authorities named on either side where it is said which prevailed over which."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding, and the terms of the order that it gives."""

    finding: Finding
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A doctrine with the findings under it."""

    doctrine: Doctrine
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A ruling as a tree: its terms and what gives them, the doctrines, the findings."""

    terms: tuple[tuple[str, Finding], ...]
    deciding: tuple[Branch, ...]
    """The findings without which the outcome would be another."""
    rest: tuple[Branch, ...]

    @property
    def rest_count(self) -> int:
        """How many findings do not change the outcome."""
        return sum(len(branch.reasons) for branch in self.rest)


def why(library: Library, ruling: Ruling) -> Why:
    """The tree of a ruling; where nothing decides by itself, every finding counts as deciding."""
    terms = tuple((term, _giving(ruling, term)) for term in ruling.terms)
    given: dict[str, list[str]] = {}
    for term, finding in terms:
        given.setdefault(finding.question.id, []).append(term)
    reasons = [Reason(f, tuple(given.get(f.question.id, ()))) for f in ruling.findings]
    deciding = [r for r in reasons if r.finding.decisive] or reasons
    return Why(
        terms=terms,
        deciding=_branches(library, deciding),
        rest=_branches(library, (r for r in reasons if r not in deciding)),
    )


def _giving(ruling: Ruling, term: str) -> Finding:
    """The first finding whose answer has the term."""
    return next(
        finding
        for finding in ruling.findings
        if term in finding.question.answers[finding.answer].terms
    )


def _branches(library: Library, reasons: Iterable[Reason]) -> tuple[Branch, ...]:
    grouped = groupby(reasons, key=lambda reason: reason.finding.question.doctrine)
    return tuple(Branch(library.doctrine(name), tuple(group)) for name, group in grouped)


def prevailed(finding: Finding) -> str:
    """Why an answer prevailed, and over what authority that could have decided otherwise."""
    weighing = finding.weighing
    against = tuple(placed for placed in weighing.against if placed.holding.grounded)
    says = _canon_says(weighing, against)
    if not against or weighing.canon is Canon.EVEN:
        return says
    return f"{says} For it: {_names(weighing.leading)}; against it: {_names(against)}."


def _canon_says(weighing: Weighing, against: Iterable[Placed]) -> str:
    opposed = [p.rank for p in against if p.rank.in_forum]
    if weighing.canon is Canon.SUPERIOR and opposed and max(opposed).leaves_to_judge:
        return DISCRETION_YIELDS
    if weighing.canon is Canon.SUPERIOR and weighing.leading[0].rank is Rank.DISCRETION:
        return LEFT_OPEN
    says = CANON_SAYS[weighing.canon]
    if weighing.canon is Canon.LATER and _by_panel(weighing.leading[0]):
        return f"{says} {BETWEEN_PANELS}"
    return says


def _by_panel(placed: Placed) -> bool:
    """Whether a panel of the forum's court of appeals decided it."""
    of_circuit = placed.rank in (Rank.OWN_CIRCUIT, Rank.CIRCUIT_DISCRETION)
    return of_circuit and placed.holding.precedent.kind is Kind.OPINION


def _names(authority: Iterable[Placed]) -> str:
    named = list(dict.fromkeys(short_citation(p.holding.precedent) for p in authority))
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def checked_words(placed: Placed) -> str:
    """How the quotation of a holding was checked, and that its page is not known."""
    holding = placed.holding
    pinned = holding.pin or holding.precedent.source.rule
    where = "" if pinned else f"{pin_label(holding)}; "
    return f"{where}checked {VERIFIED_SAYS[holding.verified]}"


def weight_words(placed: Placed, as_of: date) -> str:
    """What a holding weighs here, and what became of it where it is no longer good law."""
    state = treatment(placed.holding.precedent, as_of, placed.holding.key)
    return placed.weight if state == GOOD_LAW else f"{placed.weight}, {state}"
