"""Decision diagrams: what a legal question can still come to, fact by fact.

For one question under one law, the diagram branches on the facts in the order of the
interview and ends in the answer, its strength and its rivals. It is reduced: a fact on which
nothing turns does not appear. That makes relevance exact per question and cheap to compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qiwizard.canons import Strength, weigh
from qiwizard.condition import Condition
from qiwizard.doctrine import Question
from qiwizard.facts import Value
from qiwizard.law import Law, Placed
from qiwizard.posture import Posture

UNKNOWN = None
"""The branch taken where a fact is asked and not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """What weighing comes to at the end of a path; no answer where no holding decides."""

    answer: str | None
    strength: Strength | None
    rivals: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A fact on which the rest turns, and where each value, or not knowing, leads."""

    fact: str
    to: Mapping[Value | None, Node]


Node = Leaf | Branch


@dataclass(frozen=True, slots=True)
class _Pending:
    """A holding on the way through the facts: what it, and each limit on it, still needs."""

    placed: Placed
    needs: tuple[str, ...]
    limits: tuple[tuple[Condition, tuple[str, ...]], ...]

    @property
    def applies(self) -> bool:
        return not self.needs and not self.limits


class Nodes:
    """Makes diagram nodes so that equal ones are one object."""

    def __init__(self) -> None:
        self._leaves: dict[tuple[object, ...], Leaf] = {}
        self._branches: dict[tuple[object, ...], Branch] = {}

    def leaf(self, answer: str | None, strength: Strength | None, rivals: tuple[str, ...]) -> Leaf:
        """The one leaf with this content."""
        return self._leaves.setdefault((answer, strength, rivals), Leaf(answer, strength, rivals))

    def branch(self, fact: str, to: Mapping[Value | None, Node]) -> Node:
        """The one branch with these ways, or where they all lead if that is one place."""
        nodes = list(to.values())
        if all(node is nodes[0] for node in nodes):
            return nodes[0]
        key = (fact, *((type(value), value, id(node)) for value, node in to.items()))
        return self._branches.setdefault(key, Branch(fact, dict(to)))


class Compiler:
    """Builds the diagrams of one law."""

    def __init__(self, law: Law, nodes: Nodes) -> None:
        self._law = law
        self._vocabulary = law.library.vocabulary
        self._nodes = nodes

    def compile(self, question: Question) -> Node:
        """The diagram of one question."""
        memo: dict[tuple[_Pending, ...], Node] = {}
        start = tuple(
            _Pending(
                placed,
                self._vocabulary.in_order(placed.holding.when.facts),
                tuple((c, self._vocabulary.in_order(c.facts)) for c in placed.limits),
            )
            for placed in self._law.on(question.id)
        )
        return self._build(question, start, memo)

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
            node: Node = self._leaf(question, pending)
        else:
            values = (*self._vocabulary.by_name[fact].values, UNKNOWN)
            node = self._nodes.branch(
                fact,
                {
                    value: self._build(question, _told(pending, fact, value), memo)
                    for value in values
                },
            )
        memo[pending] = node
        return node

    def _next_fact(self, pending: tuple[_Pending, ...]) -> str | None:
        waiting = {p.needs[0] for p in pending if p.needs}
        waiting |= {needs[0] for p in pending for _, needs in p.limits}
        return min(waiting, key=self._vocabulary.position) if waiting else None

    def _leaf(self, question: Question, pending: tuple[_Pending, ...]) -> Leaf:
        weighing = weigh(question, [p.placed for p in pending])
        if weighing is None:
            return self._nodes.leaf(None, None, ())
        return self._nodes.leaf(weighing.answer, weighing.strength, weighing.rivals)


def _heard(pending: tuple[_Pending, ...]) -> tuple[_Pending, ...]:
    """Leave out authority from elsewhere once the forum itself has spoken."""
    if any(p.applies and p.placed.rank.in_forum and p.placed.holding.grounded for p in pending):
        return tuple(p for p in pending if p.placed.rank.in_forum)
    return pending


def _told(pending: tuple[_Pending, ...], fact: str, value: Value | None) -> tuple[_Pending, ...]:
    """The holdings that are left once a fact is told, or left open."""
    return tuple(told for p in pending if (told := _tell(p, fact, value)) is not None)


def _tell(pending: _Pending, fact: str, value: Value | None) -> _Pending | None:
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
    return _Pending(pending.placed, needs, tuple(limits))


def restrict(node: Node, posture: Posture, nodes: Nodes) -> Node:
    """What is left of a diagram once the facts of a posture are told."""
    memo: dict[int, Node] = {}

    def walk(at: Node) -> Node:
        if isinstance(at, Leaf):
            return at
        done = memo.get(id(at))
        if done is None:
            if at.fact in posture.known:
                done = walk(at.to[posture.known[at.fact]])
            elif at.fact in posture.open:
                done = walk(at.to[UNKNOWN])
            else:
                done = nodes.branch(at.fact, {v: walk(n) for v, n in at.to.items()})
            memo[id(at)] = done
        return done

    return walk(node)


def each_node(node: Node) -> Iterator[Node]:
    """Every node of a diagram once."""
    seen: set[int] = set()
    stack = [node]
    while stack:
        at = stack.pop()
        if id(at) in seen:
            continue
        seen.add(id(at))
        yield at
        if isinstance(at, Branch):
            stack.extend(at.to.values())


def facts_in(node: Node) -> frozenset[str]:
    """The facts on which a diagram turns."""
    return frozenset(at.fact for at in each_node(node) if isinstance(at, Branch))


def leaves_of(node: Node) -> frozenset[Leaf]:
    """Everything a diagram can come to."""
    return frozenset(at for at in each_node(node) if isinstance(at, Leaf))
