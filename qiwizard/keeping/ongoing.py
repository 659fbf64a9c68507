"""Where the current session is stored: in the user's file, on disk, or only in memory."""

from __future__ import annotations

from datetime import date

from qiwizard.errors import UserError
from qiwizard.keeping.keeper import Keeper, unfinished
from qiwizard.keeping.kept import Kept, worth_keeping
from qiwizard.sessions.session import Session


class Ongoing:
    """Tracks where the answers are stored and releases them safely."""

    def __init__(self, keeper: Keeper | None, safe: Session) -> None:
        self._keeper = keeper
        self._ended = False
        self.safe = safe
        """The session as it stands in a file of the user's, or empty."""

    @property
    def trouble(self) -> str:
        """Why the latest answers are not on disk, as a sentence; empty if they are."""
        return "" if self._keeper is None else self._keeper.trouble

    def save(self, session: Session) -> str:
        """Keep the session on disk; a sentence if that fails where it went well before."""
        before = self.trouble
        if self._keeper is None or self._keeper.save(session) or before:
            return ""
        return self._keeper.trouble

    def unfinished(self) -> tuple[Kept, ...]:
        """The sessions left unfinished that no running wizard has open."""
        return () if self._keeper is None else unfinished(self._keeper.folder)

    @property
    def precedents(self) -> str | None:
        """The user's own precedents file under which sessions are kept."""
        return None if self._keeper is None else self._keeper.precedents

    def would_lose(self, session: Session) -> bool:
        """Whether letting go of the session would lose answers."""
        if session is self.safe or not worth_keeping(session):
            return False
        return self._keeper is None or not self._keeper.save(session)

    def put_by(self, session: Session) -> None:
        """Let go of the session; it stays on disk unless it is in a file already, or empty."""
        if self._keeper is None:
            return
        if session is self.safe or not worth_keeping(session):
            self._keeper.discard()
        else:
            self._keeper.leave()

    def resume(self, kept: Kept, at_hand: Session, today: date) -> Session:
        """Take over an unfinished session; UserError, and nothing changed, if that cannot be."""
        if self._keeper is None:
            raise UserError("nothing is kept here")
        if at_hand is self.safe or not worth_keeping(at_hand):
            self._keeper.discard()
        return self._keeper.resume(kept, today)

    def end(self, session: Session) -> list[str]:
        """Store the session when the program ends; returns a message for the user."""
        if self._ended:  # a signal may come while it is ending
            return []
        self._ended = True
        lost = self.would_lose(session)
        trouble = self.trouble
        kept = self._keeper is not None and self._keeper.holds and session is not self.safe
        self.put_by(session)
        if lost:
            return [trouble] if trouble else []
        if kept and worth_keeping(session):
            return ["The answers are kept: qiwizard offers to resume them at its next start."]
        return []
