"""The interview: which facts can still matter, in what order, and what hangs on each.

Everything here is computed from the holdings; no list of questions is kept by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from qiwizard.diagram import Compiler, Node, Nodes, leaf_at, restrict
from qiwizard.doctrine import Question
from qiwizard.facts import Value
from qiwizard.law import Law, Placed, law_for
from qiwizard.library import FORUM, Library
from qiwizard.posture import Posture
from qiwizard.ruling import Composition, arises, compose, counting

LOOK_AHEAD = 2
"""How many questions ahead every answer is tried, to say how many are left at the least."""


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
        left = {q: restrict(node, told, self.nodes) for q, node in self.diagrams.items()}
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
    for question, possible, guards in zip(questions, answers, _guards(questions), strict=True):
        stage = _stage(question, states, possible, guards)
        yield stage
        states = stage.after


@lru_cache(maxsize=65536)
def _stage(
    question: Question,
    states: frozenset[Standing],
    possible: frozenset[str | None],
    guards: frozenset[str],
) -> Stage:
    reached: set[Standing] = set()
    arising = False
    for state in states:
        kept = frozenset(pair for pair in state.taken if pair[0] in guards)
        idle = Standing(state.outcome, settled=state.settled, taken=kept)
        if arises(question, dict(state.taken), state.outcome, settled=state.settled):
            arising = True
            reached.update(
                idle if a is None else _after(question, a, idle, guards) for a in possible
            )
        else:
            reached.add(idle)
    return Stage(question, states, arising, frozenset(reached))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a composition stands after some questions."""

    outcome: str | None
    settled: bool
    taken: frozenset[tuple[str, str]]
    """The answers taken on which some later question depends."""


def _after(question: Question, answer_id: str, state: Standing, guards: frozenset[str]) -> Standing:
    answer = question.answers[answer_id]
    keep = {(question.id, answer_id)} if question.id in guards else set()
    return Standing(
        answer.becomes(state.outcome),
        settled=state.settled or answer.settles,
        taken=state.taken | keep,
    )


@lru_cache(maxsize=8)
def _guards(questions: tuple[Question, ...]) -> tuple[frozenset[str], ...]:
    """For each question, the questions on whose answers some later question depends."""
    needed = [frozenset((*q.after, *q.unless)) for q in questions]
    return tuple(frozenset().union(*needed[n + 1 :]) for n in range(len(questions)))


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is left to ask of a posture."""

    left: tuple[str, ...]
    """Facts that can still matter and were not asked, in the order of the interview."""
    at_least: int
    """How many questions there are at the least, as far as the look ahead shows."""
    idle: frozenset[str]
    """Facts that are told and have no effect as things stand."""
    outcomes: frozenset[str]
    """Outcomes that can still be reached."""

    @property
    def at_most(self) -> int:
        """How many questions there can be at most."""
        return len(self.left)

    @property
    def next(self) -> str | None:
        """The fact to ask next."""
        return self.left[0] if self.left else None


def agenda(library: Library, posture: Posture, as_of: date) -> Agenda:
    """What can still matter: the forum first, then the facts in the order of the interview."""
    prospect = prospect_of(library, posture, as_of)
    return Agenda(
        left=_left(library, posture, prospect),
        at_least=_at_least(library, posture, prospect),
        idle=idle_facts(library, posture, as_of),
        outcomes=prospect.outcomes,
    )


def prospect_of(library: Library, posture: Posture, as_of: date) -> Prospect:
    """What can still become of a posture under the law of its forum."""
    return prospects_of(law_for(library, posture, as_of)).given(posture)


def facts_left(library: Library, posture: Posture, as_of: date) -> tuple[str, ...]:
    """The facts not yet asked that can still matter, in the order of the interview."""
    return _left(library, posture, prospect_of(library, posture, as_of))


def _left(library: Library, posture: Posture, prospect: Prospect) -> tuple[str, ...]:
    names = set(prospect.facts)
    names.update(name for name in FORUM if _forum_matters(library, posture, name))
    return library.vocabulary.in_order(name for name in names if not posture.asked(name))


def _forum_matters(library: Library, posture: Posture, name: str) -> bool:
    """The circuit always matters; the district where some district of the circuit speaks."""
    if name == "circuit":
        return posture.get("court") is None
    circuit = posture.get("circuit")
    return circuit is not None and str(circuit) in _circuits_with_districts(library)


@lru_cache(maxsize=8)
def _circuits_with_districts(library: Library) -> frozenset[str]:
    return frozenset(
        circuit
        for precedent in library.precedents.values()
        for court in precedent.courts
        if court in library.courts.districts
        and (circuit := library.courts.circuit_of(court)) is not None
    )


def _at_least(library: Library, posture: Posture, prospect: Prospect) -> int:
    """A number of questions that no way through what is left falls short of.

    Before the forum is known only its own questions are sure; after that the next few
    questions are looked through with every answer, not stating it among them.
    """
    forum = [n for n in FORUM if n in _left(library, posture, prospect)]
    return len(forum) or _fewest(library, prospect, LOOK_AHEAD)


def _fewest(library: Library, prospect: Prospect, ahead: int) -> int:
    left = library.vocabulary.in_order(prospect.facts)
    if not left or not ahead:
        return len(left[:1])
    ways = (*library.vocabulary.by_name[left[0]].values, None)
    return 1 + min(_fewest(library, prospect.telling(left[0], w), ahead - 1) for w in ways)


def idle_facts(library: Library, posture: Posture, as_of: date) -> frozenset[str]:
    """The known facts on which nothing turns, the others being as they are.

    A fact that bears on whether a question arises bears on an earlier question that does, so
    it is enough to look at the questions that arise as things stand.
    """
    prospects = prospects_of(law_for(library, posture, as_of))
    arising = prospects.given(posture).arising
    return frozenset(
        name
        for name in posture.known
        if name not in FORUM and not any(prospects.turns_on(q, name, posture) for q in arising)
    )


@dataclass(frozen=True, slots=True)
class Stake:
    """Why a fact is asked: the holdings that wait for it and what they would answer."""

    question: str
    holdings: tuple[Placed, ...]


def stakes(library: Library, posture: Posture, name: str, as_of: date) -> tuple[Stake, ...]:
    """The holdings that turn on a fact, question by question, the weightiest first.

    Only holdings that no known fact excludes, on questions that can still arise.
    """
    prospect = prospect_of(library, posture.forgetting(name), as_of)
    known = {key: value for key, value in posture.known.items() if key != name}
    found = []
    for question in library.questions:
        if question.id not in prospect.arising:
            continue
        if name not in prospect.diagrams[question.id].facts:
            continue
        turning = tuple(
            p for p in prospect.law.on(question.id) if _turns_on(p, name) and _possible(p, known)
        )
        if turning:
            found.append(Stake(question.id, turning))
    return tuple(found)


def _turns_on(placed: Placed, name: str) -> bool:
    return name in placed.holding.when.facts or any(name in c.facts for c in placed.limits)


def _possible(placed: Placed, known: Mapping[str, object]) -> bool:
    return all(
        known.get(name, None) is None or known[name] in values
        for name, values in placed.holding.when.facts.items()
    )
