"""What an answer can do to a ruling, apart from its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from qiwizard.law.doctrine import Answer, Question


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of an answer on the outcome and on which questions arise later."""

    opens: str | None
    """The answer itself, where a later question depends on it."""
    outcome: frozenset[tuple[str, str]]
    """What each running outcome (`*`: any) becomes."""
    settles: bool

    @property
    def is_nothing(self) -> bool:
        """Whether the answer leaves everything as it was."""
        return self.opens is None and not self.outcome and not self.settles


class Effects:
    """The effects of the answers to some questions."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self._watched = {
            (name, answer)
            for question in questions
            for guard in (question.after, question.unless)
            for name, answers in guard.items()
            for answer in answers
        }
        self._bearing = frozenset(q.id for q in questions if self._changes_something(q))

    def of(self, question: Question, answer: Answer) -> Effect:
        """The effect of one answer."""
        if isinstance(answer.outcome, str):
            outcome = frozenset({("*", answer.outcome)})
        else:
            outcome = frozenset((answer.outcome or {}).items())
        watched = (question.id, answer.id) in self._watched
        return Effect(answer.id if watched else None, outcome, answer.settles)

    def one_for_each(
        self, question: Question, answers: Iterable[str], besides: Effect
    ) -> frozenset[str]:
        """For each effect of the answers, one left out, the first answer that has it."""
        wanted = {self.of(question, question.answers[a]) for a in answers} - {besides}
        first: dict[Effect, str] = {}
        for answer in question.answers.values():
            first.setdefault(self.of(question, answer), answer.id)
        return frozenset(first[effect] for effect in wanted)

    def bears_on_outcome(self, question: Question) -> bool:
        """Whether some answer to the question has an effect beyond its words."""
        return question.id in self._bearing

    def _changes_something(self, question: Question) -> bool:
        return any(not self.of(question, answer).is_nothing for answer in question.answers.values())


@lru_cache(maxsize=8)
def effects_of(questions: tuple[Question, ...]) -> Effects:
    """The effects of the answers to some questions, worked out once."""
    return Effects(questions)
