"""Plain mode: resume or delete unfinished sessions."""

from __future__ import annotations

from collections.abc import Callable
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


class Unfinished:
    """Lists the unfinished sessions and resumes one by number."""

    def __init__(
        self,
        library: Library,
        ongoing: Ongoing,
        say: Callable[..., None],
        read: Callable[[str], str],
    ) -> None:
        self._library = library
        self._ongoing = ongoing
        self._say = say
        self._read = read
        self._kept: tuple[Kept, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._kept)

    def offer(self, at_hand: Session, today: date) -> Session | None:
        """Name what was left unfinished; the session chosen, where a person is there to choose.

        A pipe is asked nothing, so that what it holds answers the questions of the interview;
        a session that came from a file continues.
        """
        self._kept = self._ongoing.unfinished()
        while self._kept:
            self._say("Unfinished sessions:")
            for number, kept in enumerate(self._kept, start=1):
                self._say(f"{number}. {_name(kept)}: {kept_words(kept)}", indent="   ")
            self._say("resume NUMBER: continue it. discard NUMBER: delete it permanently.")
            if not asks() or at_hand.trail:
                return None
            line = self._read("unfinished, or Enter for a new session> ")
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
        now = self._ongoing.precedents
        if kept.precedents != now and not kept.trouble and anyway != "anyway":
            told = other_precedents(kept.precedents, now)
            self._say(told, f"To continue anyway: resume {number} anyway")
            return None
        try:
            session = self._ongoing.resume(kept, at_hand, today)
        except UserError as error:
            self._say(kept.trouble or str(error))
            return None
        self._say(f"Resumed: {_name(kept)}, {count_words(len(session.trail))}.")
        for field, text in drafts(self._library, session):
            self._say(f"Typed in the full screen but not confirmed, {field}: {text}")
        self._kept = ()
        return session

    def discard(self, which: str) -> None:
        """Permanently delete the unfinished session with a number, after confirmation."""
        number, _, surely = which.partition(" ")
        kept = self._numbered(number)
        if kept is None:
            return
        if surely != SURELY:
            self._say(
                f"This deletes {_name(kept)}, {kept_words(kept)}; this cannot be undone.",
                f"To delete it anyway: discard {number} {SURELY}",
            )
            return
        try:
            discard(kept)
        except UserError as error:
            self._say(str(error))
            return
        self._kept = tuple(other for other in self._kept if other is not kept)
        self._say(ended(f"Removed: {_name(kept)}"))

    def _numbered(self, text: str) -> Kept | None:
        """The unfinished session of that number, or None with a word on what is permitted."""
        number = typed_number(text) or 0
        if 1 <= number <= len(self._kept):
            return self._kept[number - 1]
        self._say(f"Permitted: 1 to {len(self._kept)}.")
        return None


def _name(kept: Kept) -> str:
    return one_line(kept.title) or kept.path.name
