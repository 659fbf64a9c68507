"""The process and its terminal: signals, standard streams, lines that a person types."""

from __future__ import annotations

import atexit
import os
import re
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.util import find_spec
from types import FrameType
from typing import Any, TextIO, cast

from qiwizard.errors import UserError
from qiwizard.text import visible


class OutputError(OSError):
    """Standard output cannot be written; a closed reader still raises BrokenPipeError."""


class _Stream:
    """A text stream that is written under a guard; everything else is delegated."""

    def __init__(self, stream: TextIO, guard: Callable[[], AbstractContextManager[Any]]) -> None:
        self._stream = stream
        self._guard = guard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with self._guard():
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with self._guard():
            self._stream.flush()


@contextmanager
def _results() -> Iterator[None]:
    """What guards standard output: OutputError if it cannot be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(*error.args) from None


def _messages() -> AbstractContextManager[None]:
    """What guards standard error: what cannot be written there is dropped."""
    return suppress(OSError)


@contextmanager
def _streams(out: object, err: object) -> Iterator[None]:
    """While it lasts, standard output and standard error are these."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = cast("TextIO", out), cast("TextIO", err)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def told_apart() -> AbstractContextManager[None]:
    """While it lasts, standard output and standard error are guarded as above."""
    out, err = sys.stdout, sys.stderr
    return _streams(out and _Stream(out, _results), err and _Stream(err, _messages))


def bare() -> AbstractContextManager[None]:
    """While it lasts, standard output and standard error are as they were before `told_apart`.

    Reading a line calls them, and loses an interrupt that arrives while Python code runs.
    """
    both = (sys.stdout, sys.stderr)
    return _streams(*(s._stream if isinstance(s, _Stream) else s for s in both))


SIGNALS_TOLD: list[int] = []
"""The signals that came and end the program, but for SIGINT."""


def mind_signals() -> None:
    """Treat SIGTERM and SIGHUP as interrupts from now on.

    A shell that starts the program in the background leaves interrupts ignored.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)
            atexit.register(signal.signal, number, signal.SIG_DFL)


def exit_code() -> int:
    """The exit code of a run that was interrupted, as shells count."""
    return 128 + (SIGNALS_TOLD[0] if SIGNALS_TOLD else signal.SIGINT)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Act on an interrupt now: one sent as a signal would wait until the read ends."""
    SIGNALS_TOLD.append(number)
    interrupted = signal.getsignal(signal.SIGINT)
    if callable(interrupted):
        interrupted(signal.SIGINT, frame)


TURN = 0.2
"""Seconds after which a read that waits looks whether a signal has come."""
_BREAKS = re.compile(r"[\t\r\n\v\f]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def in_browser() -> bool:
    """Whether the toolkit's server started us, to draw in a browser over pipes."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def interactive() -> bool:
    """Whether a person can type and see: input and drawing stream a terminal, or a browser."""
    if in_browser():
        return True
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def terminal_size() -> tuple[int, int] | None:
    """The columns and lines of the terminal that is drawn on, as it says itself; None if not."""
    for stream in (sys.__stderr__, sys.__stdin__):
        with suppress(OSError, ValueError, AttributeError):
            columns, lines = os.get_terminal_size(stream.fileno())  # type: ignore[union-attr]
            if columns and lines:
                return columns, lines
    return None


def asks() -> bool:
    """Whether a person, not a pipe, answers what is asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_line(prompt: str) -> str:
    """The next line of input, after a prompt; EOFError or RuntimeError if there is none.

    UserError if it cannot be read. Line breaks of a paste are blanks. From a terminal no line is
    taken with other control characters, which an arrow key sends where lines cannot be edited.
    """
    while True:
        line = _BREAKS.sub(" ", _line(prompt)).strip()
        found = _CONTROL.search(line)
        if found is None or not asks():
            return line
        print(f"Ignored: the line contains a control character, {visible(found[0], keep='')}.")


def _line(prompt: str) -> str:
    try:
        return _line_of_person(prompt) if asks() and sys.platform != "win32" else input(prompt)
    except (BrokenPipeError, OutputError):  # the prompt could not be written
        raise
    except OSError as error:
        raise UserError(f"standard input: cannot be read: {error.strerror or error}") from None


LOST = 3
"""Turns after which an interrupt that has not arrived counts as lost."""


class _AsideError(Exception):
    """The shell has taken the terminal, or given it back, while a line was being typed."""

    def __init__(self, number: int) -> None:
        self.number = number


def _line_of_person(prompt: str) -> str:
    """A line typed at a terminal, edited where that can be; asked for again after `fg`."""
    typed = ""
    while True:
        with _heeding_signals():
            try:
                return _edited(prompt, typed) if _can_edit() else _unedited(prompt)
            except _AsideError as aside:
                typed, number = _typed_so_far(), aside.number
        if number == signal.SIGTSTP:
            os.kill(os.getpid(), number)  # now that the terminal is as the shell wants it
        print()


def _unedited(prompt: str) -> str:
    """A line as the terminal delivers it.

    Python handles a signal that arrives just before a read only when that read ends, so this
    waits for input before reading.
    """
    print(prompt, end="", flush=True)
    while not select.select([sys.stdin], [], [], TURN)[0]:
        pass
    with bare():
        return input()


def _can_edit() -> bool:
    """Whether the keys that edit a line are to work: it takes escapes to the terminal."""
    return sys.stdout.isatty() and not wants_plain() and find_spec("readline") is not None


def _edited(prompt: str, typed: str) -> str:
    import readline

    readline.parse_and_bind("set enable-bracketed-paste on")
    if typed:  # only then: an interrupt is lost that comes while a hook runs
        readline.set_startup_hook(lambda: readline.insert_text(typed))
    try:
        with bare():
            return input(prompt)
    finally:
        readline.set_startup_hook(None)


def _typed_so_far() -> str:
    if "readline" not in sys.modules:
        return ""
    return str(sys.modules["readline"].get_line_buffer())


@contextmanager
def _heeding_signals() -> Iterator[None]:
    """While it lasts, no signal waits for the end of a read, and `fg` asks for the line again."""

    waiting, turns = True, 0

    def aside(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if waiting and not SIGNALS_TOLD:  # a terminal that is closed sends SIGCONT too
            raise _AsideError(number)

    def again(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        # Told to stop a while ago: the interrupt was lost, as one is in a callback. While it is
        # under way none may be raised, and Python takes no call for well ended: there is none here.
        nonlocal turns
        if waiting and SIGNALS_TOLD:
            turns += 1
            if turns > LOST:
                raise KeyboardInterrupt

    wanted = {signal.SIGALRM: again, signal.SIGTSTP: aside, signal.SIGCONT: aside}
    before = {
        number: signal.signal(number, handler)
        for number, handler in wanted.items()
        if signal.getsignal(number) is signal.SIG_DFL
    }
    # A library that waits for keys looks for signals whenever one comes: let one come often.
    signal.setitimer(signal.ITIMER_REAL, TURN, TURN)
    try:
        yield
    finally:
        waiting = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def wants_plain() -> bool:
    """Whether the environment asks for line mode: `ACCESSIBLE` set, or `TERM=dumb`."""
    asked = os.environ.get("ACCESSIBLE", "").strip().lower() not in {"", "0", "false", "no"}
    return asked or os.environ.get("TERM") == "dumb"
