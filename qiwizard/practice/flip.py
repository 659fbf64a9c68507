"""Flip it: the one fact whose change turns the outcome, marked by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qiwizard.law.library import FORUM, Library
from qiwizard.practice.argue import (
    carrying_findings,
    cites,
    finding_point,
    outcome_words,
    turning_finding,
)
from qiwizard.practice.cases import Subject, coherent, item_of, seed_of, subjects
from qiwizard.practice.code import option_id
from qiwizard.practice.items import Item, Option, Part, Point, Seed, shuffled
from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.changes import Change, Turn, changes
from qiwizard.reasoning.ruling import Ruling, rule

DRILL = "flip"
INERT, LEAST_INERT = 4, 3
"""Changes that leave the ruling as it is, beside the one that turns it."""
NOTE = "The rest of the facts stay as they are. Just one of these changes turns the outcome."


@dataclass(frozen=True, slots=True)
class _Tried:
    turn: Turn
    ruling: Ruling


def seeds(library: Library) -> Iterable[Seed]:
    """One drill for each decided case; it serves where some single change turns the outcome."""
    return (seed_of(DRILL, subject) for subject in subjects(library).values())


def make(library: Library, key: str) -> Item:
    """The drill made from a decided case; KeyError if no change of it will serve."""
    subject = subjects(library)[key]
    turning = _turning(library, subject)
    inert = _inert(library, subject, turning) if turning else []
    if turning is None or len(inert) < LEAST_INERT:
        raise KeyError(key)
    word = outcome_words(library, subject.ruling.outcome)
    options = [_option(library, subject, tried) for tried in (turning, *inert)]
    part = Part(
        id="fact",
        doctrine=library.vocabulary.by_name[turning.turn.fact].doctrine,
        asks=f"On these facts the engine rules: {word}. Which change would turn that outcome?",
        options=tuple(shuffled(options, f"{DRILL} {key}")),
        accepted=frozenset({_id(turning.turn)}),
        argument=tuple(_argument(library, subject, turning)),
        note=NOTE,
    )
    return item_of(library, DRILL, subject, (part,))


def _turning(library: Library, subject: Subject) -> _Tried | None:
    """A single change that turns the outcome, of a stated fact where there is one.

    An outcome that could be defended before the change is none that the change brings about.
    """
    found = changes(
        library, subject.posture, subject.case.decided, most=60, without=subject.case.without
    )
    fit = [c for c in found if len(c.turns) == 1 and _serves(subject, c)]
    fit.sort(key=lambda c: (c.turns[0].before is None, -c.ruling.strength))
    best = [c for c in fit if _order(c) == _order(fit[0])]
    if not best:
        return None
    chosen = shuffled(best, f"{DRILL} {subject.case.id}")[0]
    return _Tried(chosen.turns[0], chosen.ruling)


def _order(change: Change) -> tuple[bool, int]:
    return change.turns[0].before is None, -change.ruling.strength


def _serves(subject: Subject, change: Change) -> bool:
    present, turn = subject.ruling, change.turns[0]
    if turn.fact in FORUM or not _coherent(subject, turn):
        return False
    before = {a.outcome for a in present.alternatives}
    after = {a.outcome for a in change.ruling.alternatives}
    arguable = change.ruling.outcome in before and present.strength is Strength.CONTESTED
    back = present.outcome in after and change.ruling.strength is Strength.CONTESTED
    return not arguable and not back


def _inert(library: Library, subject: Subject, turning: _Tried) -> list[_Tried]:
    """Changes after which the ruling is what it was, each of another fact; stated ones first."""
    posture, case, ruling = subject.posture, subject.case, subject.ruling
    kept: list[_Tried] = []
    for fact in shuffled(library.vocabulary.facts, f"{DRILL} {case.id} inert"):
        before = posture.get(fact.name)
        if fact.name in FORUM or fact.name == turning.turn.fact:
            continue
        for value in shuffled(fact.values, f"{DRILL} {case.id} {fact.name}"):
            turn = Turn(fact.name, before, value)
            if value == before or not _coherent(subject, turn):
                continue
            after = rule(library, posture.stating(fact.name, value), case.decided, case.without)
            if (after.outcome, after.strength) == (ruling.outcome, ruling.strength):
                kept.append(_Tried(turn, after))
                break
    kept.sort(key=lambda tried: (tried.turn.before is None) != (turning.turn.before is None))
    return kept[:INERT]


def _coherent(subject: Subject, turn: Turn) -> bool:
    facts = subject.case.facts
    return coherent(facts, {**facts, turn.fact: turn.after})


def _id(turn: Turn) -> str:
    return f"{turn.fact}={option_id(turn.after)}"


def _option(library: Library, subject: Subject, tried: _Tried) -> Option:
    before, after = subject.ruling, tried.ruling
    if after.outcome == before.outcome:
        finding = turning_finding(after)
        why = Point(
            f"The ruling stays {outcome_words(library, after.outcome)}, {after.strength.word}: "
            f"{finding.conclusion}",
            cites(finding.weighing.leading, 2),
        )
    else:
        carrying = carrying_findings(after)[-1]
        why = Point(
            f"The ruling becomes {outcome_words(library, after.outcome)}, {after.strength.word}: "
            f"{carrying.conclusion}",
            cites(carrying.weighing.leading, 2),
        )
    return Option(_id(tried.turn), _change_label(library, tried.turn), (why,))


def _change_label(library: Library, turn: Turn) -> str:
    fact = library.vocabulary.by_name[turn.fact]
    short = fact.short[0].upper() + fact.short[1:]
    now = "not stated" if turn.before is None else f"“{fact.label(turn.before)}”"
    return f"{short}: from {now} to “{fact.label(turn.after)}”"


def _argument(library: Library, subject: Subject, turning: _Tried) -> Iterator[Point]:
    """The findings of the two rulings that are not alike."""
    before, after = subject.ruling, turning.ruling
    yield Point(
        f"As it stands: {outcome_words(library, before.outcome)}, {before.strength.word}.",
        cites(carrying_findings(before)[-1].weighing.leading, 1),
    )
    for finding in carrying_findings(before):
        other = after.finding(finding.question.id)
        if other is None or other.answer != finding.answer:
            yield finding_point(finding)
    yield Point(
        f"With the change: {outcome_words(library, after.outcome)}, {after.strength.word}.",
        cites(carrying_findings(after)[-1].weighing.leading, 1),
    )
    for finding in after.findings:
        other = before.finding(finding.question.id)
        if other is None or other.answer != finding.answer:
            yield finding_point(finding)
