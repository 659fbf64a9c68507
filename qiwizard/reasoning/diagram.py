"""Decision diagrams: what a legal question can still come to, fact by fact.

For one question under one law, the diagram branches on the facts in the order of the
interview and ends in the answer, its strength and its rivals. It is reduced: a fact on which
nothing turns does not appear. That makes relevance exact per question and cheap to compute.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from qiwizard.law.condition import Condition
from qiwizard.law.doctrine import Question
from qiwizard.law.effects import effects_of
from qiwizard.law.facts import Value
from qiwizard.law.forum import Law, Placed, Rank
from qiwizard.law.library import Library
from qiwizard.reasoning.canons import Strength, Weighing, weigh
from qiwizard.reasoning.nodes import UNKNOWN, Leaf, Node, Nodes

Limits = tuple[tuple[Condition, tuple[str, ...]], ...]
"""Each condition that would silence a holding, with the facts it still needs."""


@dataclass(frozen=True, slots=True, eq=False)
class _Pending:
    """A holding on the way through the facts: what it, and each limit on it, still needs.

    There is one object for each such state of a holding, so that paths compare by identity.
    """

    placed: Placed
    needs: tuple[str, ...]
    limits: Limits
    rank: Rank
    answer: str
    waits_for: frozenset[str]
    """The facts that come next for the holding and for each limit; no other can change it."""
    spoken: bool
    """Whether it applies, and nothing can silence it any more."""
    decides_alone: bool


class _States:
    """The states that holdings pass through as facts are told."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], _Pending] = {}
        self._told: dict[tuple[str, Value | None], _Told] = {}

    def state(self, placed: Placed, needs: tuple[str, ...], limits: Limits) -> _Pending:
        """The one state with this content."""
        key = (placed, needs, limits)
        if key not in self._known:
            waits_for = frozenset((*needs[:1], *(wants[0] for _, wants in limits)))
            self._known[key] = _Pending(
                placed=placed,
                needs=needs,
                limits=limits,
                rank=placed.rank,
                answer=placed.holding.answer,
                waits_for=waits_for,
                spoken=not waits_for,
                decides_alone=placed.decides_alone,
            )
        return self._known[key]

    def told(
        self, pending: tuple[_Pending, ...], fact: str, value: Value | None
    ) -> tuple[_Pending, ...]:
        """The holdings once a fact is told or left open, without those that can speak no more."""
        key = (fact, value)
        if key not in self._told:
            self._told[key] = _Told(self, fact, value)
        # Forty million of these are looked up in a proof: hence no loop of Python's own.
        return tuple(filter(None, map(self._told[key].__getitem__, pending)))


class _Told(dict[_Pending, _Pending | None]):
    """What becomes of each holding once a fact is told, worked out when it is first met."""

    def __init__(self, states: _States, fact: str, value: Value | None) -> None:
        super().__init__()
        self._states = states
        self._fact = fact
        self._value = value

    def __missing__(self, pending: _Pending) -> _Pending | None:
        self[pending] = self._tell(pending)
        return self[pending]

    def _tell(self, pending: _Pending) -> _Pending | None:
        fact, value = self._fact, self._value
        if fact not in pending.waits_for:
            return pending
        needs = pending.needs
        if needs and needs[0] == fact:
            if value is UNKNOWN or value not in pending.placed.holding.when.facts[fact]:
                return None
            needs = needs[1:]
        limits = []
        for condition, wants in pending.limits:
            if wants[0] != fact:
                limits.append((condition, wants))
            elif value is not UNKNOWN and value in condition.facts[fact]:
                if len(wants) == 1:
                    return None
                limits.append((condition, wants[1:]))
        return self._states.state(pending.placed, needs, tuple(limits))


