"""How far a session is: doctrine by doctrine, and what a change of answer did to the others."""

from __future__ import annotations

from dataclasses import dataclass

from qiwizard.law.library import Library
from qiwizard.reasoning.interview import facts_left, idle_facts
from qiwizard.sessions.session import Session


@dataclass(frozen=True, slots=True)
class Step:
    """Where in the interview a session stands on one doctrine."""

    doctrine: str
    asked: tuple[str, ...]
    """Facts of the doctrine that were answered."""
    left: tuple[str, ...]
    """Facts of the doctrine that can still matter and were not asked."""
    idle: tuple[str, ...]
    """Answered facts that have no effect as things stand."""

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
    left = set(facts_left(library, session.posture, session.as_of))
    idle = idle_facts(library, session.posture, session.as_of)
    return tuple(
        Step(
            doctrine=doctrine.id,
            asked=tuple(
                f.name for f in library.facts_of(doctrine.id) if session.posture.asked(f.name)
            ),
            left=tuple(f.name for f in library.facts_of(doctrine.id) if f.name in left),
            idle=tuple(f.name for f in library.facts_of(doctrine.id) if f.name in idle),
        )
        for doctrine in library.doctrines
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """What a change of answer did to the answers already given."""

    fell_away: tuple[str, ...]
    """Answered facts that had an effect before and have none now."""
    came_back: tuple[str, ...]
    """Answered facts that had none before and have one now, and answers that returned."""
    dropped: tuple[str, ...]
    """Answers that the change removed, such as a court outside the new circuit."""

    def __bool__(self) -> bool:
        return bool(self.fell_away or self.came_back or self.dropped)


def shift(library: Library, before: Session, after: Session) -> Shift:
    """Compare two sessions, one answer apart."""
    was = idle_facts(library, before.posture, before.as_of)
    now = idle_facts(library, after.posture, after.as_of)
    kept = before.posture.known.keys() & after.posture.known.keys()
    order = library.vocabulary.in_order
    returned = after.posture.known.keys() - before.posture.known.keys() - {*after.trail[-1:]}
    return Shift(
        fell_away=order((now - was) & kept),
        came_back=order(((was - now) & kept) | returned),
        dropped=order(before.posture.known.keys() - after.posture.known.keys()),
    )
