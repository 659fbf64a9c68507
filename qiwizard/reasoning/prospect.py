"""What can still become of a posture: of each legal question, and so of the ruling.

The diagrams of the questions are composed as a ruling composes its answers, over every answer
that each of them can still come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from qiwizard.law.doctrine import Question
from qiwizard.law.facts import Value
from qiwizard.law.forum import Law, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import Composition, arises, compose, counting
from qiwizard.reasoning.diagram import Compiler, Node, Nodes, leaf_at, restrict

Answered = tuple[str, str]
"""A question and an answer to it."""


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

    def turns_on(self, question: str, name: str, posture: Posture) -> bool:
        """Whether a question turns on a fact, the other facts of the posture being told."""
        diagram = self._diagrams[question]
        if name not in diagram.facts:
            return False
        return name in restrict(diagram, posture.forgetting(name), self.nodes).facts


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
    def course(self) -> tuple[Stage, ...]:
        """How the answers can come together, in the ruling or in an alternative to it."""
        return tuple(_course(self.law.library.questions, self._each("heard")))

    @cached_property
    def arising(self) -> frozenset[str]:
        """The questions that can still arise, in the ruling or in an alternative to it."""
        return frozenset(stage.question.id for stage in self.course if stage.arises)

    @cached_property
    def ends(self) -> frozenset[str | None]:
        """Where the answers can lead, as far as the questions taken singly show; None: nowhere."""
        *_, last = _course(self.law.library.questions, self._each("answers"))
        return frozenset(state.outcome for state in last.after)

    @cached_property
    def outcomes(self) -> frozenset[str]:
        """The outcomes that can still be reached, as far as the questions taken singly show."""
        return frozenset(outcome for outcome in self.ends if outcome is not None)

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts not yet told that can still change the answer to a question that can arise."""
        return frozenset().union(*(self.diagrams[question].facts for question in self.arising))

    def _each(self, which: Literal["heard", "answers"]) -> Iterator[frozenset[str | None]]:
        return (getattr(self.diagrams[q.id], which) for q in self.law.library.questions)


@lru_cache(maxsize=64)
def prospect_of(library: Library, posture: Posture, as_of: date) -> Prospect:
    """What can still become of a posture under the law of its forum; a key asks several times."""
    return prospects_of(law_for(library, posture, as_of)).given(posture)


@dataclass(frozen=True, slots=True)
class Stage:
    """One question in the composition: the states before and after it."""

    question: Question
    before: frozenset[Standing]
    arises: bool
    """Whether it arises in some of them."""
    after: frozenset[Standing]


def _course(
    questions: tuple[Question, ...], answers: Iterable[frozenset[str | None]]
) -> Iterator[Stage]:
    """Compose every combination of the answers given, question by question."""
    states = frozenset({Standing(None, settled=False, taken=frozenset())})
    for turn, possible in zip(_turns(questions), answers, strict=True):
        stage = _stage(turn, states, possible)
        yield stage
        states = stage.after


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A question in its place among the others."""

    question: Question
    kept: Mapping[Answered, Answered]
    """The answers so far on which a later question depends, each as one that counts alike there."""


@lru_cache(maxsize=65536)
def _stage(turn: _Turn, states: frozenset[Standing], possible: frozenset[str | None]) -> Stage:
    question = turn.question
    reached: set[Standing] = set()
    arising = False
    for state in states:
        idle = _standing(turn, state.outcome, settled=state.settled, taken=state.taken)
        if arises(question, dict(state.taken), state.outcome, settled=state.settled):
            arising = True
            reached.update(idle if a is None else _after(turn, a, state) for a in possible)
        else:
            reached.add(idle)
    return Stage(question, states, arising, frozenset(reached))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a composition stands after some questions."""

    outcome: str | None
    settled: bool
    taken: frozenset[Answered]
    """The answers taken on which some later question depends."""


def _after(turn: _Turn, answer_id: str, state: Standing) -> Standing:
    answer = turn.question.answers[answer_id]
    return _standing(
        turn,
        answer.becomes(state.outcome),
        settled=state.settled or answer.settles,
        taken=state.taken | {(turn.question.id, answer_id)},
    )


def _standing(
    turn: _Turn, outcome: str | None, *, settled: bool, taken: frozenset[Answered]
) -> Standing:
    kept = frozenset(turn.kept[pair] for pair in taken if pair in turn.kept)
    return Standing(outcome, settled=settled, taken=kept)


@lru_cache(maxsize=8)
def _turns(questions: tuple[Question, ...]) -> tuple[_Turn, ...]:
    return tuple(
        _Turn(question, _kept(questions[: n + 1], questions[n + 1 :]))
        for n, question in enumerate(questions)
    )


def _kept(
    earlier: tuple[Question, ...], later: tuple[Question, ...]
) -> Mapping[Answered, Answered]:
    """Which answers to earlier questions later ones depend on; the first stands for its equals."""
    kept: dict[Answered, Answered] = {}
    first: dict[object, Answered] = {}
    for question in earlier:
        for answer in question.answers:
            uses = tuple(
                (asked.id, needed)
                for asked in later
                for needed, guard in ((True, asked.after), (False, asked.unless))
                if answer in guard.get(question.id, ())
            )
            if uses:
                given = (question.id, answer)
                kept[given] = first.setdefault((question.id, uses), given)
    return kept
