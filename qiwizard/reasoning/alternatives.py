"""The other outcomes that authority of some weight would carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qiwizard.law.doctrine import Question
from qiwizard.law.effects import effects_of
from qiwizard.law.forum import Law, Placed
from qiwizard.reasoning.canons import Strength, Weighing
from qiwizard.reasoning.composition import Composition, answering, compose


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another outcome that authority of some weight here would carry."""

    outcome: str
    question: str
    """The question on which it turns."""
    answer: str | None
    """The rival answer; None where the question would stay without one."""
    because: str
    authority: tuple[Placed, ...]


def alternatives_to(
    law: Law, composed: Composition, weighings: Mapping[str, Weighing]
) -> tuple[Alternative, ...]:
    """The other outcomes that rival answers would lead to, each once, the weakest link first.

    A rival answer may raise questions that did not arise before; their rivals count too. Answers
    that only authority elsewhere gives, and that do not count here, come last.
    """
    found: dict[str, Alternative] = {}
    bears_on_outcome = effects_of(law.library.questions).bears_on_outcome
    bearing = [q for q in composed.taken if bears_on_outcome(law.library.question[q])]
    for q in sorted(bearing, key=lambda q: weighings[q].strength):
        for rival in _contenders(weighings[q]):
            for there in _ways(law.library.questions, weighings, composed, q, rival):
                if there.outcome not in (None, composed.outcome, *found):
                    found[there.outcome or ""] = _alternative(law, there, weighings, q, rival)
    for q, weighing in weighings.items():
        for other in (weighing.answer, *weighing.rivals) if q not in composed.answers else ():
            there = compose(law.library.questions, {**composed.answers, q: other})
            if there.outcome not in (None, composed.outcome, *found):
                found[there.outcome or ""] = _alternative(law, there, weighings, q, other)
    return tuple(found.values())


def _ways(
    questions: tuple[Question, ...],
    weighings: Mapping[str, Weighing],
    composed: Composition,
    question: str,
    rival: str | None,
) -> Iterator[Composition]:
    """Where a rival answer leads, by itself and with a rival to what it newly raises."""
    changed = answering(composed.answers, question, rival)
    there = compose(questions, changed)
    yield there
    for later in there.taken:
        if later not in composed.taken:
            for second in _contenders(weighings[later]):
                yield compose(questions, answering(changed, later, second))


def _contenders(weighing: Weighing) -> tuple[str | None, ...]:
    """The rival answers worth naming; None is no answer, where only elsewhere one is given."""
    if weighing.strength is Strength.SETTLED:
        return ()
    if weighing.of_forum:
        return weighing.rivals
    return (*weighing.rivals, None)


def _alternative(
    law: Law,
    there: Composition,
    weighings: Mapping[str, Weighing],
    question: str,
    rival: str | None,
) -> Alternative:
    asked = law.library.question[question]
    if rival is not None:
        because = asked.answers[rival].conclusion
        weighing = weighings[question]
        heard = (*weighing.leading, *weighing.against)
        authority = tuple(p for p in heard if p.holding.answer == rival)
    else:
        because = f"No authority of this forum answers the question: {asked.asks}"
        carrying = [
            q for q in there.taken if law.library.question[q].answers[there.taken[q]].outcome
        ]
        authority = weighings[carrying[-1]].leading if carrying else ()
    return Alternative(there.outcome or "", question, rival, because, authority)
