"""A ruling: the likeliest outcome, with its terms, its findings and the other outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from qiwizard.law.facts import CIRCUIT, MOTION, OTHER_IMMUNITY, QI_ASSERTED, REQUEST, Vocabulary
from qiwizard.law.forum import Authority, Law, Voice, law_for
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.questions import Question
from qiwizard.reasoning.composition import Basis, Composition, Decision, compose, counts_beside
from qiwizard.reasoning.practice_counts import Counts, Practice, practice_of
from qiwizard.reasoning.weighing import Canon, Strength, Weighing, weigh

SETTLED_SHARE = 0.90
"""From this share on a ruling is settled; `replay --all` prints how often that is right."""
LEANING_SHARE = 0.60
ALTERNATIVE_SHARE = 0.08
"""From this share on another outcome is shown as an alternative."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one legal question on this posture, with the authority on both sides."""

    question: Question
    answer: str
    basis: Basis
    strength: Strength
    canon: Canon | None
    """Why the answer prevailed, where the law on the question itself answers it."""
    leading: tuple[Authority, ...]
    supporting: tuple[Authority, ...]
    against: tuple[Authority, ...]
    because: tuple[str, ...]
    """The facts on which the leading holdings rest."""
    decisive: bool
    """Whether the outcome rests on it."""
    other_standard: tuple[Authority, ...] = ()
    """Holdings that come to the same on a different standard."""
    share: float | None = None
    """For a counted question: the share of the answer's side."""
    counts: Counts | None = None
    """For a counted question: the orders that gave the answer, of those that answered."""

    @property
    def conclusion(self) -> str:
        """The answer as a sentence."""
        return self.question.answers[self.answer].conclusion

    @property
    def authority_for(self) -> tuple[Authority, ...]:
        """Holdings for the answer, the leading ones first."""
        return self.leading + self.supporting


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another outcome with a substantial share."""

    outcome: str
    share: float
    question: str
    """The counted question on which it turns."""
    answer: str
    because: str
    authority: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The result of applying the forum's law and practice to a posture."""

    outcome: str
    strength: Strength
    basis: Basis
    headline: str
    as_of: date
    likelihood: Mapping[str, float]
    missing: tuple[str, ...]
    """Facts without which no ruling is shown to a person: forum, request, state of the defense."""
    terms: tuple[str, ...]
    findings: tuple[Finding, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def share(self) -> float:
        """The likelihood of the outcome."""
        return self.likelihood[self.outcome]

    @property
    def signature(self) -> tuple[object, ...]:
        """What makes two rulings the same to a reader: outcome, strength, terms, alternatives."""
        others = frozenset(alternative.outcome for alternative in self.alternatives)
        return self.outcome, self.strength, self.terms, others

    @property
    def decisive(self) -> tuple[Finding, ...]:
        """The findings on which the outcome rests."""
        return tuple(finding for finding in self.findings if finding.decisive)

    @property
    def cited(self) -> tuple[Authority, ...]:
        """Every holding it cites, for, against or for an alternative, each once."""
        groups = [(*f.authority_for, *f.other_standard, *f.against) for f in self.findings]
        groups += [alternative.authority for alternative in self.alternatives]
        return tuple(dict.fromkeys(chain.from_iterable(groups)))

    def finding(self, question: str) -> Finding | None:
        """The finding on one question, if the question arose and was answered."""
        return next((f for f in self.findings if f.question.id == question), None)


def rule(
    library: Library,
    posture: Posture,
    as_of: date,
    without: frozenset[str] = frozenset(),
    unseen: frozenset[str] = frozenset(),
) -> Ruling:
    """Rule on a posture under the law of its forum on a day.

    `without` names precedents, and `unseen` cases of decided orders, that are left out, as when a
    decided order is ruled on again and must not count for itself.
    """
    law = law_for(library, posture, as_of, without)
    return rule_under(law, practice_of(library, unseen), posture)


def rule_under(law: Law, practice: Practice, posture: Posture) -> Ruling:
    """Rule on a posture under one law and practice."""
    bits = law.library.vocabulary.bits(posture.known)
    composed = compose(law, practice, bits)
    missing = missing_facts(law, posture)
    found = {f.question.id: f for f in _findings(law, practice, composed, bits)}
    findings = tuple(found[q.id] for q in law.library.questions if q.id in found)
    return Ruling(
        outcome=composed.outcome,
        strength=Strength.CONTESTED if missing else strength_of(composed),
        basis=_basis(composed),
        headline=_headline(law, composed),
        as_of=law.as_of,
        likelihood=composed.likelihood,
        missing=missing,
        terms=_terms(findings, composed.outcome),
        findings=findings,
        alternatives=tuple(_alternatives(law, composed, bits)),
    )


def missing_facts(law: Law, posture: Posture) -> tuple[str, ...]:
    """The essential facts that are not known: forum, request, state of the defense."""
    missing = [] if law.circuit else [CIRCUIT]
    if posture.get(REQUEST) is None:
        missing.append(REQUEST)
    not_raised = posture.get(QI_ASSERTED) is False and not posture.get(OTHER_IMMUNITY)
    if posture.get(MOTION) is None and not not_raised:
        missing.append(MOTION)
    return tuple(missing)


def strength_of(composed: Composition) -> Strength:
    """How sure the likeliest outcome is."""
    path = composed.path(composed.outcome)
    doubted = any(d.doubtful(side=side) for d, side in path) or _rests_on_division(composed)
    return _strength(composed.likelihood[composed.outcome], doubted=doubted)


def _strength(share: float, *, doubted: bool) -> Strength:
    if share >= SETTLED_SHARE and not doubted:
        return Strength.SETTLED
    return Strength.LEANING if share >= LEANING_SHARE else Strength.CONTESTED


def _rests_on_division(composed: Composition) -> bool:
    """Whether authorities of equal rank are divided on an answer of law that gives the outcome."""
    return any(
        argument.side is side and argument.divided and argument.weighing.voice
        for decision, side in composed.path(composed.outcome)
        for argument in decision.arguments
    )


def _basis(composed: Composition) -> Basis:
    """What decides the outcome: law only if law decides every question that leads to it."""
    bases = {decision.basis for decision, _ in composed.path(composed.outcome)}
    return next((b for b in (Basis.DEFAULT, Basis.PRACTICE) if b in bases), Basis.LAW)


def _findings(law: Law, practice: Practice, composed: Composition, bits: int) -> Iterator[Finding]:
    path = composed.path(composed.outcome)
    argued = {a.source for decision, side in path for a in decision.arguments if a.side is side}
    for name, weighing in composed.law.items():
        decisive = name in argued and weighing.voice > 0
        yield _law_finding(law, law.library.question[name], weighing, decisive=decisive)
    for decision, side in path:
        yield _decided_finding(law, practice, decision, bits, side=side)
    given = {name: weighing.answer for name, weighing in composed.law.items()}
    given |= {decision.question.id: decision.answers[side] for decision, side in path}
    applying = law.applying(bits)
    for question in law.library.questions:
        under = not question.arises_under or composed.outcome in question.arises_under
        if question.terms_only and under and question.id in applying:
            weighing = weigh(applying[question.id])
            if weighing.leading[0].rank.in_forum and question.arises(bits, given):
                given[question.id] = weighing.answer
                yield _law_finding(law, question, weighing, decisive=False)


def _law_finding(law: Law, question: Question, weighing: Weighing, *, decisive: bool) -> Finding:
    return Finding(
        question=question,
        answer=weighing.answer,
        basis=Basis.LAW,
        strength=weighing.strength,
        canon=weighing.canon,
        leading=weighing.leading,
        supporting=weighing.supporting,
        against=weighing.against,
        because=_because(law.library.vocabulary, weighing.leading),
        decisive=decisive,
    )


def _decided_finding(
    law: Law, practice: Practice, decision: Decision, bits: int, *, side: bool
) -> Finding:
    """A counted question with its authority on both sides and its counts."""
    question, answer = decision.question, decision.answers[side]
    leading, rest, against = _sides(law, decision, bits, side=side)
    counted = practice.on(question.id)
    if question.answers[answer].displaces:
        against = tuple(a for a in against if a.holding.question != question.id)
        counted = None
    same = [a for a in rest if _gives(a, question, answer)]
    share = decision.share(side=side)
    return Finding(
        question=question,
        answer=answer,
        basis=decision.basis,
        strength=_strength(share, doubted=decision.doubtful(side=side)),
        canon=None,
        leading=leading,
        supporting=tuple(same),
        other_standard=tuple(a for a in rest if a not in same),
        against=against,
        because=_because(law.library.vocabulary, leading),
        decisive=True,
        share=share,
        counts=counts_beside(law, counted, bits, yes=side) if counted else None,
    )


def _sides(
    law: Law, decision: Decision, bits: int, *, side: bool
) -> tuple[tuple[Authority, ...], tuple[Authority, ...], tuple[Authority, ...]]:
    """The leading holdings for a side, the others for it, and those against it.

    Authority that decides or moves the question leads; where none does, the first of the forum.
    Holdings that apply on every posture are cited only where nothing else is.
    """
    arguments = sorted(decision.arguments, key=lambda argument: -argument.weighing.voice)
    groups: dict[bool, dict[Authority, None]] = {True: {}, False: {}}
    for argument in arguments:
        groups[argument.side] |= dict.fromkeys(argument.weighing.leading)
    for authority in law.applying(bits).get(decision.question.id, ()):
        found = decision.question.answers[authority.holding.answer].side
        groups[found is True].setdefault(authority)
    mine, against = ([a for a in groups[each] if a.holding.when.facts] for each in (side, not side))
    best = next((a.weighing.voice for a in arguments if a.side is side), Voice.CITED)
    heard = (a for a in arguments if a.side is side and a.weighing.voice is best)
    leading = tuple(dict.fromkeys(a for one in heard for a in one.weighing.leading))
    if best is Voice.CITED:
        of_forum = [a for a in mine if a.rank.in_forum]
        leading = tuple((of_forum or mine or list(groups[side]))[:1])
    rest = tuple(a for a in mine if a not in leading)
    return leading, rest, tuple(a for a in against if a not in leading and a not in rest)


def _gives(authority: Authority, question: Question, answer: str) -> bool:
    """Whether a holding gives that answer to a counted question, itself or by what it favors."""
    return authority.holding.question != question.id or authority.holding.answer == answer


def _alternatives(law: Law, composed: Composition, bits: int) -> Iterator[Alternative]:
    """The other outcomes with a real share, the likeliest first, and what each turns on."""
    chosen = dict(composed.path(composed.outcome))
    likeliest = sorted(composed.likelihood.items(), key=lambda item: -item[1])
    for outcome, share in likeliest:
        if outcome == composed.outcome or share < ALTERNATIVE_SHARE:
            continue
        path = composed.path(outcome)
        turn, side = next((d, s) for d, s in path if chosen.get(d) is not s)
        leading, rest, _ = _sides(law, turn, bits, side=side)
        yield Alternative(
            outcome=outcome,
            share=share,
            question=turn.question.id,
            answer=turn.answers[side],
            because=turn.question.answers[turn.answers[side]].conclusion,
            authority=(*leading, *rest),
        )


@lru_cache(maxsize=4096)
def _because(vocabulary: Vocabulary, leading: tuple[Authority, ...]) -> tuple[str, ...]:
    return vocabulary.in_order(name for a in leading for name in a.holding.when.facts)


def _terms(findings: Iterable[Finding], outcome: str) -> tuple[str, ...]:
    """The terms of the order, each once, in the order of the questions."""
    answers = (finding.question.answers[finding.answer] for finding in findings)
    return tuple(
        dict.fromkeys(
            term
            for answer in answers
            if not answer.terms_under or outcome in answer.terms_under
            for term in answer.terms
        )
    )


def _headline(law: Law, composed: Composition) -> str:
    """The outcome in a sentence, with the conclusion that gives it."""
    sentence = law.library.outcomes[composed.outcome].sentence
    decision, side = composed.path(composed.outcome)[0]
    return f"{sentence} {decision.question.answers[decision.answers[side]].conclusion}"
