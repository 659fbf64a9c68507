"""The interview proved: every way through it, with what is the same shared.

Question by question the diagrams are built for every period of law, and every leaf is looked
at. Over the whole interview a state is what the answers so far leave of all diagrams; postures
that leave the same are one state, so that all interviews can be walked without listing them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from qiwizard.canons import Strength, outranked, weigh
from qiwizard.diagram import UNKNOWN, Compiler, Leaf, Node, Nodes, restrict
from qiwizard.doctrine import Question
from qiwizard.facts import Value
from qiwizard.interview import Prospect, Prospects
from qiwizard.law import Law, Placed, law_of_forum
from qiwizard.library import Library
from qiwizard.posture import Posture
from qiwizard.ruling import Ruling, rule_under

MOST_TRIED = 120
"""How many completions of a posture are ruled on to show that a question can matter."""


@dataclass
class Proof:
    """What was walked and what was found; the counts grow as laws are added."""

    laws: int = 0
    diagrams: int = 0
    leaves: int = 0
    interviews: int = 0
    states: int = 0
    ends: int = 0
    idle: Counter[str] = field(default_factory=Counter)
    """By fact: the states in which it is asked and was not shown to change a ruling."""
    problems: list[str] = field(default_factory=list)
    winners: set[str] = field(default_factory=set)
    """Holdings that lead an answer somewhere."""


class _Prover(Compiler):
    """Builds diagrams and looks at every leaf on the way."""

    def __init__(self, law: Law, nodes: Nodes, proof: Proof) -> None:
        super().__init__(law, nodes)
        self._proof = proof

    def weighed(self, question: Question, applicable: tuple[Placed, ...]) -> Leaf:
        self._proof.leaves += 1
        weighing = weigh(question, applicable)
        if weighing is not None:
            self._proof.winners.update(p.holding.id for p in weighing.leading)
            if not weighing.leading:
                self._proof.problems.append(f"{question.id}: an answer without authority")
            if _divided(applicable) and weighing.strength is not Strength.CONTESTED:
                names = ", ".join(p.holding.id for p in weighing.leading)
                self._proof.problems.append(
                    f"{question.id}: {names} conflict with their equals, and are not contested"
                )
        return super().weighed(question, applicable)


def _divided(applicable: tuple[Placed, ...]) -> bool:
    """Whether holdings of the highest rank that nothing outranks answer differently."""
    deciding = [p for p in applicable if p.holding.grounded]
    top = [p for p in deciding if p.rank == max(d.rank for d in deciding)]
    return len({p.holding.answer for p in top if not outranked(p, top)}) > 1


def prove_periods(library: Library, proof: Proof, today: date) -> None:
    """Look at every leaf of every diagram: each circuit in each period, each district today."""
    seen: set[tuple[object, ...]] = set()
    for law in _laws(library, today):
        proof.laws += 1
        for question in library.questions:
            placed = law.on(question.id)
            key = (question.id, *((p.holding.id, p.rank, p.binding, p.limits) for p in placed))
            if key not in seen:
                seen.add(key)
                proof.diagrams += 1
                _Prover(law, Nodes(), proof).compile(question)


def _laws(library: Library, today: date) -> Iterator[Law]:
    for day in turning_days(library, today):
        for circuit in library.courts.circuits:
            yield law_of_forum(library, day, circuit, None)
    speaking = {court for p in library.precedents.values() for court in p.courts}
    for district in library.courts.districts.values():
        if district.id in speaking:
            yield law_of_forum(library, today, district.circuit, district.id)


def turning_days(library: Library, today: date) -> tuple[date, ...]:
    """The days from which the law is another, from the beginning of the library to today."""
    days = {library.about.begins, today}
    days.update(h.since for h in library.holdings)
    days.update(event.since for p in library.precedents.values() for event in p.history)
    return tuple(sorted(day for day in days if library.about.begins <= day <= today))


def prove_interviews(library: Library, proof: Proof, today: date) -> None:
    """Walk the whole interview in every circuit, the district left open, under today's law."""
    for circuit in library.courts.circuits:
        law = law_of_forum(library, today, circuit, None)
        proof.interviews += 1
        _Walk(library, law, proof).run()


