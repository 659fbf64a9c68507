"""Arguments with sources, taken from the engine's own explanation of a ruling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qiwizard.law.citation import cite_holding
from qiwizard.law.forum import Placed
from qiwizard.law.library import Library
from qiwizard.law.precedent import Holding
from qiwizard.practice.items import Cite, Point
from qiwizard.reasoning.alternatives import Alternative
from qiwizard.reasoning.canons import Canon, Strength
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reports.words import STRENGTHS

MOST_CITED = 3
"""Authorities named for one step of an argument."""

_BECAUSE = {
    Canon.UNOPPOSED: "no holding says otherwise on these facts",
    Canon.SUPERIOR: "the higher authority in this forum prevails",
    Canon.SPECIFIC: "the more specific holding prevails over the general one",
    Canon.LATER: "authority of equal rank goes both ways, and the later leads",
    Canon.EVEN: "the forum has not decided it, and authority elsewhere is divided",
}


def cite_of(placed: Placed) -> Cite:
    """A holding as a source, with its weight in the forum."""
    return cite_holding_as(placed.holding, placed.weight)


def cite_holding_as(holding: Holding, remark: str = "") -> Cite:
    """A holding as a source."""
    cited = cite_holding(holding)
    text = f"{cited} ({remark})" if remark else cited
    return Cite(holding.precedent.id, text, holding.says, holding.quote)


def cites(placed: Iterable[Placed], most: int = MOST_CITED) -> tuple[Cite, ...]:
    """The first of some holdings as sources, one for each passage cited."""
    named: dict[str, Cite] = {}
    for one in placed:
        cite = cite_of(one)
        named.setdefault(cite.text, cite)
    return tuple(named.values())[:most]


def outcome_words(library: Library, outcome: str) -> str:
    """An outcome as lists name it, in lower case."""
    return library.outcomes[outcome].label.lower()


def ruling_points(library: Library, ruling: Ruling) -> Iterator[Point]:
    """The engine's ruling, the findings that carry it, and the lines that are against it."""
    carrying = carrying_findings(ruling)
    yield Point(
        f"The engine: {outcome_words(library, ruling.outcome)}, {ruling.strength.word} "
        f"({STRENGTHS[ruling.strength.word]}). {ruling.headline}",
        cites(carrying[-1].weighing.leading),
    )
    yield from (finding_point(f) for f in carrying if _worth_telling(f))
    for other in ruling.alternatives:
        yield alternative_point(library, other)


def _worth_telling(finding: Finding) -> bool:
    """Whether an answer gives the outcome or is in dispute, and does not only open the way."""
    gives = bool(finding.question.answers[finding.answer].outcome)
    return gives or finding.strength is not Strength.SETTLED


def carrying_findings(ruling: Ruling) -> tuple[Finding, ...]:
    """The findings that carry the outcome; where none is decisive by itself, the last with one."""
    if ruling.decisive:
        return ruling.decisive
    with_outcome = [f for f in ruling.findings if f.question.answers[f.answer].outcome]
    return tuple((with_outcome or list(ruling.findings))[-1:])


def turning_finding(ruling: Ruling) -> Finding:
    """The finding on which the ruling hangs most: the least sure of those that carry it."""
    carrying = carrying_findings(ruling)
    return min(reversed(carrying), key=lambda f: f.weighing.strength_of_outcome)


def finding_point(finding: Finding) -> Point:
    """One answer, why it prevails, and what stands for it and against it."""
    leading = cites(finding.weighing.leading)
    against = cites((p for p in finding.authority_against if p.rank.in_forum), 2)
    # A passage can carry a rule and its exception; it is not cited against itself.
    other = [c.text for c in against if c.text not in {lead.text for lead in leading}]
    because = _BECAUSE[finding.weighing.canon]
    named = f" Against it: {'; '.join(other)}." if other else ""
    return Point(
        f"{finding.question.asks} {finding.conclusion} That is {finding.strength.word}: "
        f"{because}.{named}",
        leading,
    )


def alternative_point(library: Library, other: Alternative) -> Point:
    """Another outcome that authority of some weight would carry."""
    return Point(
        f"The line for {outcome_words(library, other.outcome)}: {other.because}",
        cites(other.authority),
    )


def defensible(ruling: Ruling) -> tuple[str, ...]:
    """The outcomes that can be defended: the engine's, and where it is contested the others."""
    if ruling.strength is not Strength.CONTESTED:
        return (ruling.outcome,)
    return (ruling.outcome, *(other.outcome for other in ruling.alternatives))
