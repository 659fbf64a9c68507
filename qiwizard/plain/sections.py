"""Plain mode: the result and its parts as lines, from the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qiwizard.command_table import BY_ID, COMMANDS
from qiwizard.law.citation import cite_holding, spell_date
from qiwizard.law.library import Library
from qiwizard.reasoning.forums import all_forums, compare
from qiwizard.reasoning.relevance import stakes
from qiwizard.reasoning.ruling import rule
from qiwizard.reports.as_text import section_lines as lines_of
from qiwizard.reports.blocks import plain
from qiwizard.reports.card import card
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.reports.sections import section
from qiwizard.reports.words import wrapped
from qiwizard.sessions.questions import Question, answer, not_enough_words, practice_words
from qiwizard.sessions.session import Session
from qiwizard.sessions.since import reasons, since
from qiwizard.text import one_line, visible

START = (
    "Answer with a number and Enter, or with the words of the answer; 0 is Unknown. "
    "Type help for all commands."
)
ANSWERS = (
    "A number, or the words of an answer: answers the question. 0: Unknown.",
    "Enter alone: the question again.",
)
FORUM_PROMPT = "District or circuit, such as D.N.M., new mex or 10th> "
AT_THE_END = "Command> "


def help_lines() -> tuple[str, ...]:
    """All commands of plain mode."""
    return (*ANSWERS, *(f"{c.usage}: {c.help}" for c in COMMANDS if c.plain))


def prompt_for(most: int) -> str:
    """What is asked for: a number up to `most`."""
    return f"0 to {most}> "


MOST_AUTHORITIES = 2
"""Authorities shown on a question."""


def result_lines(library: Library, session: Session, today: date) -> list[str]:
    """The card without its frame, which a screen reader would spell out."""
    shown = card(Report(library, session, today))
    lines = wrapped(f"{shown.headline} ({shown.standing})")
    lines += wrapped(f"{shown.background} {shown.sentence}".strip())
    for row in shown.rows:
        for number, entry in enumerate(row.entries):
            lines += wrapped(plain(entry), "   " if number else f"{row.label}: ", "   ")
    return [visible(line) for line in lines]


def section_lines(library: Library, session: Session, today: date, command: str) -> Iterator[str]:
    """The part of the report that a command shows."""
    if command == "draft":
        lines = render(library, session, "order", today).splitlines()
    else:
        lines = lines_of(section(Report(library, session, today), BY_ID[command].section))
    yield from (visible(line) for line in lines)


def recorded_lines(library: Library, session: Session, today: date) -> Iterator[str]:
    """The ruling in the file that a session was opened from, today's, and what changed."""
    changed = since(library, session, today)
    if changed is None:
        return
    if told := not_enough_words(library, session):
        yield from wrapped(told)
        return
    recorded, now, outcomes = changed.recorded, changed.now.ruling, library.outcomes
    yield from wrapped(
        f"Ruling in the file, as of {spell_date(recorded.as_of)}: "
        f"{outcomes[recorded.outcome].label}, {recorded.strength}."
    )
    adopt = "adopt: use today's law." if changed.adoptable else "The result is the same."
    today_is = f"{outcomes[now.outcome].label}, {now.strength.word}."
    yield from wrapped(f"Under the law of today: {today_is} {adopt}")
    for reason in reasons(library, changed):
        yield from wrapped(one_line(reason.text), "   ", "   ")


def why_lines(library: Library, session: Session, asked: Question) -> Iterator[str]:
    """What a question means, what each answer leads to, and the authority on it."""
    yield from wrapped(one_line(asked.fact.help))
    yield from wrapped(one_line(f"Why it matters: {asked.fact.why}"))
    if not not_enough_words(library, session):
        for choice in asked.choices:
            after = answer(library, session, asked, choice.value)
            ruling = rule(library, after.posture, session.as_of)
            outcome = library.outcomes[ruling.outcome].label
            yield from wrapped(f"{choice.label}: {outcome}, {ruling.strength.word}.", "   ", "   ")
        for line in practice_words(library, session, asked.doctrine):
            yield from wrapped(one_line(line))
    for question, holdings in stakes(library, session.posture, asked.fact.name, session.as_of):
        yield from wrapped(library.question[question].asks)
        for authority in holdings[:MOST_AUTHORITIES]:
            cited = f"{cite_holding(authority.holding)} ({authority.weight})"
            yield from wrapped(one_line(f"{cited}: {authority.holding.says}"), "   ", "   ")


def compared_lines(library: Library, session: Session) -> Iterator[str]:
    """The forum as stated and every circuit, a row and a reason each."""
    from qiwizard.reports.comparison import glance  # wanted by one command alone

    forums = all_forums(library, session.posture, session.as_of)
    yield from glance(compare(library, session.posture, forums))


def looked_up(library: Library, text: str, as_of: date) -> Iterator[str]:
    """What the library has on some words, or the authority of an id."""
    from qiwizard.reports.precedents import looked_up as lines  # wanted by one command alone

    yield from (visible(line) for line in lines(library, text, as_of))
