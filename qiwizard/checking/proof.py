"""The reasoning proved: in every circuit and period, every holding counts and every path rules.

For each forum on each day on which the law changes, every holding in force is tried on the
postures that just meet it, by itself and beside each holding that could conflict with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, islice, product

from qiwizard.law.facts import Condition, Value
from qiwizard.law.forum import Authority, Law, law_of_forum
from qiwizard.law.library import Library
from qiwizard.law.questions import Question
from qiwizard.reasoning.weighing import outranked, same_court, weigh

MOST_POSTURES = 64
"""Combinations of permitted values tried for one holding, or one pair."""


@dataclass(slots=True)
class Proof:
    """The counts of what was checked, and the problems found."""

    laws: int = 0
    """Number of forums checked: each circuit in each period, each district today."""
    postures: int = 0
    conflicts: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of holdings of equal rank that answer one posture differently."""
    leading: set[str] = field(default_factory=set)
    """Holdings, by id, that prevail on some posture."""
    problems: list[str] = field(default_factory=list)


def prove(library: Library, today: date) -> Proof:
    """Check the law of every forum and date; return the problems found."""
    proof = Proof()
    proof.problems += path_problems(library.questions, frozenset(library.outcomes))
    for law in laws(library, today):
        proof.laws += 1
        for question in library.questions:
            _prove_question(law, question, proof)
    proof.problems = list(dict.fromkeys(proof.problems))
    return proof


def path_problems(questions: tuple[Question, ...], outcomes: frozenset[str]) -> Iterator[str]:
    """Where a combination of answers to the counted questions would not end in one outcome."""
    counted = [question for question in questions if question.counted]
    reached: set[str] = set()
    for place, question in enumerate(counted):
        last = place == len(counted) - 1
        for side in (True, False):
            ends = {a.outcome for a in question.answers.values() if a.side is side}
            if not ends:
                yield f"{question.id}: no answer for {'yes' if side else 'no'}"
            if len(ends) > 1:
                yield f"{question.id}: the answers of one side differ in outcome"
            if last and None in ends:
                yield f"{question.id}: the last counted question leaves a path without an outcome"
            reached |= {outcome for outcome in ends if outcome}
    yield from (f"no path leads to {outcome}" for outcome in sorted(outcomes - reached))


def laws(library: Library, today: date) -> Iterator[Law]:
    """The law of each circuit on each day it changes, and of each district with its own today."""
    for circuit in library.courts.circuits:
        for day in turning_days(library, circuit, today):
            yield law_of_forum(library, day, circuit, None)
    own = {court for p in library.precedents.values() for court in p.courts}
    for district in library.courts.districts.values():
        if district.id in own:
            yield law_of_forum(library, today, district.circuit, district.id)


def turning_days(library: Library, circuit: str | None, today: date) -> tuple[date, ...]:
    """The days on which the law of a circuit changes, from the first of the library to today."""
    days = {library.about.begins, today}
    for precedent in library.precedents.values():
        if precedent.circuit in (None, circuit):
            days |= {holding.since for holding in library.holdings_of(precedent)}
            days |= {event.since for event in precedent.history}
    return tuple(sorted(day for day in days if library.about.begins <= day <= today))


def _prove_question(law: Law, question: Question, proof: Proof) -> None:
    own = [a for a in law.on(question.id) if a.rank.in_forum]
    for authority in own:
        for bits in _postures(law, [authority.holding.when, question.when]):
            if authority.within_limits(bits):
                _prove_posture(law, question, bits, proof)
    for one, other in _rivals(own):
        together = [one.holding.when, other.holding.when, question.when]
        for bits in _postures(law, together):
            if one.within_limits(bits) and other.within_limits(bits):
                _prove_posture(law, question, bits, proof)
                _prove_marked(law, question, bits, (one, other), proof)


def _prove_posture(law: Law, question: Question, bits: int, proof: Proof) -> None:
    """Weigh the holdings on one posture: cited, and marked where equals conflict."""
    applying = law.applying(bits).get(question.id, ())
    proof.postures += 1
    if not applying:
        return
    weighing = weigh(applying)
    proof.leading |= {a.holding.id for a in weighing.leading}
    if not weighing.leading:
        proof.problems.append(f"{question.id}: an answer without authority")
    if not weighing.divided:
        return
    first = weighing.leading[0]
    equals = {a.holding.answer: a.holding.id for a in weighing.against if _equal(a, first)}
    proof.conflicts |= {(first.holding.id, other) for other in equals.values()}


def _prove_marked(
    law: Law, question: Question, bits: int, pair: tuple[Authority, Authority], proof: Proof
) -> None:
    """Two equals that conflict, one of them leading, must be marked as a division."""
    weighing = weigh(law.applying(bits)[question.id])
    one, other = pair
    meet = one in weighing.leading and not outranked(other, pair) and not outranked(one, pair)
    if meet and not weighing.divided:
        ids = f"{one.holding.id} and {other.holding.id}"
        proof.problems.append(f"{question.id}: {ids} conflict unmarked")


def _equal(one: Authority, other: Authority) -> bool:
    """Whether two holdings have the same voice and rank."""
    return one.voice is other.voice and one.rank is other.rank


def _rivals(own: list[Authority]) -> Iterator[tuple[Authority, Authority]]:
    """Pairs of equal voice and rank with different answers, neither of which outranks the other."""
    for one, other in combinations(own, 2):
        answers = {one.holding.answer, other.holding.answer}
        if len(answers) == 2 and _equal(one, other) and same_court(one, other):
            yield one, other


def _postures(law: Law, conditions: list[Condition]) -> Iterator[int]:
    """Minimal postures, as bits, that meet several conditions at once."""
    facts: dict[str, frozenset[Value]] = {}
    for condition in conditions:
        for name, values in condition.facts.items():
            facts[name] = facts.get(name, values) & values
    vocabulary = law.library.vocabulary
    ordered = [
        [vocabulary.bit(name, v) for v in vocabulary.by_name[name].values if v in values]
        for name, values in facts.items()
    ]
    for combination in islice(product(*ordered), MOST_POSTURES):
        yield sum(combination)
