"""What is left to ask, remembered for the postures last seen: it is dear to compute."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from qiwizard.interview import Agenda, agenda
from qiwizard.library import Library
from qiwizard.posture import Posture
from qiwizard.session import Session


def ahead(library: Library, session: Session) -> Agenda:
    """The agenda of a session."""
    return _ahead(library, session.posture, session.as_of)


@lru_cache(maxsize=64)
def _ahead(library: Library, posture: Posture, as_of: date) -> Agenda:
    return agenda(library, posture, as_of)
