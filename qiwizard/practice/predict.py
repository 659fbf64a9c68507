"""Predict the ruling, and give likelihoods for it. What the court did decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qiwizard.law.facts import FORUM
from qiwizard.law.library import Library
from qiwizard.practice.cases import Subject, item_of, ruling_on, seed_of, subjects
from qiwizard.practice.items import CALIBRATE, Forecast, Item, Option, Part, Point, Seed
from qiwizard.practice.lessons import cites, label_of, lesson_of_case, turning

PREDICT = "predict"
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


def predict_seeds(library: Library) -> Iterable[Seed]:
    """One drill for each decided case whose summary says enough."""
    return _seeds(library, PREDICT)


def calibrate_seeds(library: Library) -> Iterable[Seed]:
    """The same, in likelihoods."""
    return _seeds(library, CALIBRATE)


def _seeds(library: Library, drill: str) -> Iterable[Seed]:
    for subject in subjects(library).values():
        if _told(subject) >= LEAST_FACTS:
            yield seed_of(drill, subject)


def _told(subject: Subject) -> int:
    return len(subject.facts.keys() - set(FORUM))


def _subject(library: Library, key: str) -> Subject:
    subject = subjects(library)[key]
    if _told(subject) < LEAST_FACTS:
        raise KeyError(key)
    return subject


def make_predict(library: Library, key: str) -> Item:
    """The drill made from a decided case; KeyError if there is none."""
    subject = _subject(library, key)
    part = Part(
        id="outcome",
        doctrine=turning(ruling_on(library, subject)).question.doctrine,
        asks="How did the court rule?",
        options=tuple(_option(library, subject, outcome) for outcome in library.outcomes),
        accepted=frozenset({subject.case.outcome}),
        lesson=lesson_of_case(library, subject),
    )
    return item_of(library, PREDICT, subject, (part,))


def _option(library: Library, subject: Subject, outcome: str) -> Option:
    ruling = ruling_on(library, subject)
    other = next((a for a in ruling.alternatives if a.outcome == outcome), None)
    why = Point(other.because, cites(other.authority)) if other else None
    name = label_of(library, outcome)
    return Option(outcome, f"{name}: {library.outcomes[outcome].sentence}", why, name)


def make_calibrate(library: Library, key: str) -> Item:
    """The drill in likelihoods made from a decided case; KeyError if there is none."""
    subject = _subject(library, key)
    court, lesson = subject.case.outcome, lesson_of_case(library, subject)
    options = tuple(Option(str(share), f"{share}%: {said}") for share, said in STEPS.items())
    parts = tuple(
        Part(
            id=outcome.id,
            doctrine=turning(ruling_on(library, subject)).question.doctrine,
            asks=f"{outcome.label}: how likely? {outcome.sentence}",
            options=options,
            accepted=frozenset(
                str(share) for share in STEPS if (share >= 50) is (outcome.id == court)
            ),
            lesson=lesson,
            note=NOTE if n == 0 else "",
        )
        for n, outcome in enumerate(library.outcomes.values())
    )
    item = item_of(library, CALIBRATE, subject, parts)
    return replace(item, forecast=Forecast(court, ruling_on(library, subject).likelihood))
