"""How far a session is: doctrine by doctrine, and what a change of answer did to the others."""

from __future__ import annotations

from dataclasses import dataclass

from qiwizard.law.library import Library
from qiwizard.reasoning.relevance import agenda, not_needed
from qiwizard.sessions.session import Session


@dataclass(frozen=True, slots=True)
class Step:
    """Where in the interview a session stands on one doctrine."""

    doctrine: str
    asked: tuple[str, ...]
    """Facts of the doctrine that were answered."""
    left: tuple[str, ...]
    """Facts of the doctrine that are still to be asked."""
    idle: tuple[str, ...]
    """Answered facts that are not needed for the ruling."""

    @property
    def arises(self) -> bool:
        """Whether there is anything to show on the doctrine's screen."""
        return bool(self.asked or self.left)

    @property
    def done(self) -> bool:
        """Whether every question of the doctrine that matters has been answered."""
        return self.arises and not self.left


def steps(library: Library, session: Session) -> tuple[Step, ...]:
    """The doctrines in order, each with what was asked and what is left."""
    left = set(agenda(library, session.posture, session.as_of).left)
    idle = not_needed(library, session.posture, session.as_of)
    found = []
    for doctrine in library.doctrines:
        names = [fact.name for fact in library.facts_of(doctrine.id)]
        found.append(
            Step(
                doctrine=doctrine.id,
                asked=tuple(name for name in names if session.posture.asked(name)),
                left=tuple(name for name in names if name in left),
                idle=tuple(name for name in names if name in idle),
            )
        )
    return tuple(found)
