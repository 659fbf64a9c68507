"""Drills on the ruling: predict it, give likelihoods for it, flip it. The court's own decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qiwizard.law.facts import FORUM, MOTION, REQUEST, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.practice.cases import (
    contradictions,
    passages,
    rule_without,
    ruling_on,
    subjects,
    told_facts,
    words,
)
from qiwizard.practice.items import Lesson, Option, Part, Point, Subject, option_id, shuffled
from qiwizard.practice.lessons import (
    authority_for,
    best_cite,
    cites,
    court_words,
    finding_point,
    lesson_of_case,
    nearest,
    shares_point,
    turning,
)
from qiwizard.reasoning.relevance import askable
from qiwizard.reasoning.ruling import Finding, Ruling

LEAST_FACTS = 4
"""With fewer facts there is nothing to reason from."""
STEPS = {
    2: "almost certainly not",
    10: "unlikely",
    25: "possible",
    50: "as likely as not",
    75: "likely",
    95: "almost certain",
}
NOTE = "Your four figures are scaled to add up to 100%."
FLIP = "flip"
RECORD = "The record also shows: "
INERT = 3
UNFILED = ("none", "promised")
"""The states of the immunity motion from which it can still be filed."""
CLEARLY = 0.55
"""The least share of the new outcome after the change that counts."""
HARDLY = 0.12
"""The most by which any other change on offer may move the present outcome."""


# Predict the ruling, and give likelihoods for it


def cases(library: Library) -> Mapping[str, Subject]:
    """Each decided case whose summary says enough, to predict or to calibrate."""
    every = subjects(library).items()
    return {id_: one for id_, one in every if told_facts(one.facts) >= LEAST_FACTS}


def predict(library: Library, subject: Subject, _: str) -> Iterable[Part]:
    """The question how the court ruled."""
    return (outcome_part(library, subject),)


def outcome_part(library: Library, subject: Subject) -> Part:
    """The question how the court ruled."""
    return Part(
        id="outcome",
        doctrine=turning(ruling_on(library, subject)).question.doctrine,
        asks="How did the court rule?",
        options=tuple(_outcome(library, subject, outcome) for outcome in library.outcomes),
        accepted=frozenset({subject.case.outcome}),
        lesson=lesson_of_case(library, subject),
    )


def _outcome(library: Library, subject: Subject, outcome: str) -> Option:
    ruling = ruling_on(library, subject)
    other = next((a for a in ruling.alternatives if a.outcome == outcome), None)
    why = Point(other.because, cites(other.authority)) if other else None
    name = library.outcomes[outcome].label
    return Option(outcome, f"{name}: {library.outcomes[outcome].sentence}", why, name)


def calibrate(library: Library, subject: Subject, _: str) -> Iterable[Part]:
    """How likely each outcome was."""
    ruling, lesson = ruling_on(library, subject), lesson_of_case(library, subject)
    options = tuple(Option(str(share), f"{share}%: {said}") for share, said in STEPS.items())
    for n, outcome in enumerate(library.outcomes.values()):
        happened = outcome.id == subject.case.outcome
        yield Part(
            id=outcome.id,
            doctrine=turning(ruling).question.doctrine,
            asks=f"{outcome.label}: how likely? {outcome.sentence}",
            options=options,
            accepted=frozenset(str(share) for share in STEPS if (share >= 50) is happened),
            lesson=lesson,
            note=NOTE if n == 0 else "",
            share=ruling.likelihood[outcome.id],
            happened=happened,
        )


# Flip it: the one change, possible in the world, that would most likely lead to another order


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that changes, from a known value or from unknown, and the ruling after it."""

    fact: str
    before: Value | None
    after: Value
    ruling: Ruling

    @property
    def id(self) -> str:
        """The change as the id of an option."""
        return f"{self.fact}={option_id(self.after)}"


