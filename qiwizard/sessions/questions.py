"""The questions of the interview, the same for the full screen and plain mode.

The forum is one question that answers circuit and district, and the state of the defense one that
answers several facts; every other question asks one fact. What is asked next follows from what
can still change the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qiwizard.law.courts import NamedForum, matching_forums
from qiwizard.law.facts import CIRCUIT, COURT, FORUM, MOTION, QI_ASSERTED, REQUEST
from qiwizard.reasoning.explanation import counts_words
from qiwizard.reasoning.relevance import agenda, askable, not_needed, refining
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import (
    DEFENSE,
    FORUM_QUESTION,
    MOTION_KIND,
    defense_state,
    question_of,
)

if TYPE_CHECKING:
    from qiwizard.law.facts import Fact, Value
    from qiwizard.law.library import Library
    from qiwizard.law.posture import Posture
    from qiwizard.sessions.session import Session

UNKNOWN = "Unknown"
NOT_ENOUGH = "Not enough facts yet"
NOT_NEEDED = "not needed"
REFINES = "would refine the order"
_MISSING_WORDS = {CIRCUIT: "forum", REQUEST: "request", MOTION: "state of the defense"}
FIRST_FACTS = len(_MISSING_WORDS)
"""Facts without which there is no ruling: forum, request, state of the defense."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on offer; the value None is Unknown, and a state is named by its label."""

    value: Value | None
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the interview."""

    id: str
    """The name of its fact; `forum` and `defense` for the two that answer several."""
    fact: Fact
    """The fact that explains it and holds its record cite."""
    facts: tuple[str, ...]
    """All facts that it answers."""
    doctrine: str
    short: str
    text: str
    choices: tuple[Choice, ...]
    """Its answers, Unknown last; empty for the forum, whose answers are searched."""


def question(library: Library, posture: Posture, name: str) -> Question:
    """The question that asks a fact; `forum` and `defense` name the two of several facts."""
    by_name, name = library.vocabulary.by_name, question_of(posture, name)
    if name == FORUM_QUESTION:
        court, place = by_name[COURT], "In which district, or circuit, is the case pending?"
        return Question(FORUM_QUESTION, court, FORUM, court.doctrine, "forum", place, ())
    if name == DEFENSE:
        return _defense(library, posture)
    fact = by_name[name]
    choices = [Choice(c.value, c.label) for c in library.choices_in(posture, fact)]
    unknown = Choice(None, UNKNOWN)
    return Question(
        name, fact, (name,), fact.doctrine, fact.short, fact.question, (*choices, unknown)
    )


def _defense(library: Library, posture: Posture) -> Question:
    fact = library.vocabulary.by_name[MOTION]
    states = [Choice(state.label, state.label) for state in library.vocabulary.states]
    text = "What is the status of the qualified-immunity defense to the individual-capacity claims?"
    names = (QI_ASSERTED, MOTION, MOTION_KIND)
    facts = tuple(name for name in names if question_of(posture, name) == DEFENSE)
    choices = (*states, Choice(None, UNKNOWN))
    return Question(DEFENSE, fact, facts, fact.doctrine, "state of the defense", text, choices)


def next_question(library: Library, session: Session) -> Question | None:
    """The question to ask next; None if the result can be shown."""
    name = agenda(library, session.posture, session.as_of).next
    return None if name is None else question(library, session.posture, name)


def answer(library: Library, session: Session, asked: Question, value: object) -> Session:
    """The session with a question answered; the same session if nothing changes."""
    posture = session.posture
    if (
        all(posture.asked(name) for name in asked.facts)
        and chosen(library, posture, asked) == value
    ):
        return session
    if asked.id == FORUM_QUESTION:
        if not isinstance(value, NamedForum):
            return session.stating_forum(library, None, None)
        return session.stating_forum(library, value.circuit, value.court)
    if asked.id == DEFENSE:
        states = (state for state in library.vocabulary.states if state.label == value)
        return session.stating_defense(library, next(states, None))
    return session.answering(library, asked.id, value if isinstance(value, bool | str) else None)


def chosen(library: Library, posture: Posture, asked: Question) -> object:
    """The value that was given as the answer to a question; None for Unknown and for none."""
    if asked.id == FORUM_QUESTION:
        court, circuit = posture.get(COURT), posture.get(CIRCUIT)
        wanted = (str(circuit), None if court is None else str(court))
        named = matching_forums(library.courts, wanted[1] or wanted[0])
        return next((f for f in named if (f.circuit, f.court) == wanted), None)
    if asked.id == DEFENSE:
        state = defense_state(library, posture)
        return None if state is None else state.label
    return posture.get(asked.id)


def removing(library: Library, session: Session, asked: Question) -> Session:
    """The session with a question not asked, and without every fact that its answer stated."""
    names, posture = set(asked.facts), session.posture
    if asked.id == DEFENSE and (state := defense_state(library, posture)) is not None:
        names |= {name for name, value in state.facts.items() if posture.get(name) == value}
    return session.clearing(*names)


def answered(posture: Posture, asked: Question) -> bool:
    """Whether a question was answered, including with Unknown."""
    return any(posture.asked(name) for name in asked.facts)


def answer_words(library: Library, posture: Posture, asked: Question) -> str:
    """The answer given to a question in words; empty if it was not asked."""
    if not answered(posture, asked):
        return ""
    value = chosen(library, posture, asked)
    if isinstance(value, NamedForum):
        return value.court or value.label.partition(" (")[0]
    if value is None and asked.id == DEFENSE and (motion := posture.get(MOTION)) is not None:
        return asked.fact.label(motion)
    return next((c.label for c in asked.choices if c.value is value or c.value == value), UNKNOWN)


def missing_words(library: Library, session: Session) -> tuple[str, ...]:
    """What is not known and without which there is no ruling, in words."""
    missing = rule(library, session.posture, session.as_of).missing
    return tuple(_MISSING_WORDS[name] for name in missing)


def not_enough_words(library: Library, session: Session) -> str:
    """A statement that there is no ruling yet, and why; empty if there is one."""
    missing = missing_words(library, session)
    if not missing:
        return ""
    known = FIRST_FACTS - len(missing)
    return f"{NOT_ENOUGH}: {known} of {FIRST_FACTS} known. Missing: {', '.join(missing)}."


def progress_words(library: Library, session: Session) -> str:
    """Progress of the interview in words."""
    ahead = agenda(library, session.posture, session.as_of)
    if ahead.essential:
        known = FIRST_FACTS - len(missing_words(library, session))
        return f"{known} of {FIRST_FACTS} known"
    left = len({question_of(session.posture, name) for name in ahead.left})  # the forum is one
    return f"about {left} more" if left else "no question left"


def refining_words(library: Library, session: Session) -> str:
    """The offer of optional questions; empty if there are none."""
    number = len(refining(library, session.posture, session.as_of))
    if not number or missing_words(library, session):
        return ""
    return f"{number} more {'fact' if number == 1 else 'facts'} would refine the order"


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the review, with its answer."""

    number: int
    question: Question
    answer: str
    """The answer in words; empty if it was not asked."""
    source: str
    remark: str
    """`not needed`, or what the question would still do; empty for most."""