class Compiler:
    """Builds the diagrams of a library's questions, sharing what laws have in common."""

    def __init__(self, library: Library) -> None:
        self.nodes = Nodes()
        self._effects = effects_of(library.questions)
        self._vocabulary = library.vocabulary
        self._states = _States()
        self._built: dict[str, dict[tuple[_Pending, ...], Node]] = {}

    def compile(self, question: Question, law: Law) -> Node:
        """The diagram of one question under one law."""
        memo = self._built.setdefault(question.id, {})
        start = tuple(self._waiting(p) for p in law.on(question.id) if p.holding.grounded)
        return self._build(question, start, memo)

    def _waiting(self, placed: Placed) -> _Pending:
        in_order = self._vocabulary.in_order
        needs = in_order(placed.holding.when.facts)
        limits = tuple((c, in_order(c.facts)) for c in placed.limits)
        return self._states.state(placed, needs, limits)

    def _build(
        self,
        question: Question,
        pending: tuple[_Pending, ...],
        memo: dict[tuple[_Pending, ...], Node],
    ) -> Node:
        pending = _heard(pending)
        if pending in memo:
            return memo[pending]
        fact = self._next_fact(pending)
        if fact is None:
            node: Node = self.weighed(question, tuple(p.placed for p in pending))
        else:
            ways: dict[Value | None, Node] = {}
            for value in (*self._vocabulary.by_name[fact].values, UNKNOWN):
                told = self._states.told(pending, fact, value)
                ways[value] = self._build(question, told, memo)
            node = self.nodes.branch(fact, ways)
        memo[pending] = node
        return node

    def _next_fact(self, pending: tuple[_Pending, ...]) -> str | None:
        waiting = frozenset[str]().union(*(p.waits_for for p in pending))
        return min(waiting, key=self._vocabulary.position) if waiting else None

    def weighed(self, question: Question, applicable: tuple[Placed, ...]) -> Leaf:
        """The leaf of a path on which these holdings apply, those that count no more left out."""
        weighing = weigh(question, applicable, self._effects)
        return self.nodes.silent if weighing is None else self._noticed(question, weighing)

    def _noticed(self, question: Question, weighing: Weighing) -> Leaf:
        """What a reader of the ruling could notice of a weighing.

        An answer without any effect is like none; how sure an answer is counts only where some
        answer bears on the outcome; rivals count by their effect.
        """
        answer = question.answers[weighing.answer]
        bearing = self._effects.bears_on_outcome(question)
        own = self._effects.of(question, answer)
        rivals = frozenset[str]()
        if bearing and weighing.strength is not Strength.SETTLED:
            rivals = self._effects.one_for_each(question, weighing.rivals, besides=own)
        if not rivals and own.is_nothing and not answer.terms and not answer.instead_of:
            return self.nodes.silent
        return self.nodes.leaf(
            weighing.answer,
            weighing.strength_of_outcome if bearing else None,
            rivals,
            of_forum=weighing.of_forum or not bearing,
        )


def _heard(pending: tuple[_Pending, ...]) -> tuple[_Pending, ...]:
    """Leave out what can no longer be heard, so that paths that come to the same are shared.

    Below the highest rank that has surely spoken a holding counts only for its answer and for
    whether it may settle it, and not after one that has surely said as much; where the highest
    rank surely settles the question it does not count at all. Where that rank only leaves the
    matter open, it also counts that someone below answers otherwise.
    """
    first = next((p for p in pending if p.spoken), None)
    if first is None:
        return pending
    rank = first.rank
    above = tuple(takewhile(lambda p: p.rank >= rank, pending))
    if all(p.rank == rank and p.decides_alone for p in above):
        return above
    heard = list(above)
    counted = [] if rank is Rank.DISCRETION else [p for p in above if p.spoken]
    said = {(p.answer, alone) for p in counted for alone in (False, p.decides_alone)}
    for p in pending[len(above) :]:
        if (p.answer, p.decides_alone) not in said:
            heard.append(p)
            if p.spoken:
                said |= {(p.answer, False), (p.answer, p.decides_alone)}
    return tuple(heard)
