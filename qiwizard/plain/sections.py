"""Plain mode: the result and its parts as lines, from the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module

from qiwizard.law.library import Library
from qiwizard.reasoning.ruling import rule
from qiwizard.reports.words import wrapped
from qiwizard.sessions.session import Session
from qiwizard.text import visible


def result_lines(library: Library, session: Session) -> Iterator[str]:
    """The result on a few lines."""
    ruling = rule(library, session.posture, session.as_of)
    outcome = library.outcomes[ruling.outcome].label.upper()
    yield f"{outcome}, {ruling.strength.word}"
    yield from wrapped(ruling.headline)
    for number, term in enumerate(ruling.terms, start=1):
        yield from wrapped(term, f"{number}. ", "   ")


def section_lines(library: Library, session: Session, today: date, name: str) -> Iterator[str]:
    """One part of the report by name."""
    del library, session, today
    yield f"{name}: not available."


def compared_lines(library: Library, session: Session) -> Iterator[str]:
    """The forum as stated and every circuit, a row and a reason each."""
    comparison = import_module("qiwizard.reports.comparison")
    forums = import_module("qiwizard.reasoning.forums")
    named = forums.all_forums(library, session.posture, session.as_of)
    yield from comparison.glance(forums.compare(library, session.posture, named))


def looked_up(library: Library, text: str, as_of: date) -> Iterator[str]:
    """What the library has on some words, or the authority of an id."""
    lines = import_module("qiwizard.reports.precedents").looked_up(library, text, as_of)
    yield from (visible(line) for line in lines)
