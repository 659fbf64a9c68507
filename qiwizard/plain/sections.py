"""Plain mode: the result and its parts as lines, from the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qiwizard.law.library import Library
from qiwizard.reasoning.forums import all_forums, compare
from qiwizard.reports.as_text import section_lines as lines_of
from qiwizard.reports.blocks import plain
from qiwizard.reports.card import card
from qiwizard.reports.formats import render
from qiwizard.reports.report import Report
from qiwizard.reports.sections import section
from qiwizard.reports.words import wrapped
from qiwizard.sessions.session import Session
from qiwizard.text import visible

NAMES = {
    "reasons": "why",
    "against": "against",
    "what-if": "changes",
    "orders": "orders",
    "next": "next",
    "authorities": "authorities",
}
"""The section of the report that a command shows."""


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
        lines = lines_of(section(Report(library, session, today), NAMES[command]))
    yield from (visible(line) for line in lines)


def compared_lines(library: Library, session: Session) -> Iterator[str]:
    """The forum as stated and every circuit, a row and a reason each."""
    from qiwizard.reports.comparison import glance  # wanted by one command alone

    forums = all_forums(library, session.posture, session.as_of)
    yield from glance(compare(library, session.posture, forums))


def looked_up(library: Library, text: str, as_of: date) -> Iterator[str]:
    """What the library has on some words, or the authority of an id."""
    from qiwizard.reports.precedents import looked_up as lines  # wanted by one command alone

    yield from (visible(line) for line in lines(library, text, as_of))
