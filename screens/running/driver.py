"""Keyboard input that survives invalid bytes and a closed terminal."""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from qiwizard.console import terminal_size

if TYPE_CHECKING:
    from textual.app import App

assert sys.platform != "win32"  # noqa: S101 - tells the type checker where this is used
POLL = 0.1
"""Seconds between checks whether the application has ended."""


class _Screen:
    """What is drawn on; what it does not take because the terminal is gone is dropped.

    The toolkit writes in a thread of its own and waits for it: it must not end early.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> None:
        """Draw."""
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        """Have it drawn."""
        with suppress(OSError):
            self._stream.flush()


class Keyboard(LinuxDriver):
    """The toolkit's driver, but bytes that are no UTF-8 become `�`, and an end of input ends it."""

    def __init__(self, app: App[Any], **how: Any) -> None:
        super().__init__(app, **how)
        self._file = _Screen(self._file)  # type: ignore[assignment]

    def _sigtstp_application(self, *_: object) -> None:
        """Give the terminal back and stop, between two writes and not in the middle of one."""
        self._loop.call_soon_threadsafe(super()._sigtstp_application)

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again, once, whoever has stopped the program."""
        self._loop.call_soon_threadsafe(self._take_again)

    def _take_again(self) -> None:
        if not self._auto_restart or not os.isatty(self.fileno):
            return  # a terminal that is closed sends SIGCONT too
        if not self._must_signal_resume:  # not given back: its threads still run
            self.suspend_application_mode()
        self.resume_application_mode()

    def run_input_thread(self) -> None:
        """Hand on what is typed until the application ends or the terminal is gone."""
        parser = XTermParser(self._debug)
        decoder = getincrementaldecoder("utf-8")("replace")
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], POLL)[0]:
                typed = self._read()
                if not typed:
                    return
                for event in parser.feed(decoder.decode(typed)):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size of the terminal; the toolkit asks the environment and standard output first."""
        return terminal_size() or super()._get_terminal_size()

    def _read(self) -> bytes:
        """What was typed; nothing, and the application told, if the terminal is gone."""
        try:
            typed = os.read(self.fileno, 4096)
        except OSError:
            typed = b""
        if not typed:
            self._app.call_later(self._app.hang_up)  # type: ignore[attr-defined]
        return typed
