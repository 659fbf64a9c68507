"""Flip it: the one change, possible in the world, that would most likely lead to another order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qiwizard.law.facts import FORUM, MOTION, REQUEST, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.practice.cases import (
    Subject,
    contradictions,
    item_of,
    rule_without,
    ruling_on,
    same,
    seed_of,
    sentence,
    subjects,
    words,
)
from qiwizard.practice.items import Item, Lesson, Option, Part, Point, Seed, shuffled
from qiwizard.practice.lessons import (
    authority_for,
    best_cite,
    court_words,
    finding_point,
    label_of,
    nearest,
    shares_point,
    turning,
)
from qiwizard.practice.walk import option_id
from qiwizard.reasoning.relevance import askable
from qiwizard.reasoning.ruling import Finding, Ruling

FLIP = "flip"
RECORD = "The record also shows: "
INERT = 3
UNFILED = ("none", "promised")
"""The states of the immunity motion from which it can still be filed."""
CLEARLY = 0.55
"""The least share of the new outcome after the change that counts."""
HARDLY = 0.12
"""The most by which any other change on offer may move the present outcome."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact that changes: from a known value, or from unknown, to another."""

    fact: str
    before: Value | None
    after: Value

    @property
    def id(self) -> str:
        """The turn as the id of an option."""
        return f"{self.fact}={option_id(self.after)}"


@dataclass(frozen=True, slots=True)
class Tried:
    """A turn with the ruling after it."""

    turn: Turn
    ruling: Ruling


def seeds(library: Library) -> Iterable[Seed]:
    """One drill for each decided case; it can be made where just one change matters."""
    return (seed_of(FLIP, subject) for subject in subjects(library).values())


def make(library: Library, key: str) -> Item:
    """The drill made from a decided case; KeyError if no change of it will serve."""
    subject = subjects(library)[key]
    ruling = ruling_on(library, subject)
    tried = tried_on(library, subject) if ruling.outcome == subject.case.outcome else ()
    turning_one = _turning(subject, ruling, tried)
    inert = _inert(subject, ruling, tried, turning_one) if turning_one else []
    if turning_one is None or len(inert) < INERT:
        raise KeyError(key)
    options = [_option(library, ruling, one) for one in (turning_one, *inert)]
    done = label_of(library, subject.case.outcome).lower()
    part = Part(
        id="fact",
        doctrine=library.vocabulary.by_name[turning_one.turn.fact].doctrine,
        asks=f"The court's order: {done}. Which change would most likely lead to another order?",
        options=tuple(shuffled(options, f"{FLIP} {key}")),
        accepted=frozenset({turning_one.turn.id}),
        lesson=_lesson(library, subject, turning_one),
        note="All other facts stay as they are.",
    )
    if not conceals(part):
        raise KeyError(key)
    return item_of(library, FLIP, subject, (part,))


@lru_cache(maxsize=512)
def tried_on(library: Library, subject: Subject) -> tuple[Tried, ...]:
    """Every single change that can come about, with the ruling after it."""
    return tuple(
        Tried(turn, rule_without(library, subject, subject.posture.stating(turn.fact, turn.after)))
        for turn in _turns(library, subject)
    )


def _turns(library: Library, subject: Subject) -> Iterator[Turn]:
    """Unknown facts that can be asked, and known ones that a party or the court can change.

    Only changes after which no fact contradicts another, and never a ruling on the motion itself:
    that would put an end to the question.
    """
    facts = subject.facts
    unknown = {fact.name for fact in askable(library, Posture.of(facts))}
    for fact in library.vocabulary.facts:
        if fact.name in (*FORUM, REQUEST):
            continue
        before = facts.get(fact.name)
        if before is None and (fact.name not in unknown or fact.name == MOTION):
            continue
        if fact.name == MOTION and before not in UNFILED:
            continue
        for value in fact.values:
            act = before is not None and value in fact.can_become and _act(fact.name, value)
            if (before is None or (act and not same(before, value))) and not contradictions(
                library, {**facts, fact.name: value}
            ):
                yield Turn(fact.name, before, value)


def _act(name: str, value: Value) -> str:
    """The act by which a known fact takes a value; empty if there are no words for it."""
    rows: list[Mapping[str, str]] = words()["change"]
    return next((r["says"] for r in rows if r["fact"] == name and same(r["value"], value)), "")


def _turning(subject: Subject, ruling: Ruling, tried: Iterable[Tried]) -> Tried | None:
    """A change after which another outcome is clearly the likeliest."""
    found = [
        one for one in tried if one.ruling.outcome != ruling.outcome and one.ruling.share >= CLEARLY
    ]
    return shuffled(found, f"{FLIP} {subject.case.id}")[0] if found else None


def _inert(
    subject: Subject, ruling: Ruling, tried: Iterable[Tried], turning_one: Tried
) -> list[Tried]:
    """Changes that hardly matter, each of another fact, those of the same kind first."""
    kept: dict[str, Tried] = {}
    for one in shuffled(tuple(tried), f"{FLIP} {subject.case.id} inert"):
        moved = abs(one.ruling.likelihood[ruling.outcome] - ruling.share)
        still = one.ruling.outcome == ruling.outcome and moved <= HARDLY
        if still and one.turn.fact != turning_one.turn.fact:
            kept.setdefault(one.turn.fact, one)
    known = turning_one.turn.before is not None
    ranked = sorted(kept.values(), key=lambda one: (one.turn.before is not None) is not known)
    return ranked[:INERT]


def _option(library: Library, ruling: Ruling, one: Tried) -> Option:
    after = one.ruling
    finding = _changed(ruling, after)
    if after.outcome == ruling.outcome:
        text = f"Most likely the same order ({after.share:.0%} after {ruling.share:.0%})."
    else:
        order = label_of(library, after.outcome).lower()
        text = f"Most likely order: {order}. {finding.conclusion}"
    return Option(one.turn.id, turn_words(library, one.turn), Point(text))


def turn_words(library: Library, turn: Turn) -> str:
    """A change as a sentence."""
    if turn.before is not None:
        return _act(turn.fact, turn.after)
    return f"{RECORD}{sentence(library, turn.fact, turn.after)}"


def conceals(part: Part) -> bool:
    """Whether an option beside the right one is of its kind: an act, or a further record."""
    kinds = [option.label.startswith(RECORD) for option in part.options]
    return kinds.count(part.right[0].label.startswith(RECORD)) > 1


def _changed(before: Ruling, after: Ruling) -> Finding:
    """The finding of the new ruling on which the two differ."""
    for finding in after.decisive:
        other = before.finding(finding.question.id)
        if other is None or other.answer != finding.answer:
            return finding
    return turning(after)


def _lesson(library: Library, subject: Subject, one: Tried) -> Lesson:
    finding = _changed(ruling_on(library, subject), one.ruling)
    authority = authority_for(finding) or best_cite("", one.ruling.cited)
    rest = (
        shares_point(library, one.ruling),
        finding_point(library, finding),
        *nearest(library, subject),
    )
    return Lesson(
        f"With that change: {finding.conclusion}", authority, court_words(library, subject), rest
    )
