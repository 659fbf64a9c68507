"""The summary in plain text: ruling, reasons, what is against it, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qiwizard.reasoning.nextsteps import by_role
from qiwizard.reasoning.similar import MEASURE

from qiwizard.documents.brief import Brief, because_words, brief
from qiwizard.documents.telling import (
    READ_SAYS,
    authority_words,
    change_words,
    near_words,
    step_authority,
)
from qiwizard.documents.why_lines import term_lines, why_lines
from qiwizard.law.citation import cite_holding, pin_label, spell_date
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.reports.words import AID_NOT_ADVICE, STRENGTHS, forum_words, wrapped
from qiwizard.sessions.session import Session
from qiwizard.text import one_line


def summary(
    library: Library,
    session: Session,
    today: date | None = None,
    earlier: Session | None = None,
) -> str:
    """The whole summary as plain text, lines of at most 78 characters.

    Of a session opened with a ruling it says what changed since, up to `today`; `earlier` is
    that session where another ruling has since been adopted.
    """
    told = brief(library, session, today, earlier)
    sections = (
        _opening(told),
        _section("What changed since", _bullets(told.since)),
        _section("Terms of the order", term_lines(library, told.ruling)),
        _section("Why", why_lines(library, session, told.ruling)),
        _section("What is against it", _against(told)),
        _section("What would change it", _changes(told)),
        _section("Open facts", _bullets(told.open)),
        _section("Where the questions lead", _bullets(told.ahead)),
        _section("The circuits on these facts", _bullets(told.forums)),
        _section("Closest decided orders", _closest(told)),
        _section("Next steps", _next(told)),
        _section("Table of authorities", _authorities(told)),
        wrapped(AID_NOT_ADVICE),
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _opening(told: Brief) -> list[str]:
    session, ruling = told.session, told.ruling
    outcome = told.library.outcomes[ruling.outcome].label.upper()
    name = session.matter.caption or "Ruling"
    forum = forum_words(told.library, session.posture)
    head = f"{one_line(name)} · {forum} · law as of {spell_date(ruling.as_of)}"
    strength = ruling.strength.word
    return [
        *wrapped(head),
        "",
        *wrapped(f"{outcome}, {strength} ({STRENGTHS[strength]})."),
        *wrapped(ruling.headline),
    ]


def _section(title: str, body: Iterable[str]) -> list[str]:
    lines = list(body)
    return [title, "-" * len(title), *lines] if lines else []


def _bullets(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in wrapped(text, "* ", "  ")]


def _against(told: Brief) -> Iterator[str]:
    for alternative in told.ruling.alternatives:
        label = told.library.outcomes[alternative.outcome].label
        yield from wrapped(f"{label}, if: {because_words(alternative)}", "* ", "  ")
    for placed, said in told.contrary:
        yield from wrapped(authority_words(placed), "* ", "  ")
        yield from wrapped(f"To distinguish it: {said}", "    ", "      ")


def _changes(told: Brief) -> list[str]:
    return _bullets(
        f"{told.library.outcomes[change.ruling.outcome].label} ({change.ruling.strength.word}) "
        f"if {change_words(told.library, change)}."
        for change in told.changes
    )


def _next(told: Brief) -> Iterator[str]:
    for head, steps in by_role(told.steps).items():
        yield f"{head}:"
        yield from _bullets(f"{step.text} {step_authority(step)}." for step in steps)


def _closest(told: Brief) -> Iterator[str]:
    if told.near:
        yield from wrapped(MEASURE)
    yield from _bullets(near_words(told.library, order) for order in told.near)


def _authorities(told: Brief) -> Iterator[str]:
    as_of = told.ruling.as_of
    by_weight = sorted(told.ruling.cited, key=lambda p: (-p.rank, p.holding.precedent.caption))
    for holding in (placed.holding for placed in by_weight):
        yield from wrapped(
            f"{cite_holding(holding)} ({pin_label(holding)}; {READ_SAYS[holding.verified]})",
            "* ",
            "  ",
        )
        if holding.quote:
            yield from wrapped(f"“{holding.quote}”", "    ", "    ")
        for sentence in history_sentences(holding.precedent, holding.key, as_of, told.library):
            yield from wrapped(sentence, "    ! ", "      ")
