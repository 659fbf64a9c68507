"""What is left to ask, remembered for the postures last seen: it is dear to compute."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.interview import Agenda, agenda
from qiwizard.sessions.session import Session


def ahead(library: Library, session: Session) -> Agenda:
    """The agenda of a session."""
    posture = session.posture
    known, still_open = frozenset(posture.known.items()), frozenset(posture.open)
    return _ahead(library, known, still_open, session.as_of)


@lru_cache(maxsize=64)
def _ahead(
    library: Library,
    known: frozenset[tuple[str, Value]],
    still_open: frozenset[str],
    as_of: date,
) -> Agenda:
    return agenda(library, Posture.of(dict(known), still_open), as_of)
