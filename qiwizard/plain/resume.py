"""Plain mode: resume or delete unfinished sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qiwizard.console import asks
from qiwizard.errors import UserError
from qiwizard.keeping.keeper import Ongoing, discard
from qiwizard.keeping.kept import Kept, count_words, drafts, kept_words, other_precedents
from qiwizard.law.library import Library
from qiwizard.sessions.session import Session
from qiwizard.text import ended, one_line
from qiwizard.typed import typed_number

SURELY = "yes"
"""Word required after the number to confirm a deletion."""


class LeaveError(Exception):
    """The user quit, or the input ended."""


@dataclass
class Unfinished:
    """Lists the unfinished sessions and resumes one by number; true while it has listed any."""

    library: Library
    ongoing: Ongoing
    say: Callable[..., None]
    read: Callable[[str], str]
    kept: tuple[Kept, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kept)

    def offer(self, at_hand: Session, today: date) -> Session | None:
        """Name what was left unfinished; the session chosen, where a person is there to choose.

        A pipe is asked nothing, so that what it holds answers the questions of the interview;
        a session that came from a file continues.
        """
        self.kept = self.ongoing.unfinished()
        while self.kept:
            self.say("Unfinished sessions:")
            for number, kept in enumerate(self.kept, start=1):
                self.say(f"{number}. {_name(kept)}: {kept_words(kept)}", indent="   ")
            self.say("resume NUMBER: continue it. discard NUMBER: delete it permanently.")
            if not asks() or at_hand.trail:
                return None
            line = self.read("unfinished, or Enter for a new session> ")
            word, _, rest = line.partition(" ")
            if word in ("q", "quit"):
                raise LeaveError
            if word == "discard":
                self.discard(rest)
            elif not word:
                return None
            elif session := self.resume(rest if word == "resume" else line, at_hand, today):
                return session
        return None

    def resume(self, which: str, at_hand: Session, today: date) -> Session | None:
        """Resume the unfinished session with a number; None, with the reason printed, if not."""
        number, _, anyway = which.partition(" ")
        kept = self._numbered(number)
        if kept is None:
            return None
        now = self.ongoing.precedents
        if kept.precedents != now and not kept.trouble and anyway != "anyway":
            told = other_precedents(kept.precedents, now)
            self.say(told, f"To continue anyway: resume {number} anyway")
            return None
        try:
            session = self.ongoing.resume(kept, at_hand, today)
        except UserError as error:
            self.say(kept.trouble or str(error))
            return None
        self.say(f"Resumed: {_name(kept)}, {count_words(len(session.trail))}.")
        for field, text in drafts(self.library, session):
            self.say(f"Typed in the full screen but not confirmed, {field}: {text}")
        self.kept = ()
        return session

    def discard(self, which: str) -> None:
        """Permanently delete the unfinished session with a number, after confirmation."""
        number, _, surely = which.partition(" ")
        kept = self._numbered(number)
        if kept is None:
            return
        if surely != SURELY:
            self.say(
                f"This deletes {_name(kept)}, {kept_words(kept)}; this cannot be undone.",
                f"To delete it anyway: discard {number} {SURELY}",
            )
            return
        try:
            discard(kept)
        except UserError as error:
            self.say(str(error))
            return
        self.kept = tuple(other for other in self.kept if other is not kept)
        self.say(ended(f"Removed: {_name(kept)}"))

    def _numbered(self, text: str) -> Kept | None:
        """The unfinished session of that number, or None with a word on what is permitted."""
        number = typed_number(text) or 0
        if 1 <= number <= len(self.kept):
            return self.kept[number - 1]
        self.say(f"Permitted: 1 to {len(self.kept)}.")
        return None


def _name(kept: Kept) -> str:
    return one_line(kept.title) or kept.path.name
