"""Which facts can still matter, which decides most, and which known ones do not matter.

Every answer to every fact not yet asked is tried on the one engine. A fact is asked if one of its
answers would change the outcome, or move its likelihood by several points; the one whose answers
move it most is asked first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qiwizard.law.facts import CIRCUIT, COURT, FORUM, MOTION, QI_ASSERTED, REQUEST, Fact, Value
from qiwizard.law.forum import Authority, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import Composition, compose
from qiwizard.reasoning.practice_counts import practice_of
from qiwizard.reasoning.ruling import rule, rule_under

SEVERAL_POINTS = 0.20
"""A fact is asked if an answer moves the likelihood of the outcome by this much."""
ESSENTIAL = (CIRCUIT, COURT, REQUEST, MOTION)
"""Asked first, in this order, whatever they would change."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is left to ask of a posture."""

    essential: tuple[str, ...]
    """Forum, request and state of the defense, as far as they were not asked."""
    deciding: tuple[str, ...]
    """Facts that can still change the outcome or move its likelihood, the most decisive first."""

    @property
    def left(self) -> tuple[str, ...]:
        """Everything that is to be asked."""
        return self.essential + self.deciding

    @property
    def next(self) -> str | None:
        """The fact to ask next; None if the result can be shown."""
        return next(iter(self.left), None)


@lru_cache(maxsize=256)
def agenda(library: Library, posture: Posture, as_of: date) -> Agenda:
    """What is left to ask: the essential facts, then what can still change the outcome."""
    essential = tuple(name for name in ESSENTIAL if _to_ask(library, posture, name))
    deciding = () if essential else _Trials(library, posture, as_of).deciding()
    return Agenda(essential, deciding)


def answered(posture: Posture, name: str) -> bool:
    """Whether a fact needs no question: it was asked, or another answer implies it."""
    if posture.asked(name):
        return True
    if name == CIRCUIT:
        return posture.get(COURT) is not None
    return name == QI_ASSERTED and posture.asked(MOTION)


def _to_ask(library: Library, posture: Posture, name: str) -> bool:
    return name in library.vocabulary.by_name and not answered(posture, name)


def askable(library: Library, posture: Posture) -> Iterator[Fact]:
    """The facts not asked yet that earlier answers do not exclude, the forum left aside."""
    bits = library.vocabulary.bits(posture.known)
    for fact in library.vocabulary.facts:
        if fact.name in FORUM or answered(posture, fact.name):
            continue
        if not fact.asked_when or any(condition.met(bits) for condition in fact.asked_when):
            yield fact


class _Trials:
    """One posture with each answer that could be given next."""

    def __init__(self, library: Library, posture: Posture, as_of: date) -> None:
        self._library = library
        self._posture = posture
        self._law = law_for(library, posture, as_of)
        self._practice = practice_of(library)
        self._now = self._composed(posture.known)

    def deciding(self) -> tuple[str, ...]:
        """The facts to ask, the one whose answers move the outcome most first."""
        moves = {fact.name: self._move(fact) for fact in askable(self._library, self._posture)}
        asked = [name for name, (largest, _) in moves.items() if largest >= SEVERAL_POINTS]
        return tuple(sorted(asked, key=lambda name: -moves[name][1]))

    def _move(self, fact: Fact) -> tuple[float, float]:
        """The largest move among the answers to a fact (a changed outcome counts as 1), and all."""
        moved = [self._moved(self._after(fact.name, value)) for value in fact.values]
        return max(moved), sum(moved) / len(moved)

    def _moved(self, after: Composition) -> float:
        if after.outcome != self._now.outcome:
            return 1.0
        outcome = self._now.outcome
        return abs(after.likelihood[outcome] - self._now.likelihood[outcome])

    def _after(self, name: str, value: Value) -> Composition:
        return self._composed({**self._posture.known, name: value})

    def _composed(self, known: Mapping[str, Value]) -> Composition:
        return compose(self._law, self._practice, self._library.vocabulary.bits(known))


@lru_cache(maxsize=64)
def refining(library: Library, posture: Posture, as_of: date) -> tuple[str, ...]:
    """Facts not asked that change only terms, strength or alternatives, in their order."""
    law, practice = law_for(library, posture, as_of), practice_of(library)
    present = rule_under(law, practice, posture).signature
    deciding = agenda(library, posture, as_of).deciding
    return tuple(
        fact.name
        for fact in askable(library, posture)
        if fact.name not in deciding
        and any(
            rule_under(law, practice, posture.stating(fact.name, value)).signature != present
            for value in fact.values
        )
    )


@lru_cache(maxsize=64)
def not_needed(library: Library, posture: Posture, as_of: date) -> frozenset[str]:
    """The known facts without which the ruling would be the same."""
    present = rule(library, posture, as_of)
    return frozenset(
        name
        for name in posture.known
        if name not in ESSENTIAL
        and rule(library, posture.forgetting(name), as_of).signature == present.signature
    )


@dataclass(frozen=True, slots=True)
class Stake:
    """Why a fact is asked: the holdings on one question that depend on it."""

    question: str
    holdings: tuple[Authority, ...]


def stakes(library: Library, posture: Posture, name: str, as_of: date) -> tuple[Stake, ...]:
    """The holdings that depend on a fact and that no known fact excludes, question by question."""
    known = posture.forgetting(name).known
    law = law_for(library, posture, as_of)
    bits = library.vocabulary.bits(known)
    found = []
    for question in library.questions:
        holdings = tuple(
            authority
            for authority in law.on(question.id)
            if _depends_on(authority, name)
            and _possible(authority, known)
            and authority.within_limits(bits)
        )
        if holdings:
            found.append(Stake(question.id, holdings))
    return tuple(found)


def _depends_on(authority: Authority, name: str) -> bool:
    return name in authority.holding.when.facts or any(name in c.facts for c in authority.limits)


def _possible(authority: Authority, known: Mapping[str, Value]) -> bool:
    return all(
        known.get(name) is None or known[name] in values
        for name, values in authority.holding.when.facts.items()
    )