def flip(library: Library, subject: Subject, key: str) -> Iterable[Part]:
    """Which change leads to another order; KeyError unless just one of several matters."""
    ruling = ruling_on(library, subject)
    changes = changes_of(library, subject) if ruling.outcome == subject.case.outcome else ()
    clear = [
        one
        for one in changes
        if one.ruling.outcome != ruling.outcome and one.ruling.share >= CLEARLY
    ]
    if not clear:
        raise KeyError(key)
    right = shuffled(clear, f"{FLIP} {key}")[0]
    inert = _inert(subject, ruling, changes, right)
    if len(inert) < INERT:
        raise KeyError(key)
    options = [_option(library, ruling, one) for one in (right, *inert)]
    done = library.outcomes[ruling.outcome].label.lower()
    part = Part(
        id="fact",
        doctrine=library.vocabulary.by_name[right.fact].doctrine,
        asks=f"The court's order: {done}. Which change would most likely lead to another order?",
        options=tuple(shuffled(options, f"{FLIP} {key}")),
        accepted=frozenset({right.id}),
        lesson=_lesson(library, subject, right),
        note="All other facts stay as they are.",
    )
    if not conceals(part):
        raise KeyError(key)
    return (part,)


@lru_cache(maxsize=512)
def changes_of(library: Library, subject: Subject) -> tuple[Change, ...]:
    """Every single change that can come about, with the ruling after it.

    Unknown facts that can be asked, and known ones that a party or the court can change; only
    where no fact then contradicts another, and never a ruling on the motion itself: that would
    put an end to the question.
    """
    facts = subject.facts
    unknown = {fact.name for fact in askable(library, Posture.of(facts))} - {MOTION}
    found = []
    for fact in library.vocabulary.facts:
        name, before = fact.name, facts.get(fact.name)
        fixed = name in FORUM or name == REQUEST or (name == MOTION and before not in UNFILED)
        if fixed or (before is None and name not in unknown):
            continue
        # A known fact changes by an act of a party or the court.
        for value in fact.values if before is None else fact.after(before):
            acted = before is None or _act(name, value)
            if acted and not contradictions(library, {**facts, name: value}):
                after = rule_without(library, subject, subject.posture.stating(name, value))
                found.append(Change(name, before, value, after))
    return tuple(found)


def _act(name: str, value: Value) -> str:
    """The act by which a known fact takes a value; empty if there are no words for it."""
    rows: list[Mapping[str, str]] = words()["change"]
    return next((r["says"] for r in rows if r["fact"] == name and r["value"] == value), "")


def _inert(
    subject: Subject, ruling: Ruling, changes: Sequence[Change], right: Change
) -> list[Change]:
    """Changes that hardly matter, each of another fact, those of the same kind first.

    None that a court may well hold a ground for another order, whatever the other orders show.
    """
    kept: dict[str, Change] = {}
    weighty: Mapping[str, Sequence[Value]] = words()["weighty"][ruling.outcome]
    for one in shuffled(changes, f"{FLIP} {subject.case.id} inert"):
        moved = abs(one.ruling.likelihood[ruling.outcome] - ruling.share)
        still = one.ruling.outcome == ruling.outcome and moved <= HARDLY
        ground = one.after in weighty.get(one.fact, ())
        if still and not ground and one.fact != right.fact:
            kept.setdefault(one.fact, one)
    known = right.before is not None
    return sorted(kept.values(), key=lambda one: (one.before is not None) is not known)[:INERT]


def _option(library: Library, ruling: Ruling, one: Change) -> Option:
    """A change in words: an act if the fact was known, else what the record shows."""
    after = one.ruling
    if after.outcome == ruling.outcome:
        text = f"Most likely the same order ({after.share:.0%}; unchanged, {ruling.share:.0%})."
    else:
        order = library.outcomes[after.outcome].label.lower()
        text = f"Most likely order: {order}. {_changed(ruling, after).conclusion}"
    label = _act(one.fact, one.after)
    if one.before is None:
        label = f"{RECORD}{passages(library, {one.fact: one.after})[0].text}"
    return Option(one.id, label, Point(text))


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


def _lesson(library: Library, subject: Subject, one: Change) -> Lesson:
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
