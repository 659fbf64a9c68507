"""Keeping the running session on disk, and finding those that were left unfinished."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from qiwizard.errors import UserError
from qiwizard.files import BESIDE, private_folder, replace_whole, seen
from qiwizard.keeping.kept import Kept, glimpse, kept_bytes, kept_session, worth_keeping
from qiwizard.keeping.lock import Lock, acquire, is_free
from qiwizard.sessions.session import Session

if TYPE_CHECKING:
    from qiwizard.law.library import Library

SESSIONS = "sessions"
"""The folder for unfinished sessions, in that for state."""
SUFFIX = ".toml"
LOCK = ".lock"
MOST_SHOWN = 50
"""Maximum number of unfinished sessions read, latest first."""


class Keeper:
    """The one place on disk of the running session: one file, owned while the wizard runs."""

    def __init__(
        self, folder: Path, library: Library | None, precedents: str | None = None
    ) -> None:
        """Keep sessions under a library; None stands for the shipped one, read when wanted."""
        self.folder = folder
        self.precedents = None if precedents is None else str(Path(precedents).absolute())
        self._given = library
        self._lock: Lock | None = None
        self._path: Path | None = None
        self._saved: Session | None = None
        self.trouble = ""
        """Why the session as it stands is not on disk; empty if it is."""

    @property
    def path(self) -> Path | None:
        """The file of the running session, once there is one."""
        return self._path

    @property
    def holds(self) -> bool:
        """Whether some state of the running session is on disk."""
        return self._saved is not None

    def save(self, session: Session) -> bool:
        """Put the session on disk; if that fails, False, and `trouble` says why and what is kept.

        When this returns True, the session is on the disk itself, whole.
        """
        if session is self._saved and not self.trouble and self._path and seen(self._path):
            return True
        if not worth_keeping(session) and self._saved is None:
            return True
        try:
            path = self._own(session)
            replace_whole(path, kept_bytes(self._library, session, self.precedents))
        except (OSError, UserError) as error:
            self.trouble = self._told(error)
            return False
        self._saved, self.trouble = session, ""
        return True

    def resume(self, kept: Kept, today: date) -> Session:
        """Take over an unfinished session; UserError if it is unfit or another wizard has it."""
        session = kept_session(kept.path, self._library, today)
        lock = _take(kept.path, "taken over")
        try:
            session = kept_session(kept.path, self._library, today)
        except UserError:
            lock.release()
            raise
        self.leave()
        self._lock, self._path, self._saved = lock, kept.path, session
        return session

    def release(self) -> None:
        """Leave the running session to another start; what is saved still goes to its file."""
        if self._lock is not None:
            self._lock.release()
        self._lock = None

    def leave(self) -> None:
        """Release the running session; the copy on disk remains for the next start."""
        self.release()
        self._path = self._saved = None
        self.trouble = ""

    def discard(self) -> None:
        """Remove the running session from the disk: it is in a file of the user's, or empty."""
        if self._path is not None and self._lock is not None:
            _remove(self._path)
            self._lock.remove()
        self._lock = None
        self.leave()

    def _own(self, session: Session) -> Path:
        """The path of the session, with the folder made and the lock held."""
        private_folder(self.folder)
        if self._lock is not None and not self._lock.stands():
            self._lock.release()
            self._lock = None
        if self._lock is None and self._path is not None:
            self._lock = acquire(_lock_of(self._path))
        if self._lock is None or self._path is None:
            stamp = session.created.strftime("%Y%m%d-%H%M%S")
            self._path = self.folder / f"{stamp}-{os.urandom(4).hex()}{SUFFIX}"
            self._lock = acquire(_lock_of(self._path))
        if self._lock is None:
            raise OSError(errno.ENOLCK, "no lock is available there")
        return self._path

    @property
    def _library(self) -> Library:
        from qiwizard.law.shipped import shipped_library  # not before the first screen

        return self._given or shipped_library()

    def _told(self, error: OSError | UserError) -> str:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        where = self._path or self.folder
        before = f"the answers before them are in {where}" if self.holds else "none are on disk"
        return f"The latest answers are not saved in {self.folder} ({why}); {before}."


