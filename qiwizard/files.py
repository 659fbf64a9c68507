"""Reading and writing files so that nothing is lost and nothing is replaced unasked."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qiwizard.errors import UserError

MOST_BYTES = 4_000_000
"""Larger input is refused: no session or library comes near it."""
BESIDE = ".new"
"""What the name of a file ends in while it is not yet put in place."""

_CREATE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class UnfitError(UserError):
    """A file that was read and holds no text of ours."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.why = why
        """What is wrong with it, without its name."""


def seen(path: Path, kind: Callable[[Path], bool] = Path.exists) -> bool:
    """Whether there is such a file; False also where that cannot be told.

    A name may be too long for the system, or the folder closed: reading or writing says so.
    """
    try:
        return kind(path)
    except (OSError, ValueError):
        return False


def typed_path(text: str) -> Path:
    """The path that a user typed, `~` standing for the home folder; UserError if it is none."""
    if "\0" in text:
        raise UserError("a path holds no null characters")
    try:
        return Path(text.strip()).expanduser()
    except RuntimeError:
        raise UserError(f"{text.strip()}: there is no such home folder") from None


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text file whole or not at all; UserError as in `write_bytes`."""
    write_bytes(path, text.encode("utf-8"), force=force)


def write_bytes(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; UserError if it exists (without `force`) or cannot be."""
    if seen(path, Path.is_dir):
        raise UserError(f"{path}: is a folder, not a file")
    if seen(path) and not force:
        raise UserError(f"{path}: exists already; choose another name, or replace it with --force")
    try:
        _write_whole(path, data, force=force)
    except FileExistsError:
        raise UserError(f"{path}: exists already; choose another name") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}") from None


def _write_whole(path: Path, data: bytes, *, force: bool) -> None:
    """Write to a neighbour, then put it in place; a link of its own guards against a race."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if force or os.name == "nt":
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)
            temporary.unlink()
        sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def replace_whole(path: Path, data: bytes) -> None:
    """Put data in place of a file, on the disk when this returns; OSError if that fails.

    At every moment, be it of a power cut, the old file or the new one stands there whole.
    Only the user can read it. The caller sees to it that nobody else writes it meanwhile.
    """
    beside = path.with_name(f"{path.name}{BESIDE}")
    with suppress(FileNotFoundError):
        beside.unlink()
    handle = os.open(beside, _CREATE, 0o600)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            sync_file(handle)
        finally:
            os.close(handle)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def sync_file(handle: int) -> None:
    """Wait until the content of an open file is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # not every file system knows it
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; some systems cannot be asked to."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def private_folder(folder: Path) -> None:
    """Make a folder that only the user can enter, with the folders above it; OSError if not."""
    if folder.is_dir():
        if sys.platform != "win32" and folder.stat().st_mode & 0o077:
            with suppress(OSError):  # the files in it are private all the same
                folder.chmod(0o700)
        return
    if not folder.parent.is_dir():
        private_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(0o700)
    sync_folder(folder.parent)


def read_text(path: Path | str) -> str:
    """The text of a file, or of standard input for `-`; UserError if it cannot be read.

    UnfitError if it was read and is no text, or too long.
    """
    name = "standard input" if str(path) == "-" else str(path)
    try:
        data = _read_limited(path)
    except OSError as error:
        raise UserError(f"{name}: cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise UnfitError(name, f"larger than {MOST_BYTES} bytes, which no file of ours is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnfitError(name, f"not UTF-8 text (byte {error.start})") from None


def _read_limited(path: Path | str) -> bytes:
    if str(path) == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "is closed")
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(path).open("rb") as stream:
        return stream.read(MOST_BYTES + 1)
