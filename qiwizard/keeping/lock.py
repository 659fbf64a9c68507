"""Locks that show which running wizard owns a kept session; the system frees them at exit."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl
else:
    import msvcrt

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
ATTEMPTS = 5
"""Attempts to take a lock; another wizard may be testing whether it is free."""
PAUSE = 0.02
"""Seconds between two attempts."""


class Lock:
    """A held lock. However the process ends, the lock is free afterwards."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    def stands(self) -> bool:
        """Whether the lock is still the one that others find under its name."""
        return _same(self._handle, self.path)

    def release(self) -> None:
        """Free the lock; the file of the lock stays."""
        with suppress(OSError):
            os.close(self._handle)

    def remove(self) -> None:
        """Free the lock and remove its file."""
        if sys.platform == "win32":  # an open file cannot be removed there
            self.release()
        with suppress(OSError):
            self.path.unlink()
        if sys.platform != "win32":
            self.release()


def acquire(path: Path) -> Lock | None:
    """The lock of that name, or None if another process holds it; OSError if it cannot be made."""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE)
        handle = os.open(path, _OPEN, 0o600)
        try:
            # A file removed between opening and locking protects nothing any more.
            if _lock(handle) and _same(handle, path):
                return Lock(path, handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
    return None


def is_free(path: Path) -> bool:
    """Whether no process holds the lock of that name."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        return _lock(handle, shared=True)
    finally:
        os.close(handle)


def _lock(handle: int, *, shared: bool = False) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # A file system without locks: better a session without one than none at all.
        return True
    return True


def _same(handle: int, path: Path) -> bool:
    try:
        named = path.stat(follow_symlinks=False)
    except OSError:
        return False
    return os.path.samestat(os.fstat(handle), named)
