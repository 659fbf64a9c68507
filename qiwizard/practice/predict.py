"""Predict the ruling: outcome and strength, marked against the court and against the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qiwizard.law.library import Library
from qiwizard.practice.argue import (
    carrying_findings,
    cites,
    defensible,
    outcome_words,
    ruling_points,
    turning_finding,
)
from qiwizard.practice.cases import Subject, item_of, seed_of, subjects
from qiwizard.practice.items import Item, Option, Part, Point, Seed
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.ruling import Ruling
from qiwizard.reports.words import STRENGTHS

DRILL = "predict"
NOTE = (
    "What the court did and what the engine rules both count as right; where the law is "
    "contested, so does every line that can be defended."
)


def seeds(library: Library) -> Iterable[Seed]:
    """One drill for each decided case on which not every outcome can be defended."""
    return (
        seed_of(DRILL, subject)
        for subject in subjects(library).values()
        if _accepted(subject) != library.outcomes.keys()
    )


def make(library: Library, key: str) -> Item:
    """The drill made from a decided case; KeyError if there is none."""
    subject = subjects(library)[key]
    return item_of(
        library, DRILL, subject, (_outcome(library, subject), _strength(library, subject))
    )


def _outcome(library: Library, subject: Subject) -> Part:
    options = tuple(
        Option(id_, f"{o.label}: {o.sentence}", tuple(_reasons(library, subject, id_)))
        for id_, o in library.outcomes.items()
    )
    return Part(
        id="outcome",
        doctrine=turning_finding(subject.ruling).question.doctrine,
        asks="What becomes of discovery?",
        options=options,
        accepted=_accepted(subject),
        argument=(_of_the_court(library, subject), *ruling_points(library, subject.ruling)),
        note=NOTE,
    )


def _accepted(subject: Subject) -> frozenset[str]:
    """The outcomes that count as right: the court's, the engine's, all that can be defended."""
    return frozenset({subject.case.outcome, *defensible(subject.ruling)})


def _of_the_court(library: Library, subject: Subject) -> Point:
    said = outcome_words(library, subject.case.outcome)
    quoted = f" “{subject.quote}”" if subject.quote else ""
    return Point(f"The court: {said}. {subject.notes}{quoted}", (subject.source,))


def _reasons(library: Library, subject: Subject, outcome: str) -> Iterator[Point]:
    """How one outcome stands with the court and with the engine."""
    ruling, court = subject.ruling, subject.case.outcome
    carrying = cites(carrying_findings(ruling)[-1].weighing.leading)
    word = outcome_words(library, outcome)
    if outcome == court == ruling.outcome:
        yield Point("Both the court and the engine came to this.", (subject.source, *carrying))
    elif outcome == court:
        yield Point("The court did this; the engine does not.", (subject.source,))
        yield from _lesson(library, subject)
    elif outcome == ruling.outcome:
        yield Point("The engine rules so; the court did otherwise.", (subject.source, *carrying))
        yield from _lesson(library, subject)
    else:
        other = next((a for a in ruling.alternatives if a.outcome == outcome), None)
        if other is None:
            yield Point(f"No authority of weight here carries {word} on these facts.", carrying)
        elif ruling.strength is Strength.CONTESTED:
            yield Point(f"It can be defended: {other.because}", cites(other.authority))
        else:
            text = f"There is a line for it, and it is the weaker one: {other.because}"
            yield Point(text, cites(other.authority) or carrying)


def _lesson(library: Library, subject: Subject) -> Iterator[Point]:
    """Where the court and the engine part, which is what there is to learn."""
    ruling, court = subject.ruling, subject.case.outcome
    other = next((a for a in ruling.alternatives if a.outcome == court), None)
    turning = turning_finding(ruling)
    if other is not None:
        asks = library.question[other.question].asks
        yield Point(f"They part on one question: {asks} {other.because}", cites(other.authority))
    else:
        yield Point(
            "No authority in the library carries the court's way on the facts it states: it saw "
            "something that they do not show. The engine's way hangs on this: "
            f"{turning.conclusion}",
            cites(turning.weighing.leading),
        )


def _strength(library: Library, subject: Subject) -> Part:
    ruling = subject.ruling
    turning = turning_finding(ruling)
    sure = Point(
        f"As sure as the weakest answer that carries it: {turning.conclusion} "
        f"({turning.weighing.strength_of_outcome.word})",
        cites(turning.weighing.leading),
    )
    others = "; ".join(outcome_words(library, a.outcome) for a in ruling.alternatives)
    rivals = tuple(c for a in ruling.alternatives for c in cites(a.authority, 1))
    against = Point(
        f"Authority of weight would carry another outcome: {others}."
        if others
        else "No authority of weight would carry another outcome.",
        rivals or cites(turning.weighing.leading, 1),
    )
    return Part(
        id="strength",
        doctrine=turning.question.doctrine,
        asks="How sure is the law of the forum on these facts?",
        options=tuple(
            Option(s.word, f"{s.word.capitalize()}: {STRENGTHS[s.word]}", (_graded(s, ruling),))
            for s in sorted(Strength, reverse=True)
        ),
        accepted=frozenset({ruling.strength.word}),
        argument=(sure, against),
    )


def _graded(given: Strength, ruling: Ruling) -> Point:
    source = cites(turning_finding(ruling).weighing.leading, 1)
    if given is ruling.strength:
        return Point("So the engine grades it.", source)
    if given > ruling.strength:
        return Point("The law is less sure than that.", source)
    return Point("The law is surer than that.", source)