class _Walk:
    """One exhaustive walk through the interview of one law."""

    def __init__(self, library: Library, law: Law, proof: Proof) -> None:
        self._library = library
        self._law = law
        self._proof = proof
        self._prospects = Prospects(law)
        self._questions = tuple(q.id for q in library.questions)
        self._shown: dict[tuple[str, tuple[str, int]], bool] = {}
        self._told: dict[tuple[int, str, object], Node] = {}

    def run(self) -> None:
        """Visit every state once; the posture that first led there stands for it."""
        start = self._prospects.given(Posture())
        stack = [(start, Posture())]
        seen: set[tuple[object, ...]] = set()
        while stack:
            prospect, posture = stack.pop()
            key = self._key(prospect)
            if key in seen:
                continue
            seen.add(key)
            self._proof.states += 1
            left = self._library.vocabulary.in_order(prospect.facts)
            if not left:
                self._end(posture)
                continue
            self._ask(prospect, posture, left[0])
            values = (*self._library.vocabulary.by_name[left[0]].values, UNKNOWN)
            stack += [
                (self._tell(prospect, left[0], v), _with(posture, left[0], v)) for v in values
            ]

    def _key(self, prospect: Prospect) -> tuple[object, ...]:
        """What matters of a state: open diagrams of questions that can arise, and the answers."""
        return tuple(
            node.answer if isinstance(node, Leaf) else id(node)
            for question, node in prospect.diagrams.items()
            if question in prospect.arising
        )

    def _tell(self, prospect: Prospect, fact: str, value: Value | None) -> Prospect:
        told = _with(Posture(), fact, value)
        left = {}
        for question, node in prospect.diagrams.items():
            key = (id(node), fact, (type(value), value))
            if key not in self._told:
                self._told[key] = restrict(node, told, prospect.nodes)
            left[question] = self._told[key]
        return Prospect(self._law, left, prospect.nodes)

    def _end(self, posture: Posture) -> None:
        """Every path ends in a ruling, and every finding of it is cited."""
        self._proof.ends += 1
        for finding in self._rule(posture.known).findings:
            if not finding.authority_for:
                self._proof.problems.append(f"{finding.question.id}: a finding without authority")

    def _ask(self, prospect: Prospect, posture: Posture, fact: str) -> None:
        """Show by two rulings that the fact asked can change something."""
        turning = [
            (question, node)
            for question in self._questions
            if question in prospect.arising and fact in (node := prospect.diagrams[question]).facts
        ]
        keys = tuple((question, id(node)) for question, node in turning)
        if any(self._shown.get((fact, key)) for key in keys):
            return
        for (question, node), key in zip(turning, keys, strict=True):
            if (fact, key) not in self._shown:
                shown = self._matters(prospect, posture, fact, question, node)
                self._shown[fact, key] = shown
                if shown:
                    return
        self._proof.idle[fact] += 1

    def _matters(
        self, prospect: Prospect, posture: Posture, fact: str, question: str, node: Node
    ) -> bool:
        tried = 0
        for known in _ways_to(node, fact, dict(posture.known), prospect.nodes):
            for completed in self._raising(prospect, question, known):
                rulings = {
                    self._rule(_stated(completed, fact, value)).signature
                    for value in (*self._library.vocabulary.by_name[fact].values, UNKNOWN)
                }
                tried += 1
                if len(rulings) > 1 or tried == MOST_TRIED:
                    return len(rulings) > 1
        return False

    def _raising(
        self, prospect: Prospect, question: str, known: dict[str, Value]
    ) -> Iterator[dict[str, Value]]:
        """Completions of the known facts that make the question arise."""
        yield known
        before = self._leading_to(question)
        yield from self._completed(prospect, question, before, known)

    def _completed(
        self,
        prospect: Prospect,
        question: str,
        before: tuple[str, ...],
        known: dict[str, Value],
    ) -> Iterator[dict[str, Value]]:
        if not before:
            if self._arises(question, known):
                yield known
            return
        told = Posture.of(known)
        for path, _ in _paths(restrict(prospect.diagrams[before[0]], told, prospect.nodes)):
            yield from self._completed(prospect, question, before[1:], {**known, **path})

    def _leading_to(self, question: str) -> tuple[str, ...]:
        """The earlier questions whose answers decide whether this one arises."""
        asked = self._library.question[question]
        wanted = {*asked.after, *asked.unless}
        if asked.outcomes:
            wanted |= {
                q.id
                for q in self._library.questions[: self._questions.index(question)]
                if q.after.keys() & wanted and any(a.outcome for a in q.answers.values())
            }
        for name in tuple(wanted):
            wanted.update(self._leading_to(name))
        return tuple(q for q in self._questions if q in wanted)

    def _arises(self, question: str, known: Mapping[str, Value]) -> bool:
        return question in self._prospects.composed(known).taken

    def _rule(self, known: Mapping[str, Value]) -> Ruling:
        return rule_under(self._law, self._library.vocabulary.bits(known))


def _with(posture: Posture, fact: str, value: Value | None) -> Posture:
    return posture.leaving_open(fact) if value is None else posture.stating(fact, value)


def _stated(known: dict[str, Value], fact: str, value: Value | None) -> dict[str, Value]:
    others = {name: v for name, v in known.items() if name != fact}
    return others if value is None else {**others, fact: value}


def _ways_to(
    node: Node, fact: str, known: dict[str, Value], nodes: Nodes
) -> Iterator[dict[str, Value]]:
    """Facts that lead to a branch on the fact and on to where its values part."""
    if isinstance(node, Leaf):
        return
    if node.fact == fact:
        for one, other in combinations(node.to.values(), 2):
            for path in _parting(one, other, nodes):
                yield {**known, **path}
        return
    for value, child in node.to.items():
        beyond = known if value is None else {**known, node.fact: value}
        yield from _ways_to(child, fact, beyond, nodes)


def _parting(one: Node, other: Node, nodes: Nodes) -> Iterator[dict[str, Value]]:
    """Facts on which two diagrams come to different leaves."""
    for path, leaf in _paths(one):
        for further, end in _paths(restrict(other, Posture.of(path), nodes)):
            if end is not leaf:
                yield {**path, **further}


def _paths(node: Node) -> Iterator[tuple[dict[str, Value], Leaf]]:
    """Every path to a leaf, as the facts it states, and the leaf."""
    if isinstance(node, Leaf):
        yield {}, node
        return
    for value, child in node.to.items():
        for path, leaf in _paths(child):
            yield (path if value is None else {node.fact: value, **path}), leaf
