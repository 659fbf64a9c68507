"""All that the summary and the memo tell of a session, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qiwizard.documents.outlook import ahead_sentences, forum_sentences
from qiwizard.documents.telling import conditional_words
from qiwizard.law.citation import cite_holding
from qiwizard.law.forum import Placed
from qiwizard.law.library import Library
from qiwizard.reasoning.alternatives import Alternative
from qiwizard.reasoning.changes import Change, changes
from qiwizard.reasoning.conditional import conditional
from qiwizard.reasoning.contrary import contrary, distinguished
from qiwizard.reasoning.nextsteps import NextStep, next_steps
from qiwizard.reasoning.outlook import outlook
from qiwizard.reasoning.ruling import Ruling, rule
from qiwizard.reasoning.similar import Near, closest
from qiwizard.sessions.session import Session
from qiwizard.sessions.since import sentences

MOST_CHANGES = 10
MOST_NAMED = 3
"""Authorities named for another outcome."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A session, its ruling, and what follows from it."""

    library: Library
    session: Session
    ruling: Ruling
    since: tuple[str, ...]
    """What changed since the ruling that a session was opened with."""
    contrary: tuple[tuple[Placed, str], ...]
    """Holdings against what carries the outcome, each with how it is distinguished."""
    changes: tuple[Change, ...]
    open: tuple[str, ...]
    """What the facts not known could do."""
    ahead: tuple[str, ...]
    """Where the questions not asked can lead."""
    forums: tuple[str, ...]
    near: tuple[Near, ...]
    steps: tuple[NextStep, ...]


def brief(
    library: Library,
    session: Session,
    today: date | None = None,
    earlier: Session | None = None,
) -> Brief:
    """All there is to tell.

    Of a session opened with a ruling that is also what changed since, up to `today`; `earlier`
    is that session where another ruling has since been adopted.
    """
    posture, as_of = session.posture, session.as_of
    ruling = rule(library, posture, as_of)
    against = dict.fromkeys(p for finding in ruling.decisive for p in contrary(finding))
    map_ = outlook(library, posture, as_of)
    return Brief(
        library=library,
        session=session,
        ruling=ruling,
        since=tuple(sentences(library, earlier or session, today or date.today())),
        contrary=tuple((p, distinguished(library, posture, p)) for p in against),
        changes=changes(library, posture, as_of, most=MOST_CHANGES),
        open=tuple(conditional_words(library, conditional(library, posture, as_of))),
        ahead=tuple(ahead_sentences(library, map_)),
        forums=tuple(forum_sentences(library, map_)),
        near=closest(library, posture, as_of),
        steps=next_steps(library, posture, ruling),
    )


def because_words(alternative: Alternative) -> str:
    """Why another outcome might be right, and the first authorities for it."""
    named = (cite_holding(p.holding) for p in alternative.authority[:MOST_NAMED])
    return f"{alternative.because} {'; '.join(named)}".strip()
