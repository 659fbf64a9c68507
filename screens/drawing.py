"""How text is drawn: literal, in the styles of the theme, with words for ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from qiwizard.reports.words import forum_words
from qiwizard.text import one_line, spell_date, visible

if TYPE_CHECKING:
    from qiwizard.law.forum import Authority
    from qiwizard.law.library import Library
    from qiwizard.sessions.session import Session

HEADING = "bold $text-primary"
STRONG = "bold"
MUTED = "$foreground-muted"
WORKING = "Loading …"
"""Stands where something is still being worked out."""


def outcome_style(outcome: str) -> str:
    """The color of an outcome; always used with its word."""
    return f"bold $outcome-{outcome.replace('_', '-')}"


def literal(text: str, style: str = "") -> Content:
    """Text exactly as written, with control characters shown visibly."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def cell(text: str, width: int, style: str = "") -> Content:
    """Text in a column of a width, cut short to leave a blank after it."""
    shown = literal(text, style).truncate(width - 1, ellipsis=True)
    return shown.pad_right(width - shown.cell_length)


LEAST_CAPTION = 12
"""Columns that a caption keeps, however narrow the line."""

RANK_WORDS = {
    "SUPREME": "every court",
    "OWN_CIRCUIT": "this circuit",
    "OWN_CIRCUIT_UNPUBLISHED": "this circuit, unpublished",
    "OWN_DISTRICT": "this district",
    "CIRCUIT_DISTRICT": "another district of this circuit",
    "SISTER_CIRCUIT": "another circuit",
    "ELSEWHERE": "a district elsewhere",
}


def outcome_word(library: Library, outcome: str) -> str:
    """An outcome as a word that stands out without color."""
    known = library.outcomes.get(outcome)
    return (known.label if known else outcome).upper()


def outcome_text(library: Library, outcome: str) -> Content:
    """An outcome as its word in its color."""
    known = outcome in library.outcomes
    return literal(outcome_word(library, outcome), outcome_style(outcome) if known else STRONG)


def weight(authority: Authority) -> str:
    """The weight of an authority in the forum."""
    return f"{authority.weight}, {RANK_WORDS[authority.rank.name]}"


def matter_line(library: Library, session: Session, width: int) -> Content:
    """Caption, forum and day of the law on one line; of these the caption alone is cut short."""
    caption = one_line(session.matter.caption.strip()) or "New case"
    forum = forum_words(library, session.posture)
    tail = Content(" · ") + literal(one_line(f"{forum} · law as of {spell_date(session.as_of)}"))
    room = max(LEAST_CAPTION, width - tail.cell_length)
    return literal(caption).truncate(room, ellipsis=True) + tail
