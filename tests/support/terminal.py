"""Running the program from outside, as a user does: through pipes, and in a real terminal."""

from __future__ import annotations

import codecs
import os
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import qiwizard

if sys.platform != "win32":
    import fcntl
    import pty
    import termios

PROGRAM = (sys.executable, "-m", "qiwizard")
ROOT = Path(qiwizard.__file__).parents[1]
"""The folder that holds the packages under test: a checkout, or where a wheel was installed."""
PATIENCE = 60.0
"""Seconds after which a program that shows or does nothing more counts as stuck."""

_SETTINGS = re.compile(
    "TEXTUAL|LC_|LANGUAGE|ACCESSIBLE|NO_COLOR|COLORTERM|COLUMNS|LINES|"
    "PYTHON(UNBUFFERED|UTF8|IOENCODING|SAFEPATH)"
)


def surroundings(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for the program, without settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not _SETTINGS.match(name)}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | dict(changes or {})


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind that was run through pipes."""

    status: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()


def run_piped(
    folder: Path,
    *arguments: str | Path,
    stdin: str | bytes = "",
    env: Mapping[str, str] | None = None,
    program: Sequence[str] = PROGRAM,
) -> Done:
    """Run the program in a folder, its three streams pipes."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    process = subprocess.run(
        [*program, *map(str, arguments)],
        input=given,
        capture_output=True,
        cwd=folder,
        env=surroundings(env),
        timeout=PATIENCE,
        check=False,
    )
    return Done(process.returncode, process.stdout.decode(), process.stderr.decode())


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait until a text has been shown since something was last typed or signalled."""

    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Wait until an escape sequence has been sent to the terminal."""

    sequence: str


@dataclass(frozen=True, slots=True)
class Type:
    """Press keys."""

    keys: str


@dataclass(frozen=True, slots=True)
class Signal:
    """Send the program a signal."""

    number: int


@dataclass(frozen=True, slots=True)
class Press:
    """Send bytes as they are, as a terminal in another encoding does."""

    keys: bytes


@dataclass(frozen=True, slots=True)
class Stopped:
    """Wait until the program has stopped itself; its terminal must be as a shell wants it."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """Close the terminal under the program; nothing can be seen or done afterwards."""


Step = Wait | Sent | Type | Press | Signal | Stopped | HangUp


@dataclass(frozen=True, slots=True)
class Modes:
    """The state in which a program has left its terminal."""

    private: Mapping[int, bool]
    """By number, the private modes that were set or reset, such as 1049: the other screen."""
    keyboards: int
    """How many keyboard protocols were pushed and not popped."""
    echo: bool
    canonical: bool

    @property
    def restored(self) -> bool:
        """Whether a shell finds the terminal as it was: screen, cursor, mouse, paste, keys."""
        hidden = {1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2048}
        quiet = not any(self.private.get(mode, False) for mode in hidden)
        cursor = self.private.get(25, True)
        return quiet and cursor and self.keyboards == 0 and self.echo and self.canonical


@dataclass(slots=True)
class Ended:
    """What a command left behind that was run in a terminal."""

    status: int
    """The exit code; negative if a signal killed it."""
    output: str
    """All that was written to the terminal, escape sequences included."""
    modes: Modes

    @property
    def text(self) -> str:
        """What was written, without escape sequences."""
        return without_escapes(self.output)


_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # control sequences
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # commands to the terminal
    r"|\x1b[P_^X].*?\x1b\\"  # strings to the terminal
    r"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
_PRIVATE = re.compile(r"\x1b\[\?([\d;]+)([hl])")
_KEYBOARD = re.compile(r"\x1b\[([<>])[\d;]*u")

# The program is to find its terminal as a shell would give it: as the one that controls it,
# with no signal blocked, and none ignored as under `nohup`.
_TAKE_TERMINAL = (
    "import fcntl, os, signal, sys, termios\n"
    "signal.pthread_sigmask(signal.SIG_SETMASK, ())\n"
    "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "os.execvp(sys.argv[1], sys.argv[1:])\n"
)
_END = "<no more is written>"


def without_escapes(output: str) -> str:
    """The text in what was written to a terminal."""
    return _ESCAPES.sub("", output)


class _NearEnd:
    """The near end of a terminal: what was written to it so far."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._since = 0
        self.output = ""

    def type(self, keys: str) -> None:
        """Press keys; what is shown from now on is an answer to them."""
        self.mark()
        os.write(self._number, keys.encode())

    def mark(self) -> None:
        """Remember this moment: `wait` looks at what is shown after it."""
        self._since = len(self.output)

    def wait(
        self, text: str, process: subprocess.Popen[bytes] | None, *, raw: bool = False
    ) -> None:
        """Read until a text has been shown since the moment last marked.

        With `raw` escape sequences count as text: a killed program may leave half of one.
        """
        began = time.monotonic()
        bare = str if raw else without_escapes
        while text not in bare(self.output[self._since :]):
            ended = process is not None and process.poll() is not None
            if not self._read() and (ended or time.monotonic() - began > PATIENCE):
                why = "ended" if ended else "was still running"
                raise AssertionError(f"the program {why} without showing {text!r}:{self._tail()}")

    def outlast(self, process: subprocess.Popen[bytes]) -> None:
        """Read until the process has ended."""
        began = time.monotonic()
        while process.poll() is None:
            if self._read():
                continue
            if time.monotonic() - began > PATIENCE:
                raise AssertionError(f"the program did not end:{self._tail()}")

    def outlast_until_stopped(self, process: subprocess.Popen[bytes]) -> None:
        """Read until the process has stopped itself: it cannot, while nobody reads its output."""
        began = time.monotonic()
        how = os.WSTOPPED | os.WNOWAIT | os.WNOHANG
        while os.waitid(os.P_PID, process.pid, how) is None:
            self._read()
            if time.monotonic() - began > PATIENCE:
                raise AssertionError(f"the program did not stop:{self._tail()}")
        self.drain()

    def drain(self) -> None:
        """Read what has been written so far."""
        while self._read():
            pass

    def _read(self) -> bool:
        """Take in what is there; false if nothing came for a moment."""
        if not select.select([self._number], [], [], 0.1)[0]:
            return False
        self.output += self._decoder.decode(os.read(self._number, 65536))
        return True

    def _tail(self) -> str:
        return "\n" + without_escapes(self.output)[-3000:]


