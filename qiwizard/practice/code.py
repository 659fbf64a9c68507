"""Code the order: the facts of a decided order as prose, coded by the clerk fact by fact."""

from __future__ import annotations

from collections.abc import Iterable

from qiwizard.law.facts import Fact, Value
from qiwizard.law.forum import Law, Placed, law_for
from qiwizard.law.library import FORUM, Library
from qiwizard.practice.argue import cites
from qiwizard.practice.cases import (
    Passage,
    Subject,
    item_of,
    opening,
    passages,
    seed_of,
    silences,
    subjects,
)
from qiwizard.practice.items import UNSTATED, Item, Option, Part, Point, Seed, shuffled

DRILL = "code"
MOST_ASKED, MOST_SILENT = 6, 2
"""Facts asked of one order, and how many of them are such as it does not state."""
NOTE = "Code what the text says. What it does not say is not stated, and never a no."


def seeds(library: Library) -> Iterable[Seed]:
    """One drill for each decided case."""
    return (seed_of(DRILL, subject) for subject in subjects(library).values())


def make(library: Library, key: str) -> Item:
    """The drill made from a decided case; KeyError if there is none."""
    subject = subjects(library)[key]
    law = law_for(library, subject.posture, subject.case.decided, subject.case.without)
    told = {name: p for p in passages(subject.case.facts) for name in p.facts}
    parts = (
        _part(library, subject, law, library.vocabulary.by_name[name], told.get(name))
        for name in _asked(library, subject, law)
    )
    return item_of(library, DRILL, subject, parts)


def _asked(library: Library, subject: Subject, law: Law) -> tuple[str, ...]:
    """The facts asked, those on which the law of the forum turns before the others."""
    facts = subject.case.facts
    turning = {n for placed in law.placed.values() for p in placed for n in p.holding.when.facts}
    stated = shuffled([n for n in facts if n not in FORUM], f"{DRILL} {subject.case.id}")
    stated.sort(key=lambda name: name not in turning)
    silent = shuffled(silences(facts), f"{DRILL} {subject.case.id} silent")[:MOST_SILENT]
    forum = [FORUM[0]] if FORUM[1] in facts else []
    room = MOST_ASKED - len(silent) - len(forum)
    return library.vocabulary.in_order([*forum, *stated[:room], *silent])


def _part(library: Library, subject: Subject, law: Law, fact: Fact, told: Passage | None) -> Part:
    value = subject.case.facts.get(fact.name)
    right = UNSTATED if value is None else option_id(value)
    options = [
        Option(option_id(c.value), c.label, (_compared(subject, fact, c.value),))
        for c in fact.choices
    ]
    if fact.name not in FORUM:
        options.append(Option(UNSTATED, "Not stated", (_compared(subject, fact, None),)))
    return Part(
        id=fact.name,
        doctrine=fact.doctrine,
        asks=fact.question,
        options=tuple(options),
        accepted=frozenset({right}),
        argument=(_shown(library, subject, told, fact), _counts(library, subject, law, fact)),
        note=NOTE,
    )


def option_id(value: Value) -> str:
    """A value of a fact as the id of an option."""
    return str(value).lower() if isinstance(value, bool) else value


def _compared(subject: Subject, fact: Fact, given: Value | None) -> Point:
    value = subject.case.facts.get(fact.name)
    if given is value or (given == value and type(given) is type(value)):
        return Point("So the order is coded.", (subject.source,))
    coded = "as not stated" if value is None else f"“{fact.label(value)}”"
    return Point(f"The order is coded {coded}.", (subject.source,))


def _shown(library: Library, subject: Subject, told: Passage | None, fact: Fact) -> Point:
    """The words of the text that bear on a fact."""
    facts, case = subject.case.facts, subject.case
    if fact.name in FORUM:
        text = opening(library, facts, case.decided, subject.precision)
    elif told is None:
        return Point("The text is silent on this, and so the fact stays open.", (subject.source,))
    else:
        text = told.text
    return Point(f"The text: “{text}”", (subject.source,))


def _counts(library: Library, subject: Subject, law: Law, fact: Fact) -> Point:
    """Why the law asks, and a holding of the forum that turns on the fact."""
    found = _turning_on(library, law, fact.name)
    return Point(f"Why the law asks: {fact.why}", cites(found, 1) or (subject.source,))


def _turning_on(library: Library, law: Law, name: str) -> list[Placed]:
    """The holdings whose conditions name a fact, those of the forum first."""
    every = (p for q in library.questions for p in law.on(q.id) if name in p.holding.when.facts)
    return sorted(every, key=lambda p: -p.rank)
