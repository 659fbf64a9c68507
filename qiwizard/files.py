"""The program's folders and data; files read and written so that nothing is lost or replaced."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from qiwizard.errors import UserError

MOST_BYTES = 4_000_000
"""Maximum size of an input file; no session or library approaches it."""
LONGEST_NAME = 255
"""Maximum length of a file name in bytes on most systems."""
BESIDE = ".new"
"""Suffix of a temporary file before it is renamed into place."""

_CREATE = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class UnfitError(UserError):
    """A file that was read but is not valid text."""

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
    name = text.strip()
    check_name(name)
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise UserError(f"{name}: there is no such home folder") from None


def check_name(path: Path | str) -> None:
    """Raise UserError for a name that the system cannot accept."""
    name = str(path)
    if "\0" in name:
        raise UserError("a path cannot contain null characters")
    try:
        os.fsencode(name)
    except UnicodeEncodeError as error:
        letter, encoding = name[error.start], error.encoding
        raise UserError(
            f"{name}: {letter!r} cannot be part of a file name under this locale ({encoding})"
        ) from None


def would_replace(path: Path) -> bool:
    """Whether writing to a path would overwrite a file and so needs consent."""
    return seen(path, Path.is_file) or (seen(path, Path.is_symlink) and not seen(path))


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text file whole or not at all; UserError as in `write_bytes`."""
    write_bytes(path, text.encode("utf-8", "replace"), force=force)


def write_bytes(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; UserError if it exists (without `force`) or cannot be."""
    check_name(path)
    if would_replace(path) and not force:
        raise UserError(f"{path}: exists already; choose another name")
    try:
        put_file(path, data, force=force)
    except FileExistsError:
        raise UserError(f"{path}: exists already; choose another name") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}") from None


def put_file(path: Path, data: bytes, *, force: bool) -> None:
    """Put data into a file of the user's; OSError if that fails, FileExistsError without `force`.

    A link is followed. A file that is replaced keeps its mode, a new one gets the usual mode.
    A pipe or a device is written into, because a file must not take its place.
    """
    if force and path.is_symlink():
        path = Path(os.path.realpath(path))
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    old = path.stat() if seen(path) else None
    if old is not None and not stat.S_ISREG(old.st_mode):
        _write_into(path, data, old.st_mode)
        return
    move = Path.replace if force else _put_in_free_place
    _write_beside(_neighbor(path), data, path, move, old, 0o666 if old is None else 0o600)
    with suppress(OSError):  # the file is in place, whatever the folder says
        sync_folder(path.parent)


def _write_beside(
    beside: Path,
    data: bytes,
    path: Path,
    move: Callable[[Path, Path], object] = Path.replace,
    old: os.stat_result | None = None,
    mode: int = 0o600,
) -> None:
    """Write data into a new file, wait until it is on the disk, and move it to its name."""
    handle = os.open(beside, _CREATE, mode)
    try:
        try:
            if old is not None:
                _keep_mode(handle, old)
            _write_all(handle, data)
            sync_file(handle)
        finally:
            os.close(handle)
        move(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _neighbor(path: Path) -> Path:
    """A free name in the folder of a file, long names shortened."""
    fits = len(os.fsencode(path.name)) <= LONGEST_NAME - 10
    return path.with_name(f".{path.name if fits else 'qiwizard'}.{os.urandom(4).hex()}")


def _put_in_free_place(beside: Path, path: Path) -> None:
    """Move a file to a name that nothing has; FileExistsError if something has it after all."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: reserve the name, then replace
        os.close(os.open(path, _CREATE, 0o600))
        try:
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
    else:
        beside.unlink()


def _keep_mode(handle: int, old: os.stat_result) -> None:
    """Give an open file the mode, and where possible the owner, of the one it will replace."""
    if sys.platform == "win32":
        return
    for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
        with suppress(OSError):
            os.fchown(handle, owner, group)
    mode = stat.S_IMODE(old.st_mode) & 0o777
    if os.fstat(handle).st_gid != old.st_gid:
        mode &= ~0o070  # those permissions were meant for another group
    with suppress(OSError):
        os.fchmod(handle, mode)


def _write_into(path: Path, data: bytes, mode: int) -> None:
    """Write into a pipe or a character device; UserError for anything else."""
    if stat.S_ISDIR(mode):
        raise UserError(f"{path}: is a folder, not a file")
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        raise UserError(f"{path}: cannot be written: neither a file nor a pipe")
    # Without O_NONBLOCK the program would wait for another program to read from the pipe.
    how = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    handle = os.open(path, how)
    try:
        os.set_blocking(handle, True)
        _write_all(handle, data)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def replace_whole(path: Path, data: bytes) -> None:
    """Put data in place of a file of our own; on the disk when this returns, OSError if not.

    Even after a power loss, either the old file or the new one is complete.
    Only the user can read it. The caller ensures that no other process writes it meanwhile.
    """
    beside = path.with_name(f"{path.name}{BESIDE}")
    with suppress(FileNotFoundError):
        beside.unlink()
    _write_beside(beside, data, path)
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
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:  # it can be written to, and not read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def private_folder(folder: Path) -> None:
    """Make a folder that only the user can enter, with the folders above it; OSError if not.

    A folder that exists keeps its mode: the user may have opened it to others.
    """
    if folder.is_dir():
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
    check_name(path)
    try:
        data = _read_limited(path)
    except OSError as error:
        raise UserError(f"{name}: cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise UnfitError(name, f"larger than {MOST_BYTES} bytes, the limit for a file")
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


STATE = "QIWIZARD_STATE_DIR"
"""The environment variable that names another state folder."""
CONFIG = "QIWIZARD_CONFIG_DIR"
"""The environment variable that names another folder for settings."""


def state_folder() -> Path:
    """The folder for unfinished sessions and the fault log; it need not exist yet."""
    return _folder(STATE, "user_state_path")


def config_folder() -> Path:
    """The folder in which `config.toml` is looked for; it need not exist."""
    return _folder(CONFIG, "user_config_path")


def _folder(variable: str, of_user: str) -> Path:
    if named := os.environ.get(variable):
        return Path(named).absolute()
    import platformdirs  # slower to load than all the rest here

    try:
        path: Path = getattr(platformdirs, of_user)("qiwizard", appauthor=False)
        if not path.is_absolute():  # `~` stood for nothing
            raise RuntimeError(path)
        return path
    except RuntimeError:
        raise UserError(
            f"qiwizard: there is no home folder; set HOME, or name folders by {STATE} and {CONFIG}"
        ) from None


_PACKAGE = Path(__file__).parent


def check_unpacked() -> None:
    """UserError if the package is inside a file, such as a zip application."""
    if not _PACKAGE.is_dir():
        raise UserError(
            f"qiwizard: cannot run from inside a file ({_PACKAGE}); install it, or unpack it first"
        )


def shipped(name: str) -> Path:
    """A shipped data file such as `precedents.toml`."""
    packaged = _PACKAGE / "data" / name
    return packaged if packaged.exists() else _PACKAGE.parent / "data" / name


def read_shipped(name: str) -> dict[str, Any]:
    """The content of a shipped TOML file."""
    import tomli  # tomllib, compiled: it reads the library in a third of the time

    return tomli.loads(shipped(name).read_text(encoding="utf-8"))


def shipped_names(folder: str) -> tuple[str, ...]:
    """The names of the shipped TOML files in a folder, in order."""
    return tuple(sorted(path.name for path in shipped(folder).glob("*.toml")))
