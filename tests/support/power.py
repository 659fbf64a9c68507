"""A power cut at any moment of a save: which states a disk may be left in."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "link")
"""The system calls that are counted: those by which a save changes the disk or waits for it."""


class PowerCutError(BaseException):
    """The machine is off: no handler may do anything more."""


class Disk:
    """Counts calls below a folder, stops at the n-th, and knows what may not have been written."""

    def __init__(self, folder: Path, stop: int | None = None) -> None:
        self.calls = 0
        self._folder = folder
        self._stop = stop
        self._unsynced: set[int] = set()
        """Inodes of files with content that may be lost."""
        self._moved: list[tuple[Path, Path, bytes | None]] = []
        """Renames that may be lost: from, to, and what stood there before."""

    @contextmanager
    def watched(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Put this disk in place of the real one."""
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, self._counted(name, getattr(os, name)))
            yield

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self._stop is not None and self.calls >= self._stop:
                if name == "write" and self.calls == self._stop:
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                    self._unsynced.add(os.fstat(arguments[0]).st_ino)
                raise PowerCutError
            before = self._before(name, arguments)
            result = real(*arguments, **options)
            self._note(name, arguments, before)
            return result

        return call

    def _before(self, name: str, arguments: tuple[Any, ...]) -> bytes | None:
        target = Path(arguments[1]) if name in {"replace", "rename"} else None
        return _content(target) if target is not None and target.exists() else None

    def _note(self, name: str, arguments: tuple[Any, ...], before: bytes | None) -> None:
        if name == "write":
            self._unsynced.add(os.fstat(arguments[0]).st_ino)
        elif name == "fsync":
            about = os.fstat(arguments[0])
            self._unsynced.discard(about.st_ino)
            if stat.S_ISDIR(about.st_mode):
                self._moved = [m for m in self._moved if m[1].parent.stat().st_ino != about.st_ino]
        elif name in {"replace", "rename"}:
            self._moved.append((Path(arguments[0]), Path(arguments[1]), before))

    def states(self, into: Path) -> Iterator[Path]:
        """Copies of the folder as the power may leave it: all written, or what may be lost lost."""
        for undone in range(len(self._moved) + 1):
            for keep in (1.0, 0.5, 0.0):
                copy = into / f"{undone}-{keep}"
                shutil.copytree(self._folder, copy, symlinks=True)
                for file in self._folder.rglob("*"):
                    if file.is_file() and file.stat().st_ino in self._unsynced:
                        _cut(copy / file.relative_to(self._folder), keep)
                for source, target, before in reversed(self._moved[len(self._moved) - undone :]):
                    _undo(copy, self._folder, source, target, before)
                yield copy


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read()


def _cut(path: Path, keep: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])


def _undo(copy: Path, folder: Path, source: Path, target: Path, before: bytes | None) -> None:
    new, old = copy / target.relative_to(folder), copy / source.relative_to(folder)
    old.write_bytes(new.read_bytes())
    if before is None:
        new.unlink()
    else:
        new.write_bytes(before)
