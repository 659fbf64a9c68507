"""A session, its ruling, and everything derived from it, computed lazily once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qiwizard.law.forum import Authority, once_each, split_by_forum
from qiwizard.law.library import Library
from qiwizard.law.precedent import DecidedOrder
from qiwizard.reasoning.composition import Basis
from qiwizard.reasoning.decided_orders import Near, closest
from qiwizard.reasoning.explanation import why
from qiwizard.reasoning.next_steps import Step, next_steps
from qiwizard.reasoning.practice_counts import Counts
from qiwizard.reasoning.ruling import Finding, Ruling, rule
from qiwizard.reasoning.what_if import Change, UnknownFact, changes, unknown_facts
from qiwizard.reports.authority import ByOutcome, by_outcome
from qiwizard.reports.dispositions import Disposition, Wording, disposition
from qiwizard.sessions.session import Session
from qiwizard.sessions.since import Reason, Since, reasons, since

BY_THE_LAST = ("partial_stay", "limited_discovery")
"""Outcomes that are explained by the last question that leads to them, others by the first."""
FEW_ORDERS = 3
"""Minimum number of district orders; below it the circuit's are counted."""


@dataclass(frozen=True, slots=True)
class CodedOrders:
    """Decided orders on a like motion, nearest first: in the district, the circuit, or all."""

    where: str
    """Such as `D.N.M.`; empty for all courts."""
    orders: tuple[DecidedOrder, ...]
    gave: tuple[DecidedOrder, ...]
    """Those of them that gave the answer that is counted."""

    @property
    def adjective(self) -> str:
        """The place before the word `orders`, such as `D.N.M. `; empty for all courts."""
        return f"{self.where} " if self.where else ""

    def with_outcome(self, outcome: str) -> tuple[DecidedOrder, ...]:
        """Those in which the court came to an outcome."""
        return tuple(order for order in self.orders if order.outcome == outcome)

    def without_outcome(self, outcome: str) -> tuple[tuple[DecidedOrder, ...], str]:
        """Those in which it came to another, and their number in words."""
        others = tuple(order for order in self.orders if order.outcome != outcome)
        count = f"{len(others)} of {len(self.orders)} coded {self.adjective}orders"
        return others, f"{count} reached a different outcome"


def coded_orders(library: Library, counts: Counts | None) -> tuple[CodedOrders, ...]:
    """The orders counted in the district, in the circuit and everywhere, where there are any."""
    if counts is None or not counts.all.answered:
        return ()
    here, circuit, every = counts.here, counts.circuit, counts.all
    found = [CodedOrders("", every.answered, every.gave)]
    if circuit.answered:
        named = library.courts.circuits[circuit.answered[0].circuit].abbreviation
        found.insert(0, CodedOrders(named, circuit.answered, circuit.gave))
    if here.answered:
        found.insert(0, CodedOrders(here.answered[0].court, here.answered, here.gave))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Report:
    """A session with its ruling: the source of every section, the card, the memo and the order."""

    library: Library
    session: Session
    today: date | None = None
    """The day up to which it says what changed since the ruling the session was opened with."""
    earlier: Session | None = None
    """The session with that ruling, where another has since been adopted."""

    @cached_property
    def ruling(self) -> Ruling:
        """The ruling under the law of the session's day."""
        return rule(self.library, self.session.posture, self.session.as_of)

    @cached_property
    def wording(self) -> Wording:
        """The words of the order, its names filled in."""
        return Wording(self.library, self.session, self.ruling)

    @cached_property
    def disposition(self) -> Disposition:
        """What the order does."""
        return disposition(self.wording)

    @cached_property
    def authority(self) -> ByOutcome:
        """All authority cited on the questions, by the outcome it supports."""
        return by_outcome(self.library, self.ruling, self.ruling.findings)

    def authority_on(self, finding: Finding) -> ByOutcome:
        """The authority on one question, by the outcome it supports."""
        return by_outcome(self.library, self.ruling, [finding])

    def support_for(self, finding: Finding) -> tuple[Authority, ...]:
        """The authority to cite for a finding; where none of the forum reaches the outcome, also
        what answers the question itself.
        """
        supports = self.authority_on(finding).supports
        here, _ = split_by_forum(supports)
        return supports if here else once_each((*finding.leading, *supports))

    @cached_property
    def reasons(self) -> tuple[Finding, ...]:
        """What decides the outcome and what gives terms, each with support of its own.

        A conclusion that only follows from another one is left out, and so is one whose row among
        `[[reason]]` does not apply.
        """
        main = deciding(self.ruling)
        giving = [finding for _, finding in why(self.library, self.ruling).terms]
        found = [f for f in self.ruling.findings if f is main or self._is_reason(f, giving)]
        return tuple(sorted(found, key=lambda f: f is not main or bool(f.question.counted)))

    def _is_reason(self, finding: Finding, giving: list[Finding]) -> bool:
        """Whether a finding decides the outcome, or gives a term on authority of its own."""
        question, authority = finding.question, self.authority_on(finding)
        backed = authority.supports or (finding.leading and not authority.contrary)
        states = finding.decisive or (
            finding in giving and not question.counted and (question.terms_only or backed)
        )
        given = f"{question.id}/{finding.answer}"
        return bool(states) and not _follows(finding) and self.wording.gives_reason(given)

    @cached_property
    def coded(self) -> tuple[CodedOrders, ...]:
        """The orders decided on a like motion, in the district, the circuit and everywhere."""
        counted = next((f.counts for f in self.ruling.findings if f.counts), None)
        return coded_orders(self.library, counted)

    @property
    def nearest_coded(self) -> CodedOrders | None:
        """The nearest group of orders that is not too small to count; None if none is."""
        return next((group for group in self.coded if len(group.orders) >= FEW_ORDERS), None)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes of fact that would change the outcome."""
        return changes(self.library, self.session.posture, self.session.as_of)

    @cached_property
    def unknown(self) -> tuple[UnknownFact, ...]:
        """The facts asked and not known, with what each value would lead to."""
        return unknown_facts(self.library, self.session.posture, self.session.as_of)

    @cached_property
    def near(self) -> tuple[Near, ...]:
        """The decided orders nearest to the facts."""
        return closest(self.library, self.session.posture, self.session.as_of)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What each side may do next."""
        return next_steps(self.library, self.session.posture, self.ruling)

    @cached_property
    def changed(self) -> Since | None:
        """Today's law beside the ruling that the session was opened with; None without one."""
        return since(self.library, self.earlier or self.session, self.today or date.today())

    @cached_property
    def since(self) -> tuple[Reason, ...]:
        """What changed since that ruling, each a sentence."""
        return reasons(self.library, self.changed) if self.changed else ()

    def shorts(self, names: Iterable[str]) -> str:
        """Facts by their short names."""
        return ", ".join(self.library.vocabulary.by_name[name].short for name in names)

    def label(self, outcome: str) -> str:
        """An outcome in words, in lower case."""
        return self.library.outcomes[outcome].label.lower()


def deciding(ruling: Ruling) -> Finding:
    """The counted question on which the outcome turns, or the question of law that leads there."""
    counted = [f for f in ruling.decisive if f.question.counted]
    if ruling.outcome in BY_THE_LAST:
        return counted[-1]
    first = counted[0]
    lead = first.leading[0].holding.question if first.leading else ""
    return ruling.finding(lead) or first


def _follows(finding: Finding) -> bool:
    """Whether a conclusion rests on the answer to another question alone."""
    if finding.basis is not Basis.LAW or finding.canon is not None:
        return False
    return all(a.holding.question != finding.question.id for a in finding.leading)
