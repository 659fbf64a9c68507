"""Plain mode: the result and its parts as lines, from the reports."""

from __future__ import annotations

from collections.abc import Iterator

from qiwizard.command_table import BY_ID
from qiwizard.law.citation import cite_holding
from qiwizard.law.library import Library
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
from qiwizard.text import one_line, spell_date, visible

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
MOST_AUTHORITIES = 2
"""Authorities shown on a question."""


def result_lines(report: Report) -> list[str]:
    """The card without its frame, which a screen reader would spell out."""
    shown = card(report)
    lines = wrapped(f"{shown.headline} ({shown.standing})")
    lines += wrapped(f"{shown.background} {shown.sentence}".strip())
    for label, entries in shown.rows.items():
        for number, entry in enumerate(entries):
            lines += wrapped(plain(entry), "   " if number else f"{label}: ", "   ")
    return [visible(line) for line in lines]


def section_lines(report: Report, command: str) -> Iterator[str]:
    """The part of the report that a command shows."""
    if command == "draft":
        lines = render(report, "order").splitlines()
    else:
        lines = lines_of(section(report, BY_ID[command].section))
    yield from (visible(line) for line in lines)


def recorded_lines(report: Report) -> Iterator[str]:
    """The ruling in the file that a session was opened from, today's, and what changed."""
    changed, library = report.changed, report.library
    if changed is None:
        return
    if told := not_enough_words(library, report.session):
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
    for reason in report.since[1:]:
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