def run_in_terminal(
    arguments: Sequence[str],
    steps: Iterable[Step],
    *,
    folder: Path,
    env: Mapping[str, str] | None = None,
    size: tuple[int, int] = (80, 24),
) -> Ended:
    """Run a command in a new terminal, step by step, until it ends by itself.

    AssertionError, with what was shown, if a text never comes or the end does not.
    """
    assert sys.platform != "win32", "terminals of this kind are a Unix matter"
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *arguments],
        stdin=far,
        stdout=far,
        stderr=far,
        cwd=folder,
        env=surroundings(env),
        start_new_session=True,
    )
    terminal = _NearEnd(near)
    closed = False
    try:
        for step in steps:
            if isinstance(step, Wait):
                terminal.wait(step.text, process)
            elif isinstance(step, Sent):
                terminal.wait(step.sequence, process, raw=True)
            elif isinstance(step, Type):
                terminal.type(step.keys)
            elif isinstance(step, Press):
                terminal.mark()
                os.write(near, step.keys)
            elif isinstance(step, Signal):
                terminal.mark()
                process.send_signal(step.number)
            elif isinstance(step, Stopped):
                terminal.outlast_until_stopped(process)
                modes = _modes(terminal.output, termios.tcgetattr(far)[3])
                assert modes.restored, modes
            else:
                os.close(near)
                os.close(far)
                closed = True
                process.wait(PATIENCE)
                return Ended(process.returncode, terminal.output, _modes(terminal.output, 0))
        terminal.outlast(process)
        # A killed program can leave the terminal full, and then the mark would never be written.
        terminal.drain()
        attributes = termios.tcgetattr(far)[3]
        os.write(far, _END.encode())
        terminal.wait(_END, None, raw=True)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if not closed:
            os.close(near)
            os.close(far)
    output = terminal.output.partition(_END)[0]
    return Ended(process.returncode, output, _modes(output, attributes))


def _modes(output: str, attributes: int) -> Modes:
    assert sys.platform != "win32"
    private = {
        int(number): way == "h"
        for numbers, way in _PRIVATE.findall(output)
        for number in numbers.split(";")
    }
    keyboards = [1 if way == ">" else -1 for way in _KEYBOARD.findall(output)]
    return Modes(
        private=private,
        keyboards=sum(keyboards),
        echo=bool(attributes & termios.ECHO),
        canonical=bool(attributes & termios.ICANON),
    )
