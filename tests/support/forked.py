"""The program in a terminal, forked from a process that has everything loaded."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from acknowledged import watch
from terminal import without_escapes

import screens.app  # noqa: F401 - loaded once, for all children
from qiwizard.cli import run

PATIENCE = 60.0
"""Seconds after which a program that does not start or end counts as stuck."""
REACTION = 0.5
"""Seconds to wait for something to be shown after a key."""


@dataclass(slots=True)
class Run:
    """A program in a terminal."""

    pid: int
    near: int
    far: int
    output: bytes = b""
    status: int | None = None

    def read(self, seconds: float) -> None:
        """Take in what comes within a time, and no longer than that."""
        until = time.monotonic() + seconds
        while True:
            left = max(0.0, until - time.monotonic())
            if not select.select([self.near], [], [], left)[0]:
                return
            self.output += os.read(self.near, 65536)

    def react(self) -> None:
        """Wait until it shows something, as a person does."""
        select.select([self.near], [], [], REACTION)

    def ended(self) -> bool:
        """Whether it has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def wait(self, *wanted: str | bytes, since: int = 0) -> None:
        """Until one of some texts is shown, or one of some bytes written."""
        began = time.monotonic()
        while not any(self._there(one, since) for one in wanted):
            if self.ended() or time.monotonic() - began > PATIENCE:
                state = f"ended with {self.status}" if self.ended() else "runs"
                raise AssertionError(f"{state} without {wanted}: {self.text()[-3000:]!r}")
            self.read(0.02)

    def _there(self, wanted: str | bytes, since: int) -> bool:
        if isinstance(wanted, bytes):
            return wanted in self.output[since:]
        return wanted in self.text(since)

    def text(self, since: int = 0) -> str:
        """What was shown, spaces and frames left out."""
        shown = without_escapes(self.output[since:].decode("utf-8", "replace"))
        return " ".join("".join(" " if "─" <= c <= "╿" else c for c in shown).split())

    def type(self, keys: bytes) -> None:
        """Press keys, unless it takes none any more."""
        while keys and not self.ended():
            self.read(0.0)
            if select.select([], [self.near], [], 0.05)[1]:
                keys = keys[os.write(self.near, keys[:256]) :]

    def resize(self, size: tuple[int, int]) -> None:
        """Another size, as a person pulls at the window."""
        fcntl.ioctl(self.near, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def end(self, how: str) -> None:
        """End it, and wait for it."""
        if how == "hang up":
            os.close(self.far)
            os.close(self.near)
            self.near = self.far = -1
        elif not self.ended():
            os.kill(self.pid, getattr(signal, f"SIG{how.upper()}"))
        began = time.monotonic()
        while not self.ended():
            if time.monotonic() - began > PATIENCE:
                raise AssertionError(f"does not end after {how}: {self.text()[-3000:]!r}")
            if self.near < 0:
                time.sleep(0.005)
            else:
                self.read(0.005)
        if self.near >= 0:
            self.read(0.0)  # its last words

    def close(self) -> None:
        """Leave nothing behind."""
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for end in (self.near, self.far):
            if end >= 0:
                os.close(end)


def begin(words: Sequence[str], size: tuple[int, int], log: Path | None = None) -> Run:
    """Start the program with some words in a new terminal."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        _become(words, far, log)
    return Run(pid, near, far)


def _become(words: Sequence[str], far: int, log: Path | None) -> NoReturn:
    """In the child: be the program, as a shell would have started it."""
    code = 99
    try:
        os.setsid()
        fcntl.ioctl(far, termios.TIOCSCTTY, 0)
        for number in (0, 1, 2):
            os.dup2(far, number)
        os.closerange(3, 64)
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ |= {"TERM": "xterm-256color"}
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            way = "w" if number else "r"
            stream = open(number, way, buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        if log is not None:
            watch(log)
        code = run(list(words))
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
        os._exit(code)
