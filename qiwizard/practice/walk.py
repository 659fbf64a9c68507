"""Drills on the courts' own words: walk one of the five opinions, and spot the fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qiwizard.law.facts import Fact, Value
from qiwizard.law.forum import Authority, law_for
from qiwizard.law.library import Library
from qiwizard.law.precedent import Holding
from qiwizard.law.questions import Question
from qiwizard.practice.cases import (
    Subject,
    item_of,
    ruling_on,
    seed_of,
    subjects,
    words,
)
from qiwizard.practice.items import (
    UNSTATED,
    Item,
    Lesson,
    Level,
    Option,
    Part,
    Point,
    Seed,
    option_id,
)
from qiwizard.practice.lessons import best_cite, cite_holding_as, court_words, finding_point
from qiwizard.practice.rulings import outcome_part

WALK, SPOT = "walk", "spot"
SEVERAL = "The court gives more than one answer; each is accepted."
SILENT = "The passage does not say"
UNSAID = "A passage that does not mention a fact shows neither that it is so nor that it is not."


BASES = ("qi_asserted", "other_immunity")
"""The facts that say whether immunity is asserted at all."""
_NEARNESS = (
    (True, True, True),
    (True, True, False),
    (True, False, True),
    (False, True, True),
    (False, False, True),
    (False, True, False),
)
"""Binding, on the value found, of the fact's own doctrine: from the closest authority on."""


# Walk an opinion


def walk_seeds(library: Library) -> Iterable[Seed]:
    """One walk for each of the five opinions."""
    for subject in subjects(library).values():
        if subject.case.landmark:
            yield seed_of(WALK, subject)


def make_walk(library: Library, key: str) -> Item:
    """The walk through one opinion; KeyError if it is none of the five."""
    subject = subjects(library)[key]
    if not subject.case.landmark:
        raise KeyError(key)
    return item_of(library, WALK, subject, _steps(library, subject), stepwise=True)


def _steps(library: Library, subject: Subject) -> Iterator[Part]:
    """A step for each question that the opinion answers on its own facts, in order."""
    for question in library.questions:
        own = _own(library, subject, question)
        if own and len(question.answers) > 1:
            yield _step(library, subject, question, own)
    yield outcome_part(library, subject)


def _own(library: Library, subject: Subject, question: Question) -> list[Holding]:
    """What the opinion itself says on a question, quoted."""
    bits = library.vocabulary.bits(subject.case.facts)
    return [
        h
        for h in library.holdings_of(library.precedents[subject.case.id])
        if h.question == question.id
        and h.quote
        and h.when.met(bits)
        and not any(exception.met(bits) for exception in h.unless)
    ]


def _step(library: Library, subject: Subject, question: Question, own: list[Holding]) -> Part:
    said = dict.fromkeys(holding.answer for holding in own)
    quoted = tuple(cite_holding_as(holding) for holding in own)
    finding = ruling_on(library, subject).finding(question.id)
    rest = (finding_point(library, finding),) if finding else ()
    return Part(
        id=question.id,
        doctrine=question.doctrine,
        asks=f"{question.asks} What does the court say?",
        options=tuple(Option(a.id, a.conclusion) for a in question.answers.values()),
        accepted=frozenset(said),
        lesson=Lesson(own[0].says, quoted[0], "", rest),
        note=SEVERAL if len(said) > 1 else "",
        words=quoted,
    )


# Spot the fact


def spot_seeds(library: Library) -> Iterable[Seed]:
    """One drill for each passage."""
    for key, (subject, row, _) in _passages(library).items():
        yield Seed(f"{SPOT}/{key}", SPOT, subject.case.circuit, _level(row))


def _level(row: Mapping[str, Any]) -> Level:
    """To see that a passage is silent is harder than to see what it says."""
    return Level.BASIC if "value" in row else Level.INTERMEDIATE


def _passages(library: Library) -> dict[str, tuple[Subject, Mapping[str, Any], str]]:
    """The passages of known cases, by case and number: the case, what is asked, the words."""
    found = {}
    for number, row in enumerate(words()["passage"], start=1):
        subject = subjects(library).get(row["from"])
        if subject is not None and (quote := str(row.get("quote") or subject.quote)):
            found[f"{row['from']}@{number}"] = subject, row, quote
    return found


def make_spot(library: Library, key: str) -> Item:
    """The drill on one passage; KeyError if there is none."""
    subject, row, quote = _passages(library)[key]
    fact = library.vocabulary.by_name[row["fact"]]
    value: Value | None = row.get("value")
    options = [Option(option_id(c.value), c.label) for c in fact.choices]
    part = Part(
        id=fact.name,
        doctrine=fact.doctrine,
        asks=f"From this passage alone: {_asks(fact)}",
        options=(*options, Option(UNSTATED, SILENT)),
        accepted=frozenset({UNSTATED if value is None else option_id(value)}),
        lesson=_fact_lesson(library, subject, fact, value),
    )
    return Item(
        id=f"{SPOT}/{key}",
        drill=SPOT,
        circuit=subject.case.circuit,
        level=_level(row),
        text=f"{_setting(fact)} “{quote}”",
        parts=(part,),
        source=subject.source,
        facts={},
    )


def _asks(fact: Fact) -> str:
    """The question on a fact, in words that need no question before it."""
    asked: str = words()["asked_alone"].get(fact.name, fact.question)
    return f"{asked[0].lower()}{asked[1:]}"


def _setting(fact: Fact) -> str:
    """What stands before a passage: that the case is on immunity, unless just that is asked."""
    setting: Mapping[str, str] = words()["setting"]
    return setting["bare" if fact.name in BASES else "immunity"]


def _fact_lesson(library: Library, subject: Subject, fact: Fact, value: Value | None) -> Lesson:
    """Why the law asks, and the weightiest holding that depends on the fact.

    Before others: those that bind, those on the value found, those of the fact's own doctrine.
    """
    law = law_for(library, subject.posture, subject.case.decided, subject.without)
    found = [
        (a, value is None or value in a.holding.when.facts[fact.name], question.doctrine)
        for question in library.questions
        for a in law.on(question.id)
        if fact.name in a.holding.when.facts
    ]

    def group(*, binds: bool, met: bool, own: bool) -> list[Authority]:
        return [
            a
            for a, meets, doctrine in found
            if (a.binding or not binds)
            and (meets or not met)
            and (doctrine == fact.doctrine or not own)
        ]

    groups = [group(binds=binds, met=met, own=own) for binds, met, own in _NEARNESS]
    # The first sentence; a period within a citation does not end it.
    why = re.split(r"(?<=[a-z]{2}\.) (?=[A-Z])", fact.why, maxsplit=1)[0]
    return Lesson(
        UNSAID if value is None else why,
        best_cite(fact.name, *groups),
        court_words(library, subject),
        (Point(fact.why), Point(fact.help, (subject.source,))),
    )
