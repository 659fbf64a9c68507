"""From a posture to the likelihood of each outcome: first the law, then practice.

1. Questions of law are answered by the holdings that apply.
2. A counted question is decided by the first answer that binding authority requires. Where none
   does, what binding authority permits replaces its base share, and the practice of decided
   orders moves it.
3. The shares of the counted questions, in their order, give the likelihood of each outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from qiwizard.law.forum import Law, Voice
from qiwizard.law.questions import Question
from qiwizard.reasoning.practice_counts import (
    Count,
    Counts,
    Practice,
    QuestionPractice,
    log_odds,
    share,
)
from qiwizard.reasoning.weighing import Weighing, weigh

EVEN = 0.5
MARGIN = 0.001
"""How much likelier the leading side of the last question is than an outcome it must exceed."""


class Basis(StrEnum):
    """What decides a question."""

    LAW = "law"
    PRACTICE = "practice"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Argument:
    """An answer of law that decides or supports an answer to a counted question."""

    source: str
    """The question it comes from; the counted question itself for its own holdings."""
    answer: str
    side: bool
    weighing: Weighing
    divided: bool
    """Whether authorities of equal rank are divided between the sides, not only on the standard."""


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A counted question on one posture."""

    question: Question
    yes: float
    """The share of yes, between 0 and 1."""
    basis: Basis
    arguments: tuple[Argument, ...]
    """The answers of law that bear on it, in the order of their questions."""
    answers: Mapping[bool, str]
    """The answer that stands for each side."""
    majority: bool | None = None
    """What most comparable orders answered, where practice decides."""

    def doubtful(self, *, side: bool) -> bool:
        """Whether a side rests on no law, and most comparable orders did not take it."""
        return self.basis is not Basis.LAW and self.majority is not side

    def share(self, *, side: bool) -> float:
        """The share of one side."""
        return self.yes if side else 1 - self.yes

    def outcome(self, *, side: bool) -> str | None:
        """The outcome in which one side ends the inquiry; None if it goes on."""
        return self.question.answers[self.answers[side]].outcome


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A posture taken through the law and practice of its forum."""

    law: Mapping[str, Weighing]
    """By question of law that arose, in order: how the law answers it."""
    decisions: tuple[Decision, ...]
    likelihood: Mapping[str, float]
    """By outcome; the shares sum to 1."""
    outcome: str
    """The likeliest outcome."""

    def path(self, outcome: str) -> tuple[tuple[Decision, bool], ...]:
        """The counted questions that lead to an outcome, each with the side it takes."""
        path: list[tuple[Decision, bool]] = []
        for decision in self.decisions:
            ends = {decision.outcome(side=side): side for side in (True, False)}
            if outcome in ends:
                return (*path, (decision, ends[outcome]))
            if None not in ends:
                break
            path.append((decision, ends[None]))
        return tuple(path)


@lru_cache(maxsize=32768)
def compose(law: Law, practice: Practice, bits: int) -> Composition:
    """Take a posture, given as bits, through the questions in their order."""
    applying = law.applying(bits)
    answered: dict[str, Weighing] = {}
    given: dict[str, str] = {}
    for question in law.library.questions:
        if question.counted or question.terms_only or question.id not in applying:
            continue
        if question.arises(bits, given):
            answered[question.id] = weighing = weigh(applying[question.id])
            given[question.id] = weighing.answer
    direct = {q: weigh(those) for q, those in applying.items()}
    decisions = tuple(
        _decide(law, practice.on(question.id), question, answered, direct, bits)
        for question in law.library.questions
        if question.counted
    )
    decisions = (*decisions[:-1], _undivided(law, decisions))
    likelihood = _likelihood(law, decisions)
    return Composition(answered, decisions, likelihood, max(likelihood, key=likelihood.__getitem__))


def _decide(
    law: Law,
    practice: QuestionPractice | None,
    question: Question,
    answered: Mapping[str, Weighing],
    direct: Mapping[str, Weighing],
    bits: int,
) -> Decision:
    weights = law.library.weights
    arguments = tuple(_arguments(law, question, answered, direct))
    required = next((a for a in arguments if a.weighing.voice is Voice.DECIDES), None)
    if required is not None:
        yes = weights.requires if required.side else 1 - weights.requires
        basis = Basis.LAW
        majority = None
    else:
        yes, basis, majority = _left_to_judge(law, practice, question, arguments, bits)
    yes = min(max(yes, weights.floor), 1 - weights.floor)
    answers = {side: _standing(question, arguments, required, side=side) for side in (True, False)}
    return Decision(question, yes, basis, arguments, answers, majority)


def _arguments(
    law: Law, question: Question, answered: Mapping[str, Weighing], direct: Mapping[str, Weighing]
) -> Iterator[Argument]:
    """What bears on a counted question, in the order of the questions it comes from."""
    for source in law.library.questions:
        found = direct if source is question else answered
        if source.id not in found:
            continue
        weighing = found[source.id]
        given = {answer: _favored(source, answer, question) for answer in weighing.equals}
        answer = given[weighing.answer]
        side = _side(question, answer)
        if answer is not None and side is not None:
            divided = len({_side(question, other) for other in given.values()}) > 1
            yield Argument(source.id, answer, side, weighing, divided)


def _favored(source: Question, answer: str, question: Question) -> str | None:
    """The answer to a counted question that an answer of law favors; its own for its own."""
    return answer if source is question else source.answers[answer].favors.get(question.id)


def _side(question: Question, answer: str | None) -> bool | None:
    return question.answers[answer].side if answer else None


def _left_to_judge(
    law: Law,
    practice: QuestionPractice | None,
    question: Question,
    arguments: Sequence[Argument],
    bits: int,
) -> tuple[float, Basis, bool | None]:
    """The share of yes where no binding authority requires an answer, and what it rests on.

    With it what most comparable orders answered, where practice decides.

    What binding authority permits replaces the base share, and so does an answer that other
    authority of the forum gives to a question of law; practice then moves it less. What that
    authority says of the counted question itself moves the share as a fact of practice does.
    Where too few comparable orders answered, practice is silent, and without law the default of
    the question, the burden rule, is the share.
    """
    weights = law.library.weights
    own = [argument for argument in arguments if argument.source == question.id]
    others = [argument for argument in arguments if argument.source != question.id]
    replaced = _net(arguments, Voice.PERMITS, weights.permits)
    replaced = replaced or _net(others, Voice.LOCAL, weights.answered)
    supported = _net(own, Voice.LOCAL, weights.local)
    counts = _enough(law, practice, bits)
    if practice is not None and counts is not None:
        yes, answered = counts.pair
        majority = None if 2 * yes == answered else 2 * yes > answered
        shift = practice.shift(bits, law.circuit, law.court)
        if replaced:
            shift, base = weights.practice_on_law * shift, replaced
        else:
            base = practice.base
        return share(base + supported + shift), Basis.PRACTICE, majority
    if replaced or supported:
        return share(replaced + supported), Basis.LAW, None
    default = question.answers[question.default].side
    return (weights.default if default else 1 - weights.default), Basis.DEFAULT, None


def _enough(law: Law, practice: QuestionPractice | None, bits: int) -> Count | None:
    """How comparable orders answered; None if too few did for practice to have an answer."""
    if practice is None or practice.question.counted is None:
        return None
    counts = counts_beside(law, practice, bits, yes=True).all
    return counts if len(counts.answered) >= practice.question.counted.enough else None


def counts_beside(law: Law, practice: QuestionPractice, bits: int, *, yes: bool) -> Counts:
    """The counts of an answer among the orders that share the facts to be compared."""
    vocabulary, counted = law.library.vocabulary, practice.question.counted
    shared = 0
    for name in counted.comparable if counted else ():
        shared |= bits & vocabulary.mask(name, vocabulary.by_name[name].values)
    for consideration in counted.considerations if counted else ():
        if consideration.distinct and consideration.when.met(bits):
            shared |= consideration.when.must
    return practice.counts(shared, law.circuit, law.court, yes=yes)


def _net(arguments: Sequence[Argument], voice: Voice, weight: float) -> float:
    """The log odds of yes that arguments of one voice give together; each side counts once."""
    sides = {argument.side for argument in arguments if argument.weighing.voice is voice}
    return (len(sides & {True}) - len(sides & {False})) * log_odds(weight)


def _standing(
    question: Question, arguments: Sequence[Argument], required: Argument | None, *, side: bool
) -> str:
    """The answer used for a side: the one with the best authority in the forum, else the first."""
    if required is not None and required.side is side:
        return required.answer
    mine = [a for a in arguments if a.side is side and a.weighing.leading[0].rank.in_forum]
    if mine:
        return max(mine, key=lambda a: (a.weighing.voice, a.weighing.leading[0].rank)).answer
    return next(answer.id for answer in question.answers.values() if answer.side is side)


def _undivided(law: Law, decisions: Sequence[Decision]) -> Decision:
    """The last counted question, its leading side no less likely than any earlier outcome.

    Courts that would protect the officials may be divided over how far; that division must not
    make a refusal the likeliest outcome. It applies only where what remains for the last question
    is likelier than each outcome before it.
    """
    last = decisions[-1]
    likelihood = _likelihood(law, decisions)
    ends = {last.outcome(side=True), last.outcome(side=False)}
    remaining = sum(share for outcome, share in likelihood.items() if outcome in ends)
    before = max(share for outcome, share in likelihood.items() if outcome not in ends)
    leading = max(last.yes, 1 - last.yes)
    if remaining <= before or remaining * leading > before:
        return last
    least = min(before / remaining + MARGIN, 1.0)
    return replace(last, yes=least if last.yes >= EVEN else 1 - least)


def _likelihood(law: Law, decisions: Sequence[Decision]) -> dict[str, float]:
    """The share of each outcome: the counted questions taken in turn until one ends the inquiry."""
    likelihood = dict.fromkeys(law.library.outcomes, 0.0)
    reached = 1.0
    for decision in decisions:
        going_on = 0.0
        for side in (True, False):
            outcome = decision.outcome(side=side)
            if outcome is None:
                going_on += decision.share(side=side)
            else:
                likelihood[outcome] += reached * decision.share(side=side)
        reached *= going_on
    return likelihood
