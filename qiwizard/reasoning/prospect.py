"""What can still become of a posture: of each legal question, and so of the ruling.

The diagrams of the questions are composed as a ruling composes its answers, over every answer
that each of them can still come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from qiwizard.law.doctrine import Question
from qiwizard.law.facts import Value
from qiwizard.law.forum import Law, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.composition import Composition, arises, compose, counting
from qiwizard.reasoning.diagram import (
    NO_ANSWER,
    Compiler,
    Moves,
    Node,
    Nodes,
    Notice,
    leaf_at,
    notice,
    restrict,
)

Answers = frozenset[str | None]
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
    was_carried: bool = False
    """Whether fewer facts were already sure to make the forum carry an outcome."""

    def telling(self, name: str, value: Value | None) -> Prospect:
        """What is left once one more fact is told; None leaves it open."""
        told = Posture().leaving_open(name) if value is None else Posture.of({name: value})
        left = {
            q: restrict(node, told, self.nodes) if name in node.facts else node
            for q, node in self.diagrams.items()
        }
        return self.leaving(left)

    def leaving(self, diagrams: Mapping[str, Node]) -> Prospect:
        """The prospect once more facts are told, given what that leaves of each diagram."""
        return Prospect(self.law, diagrams, self.nodes, was_carried=self.carried)

    @cached_property
    def carried(self) -> bool:
        """Whether authority of the forum is sure to carry an outcome by itself.

        Then it alone counts towards the outcome, of the ruling and of what follows a rival answer.
        """
        ends = () if self.was_carried else self.of_forum[-1].after
        return all(state.outcome is not None for state in ends)

    @cached_property
    def of_forum(self) -> tuple[Stage, ...]:
        """How the answers of the forum can come together, without those that are defaults."""
        return _course(self._questions, tuple(n.own for n in self._nodes), with_defaults=False)

    @cached_property
    def ruling(self) -> tuple[Stage, ...]:
        """How the answers can come together in the ruling itself."""
        if self.carried:
            return _course(self._questions, tuple(n.own for n in self._nodes))
        return _course(self._questions, tuple(n.answers for n in self._nodes))

    @cached_property
    def course(self) -> tuple[Stage, ...]:
        """How the answers can come together, in the ruling or in an alternative to it.

        An answer of courts elsewhere that does not count is heard where the ruling raises it.
        """
        if not self.carried:
            return _course(self._questions, tuple(n.heard for n in self._nodes))
        ruled = zip(self._nodes, self.ruling, strict=True)
        heard = tuple(node.heard if stage.arises else node.own_heard for node, stage in ruled)
        return _course(self._questions, heard)

    @cached_property
    def ends(self) -> Answers:
        """Where the answers can lead, as far as the questions taken singly show; None: nowhere."""
        return frozenset(state.outcome for state in self.ruling[-1].after)

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
        for question, seen in _notices(self.ruling, self.course, carried=self.carried):
            node = self.diagrams[question]
            found[question] = node if seen is None else self.nodes.noticed(node, seen)
        return found

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts not yet told on which something that a ruling can show still turns."""
        return frozenset().union(*(node.facts for node in self.turning.values()))

    @property
    def _questions(self) -> tuple[Question, ...]:
        return self.law.library.questions

    @property
    def _nodes(self) -> Iterable[Node]:
        """What is left of each diagram, in the order of the questions."""
        return self.diagrams.values()


@lru_cache(maxsize=64)
def prospect_of(library: Library, posture: Posture, as_of: date) -> Prospect:
    """What can still become of a posture under the law of its forum; a key asks several times."""
    return prospects_of(law_for(library, posture, as_of)).given(posture)


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One question in the composition: the states before and after it."""

    question: Question
    before: frozenset[Standing]
    arises: bool
    """Whether it arises in some of them."""
    after: frozenset[Standing]
    moves: Moves
    """The answers that change where it leads, each with the first that leads to the same."""


@lru_cache(maxsize=65536)
def _course(
    questions: tuple[Question, ...], answers: tuple[Answers, ...], *, with_defaults: bool = True
) -> tuple[Stage, ...]:
    """Compose every combination of the answers given, question by question."""
    states = frozenset({Standing(None, settled=False, taken=frozenset())})
    stages = []
    for turn, possible in zip(_turns(questions), answers, strict=True):
        silent = turn.question.default and not with_defaults
        stages.append(_stage(turn, states, NO_ANSWER if silent else possible))
        states = stages[-1].after
    return tuple(stages)


@lru_cache(maxsize=65536)
def _notices(
    ruling: tuple[Stage, ...], course: tuple[Stage, ...], *, carried: bool
) -> tuple[tuple[str, Notice | None], ...]:
    """What can be noticed of each question that can still arise; None if all of it can."""
    return tuple(
        (heard.question.id, _notice(ruled, heard, carried=carried))
        for ruled, heard in zip(ruling, course, strict=True)
        if heard.arises
    )


def _notice(ruled: Stage, heard: Stage, *, carried: bool) -> Notice | None:
    if ruled.arises and not carried:
        return None
    added = ruled.moves if carried else None
    return notice(in_ruling=ruled.arises, moves=heard.moves, added=added)


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A question in its place among the others."""

    question: Question
    kept: Mapping[Answered, Answered]
    """The answers so far on which a later question depends, each as one that counts alike there."""


@lru_cache(maxsize=65536)
def _stage(turn: _Turn, states: frozenset[Standing], possible: Answers) -> Stage:
    question = turn.question
    raising = [s for s in states if _raises(question, s)]
    reached = {_idle(turn, state) for state in states.difference(raising)}
    for answer in possible:
        reached.update(_after(turn, answer, state) for state in raising)
    return Stage(question, states, bool(raising), frozenset(reached), _moves(turn, raising))


def _raises(question: Question, state: Standing) -> bool:
    return arises(question, dict(state.taken), state.outcome, settled=state.settled)


def _moves(turn: _Turn, raising: Iterable[Standing]) -> Moves:
    """The answers that lead elsewhere than none, each with the first that leads to the same."""
    states = tuple(raising)
    first: dict[tuple[Standing, ...], str] = {}
    nowhere = tuple(_idle(turn, state) for state in states)
    moves = set()
    for answer in turn.question.answers:
        there = tuple(_after(turn, answer, state) for state in states)
        if there != nowhere:
            moves.add((answer, first.setdefault(there, answer)))
    return frozenset(moves)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a composition stands after some questions."""

    outcome: str | None
    settled: bool
    taken: frozenset[Answered]
    """The answers taken on which some later question depends."""


def _idle(turn: _Turn, state: Standing) -> Standing:
    """Where a state stands after a question that is left without an answer."""
    return _standing(turn, state.outcome, settled=state.settled, taken=state.taken)


def _after(turn: _Turn, answer_id: str | None, state: Standing) -> Standing:
    if answer_id is None:
        return _idle(turn, state)
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
