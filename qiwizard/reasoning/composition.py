"""Answers taken in the order of the questions, each of which may change the outcome so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qiwizard.law.doctrine import Question
from qiwizard.law.effects import effects_of


@dataclass(frozen=True, slots=True)
class Composition:
    """The running result of taking answers in order: outcome, and the answers that counted."""

    outcome: str | None
    taken: Mapping[str, str]
    """By question: the answers that counted, in order."""
    answers: Mapping[str, str]
    """By question: all the answers there were, also to questions that did not arise."""


def counting(
    questions: tuple[Question, ...], given: Mapping[str, str], of_forum: Collection[str]
) -> dict[str, str]:
    """The answers that count towards the ruling, of those given.

    Where authority of the forum carries an outcome, authority from elsewhere cannot change it:
    it is heard on what does not bear on the outcome, and shows as an alternative otherwise.
    """
    own = {q: a for q, a in given.items() if q in of_forum}
    taken = compose(questions, own).taken
    if not any(
        q.id in taken and not q.default and q.answers[taken[q.id]].outcome for q in questions
    ):
        return dict(given)
    effects = effects_of(questions)
    return {
        q.id: given[q.id]
        for q in questions
        if q.id in given and (q.id in own or not effects.bears_on_outcome(q))
    }


def compose(questions: tuple[Question, ...], answers: Mapping[str, str]) -> Composition:
    """Take the answers in the order of the questions; each may change the running outcome."""
    outcome, taken = _taken(questions, frozenset(answers.items()))
    return Composition(outcome, taken, answers)


@lru_cache(maxsize=4096)
def _taken(
    questions: tuple[Question, ...], answers: frozenset[tuple[str, str]]
) -> tuple[str | None, Mapping[str, str]]:
    """The outcome, and the answers that counted; a ruling asks for the same few many times."""
    given = dict(answers)
    outcome: str | None = None
    settled = False
    taken: dict[str, str] = {}
    for question in questions:
        answer_id = given.get(question.id)
        if answer_id is None or not arises(question, taken, outcome, settled=settled):
            continue
        answer = question.answers[answer_id]
        taken[question.id] = answer_id
        outcome = answer.becomes(outcome)
        settled = settled or answer.settles
    return outcome, taken


def arises(
    question: Question, taken: Mapping[str, str], outcome: str | None, *, settled: bool
) -> bool:
    """Whether a question is reached after the answers taken so far."""
    if settled and not question.on_terms:
        return False
    if question.outcomes and outcome not in question.outcomes:
        return False
    # Plain loops: a third of the cost of `any` and `all` over generators.
    for earlier, answers in question.unless.items():
        if taken.get(earlier) in answers:
            return False
    for earlier, answers in question.after.items():  # noqa: SIM110
        if taken.get(earlier) not in answers:
            return False
    return True


def answering(answers: Mapping[str, str], question: str, answer: str | None) -> dict[str, str]:
    """The answers with one question answered otherwise, or left without an answer."""
    others = {q: a for q, a in answers.items() if q != question}
    return others if answer is None else {**others, question: answer}
