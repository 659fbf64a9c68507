"""The interview proved: every way through it, with what is the same shared.

Question by question the diagrams are built for every period of law, and every leaf is looked
at; and the whole interview of every circuit is walked through under the law of the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from typing import ClassVar

from qiwizard.checking.tally import Proof
from qiwizard.checking.walk import Walk
from qiwizard.law.doctrine import Question
from qiwizard.law.forum import Law, Placed, law_of_forum
from qiwizard.law.library import Library
from qiwizard.reasoning.canons import Strength, outranked, weigh
from qiwizard.reasoning.diagram import Compiler
from qiwizard.reasoning.nodes import Leaf, Node
from qiwizard.reasoning.prospect import Prospect


class _Prover(Compiler):
    """Builds diagrams and looks at every leaf on the way."""

    def __init__(self, library: Library, proof: Proof) -> None:
        super().__init__(library)
        self._proof = proof

    def weighed(self, question: Question, applicable: tuple[Placed, ...]) -> Leaf:
        self._proof.leaves += 1
        weighing = weigh(question, applicable, self._effects)
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
    """Look at every leaf of every diagram: each circuit in each period, each district today.

    And compose every combination of their answers: each has to come to an outcome.
    """
    prover = _Prover(library, proof)
    built: dict[tuple[object, ...], Node] = {}
    for law in _laws(library, today):
        proof.laws += 1
        diagrams = {}
        for question in library.questions:
            key = (question, *law.on(question.id))
            if key not in built:
                proof.diagrams += 1
                built[key] = prover.compile(question, law)
            diagrams[question.id] = built[key]
        if None in Prospect(law, diagrams, prover.nodes).ends:
            proof.problems.append(f"{law.circuit} on {law.as_of}: a posture without a ruling")


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


def prove_interview(library: Library, circuit: str, proof: Proof, today: date) -> None:
    """Walk the whole interview in a circuit, the district left open, under today's law."""
    proof.interviews += 1
    Walk(library, law_of_forum(library, today, circuit, None), proof).run()


def prove(library: Library, today: date) -> Proof:
    """Everything: all periods, and the interview of every circuit, on as many cores as there are.

    The work is handed to forked processes, which share the library as it stands in memory;
    where forking is not to be had it is done one part after the other.
    """
    # The longest first, so that no core waits at the end: more authorities, more to walk through.
    by_circuit = Counter(precedent.circuit for precedent in library.precedents.values())
    circuits = sorted(library.courts.circuits, key=lambda circuit: -by_circuit[circuit])
    jobs = [partial(_proof_of, library, circuit, today) for circuit in (None, *circuits)]
    if "fork" not in get_all_start_methods():
        return Proof.together(job() for job in jobs)
    _Jobs.waiting = jobs
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return Proof.together(pool.map(_run_job, range(len(jobs))))


class _Jobs:
    """The jobs of a proof, where forked processes find them."""

    waiting: ClassVar[Sequence[Callable[[], Proof]]] = ()


def _run_job(number: int) -> Proof:
    return _Jobs.waiting[number]()


def _proof_of(library: Library, circuit: str | None, today: date) -> Proof:
    proof = Proof()
    if circuit is None:
        prove_periods(library, proof, today)
    else:
        prove_interview(library, circuit, proof, today)
    return proof