def review(library: Library, session: Session) -> tuple[Row, ...]:
    """The questions answered, then those to be asked, then the optional ones, by doctrine."""
    posture, day = session.posture, session.as_of
    idle, left = not_needed(library, posture, day), set(agenda(library, posture, day).left)
    refine = set() if missing_words(library, session) else {*refining(library, posture, day)}
    possible = {fact.name for fact in askable(library, posture)} | {*FORUM, REQUEST, MOTION}
    ids = dict.fromkeys(
        question_of(posture, fact.name)
        for fact in library.vocabulary.facts
        if fact.name in possible or posture.asked(fact.name)
    )
    order = [doctrine.id for doctrine in library.doctrines]

    def place(asked: Question) -> tuple[int, int]:
        first = 0 if answered(posture, asked) else 1 if left & set(asked.facts) else 2
        return first, order.index(asked.doctrine)

    def row(number: int, asked: Question) -> Row:
        words = answer_words(library, posture, asked)
        if words:
            remark = NOT_NEEDED if asked.id in idle else ""
        elif left & set(asked.facts):
            remark = "to be asked"
        else:
            remark = REFINES if asked.id in refine else ""
        sources = (session.sources.get(name, "") for name in (asked.fact.name, *asked.facts))
        return Row(number, asked, words, next(filter(None, sources), ""), remark)

    asked = sorted((question(library, posture, id_) for id_ in ids), key=place)
    return tuple(row(number, each) for number, each in enumerate(asked, start=1))


def practice_words(library: Library, session: Session, doctrine: str) -> tuple[str, ...]:
    """How decided orders answered the counted questions of a doctrine, nearest first."""
    if missing_words(library, session):
        return ()
    ruling = rule(library, session.posture, session.as_of)
    findings = (f for f in ruling.findings if f.question.doctrine == doctrine and f.counts)
    return tuple(
        f"{finding.conclusion} {words}"
        for finding in findings
        for words in counts_words(library, finding)
    )
