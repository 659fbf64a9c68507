"""One exhaustive walk through the interview of one law.

A state is what the answers so far leave of all diagrams; postures that leave the same are one
state, so that all interviews can be walked without listing them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from itertools import combinations, islice

from qiwizard.checking.tally import Proof
from qiwizard.law.facts import Value
from qiwizard.law.forum import Law
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.nodes import UNKNOWN, Branch, Leaf, Node, Nodes, restrict
from qiwizard.reasoning.prospect import Prospect, Prospects
from qiwizard.reasoning.ruling import Ruling, rule_under

Path = tuple[()] | tuple["Path", str, Value | None]
"""How the walk came to a state: from where, and by which answer; most are never looked at."""
MOST_TRIED = 120
"""How many completions of a posture are ruled on to show that a question can matter."""
MOST_REMEMBERED = 12
"""How many postures that showed it are tried again elsewhere, the last one first."""


class Walk:
    """Visits every state of an interview once, and counts into a proof."""

    def __init__(self, library: Library, law: Law, proof: Proof) -> None:
        self._library = library
        self._law = law
        self._proof = proof
        self._prospects = Prospects(law)
        self._questions = tuple(q.id for q in library.questions)
        self._shown: dict[tuple[str, tuple[str, int]], bool] = {}
        self._told: dict[tuple[Node, str, Value | None], Node] = {}
        self._ruled: dict[int, Ruling] = {}
        self._witnesses: defaultdict[str, deque[dict[str, Value]]] = defaultdict(
            lambda: deque(maxlen=MOST_REMEMBERED)
        )

    def run(self) -> None:
        """Visit every state once; the way that first led there stands for it."""
        start = self._prospects.given(Posture())
        stack: list[tuple[Prospect, Path]] = [(start, ())]
        met: set[tuple[Node, ...]] = set()
        seen: set[tuple[object, ...]] = set()
        while stack:
            prospect, path = stack.pop()
            if (key := self._key(prospect)) in seen:
                continue
            seen.add(key)
            self._proof.states += 1
            left = self._library.vocabulary.in_order(prospect.facts)
            if not left:
                self._end(prospect, path)
                continue
            self._ask(prospect, path, left[0])
            for value in (*self._library.vocabulary.by_name[left[0]].values, UNKNOWN):
                diagrams = self._tell(prospect, left[0], value)
                # Most answers lead where another did: that is seen before anything is composed.
                if (alike := tuple(diagrams.values())) not in met:
                    met.add(alike)
                    further = Prospect(self._law, diagrams, prospect.nodes)
                    stack.append((further, (path, left[0], value)))

    def _key(self, prospect: Prospect) -> tuple[object, ...]:
        """What of a state matters further on.

        Up to the first question still open that is where the composition can stand; after it,
        the diagrams of the questions that can arise.
        """
        turning = prospect.turning
        courses = [prospect.courses.heard, prospect.courses.ruling]
        if not prospect.courses.carried:
            courses.append(prospect.courses.of_forum)
        first = next(
            (n for n, q in enumerate(self._questions) if isinstance(turning.get(q), Branch)),
            len(self._questions),
        )
        if first == len(self._questions):
            return tuple(course[-1].after for course in courses)
        return (
            first,
            *(course[first].before for course in courses),
            *(
                node.hearing if isinstance(node, Leaf) else id(node)
                for question in self._questions[first:]
                if (node := turning.get(question)) is not None
            ),
        )

    def _tell(self, prospect: Prospect, fact: str, value: Value | None) -> dict[str, Node]:
        """What is left of each diagram once the fact is told."""
        left = {}
        for question, node in prospect.diagrams.items():
            if fact in node.facts:
                key = (node, fact, value)
                if key not in self._told:
                    self._told[key] = restrict(node, _telling(fact, value), prospect.nodes)
                node = self._told[key]
            left[question] = node
        return left

    def _end(self, prospect: Prospect, path: Path) -> None:
        """Every path ends in a ruling, and every finding of it is cited."""
        self._proof.ends += 1
        if None in prospect.ends:
            self._proof.problems.append(f"{self._law.circuit}: a posture without a ruling")
        for finding in self._rule(_known(path)).findings:
            if not finding.authority_for:
                self._proof.problems.append(f"{finding.question.id}: a finding without authority")

    def _ask(self, prospect: Prospect, path: Path, fact: str) -> None:
        """Show by two rulings that the fact asked can change something.

        Once shown for what is left of a question, it counts wherever as much of it is left.
        """
        turning = [(q, node) for q, node in prospect.turning.items() if fact in node.facts]
        keys = tuple((question, id(node)) for question, node in turning)
        if any(self._shown.get((fact, key)) for key in keys):
            return
        for (question, node), key in zip(turning, keys, strict=True):
            if (fact, key) not in self._shown:
                shown = self._matters(prospect, _known(path), fact, question, node)
                self._shown[fact, key] = shown
                if shown:
                    return
        self._proof.idle[fact] += 1

    def _matters(
        self, prospect: Prospect, told: dict[str, Value], fact: str, question: str, node: Node
    ) -> bool:
        for completed in islice(self._tries(prospect, told, fact, question, node), MOST_TRIED):
            rulings = {
                self._rule(_stated(completed, fact, value)).signature
                for value in (*self._library.vocabulary.by_name[fact].values, UNKNOWN)
            }
            if len(rulings) > 1:
                self._witnesses[fact].appendleft(completed)
                return True
        return False

    def _tries(
        self, prospect: Prospect, told: dict[str, Value], fact: str, question: str, node: Node
    ) -> Iterator[dict[str, Value]]:
        """Postures on which the fact may show: what showed it elsewhere, then every way there."""
        for witness in tuple(self._witnesses[fact]):
            yield {**witness, **told}
        for known in _ways_to(node, fact, told, prospect.nodes):
            yield known
            yield from self._completed(prospect, self._leading_to(question), known)

    def _completed(
        self, prospect: Prospect, before: tuple[str, ...], known: dict[str, Value]
    ) -> Iterator[dict[str, Value]]:
        """The known facts with those that may make a question arise, or its rivals be heard."""
        if not before:
            yield known
            return
        told = Posture.of(known)
        for path, _ in _paths(restrict(prospect.diagrams[before[0]], told, prospect.nodes)):
            yield from self._completed(prospect, before[1:], {**known, **path})

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

    def _rule(self, known: Mapping[str, Value]) -> Ruling:
        bits = self._library.vocabulary.bits(known)
        if bits not in self._ruled:
            self._ruled[bits] = rule_under(self._law, bits)
        return self._ruled[bits]


def _telling(fact: str, value: Value | None) -> Posture:
    return Posture().leaving_open(fact) if value is UNKNOWN else Posture.of({fact: value})


def _known(path: Path) -> dict[str, Value]:
    """The facts stated on the way to a state."""
    known: dict[str, Value] = {}
    while path:
        path, fact, value = path
        if value is not UNKNOWN:
            known[fact] = value
    return known


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
