"""Display words for ids: canons, ranks, kinds, dates."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from qiwizard.law.citation import spell_date
from qiwizard.law.forum import Authority, Rank
from qiwizard.law.library import Library
from qiwizard.reports.words import forum_words
from qiwizard.sessions.session import Session
from qiwizard.text import one_line
from screens.drawing.literal import literal
from screens.drawing.styles import STRONG, outcome_style

LEAST_CAPTION = 12
"""Minimum width of a caption, in columns."""

RANK_WORDS = {
    Rank.SUPREME: "every court",
    Rank.OWN_CIRCUIT: "this circuit",
    Rank.OWN_CIRCUIT_UNPUBLISHED: "this circuit, unpublished",
    Rank.OWN_DISTRICT: "this district",
    Rank.CIRCUIT_DISTRICT: "another district of this circuit",
    Rank.SISTER_CIRCUIT: "another circuit",
    Rank.ELSEWHERE: "a district elsewhere",
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
    return f"{authority.weight}, {RANK_WORDS[authority.rank]}"


def matter_line(library: Library, session: Session, width: int) -> Content:
    """Caption, forum and day of the law on one line; of these the caption alone is cut short."""
    caption = one_line(session.matter.caption.strip()) or "New case"
    forum = forum_words(library, session.posture)
    tail = Content(" · ") + literal(one_line(f"{forum} · law as of {day(session.as_of)}"))
    room = max(LEAST_CAPTION, width - tail.cell_length)
    return literal(caption).truncate(room, ellipsis=True) + tail


def day(value: object) -> str:
    """A date as a citation prints it; anything else as it stands."""
    return spell_date(value) if isinstance(value, date) else str(value)
