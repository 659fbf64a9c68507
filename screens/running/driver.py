"""Keyboard input that survives invalid bytes and a closed terminal."""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from qiwizard.console import terminal_size

if TYPE_CHECKING:
    from screens.running.terminal_app import TerminalApp

assert sys.platform != "win32"  # noqa: S101 - tells the type checker where this is used
POLL = 0.1
"""Seconds between checks whether the application has ended."""


class Keyboard(LinuxDriver):
    """The toolkit's driver, but bytes that are no UTF-8 become `�`, and an end of input ends it."""

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
            app: TerminalApp = self._app  # type: ignore[assignment]
            hang_up: Callable[[], None] = app.hang_up
            app.call_later(hang_up)
        return typed
