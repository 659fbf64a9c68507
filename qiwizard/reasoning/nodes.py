"""The nodes of decision diagrams, and what of a diagram can be noticed in a ruling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.canons import Strength

UNKNOWN = None
"""The branch taken where a fact is asked and not known."""
NOWHERE = ""
"""What stands for every answer that leaves a ruling where it was."""
Answers = frozenset[str | None]
"""Answers to a question; None is none, where no holding decides."""
NO_ANSWER: Answers = frozenset({None})
Moves = frozenset[tuple[str, str]]
"""Answers that would change where a ruling leads, each with the first that does the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """The answers that a diagram can come to, by where they may be heard.

    There is one object for each, made by `hearing`, so that they compare by identity.
    """

    answers: Answers
    """What may count in the ruling: also none, where only courts elsewhere answer."""
    heard: Answers
    """What may count in the ruling or in an alternative to it: the rivals too."""
    own: Answers
    """What authority of the forum answers."""
    own_heard: Answers
    """What it answers, and the rivals of that."""


@cache
def hearing(answers: Answers, heard: Answers, own: Answers, own_heard: Answers) -> Hearing:
    """The one hearing with this content."""
    return Hearing(answers, heard, own, own_heard)


@cache
def _together(hearings: frozenset[Hearing]) -> Hearing:
    """What several diagrams can come to."""
    return hearing(
        Answers().union(*(h.answers for h in hearings)),
        Answers().union(*(h.heard for h in hearings)),
        Answers().union(*(h.own for h in hearings)),
        Answers().union(*(h.own_heard for h in hearings)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """What weighing comes to at the end of a path; no answer where no holding decides."""

    answer: str | None
    strength: Strength | None
    rivals: frozenset[str]
    """Other answers that authority would carry, one for each effect on the ruling."""
    of_forum: bool
    """Whether authority of the forum gives the answer, if there is one."""
    hearing: Hearing
    facts: ClassVar[frozenset[str]] = frozenset()
    """No fact: nothing is left open."""


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A fact on which the rest turns, and where each value, or not knowing, leads."""

    fact: str
    to: Mapping[Value | None, Node]
    facts: frozenset[str]
    """The facts on which it turns, here and further on."""
    hearing: Hearing


Node = Leaf | Branch


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """What of a question can be noticed where not every answer to it counts in the ruling.

    There is one object for each, made by `notice`, so that they compare by identity.
    """

    in_ruling: bool
    """Whether answers of the forum count in the ruling itself; else in an alternative at most."""
    moves: Moves
    """What answers move in an alternative that raises the question."""
    added: Moves | None
    """What answers that only courts elsewhere give move, where those count for nothing else."""


@cache
def notice(*, in_ruling: bool, moves: Moves, added: Moves | None) -> Notice:
    """The one notice with this content."""
    return Notice(in_ruling, moves, added)


class Nodes:
    """Makes diagram nodes so that equal ones are one object."""

    def __init__(self) -> None:
        self._leaves: dict[tuple[object, ...], Leaf] = {}
        self._branches: dict[tuple[object, ...], Branch] = {}
        self._noticed: dict[Notice, dict[Node, Node]] = {}
        self.silent = self.leaf(None, None, frozenset(), of_forum=True)

    def leaf(
        self,
        answer: str | None,
        strength: Strength | None,
        rivals: frozenset[str],
        *,
        of_forum: bool,
    ) -> Leaf:
        """The one leaf with this content."""
        key = (answer, strength, rivals, of_forum)
        known = self._leaves.get(key)
        if known is None:
            answers: Answers = frozenset({answer} if of_forum else {answer, None})
            heard = answers | rivals
            own, own_heard = (answers, heard) if of_forum else (NO_ANSWER, NO_ANSWER)
            which = hearing(answers, heard, own, own_heard)
            new = Leaf(answer, strength, rivals, of_forum, which)
            known = self._leaves.setdefault(key, new)
        return known

    def branch(self, fact: str, to: Mapping[Value | None, Node]) -> Node:
        """The one branch with these ways, or where they all lead if that is one place."""
        nodes = list(to.values())
        if all(node is nodes[0] for node in nodes):
            return nodes[0]
        key = (fact, *((type(value), value, id(node)) for value, node in to.items()))
        known = self._branches.get(key)
        if known is None:
            facts = frozenset({fact}).union(*(node.facts for node in nodes))
            which = _together(frozenset(node.hearing for node in nodes))
            known = self._branches.setdefault(key, Branch(fact, dict(to), facts, which))
        return known

    def noticed(self, node: Node, notice: Notice) -> Node:
        """A diagram reduced to what a reader of the ruling could notice of its leaves."""
        known = self._noticed.setdefault(notice, {})
        if (done := known.get(node)) is None:
            if isinstance(node, Leaf):
                done = self._as_noticed(node, notice)
            else:
                ways = {value: self.noticed(way, notice) for value, way in node.to.items()}
                done = self.branch(node.fact, ways)
            known[node] = done
        return done

    def _as_noticed(self, leaf: Leaf, notice: Notice) -> Leaf:
        if leaf.of_forum and notice.in_ruling:
            return leaf
        heard = leaf.hearing.heard
        if notice.added is not None and not leaf.of_forum:
            moved = _moved(heard, notice.added) - {NOWHERE}
        else:
            moved = _moved(heard, notice.moves)
        if moved <= {NOWHERE}:
            return self.silent
        return self.leaf(None, None, moved, of_forum=leaf.of_forum)


def _moved(heard: Iterable[str | None], moves: Moves) -> frozenset[str]:
    """Where answers lead: for each the first that leads there."""
    to = dict(moves)
    return frozenset(to.get(answer or NOWHERE, NOWHERE) for answer in heard)


def restrict(node: Node, posture: Posture, nodes: Nodes) -> Node:
    """What is left of a diagram once the facts of a posture are told."""
    told = posture.open.union(posture.known)
    memo: dict[int, Node] = {}

    def walk(at: Node) -> Node:
        if isinstance(at, Leaf) or told.isdisjoint(at.facts):
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


def leaf_at(node: Node, known: Mapping[str, Value]) -> Leaf:
    """The end of the path that the known facts take; the others are not known."""
    while isinstance(node, Branch):
        node = node.to[known.get(node.fact, UNKNOWN)]
    return node
