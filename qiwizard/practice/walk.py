"""Drills on the courts' own words: walk one of the five opinions, and spot the fact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from qiwizard.law.facts import Fact, Value
from qiwizard.law.forum import Authority, law_for
from qiwizard.law.library import Library
from qiwizard.law.precedent import Holding
from qiwizard.law.questions import Question
from qiwizard.practice.cases import ruling_on, subjects, words
from qiwizard.practice.items import UNSTATED, Lesson, Level, Option, Part, Point, Subject, option_id
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


def landmarks(library: Library) -> Mapping[str, Subject]:
    """The five opinions."""
    return {id_: one for id_, one in subjects(library).items() if one.case.landmark}


def walk(library: Library, subject: Subject, _: str) -> Iterable[Part]:
    """A step for each question that the opinion answers on its own facts, in order."""
    bits = library.vocabulary.bits(subject.case.facts)
    quoted = [
        holding
        for holding in library.holdings_of(library.precedents[subject.case.id])
        if holding.quote
        and holding.when.met(bits)
        and not any(exception.met(bits) for exception in holding.unless)
    ]
    for question in library.questions:
        own = [holding for holding in quoted if holding.question == question.id]
        if own and len(question.answers) > 1:
            yield _step(library, subject, question, own)
    yield outcome_part(library, subject)


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


def passages(library: Library) -> Mapping[str, Subject]:
    """The passages of known cases, by case and number."""
    found = {}
    for number, row in enumerate(words()["passage"], start=1):
        subject = subjects(library).get(row["from"])
        if subject is not None and (quote := str(row.get("quote") or subject.source.quote)):
            # In a case on immunity, unless just that is asked.
            setting = words()["setting"]["bare" if row["fact"] in BASES else "immunity"]
            # To see that a passage is silent is harder than to see what it says.
            level = Level.BASIC if "value" in row else Level.INTERMEDIATE
            text = f"{setting} “{quote}”"
            found[f"{row['from']}@{number}"] = replace(subject, text=text, level=level)
    return found


def spot(library: Library, subject: Subject, key: str) -> Iterable[Part]:
    """What a passage shows, in words that need no question before it."""
    row = words()["passage"][int(key.rpartition("@")[2]) - 1]
    fact = library.vocabulary.by_name[row["fact"]]
    value: Value | None = row.get("value")
    options = [Option(option_id(c.value), c.label) for c in fact.choices]
    asked: str = words()["asked_alone"].get(fact.name, fact.question)
    yield Part(
        id=fact.name,
        doctrine=fact.doctrine,
        asks=f"From this passage alone: {asked[0].lower()}{asked[1:]}",
        options=(*options, Option(UNSTATED, SILENT)),
        accepted=frozenset({UNSTATED if value is None else option_id(value)}),
        lesson=_fact_lesson(library, subject, fact, value),
    )


def _fact_lesson(library: Library, subject: Subject, fact: Fact, value: Value | None) -> Lesson:
    """Why the law asks, and the weightiest holding that depends on the fact.

    Before others: those that bind, those on the value found, those of the fact's own doctrine.
    """
    law = law_for(library, subject.posture, subject.case.decided, subject.without)
    groups = defaultdict[tuple[bool, bool, bool], list[Authority]](list)
    for question in library.questions:
        for one in law.on(question.id):
            if (wanted := one.holding.when.facts.get(fact.name)) is not None:
                met = value is None or value in wanted
                near = one.binding, met, question.doctrine == fact.doctrine
                groups[near].append(one)
    # The first sentence; a period within a citation does not end it.
    why = re.split(r"(?<=[a-z]{2}\.) (?=[A-Z])", fact.why, maxsplit=1)[0]
    return Lesson(
        UNSAID if value is None else why,
        best_cite(fact.name, *(groups[near] for near in _NEARNESS)),
        court_words(library, subject),
        (Point(fact.why), Point(fact.help, (subject.source,))),
    )
