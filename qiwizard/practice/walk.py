"""Walk an opinion: a landmark doctrine by doctrine, with the court's own words on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qiwizard.law.doctrine import Question
from qiwizard.law.library import Library
from qiwizard.law.precedent import Holding
from qiwizard.practice.argue import cite_holding_as, finding_point, ruling_points
from qiwizard.practice.cases import (
    Passage,
    Subject,
    item_of,
    opening,
    passages,
    seed_of,
    subjects,
)
from qiwizard.practice.items import Cite, Item, Option, Part, Point, Seed

DRILL = "walk"
NOTE_PARTED = "What the court did and what the engine rules both count as right."
NOTE = "The court gives more than one answer to this; each of them is accepted."


def seeds(library: Library) -> Iterable[Seed]:
    """One walk for each landmark."""
    for subject in subjects(library).values():
        if subject.case.landmark:
            yield seed_of(DRILL, subject)


def make(library: Library, key: str) -> Item:
    """The walk through one landmark; KeyError if it is none."""
    subject = subjects(library)[key]
    if not subject.case.landmark:
        raise KeyError(key)
    return item_of(library, DRILL, subject, _parts(library, subject), stepwise=True)


def _parts(library: Library, subject: Subject) -> Iterator[Part]:
    """A step for each question to which the opinion speaks on its own facts, in order."""
    told = passages(subject.case.facts)
    doctrines = [d.id for d in library.doctrines]
    at = 0
    for question in library.questions:
        own = _own(library, subject, question)
        if own and len(question.answers) > 1:
            there = doctrines.index(question.doctrine)
            yield _step(subject, question, own, _setting(library, subject, told, at, there))
            at = there + 1
    yield _ending(library, subject, _setting(library, subject, told, at, len(doctrines) - 1))


def _ending(library: Library, subject: Subject, setting: str) -> Part:
    """What the court makes of it all."""
    court, engine = subject.case.outcome, subject.ruling.outcome
    came = Point(f"The court: {library.outcomes[court].sentence}", (subject.source,))
    terms = Point(f"The terms of the order: {subject.notes}", (subject.source,))
    return Part(
        id="outcome",
        doctrine=library.doctrines[-1].id,
        asks="And so: what becomes of discovery?",
        options=tuple(
            Option(o.id, f"{o.label}: {o.sentence}", (came,)) for o in library.outcomes.values()
        ),
        accepted=frozenset({court, engine}),
        argument=(terms, *ruling_points(library, subject.ruling)),
        note=NOTE_PARTED if court != engine else "",
        setting=setting,
    )


def _own(library: Library, subject: Subject, question: Question) -> list[Holding]:
    """What the opinion itself says on a question, quoted."""
    bits = library.vocabulary.bits(subject.case.facts)
    return [
        h
        for h in library.holdings_of(library.precedents[subject.case.id])
        if h.question == question.id and h.grounded and h.speaks_to(bits)
    ]


def _setting(
    library: Library, subject: Subject, told: Iterable[Passage], start: int, end: int
) -> str:
    """The facts of the doctrines from one to another, as the interview comes to them."""
    if end < start:
        return ""
    between = library.doctrines[start : end + 1]
    names = {d.id for d in between}
    case, by_name = subject.case, library.vocabulary.by_name
    sentences = [p.text for p in told if by_name[p.facts[0]].doctrine in names]
    first = [opening(library, case.facts, case.decided, subject.precision)] if start == 0 else []
    title = f"{between[-1].title}. {between[-1].intro}"
    facts = " ".join([*first, *sentences])
    return f"{title}\n\nThe case: {facts}" if facts else title


def _step(subject: Subject, question: Question, own: list[Holding], setting: str) -> Part:
    said = dict.fromkeys(holding.answer for holding in own)
    words = tuple(cite_holding_as(holding) for holding in own)
    finding = subject.ruling.finding(question.id)
    return Part(
        id=question.id,
        doctrine=question.doctrine,
        asks=f"{question.asks} What does the court say?",
        options=tuple(
            Option(a.id, a.conclusion, (_said(question, said, a.id, words),))
            for a in question.answers.values()
        ),
        accepted=frozenset(said),
        argument=(_engine(subject, words) if finding is None else finding_point(finding),),
        note=NOTE if len(said) > 1 else "",
        setting=setting,
        words=words,
    )


def _said(question: Question, said: Iterable[str], answer: str, words: tuple[Cite, ...]) -> Point:
    """Whether the court gives an answer, and if not which it gives."""
    gives = list(said)
    if answer in gives:
        return Point("So the court says.", words[:1])
    conclusions = " ".join(question.answers[a].conclusion for a in gives)
    return Point(f"The court says otherwise: {conclusions}", words[:1])


def _engine(subject: Subject, words: tuple[Cite, ...]) -> Point:
    return Point(
        "The ruling does not need this question on these facts; the court speaks to it as well.",
        (subject.source, *words[:1]),
    )
