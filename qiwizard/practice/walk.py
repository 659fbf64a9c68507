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
from qiwizard.practice.items import UNSTATED, Cite, Item, Lesson, Level, Option, Part, Point, Seed
from qiwizard.practice.lessons import (
    best_cite,
    cite_holding_as,
    court_words,
    finding_point,
    lesson_of_case,
)

WALK, SPOT = "walk", "spot"
SEVERAL = "The court gives more than one answer; each is accepted."
SILENT = "The passage does not say"
UNSAID = "A fact that a passage does not state is unknown: its absence is not stated either."


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
    yield Part(
        id="outcome",
        doctrine=library.doctrines[-1].id,
        asks="How did the court rule?",
        options=tuple(
            Option(o.id, f"{o.label}: {o.sentence}", short=o.label)
            for o in library.outcomes.values()
        ),
        accepted=frozenset({subject.case.outcome}),
        lesson=lesson_of_case(library, subject),
    )


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
    for key, row in _rows(library).items():
        subject = subjects(library)[row["from"]]
        yield Seed(f"{SPOT}/{key}", SPOT, subject.case.circuit, _level(row))


def _level(row: Mapping[str, Any]) -> Level:
    """To see that a passage is silent is harder than to see what it says."""
    return Level.BASIC if "value" in row else Level.INTERMEDIATE


def _rows(library: Library) -> dict[str, Mapping[str, Any]]:
    """The passages of known cases, by case and number."""
    rows: dict[str, Mapping[str, Any]] = {}
    known = subjects(library)
    for number, row in enumerate(words()["passage"], start=1):
        if row["from"] in known and _quote(known[row["from"]], row):
            rows[f"{row['from']}@{number}"] = row
    return rows


def _quote(subject: Subject, row: Mapping[str, Any]) -> str:
    return str(row.get("quote") or subject.quote)


def make_spot(library: Library, key: str) -> Item:
    """The drill on one passage; KeyError if there is none."""
    row = _rows(library)[key]
    subject = subjects(library)[row["from"]]
    fact = library.vocabulary.by_name[row["fact"]]
    value: Value | None = row.get("value")
    options = [Option(option_id(c.value), c.label) for c in fact.choices]
    options.append(Option(UNSTATED, SILENT))
    quote = _quote(subject, row)
    part = Part(
        id=fact.name,
        doctrine=fact.doctrine,
        asks=f"From this passage alone: {_lowered(fact.question)}",
        options=tuple(options),
        accepted=frozenset({UNSTATED if value is None else option_id(value)}),
        lesson=_fact_lesson(library, subject, fact, value),
    )
    return Item(
        id=f"{SPOT}/{key}",
        drill=SPOT,
        circuit=subject.case.circuit,
        level=_level(row),
        text=f"The court wrote: “{quote}”",
        parts=(part,),
        source=subject.source,
        facts={},
    )


def option_id(value: Value) -> str:
    """A value of a fact as the id of an option."""
    return str(value).lower() if isinstance(value, bool) else value


def _lowered(question: str) -> str:
    return question[0].lower() + question[1:]


def _fact_lesson(library: Library, subject: Subject, fact: Fact, value: Value | None) -> Lesson:
    """Why the law asks, and a holding of the forum that depends on the fact."""
    law = law_for(library, subject.posture, subject.case.decided, subject.without)
    found = [
        a
        for question in library.questions
        for a in law.on(question.id)
        if fact.name in a.holding.when.facts
        and (value is None or value in a.holding.when.facts[fact.name])
    ]
    rule = _first_sentence(fact.why) if value is not None else UNSAID
    return Lesson(
        rule,
        _nearest_cite(found),
        court_words(library, subject),
        (Point(fact.why), Point(fact.help, (subject.source,))),
    )


def _first_sentence(text: str) -> str:
    """The first of several sentences; a period within a citation does not end one."""
    return re.split(r"(?<=[a-z]{2}\.) (?=[A-Z])", text, maxsplit=1)[0]


def _nearest_cite(found: list[Authority]) -> Cite | None:
    """The weightiest quoted holding, one of the forum before one from elsewhere."""
    return best_cite("", [a for a in found if a.rank.in_forum], found)
