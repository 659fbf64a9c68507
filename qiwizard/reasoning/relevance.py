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
    known = library.vocabulary.by_name
    essential = tuple(n for n in ESSENTIAL if n in known and not answered(posture, n))
    return Agenda(essential, () if essential else _deciding(library, posture, as_of))


def answered(posture: Posture, name: str) -> bool:
    """Whether a fact needs no question: it was asked, or another answer implies it."""
    if posture.asked(name):
        return True
    if name == CIRCUIT:
        return posture.get(COURT) is not None
    return name == QI_ASSERTED and posture.asked(MOTION)


def askable(library: Library, posture: Posture) -> Iterator[Fact]:
    """The facts not asked yet that earlier answers do not exclude, the forum left aside."""
    bits = library.vocabulary.bits(posture.known)
    for fact in library.vocabulary.facts:
        if fact.name not in FORUM and not answered(posture, fact.name) and fact.arises(bits):
            yield fact


def _deciding(library: Library, posture: Posture, as_of: date) -> tuple[str, ...]:
    """The facts to ask: every answer that could be given next is tried.

    A changed outcome counts as a move of 1.
    """
    law, practice = law_for(library, posture, as_of), practice_of(library)

    def composed(known: Mapping[str, Value]) -> Composition:
        return compose(law, practice, library.vocabulary.bits(known))

    now = composed(posture.known)

    def move(name: str, value: Value) -> float:
        after = composed({**posture.known, name: value})
        if after.outcome != now.outcome:
            return 1.0
        return abs(after.likelihood[now.outcome] - now.likelihood[now.outcome])

    moves = {f.name: [move(f.name, v) for v in f.values] for f in askable(library, posture)}
    asked = [name for name, moved in moves.items() if max(moved) >= SEVERAL_POINTS]
    return tuple(sorted(asked, key=lambda name: -sum(moves[name]) / len(moves[name])))


@lru_cache(maxsize=64)
def refining(library: Library, posture: Posture, as_of: date) -> tuple[str, ...]:
    """Facts not asked that change only terms, strength or alternatives, in their order."""
    law, practice = law_for(library, posture, as_of), practice_of(library)
    deciding = agenda(library, posture, as_of).deciding

    def signature(facts: Posture) -> tuple[object, ...]:
        return rule_under(law, practice, facts).signature

    present = signature(posture)
    return tuple(
        fact.name
        for fact in askable(library, posture)
        if fact.name not in deciding
        and any(signature(posture.stating(fact.name, value)) != present for value in fact.values)
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


Stake = tuple[str, tuple[Authority, ...]]
"""Why a fact is asked: a question, and the holdings on it that depend on the fact."""


def stakes(library: Library, posture: Posture, name: str, as_of: date) -> tuple[Stake, ...]:
    """The holdings that depend on a fact and that no known fact excludes, question by question."""
    known = posture.forgetting(name).known
    law = law_for(library, posture, as_of)
    bits = library.vocabulary.bits(known)
    found = {
        question.id: tuple(
            authority
            for authority in law.on(question.id)
            if _depends_on(authority, name)
            and _possible(authority, known)
            and authority.within_limits(bits)
        )
        for question in library.questions
    }
    return tuple((question, holdings) for question, holdings in found.items() if holdings)


def _depends_on(authority: Authority, name: str) -> bool:
    return name in authority.holding.when.facts or any(name in c.facts for c in authority.limits)


def _possible(authority: Authority, known: Mapping[str, Value]) -> bool:
    when = authority.holding.when.facts
    return all(known[name] in when[name] for name in known.keys() & when)
