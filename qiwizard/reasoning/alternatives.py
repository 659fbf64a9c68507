"""The other outcomes that authority of some weight would carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qiwizard.law.doctrine import Question
from qiwizard.law.effects import effects_of
from qiwizard.law.forum import Law, Placed
from qiwizard.reasoning.canons import Strength, Weighing
from qiwizard.reasoning.composition import Composition, answering, compose

NO_ANSWER = "No authority of this forum answers the question: {}"


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


@dataclass(frozen=True, slots=True)
class _Way:
    """A rival answer, and where it leads."""

    question: str
    rival: str | None
    there: Composition
    later: str | None = None
    """A question that the rival answer raised and that is answered by a rival too."""


def alternatives_to(
    law: Law, composed: Composition, weighings: Mapping[str, Weighing]
) -> tuple[Alternative, ...]:
    """The other outcomes that rival answers would lead to, each once, the weakest link first.

    A rival answer may raise questions that did not arise before; their rivals count too. Answers
    that only authority elsewhere gives, and that do not count here, come last.
    """
    found: dict[str, Alternative] = {}
    for way in _ways(law.library.questions, composed, weighings):
        outcome = way.there.outcome
        if outcome not in (None, composed.outcome, *found):
            found[outcome or ""] = _alternative(law, composed, way, weighings)
    return tuple(found.values())


def _ways(
    questions: tuple[Question, ...], composed: Composition, weighings: Mapping[str, Weighing]
) -> Iterator[_Way]:
    """Every rival answer to a question that arose, then the answers that do not count here."""
    bears_on_outcome = effects_of(questions).bears_on_outcome
    bearing = [q.id for q in questions if q.id in composed.taken and bears_on_outcome(q)]
    for q in sorted(bearing, key=lambda q: weighings[q].strength):
        for rival in _contenders(weighings[q]):
            yield from _ways_on(questions, weighings, composed, q, rival)
    for q, weighing in weighings.items():
        for other in (weighing.answer, *weighing.rivals) if q not in composed.answers else ():
            yield _Way(q, other, compose(questions, {**composed.answers, q: other}))


def _ways_on(
    questions: tuple[Question, ...],
    weighings: Mapping[str, Weighing],
    composed: Composition,
    question: str,
    rival: str | None,
) -> Iterator[_Way]:
    """Where a rival answer leads, by itself and with a rival to what it newly raises."""
    changed = answering(composed.answers, question, rival)
    there = compose(questions, changed)
    yield _Way(question, rival, there)
    for later in there.taken:
        if later not in composed.taken:
            for second in _contenders(weighings[later]):
                further = compose(questions, answering(changed, later, second))
                yield _Way(question, rival, further, later if second else None)


def _contenders(weighing: Weighing) -> tuple[str | None, ...]:
    """The rival answers worth naming; None is no answer, where only elsewhere one is given."""
    if weighing.strength is Strength.SETTLED:
        return ()
    if weighing.of_forum:
        return weighing.rivals
    return (*weighing.rivals, None)


def _alternative(
    law: Law, composed: Composition, way: _Way, weighings: Mapping[str, Weighing]
) -> Alternative:
    """The alternative with its reason: the rival answer, and what then carries the outcome."""
    asked, taken = law.library.question, way.there.taken
    steps = [] if way.rival is None else [(way.question, way.rival)]
    said = [NO_ANSWER.format(asked[way.question].asks)] if way.rival is None else []
    carrying = way.later or _carrying(law.library.questions, composed, way)
    if carrying in taken:
        steps.append((carrying, taken[carrying]))
    said += [asked[q].answers[answer].conclusion for q, answer in steps]
    authority = [p for q, answer in steps for p in _heard(weighings[q], answer)]
    return Alternative(
        outcome=way.there.outcome or "",
        question=way.question,
        answer=way.rival,
        because=" ".join(said),
        authority=tuple(authority),
    )


def _carrying(questions: tuple[Question, ...], composed: Composition, way: _Way) -> str:
    """The last question, raised by the rival answer, without which the outcome were another.

    Empty if there is none. Where there is no rival answer, the questions that arose before count.
    """
    there, known = way.there, {way.question, *composed.taken} if way.rival else ()
    raised = [q for q in there.taken if q not in known]
    carrying = (
        q
        for q in reversed(raised)
        if compose(questions, answering(there.answers, q, None)).outcome != there.outcome
    )
    return next(carrying, "")


def _heard(weighing: Weighing, answer: str) -> tuple[Placed, ...]:
    """The holdings for an answer, whether it prevailed or not."""
    return tuple(p for p in (*weighing.leading, *weighing.against) if p.holding.answer == answer)
