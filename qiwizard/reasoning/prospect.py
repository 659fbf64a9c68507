"""What can still become of a posture: of each legal question, and so of the ruling.

The diagrams of the questions are composed as a ruling composes its answers, over every answer
that each of them can still come to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from qiwizard.law.facts import Value
from qiwizard.law.forum import Law, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import Composition, compose, counting
from qiwizard.reasoning.courses import Courses, courses_of
from qiwizard.reasoning.diagram import Compiler
from qiwizard.reasoning.nodes import Answers, Node, Nodes, leaf_at, restrict


class Prospects:
    """The diagrams of all questions under one law."""

    def __init__(self, law: Law) -> None:
        self.law = law
        compiler = _compiler_of(law.library)
        self.nodes = compiler.nodes
        self._diagrams = {q.id: compiler.compile(q, law) for q in law.library.questions}

    def given(self, posture: Posture) -> Prospect:
        """What can still become of each question once a posture's facts are told."""
        left = {q: restrict(node, posture, self.nodes) for q, node in self._diagrams.items()}
        return Prospect(self.law, left, self.nodes)

    def forgetting(self, name: str, posture: Posture, prospect: Prospect) -> Prospect:
        """The prospect of a posture, were one of its facts not told."""
        fewer = posture.forgetting(name)
        left = {
            q: restrict(node, fewer, self.nodes) if name in node.facts else prospect.diagrams[q]
            for q, node in self._diagrams.items()
        }
        return Prospect(self.law, left, self.nodes)

    def outcome(self, known: Mapping[str, Value]) -> str | None:
        """The outcome on some facts."""
        return self.composed(known).outcome

    def composed(self, known: Mapping[str, Value]) -> Composition:
        """Each diagram followed to its end on some facts, and the answers composed."""
        ends = {q: leaf_at(node, known) for q, node in self._diagrams.items()}
        given = {q: leaf.answer for q, leaf in ends.items() if leaf.answer is not None}
        own = {q for q, leaf in ends.items() if leaf.of_forum}
        questions = self.law.library.questions
        return compose(questions, counting(questions, given, own))


@lru_cache(maxsize=4)
def _compiler_of(library: Library) -> Compiler:
    """One compiler a library: the laws of two forums share most of their diagrams."""
    return Compiler(library)


@lru_cache(maxsize=256)
def prospects_of(law: Law) -> Prospects:
    """The diagrams of a law, compiled once."""
    return Prospects(law)


@dataclass(frozen=True, eq=False)
class Prospect:
    """What can still become of each question, and so of the ruling."""

    law: Law
    diagrams: Mapping[str, Node]
    """By question, in the order in which they are composed."""
    nodes: Nodes

    def telling(self, name: str, value: Value | None) -> Prospect:
        """What is left once one more fact is told; None leaves it open."""
        told = Posture().leaving_open(name) if value is None else Posture.of({name: value})
        left = {
            q: restrict(node, told, self.nodes) if name in node.facts else node
            for q, node in self.diagrams.items()
        }
        return Prospect(self.law, left, self.nodes)

    @cached_property
    def courses(self) -> Courses:
        """How the answers can come together, as far as the questions taken singly show."""
        hearings = tuple([node.hearing for node in self.diagrams.values()])
        return courses_of(self.law.library.questions, hearings)

    @cached_property
    def ends(self) -> Answers:
        """Where the answers can lead, as far as the questions taken singly show; None: nowhere."""
        return frozenset(state.outcome for state in self.courses.ruling[-1].after)

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that can still be reached, as far as the questions taken singly show."""
        return frozenset(outcome for outcome in self.ends if outcome is not None)

    @cached_property
    def turning(self) -> Mapping[str, Node]:
        """By question that can still arise, its diagram as far as a ruling can show it.

        A question that can arise in an alternative alone shows only by the outcome it leads to;
        one that only courts elsewhere answer, where the forum carries the outcome, likewise.
        """
        found = {}
        for question, notice in self.courses.notices:
            node = self.diagrams[question]
            found[question] = node if notice is None else self.nodes.noticed(node, notice)
        return found

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts not yet told on which something that a ruling can show still turns."""
        return frozenset().union(*(node.facts for node in self.turning.values()))


@lru_cache(maxsize=64)
def prospect_of(library: Library, posture: Posture, as_of: date) -> Prospect:
    """What can still become of a posture under the law of its forum; a key asks several times."""
    return prospects_of(law_for(library, posture, as_of)).given(posture)
