"""Reading and writing files so that nothing is lost and nothing is replaced unasked."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from qiwizard.errors import UserError

MOST_BYTES = 4_000_000
"""Larger input is refused: no session or library comes near it."""


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write a file whole or not at all; UserError if it exists (without `force`) or cannot be."""
    if path.is_dir():
        raise UserError(f"{path}: is a folder, not a file")
    if path.exists() and not force:
        raise UserError(f"{path}: exists already; choose another name, or replace it with --force")
    try:
        _write_whole(path, text.encode("utf-8"), force=force)
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
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def read_text(path: Path | str) -> str:
    """The text of a file, or of standard input for `-`; UserError if it cannot be read."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        data = _read_limited(path)
    except OSError as error:
        raise UserError(f"{name}: cannot be read: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"{name}: larger than {MOST_BYTES} bytes, which no file of ours is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{name}: not UTF-8 text (byte {error.start})") from None


def _read_limited(path: Path | str) -> bytes:
    if str(path) == "-":
        if sys.stdin is None:
            raise OSError(errno.EBADF, "is closed")
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(path).open("rb") as stream:
        return stream.read(MOST_BYTES + 1)
