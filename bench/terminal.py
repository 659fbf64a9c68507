"""A program in a real terminal of its own: what it writes, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

ROWS, COLUMNS = 30, 100
PATIENCE = 30.0
QUIET = 0.12
"""Seconds without output after which a repaint counts as finished."""

_ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # commands to the terminal
    rb"|\x1b[P_^X].*?\x1b\\"  # strings to the terminal
    rb"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
_SYNC_QUERY, _SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether the terminal can paint a frame at once: it can."""


class Program:
    """A program running in a terminal of 100 by 30; it is killed at the end of the `with`."""

    def __init__(self, arguments: Sequence[str], home: Path, folder: Path) -> None:
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        surroundings = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "TEXTUAL"))},
            "HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(folder),
        }
        self.written = b""
        self.last = self.began = time.perf_counter()
        self._near = near
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=far,
            stdout=far,
            stderr=far,
            cwd=home,
            env=surroundings,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(far)

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        os.close(self._near)

    def first_frame(self) -> float:
        """Seconds from the start until nine tenths of the cells have been written."""
        while _cells(self.written) < ROWS * COLUMNS * 0.9:
            self._read(PATIENCE)
        return self.last - self.began

    def settle(self) -> None:
        """Read until nothing more is written."""
        while self._read(QUIET):
            pass

    def press(self, keys: str) -> float:
        """Press keys: seconds from then to the last byte of what they bring about."""
        pressed = time.perf_counter()
        os.write(self._near, keys.encode())
        if not self._read(PATIENCE):
            raise TimeoutError(f"nothing was written after {keys!r}")
        self.settle()
        return self.last - pressed

    def send(self, keys: str) -> None:
        """Press keys and read what they bring about, if anything."""
        os.write(self._near, keys.encode())
        self.settle()

    def leave(self, key: str) -> float:
        """Press the key that ends it: seconds from then until the process is gone."""
        pressed = time.perf_counter()
        os.write(self._near, key.encode())
        while self._process.poll() is None:
            if time.perf_counter() - pressed > PATIENCE:
                raise TimeoutError(f"still running after {key!r}")
            self._read(0.002)
        return time.perf_counter() - pressed

    @property
    def peak_megabytes(self) -> float:
        """The most memory that it has held so far."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def _read(self, patience: float) -> bool:
        """Take in what is written; false if nothing came in time, or ever will."""
        if not select.select([self._near], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._near, 65536)
        except OSError:  # the program has closed the terminal
            return False
        self.last = time.perf_counter()
        self.written += data
        if _SYNC_QUERY in data:
            os.write(self._near, _SYNC_ANSWER)
        return bool(data)


def _take_terminal() -> None:
    """In the new process: make its input the terminal that controls it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _cells(written: bytes) -> int:
    """How many cells some output fills."""
    text = _ESCAPES.sub(b"", written).decode("utf-8", "ignore")
    return sum(character >= " " for character in text)