def unfinished(folder: Path) -> tuple[Kept, ...]:
    """The sessions in a folder that no running wizard owns, the latest first; none if unreadable.

    Incomplete files left by a killed wizard are deleted.
    """
    try:
        with os.scandir(folder) as entries:
            files = {
                entry.name: entry.stat(follow_symlinks=False).st_mtime_ns
                for entry in entries
                if entry.is_file(follow_symlinks=False)  # no link out of here, nothing that waits
            }
    except OSError:
        return ()
    _clear_away(folder, set(files))
    names = sorted((n for n in files if n.endswith(SUFFIX)), key=lambda n: (files[n], n))
    free = [folder / name for name in reversed(names) if is_free(_lock_of(folder / name))]
    return tuple(glimpse(path) for path in free[:MOST_SHOWN])


def discard(kept: Kept) -> None:
    """Delete an unfinished session; UserError if another wizard has it open."""
    lock = _take(kept.path, "removed")
    _remove(kept.path)
    lock.remove()


def _take(path: Path, to_be: str) -> Lock:
    """The lock of a kept session; UserError if another wizard has it."""
    try:
        lock = acquire(_lock_of(path))
    except OSError as error:
        raise UserError(f"{path}: cannot be {to_be}: {error.strerror or error}") from None
    if lock is None:
        raise UserError(f"{path}: this session is open in another wizard")
    return lock


def _lock_of(path: Path) -> Path:
    return path.with_suffix(LOCK)


def _remove(path: Path) -> None:
    for file in (path, path.with_name(f"{path.name}{BESIDE}")):
        with suppress(OSError):
            file.unlink()


def _clear_away(folder: Path, names: set[str]) -> None:
    """Delete stale locks and temporary files left by a killed wizard."""
    stems = {Path(name.removesuffix(BESIDE)).stem for name in names}
    for stem in stems:
        half, lock_file = f"{stem}{SUFFIX}{BESIDE}", f"{stem}{LOCK}"
        session = f"{stem}{SUFFIX}" in names
        if half not in names and (session or lock_file not in names):
            continue
        with suppress(OSError):
            lock = acquire(folder / lock_file) if is_free(folder / lock_file) else None
            if lock is None:
                continue
            (folder / half).unlink(missing_ok=True)
            if session:
                lock.release()
            else:
                lock.remove()


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
        return self._keeper.trouble if self._keeper else ""

    def save(self, session: Session) -> str:
        """Keep the session on disk; a sentence if that fails where it went well before."""
        before = self.trouble
        if self._keeper:
            self._keeper.save(session)
        return "" if before else self.trouble

    def unfinished(self) -> tuple[Kept, ...]:
        """The sessions left unfinished that no running wizard has open."""
        return unfinished(self._keeper.folder) if self._keeper else ()

    @property
    def precedents(self) -> str | None:
        """The user's own precedents file under which sessions are kept."""
        return self._keeper.precedents if self._keeper else None

    def would_lose(self, session: Session) -> bool:
        """Whether letting go of the session would lose answers."""
        if session is self.safe or not worth_keeping(session):
            return False
        return self._keeper is None or not self._keeper.save(session)

    def put_by(self, session: Session, *, at_the_end: bool = False) -> None:
        """Let go of the session; it stays on disk unless it is in a file already, or empty.

        At the end of the program an answer typed before may still come: it goes to the same file.
        """
        if self._keeper is None:
            return
        if session is self.safe or not worth_keeping(session):
            self._keeper.discard()
        elif at_the_end:
            self._keeper.release()
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
        self.put_by(session, at_the_end=True)
        if lost:
            return [trouble] if trouble else []
        if kept and worth_keeping(session):
            return ["Your answers are saved; qiwizard offers to resume them at the next start."]
        return []
