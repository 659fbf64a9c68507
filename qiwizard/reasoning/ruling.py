"""A ruling: the prevailing answers, composed question by question into an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qiwizard.law.doctrine import Question
from qiwizard.law.effects import effects_of
from qiwizard.law.facts import Vocabulary
from qiwizard.law.forum import Law, Placed, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.alternatives import Alternative, alternatives_to
from qiwizard.reasoning.canons import Canon, Prevailing, Strength, Weighing, prevailing, weigh
from qiwizard.reasoning.composition import Composition, answering, compose, counting


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one legal question on this posture, with the authority on both sides."""

    question: Question
    weighing: Weighing
    because: tuple[str, ...]
    """The facts on which the leading holdings rest."""
    decisive: bool
    """Whether another answer, or none, would have changed the outcome."""

    @property
    def answer(self) -> str:
        """The id of the answer."""
        return self.weighing.answer

    @property
    def conclusion(self) -> str:
        """The answer as a sentence."""
        return self.question.answers[self.answer].conclusion

    @property
    def strength(self) -> Strength:
        """How sure the answer is."""
        return self.weighing.strength

    @property
    def authority_for(self) -> tuple[Placed, ...]:
        """Holdings for the answer, the leading ones first."""
        return self.weighing.leading + self.weighing.supporting

    @property
    def authority_against(self) -> tuple[Placed, ...]:
        """Contrary holdings that speak to these facts."""
        return self.weighing.against


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law of the forum makes of a posture."""

    outcome: str
    strength: Strength
    headline: str
    as_of: date
    terms: tuple[str, ...]
    findings: tuple[Finding, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def signature(self) -> tuple[object, ...]:
        """What a reader would call the same ruling: outcome, strength, terms, alternatives."""
        others = frozenset(alternative.outcome for alternative in self.alternatives)
        return self.outcome, self.strength, self.terms, others

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """The findings that carry the outcome."""
        return tuple(finding for finding in self.findings if finding.decisive)

    @property
    def cited(self) -> tuple[Placed, ...]:
        """Every holding it cites, for, against or for an alternative, each once."""
        named = dict.fromkeys(
            placed
            for finding in self.findings
            for placed in (*finding.authority_for, *finding.authority_against)
        )
        named |= dict.fromkeys(p for other in self.alternatives for p in other.authority)
        return tuple(named)

    def finding(self, question: str) -> Finding | None:
        """The finding on one question, if the question arose and was answered."""
        return next((f for f in self.findings if f.question.id == question), None)


def rule(
    library: Library,
    posture: Posture,
    as_of: date,
    without: frozenset[str] = frozenset(),
) -> Ruling:
    """Rule on a posture under the law of its forum on a day.

    `without` names precedents to leave out, as when an order is replayed that is one of them.
    """
    law = law_for(library, posture, as_of, without)
    return rule_under(law, library.vocabulary.bits(posture.known))


def rule_under(law: Law, bits: int) -> Ruling:
    """Rule on a posture, given as bits, under the law of one forum on one day."""
    questions = law.library.questions
    bears_on_outcome = effects_of(questions).bears_on_outcome
    weighings = weigh_all(law, bits)
    composed = _composed(law, weighings)
    answers, outcome = composed.answers, composed.outcome
    if outcome is None:
        raise LookupError("the library answers no question on an empty posture")
    bearing = [q for q in composed.taken if bears_on_outcome(law.library.question[q])]
    pivotal = [q for q in bearing if _is_pivotal(questions, answers, weighings, q, outcome)]
    findings = tuple(
        Finding(
            question=law.library.question[q],
            weighing=weighings[q],
            because=_because(law.library.vocabulary, weighings[q].leading),
            decisive=q in pivotal,
        )
        for q in composed.taken
    )
    alternatives = alternatives_to(law, composed, weighings)
    return Ruling(
        outcome=outcome,
        strength=_strength(law, composed, weighings, pivotal, alternatives),
        headline=_headline(law, outcome, findings),
        as_of=law.as_of,
        terms=_terms(findings, outcome),
        findings=findings,
        alternatives=alternatives,
    )


def outcome_under(law: Law, bits: int) -> str | None:
    """The outcome that `rule_under` would come to, for trying out many postures."""
    return _outcome(law, law.speaking(bits) & law.bearing)


@lru_cache(maxsize=8192)
def _outcome(law: Law, speaking: int) -> str | None:
    """What the holdings that speak come to: near postures mostly hear the same."""
    found = {q.id: _prevailing(law, q, those) for q, those in law.by_question(speaking)}
    return _composed(law, {q: p for q, p in found.items() if p is not None}).outcome


def _composed(law: Law, answered: Mapping[str, Weighing | Prevailing]) -> Composition:
    questions = law.library.questions
    given = {question: found.answer for question, found in answered.items()}
    answers = counting(questions, given, {q for q, found in answered.items() if found.of_forum})
    return compose(questions, answers)


def weigh_all(law: Law, bits: int) -> dict[str, Weighing]:
    """The weighing of every question on which some holding that applies can decide."""
    return _weighings(law, law.speaking(bits))


def _weighings(law: Law, all_speaking: int) -> dict[str, Weighing]:
    weighings = {}
    for question, speaking in law.by_question(all_speaking):
        if (weighing := _weighed(law, question, speaking)) is not None:
            weighings[question.id] = weighing
    return weighings


@lru_cache(maxsize=16384)
def _weighed(law: Law, question: Question, speaking: int) -> Weighing | None:
    """The weighing of the holdings that speak to a question; postures share most of these."""
    return weigh(question, law.among(speaking), effects_of(law.library.questions))


@lru_cache(maxsize=16384)
def _prevailing(law: Law, question: Question, speaking: int) -> Prevailing | None:
    """The answer alone, where nothing need be said of the other side."""
    return prevailing(question, law.among(speaking))


def _is_pivotal(
    questions: tuple[Question, ...],
    answers: Mapping[str, str],
    weighings: Mapping[str, Weighing],
    question: str,
    outcome: str,
) -> bool:
    return any(
        compose(questions, answering(answers, question, other)).outcome != outcome
        for other in (None, *weighings[question].rivals)
    )


def _strength(
    law: Law,
    composed: Composition,
    weighings: Mapping[str, Weighing],
    pivotal: Iterable[str],
    alternatives: Iterable[Alternative],
) -> Strength:
    """As sure as the weakest finding without which the outcome would be another.

    Where several that arose carry it, each by itself, the surest counts. A question on which an
    alternative turns caps the strength at its own; one that only authority from elsewhere
    answers, against the forum's own, leaves it leaning.
    """
    questions = law.library.questions
    strengths = {q: _of_outcome(questions, composed, q, weighings[q]) for q in composed.taken}
    carried = Strength.CONTESTED
    for level in (Strength.SETTLED, Strength.LEANING):
        sure = {q: a for q, a in composed.taken.items() if strengths[q] >= level}
        if compose(questions, sure).outcome == composed.outcome:
            carried = level
            break
    caps = [strengths[q] for q in pivotal]
    caps += [strengths.get(a.question, Strength.LEANING) for a in alternatives]
    return min((carried, *caps))


def _of_outcome(
    questions: tuple[Question, ...], composed: Composition, question: str, weighing: Weighing
) -> Strength:
    """How sure an answer leaves the outcome: a division that leads to one, leaning."""
    if weighing.canon is not Canon.LATER or weighing.over_terms:
        return weighing.strength_of_outcome
    there = (answering(composed.answers, question, rival) for rival in weighing.rivals)
    alike = all(compose(questions, answers).outcome == composed.outcome for answers in there)
    return Strength.LEANING if alike else Strength.CONTESTED


@lru_cache(maxsize=4096)
def _because(vocabulary: Vocabulary, leading: tuple[Placed, ...]) -> tuple[str, ...]:
    return vocabulary.in_order(name for placed in leading for name in placed.holding.when.facts)


def _terms(findings: Iterable[Finding], outcome: str) -> tuple[str, ...]:
    terms: dict[str, tuple[str, ...]] = {}
    for finding in findings:
        answer = finding.question.answers[finding.answer]
        for replaced in answer.instead_of:
            terms.pop(replaced, None)
        if not answer.terms_under or outcome in answer.terms_under:
            terms[finding.question.id] = answer.terms
    return tuple(dict.fromkeys(term for group in terms.values() for term in group))


def _headline(law: Law, outcome: str, findings: tuple[Finding, ...]) -> str:
    """The outcome in a sentence, with the last finding that gave it."""
    sentence = law.library.outcomes[outcome].sentence
    turning = [f for f in findings if f.decisive and f.question.answers[f.answer].outcome]
    return f"{sentence} {turning[-1].conclusion}" if turning else sentence
