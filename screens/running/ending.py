"""How the application ends: told to, by a signal, with its terminal gone, or by a fault."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from rich.console import RenderableType
from rich.text import Text
from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message

from qiwizard.fault import fault_lines, log_fault
from qiwizard.signals import exit_code
from qiwizard.terminal import in_browser

HUNG_UP = 129
"""The exit code after the terminal was closed, as shells count."""
FAULT = 70
"""The exit code after a fault in the program."""
ROUNDS = 3
"""So many times a key typed before is handed on until it is an answer: key, choice, answer."""
PATIENCE = 1.0
"""Seconds to wait for a widget that is busy, or gone."""


SMALLEST = Size(20, 6)
"""Columns and lines below which the toolkit finds no room for a text and fails."""


class EndingApp(App[int]):
    """An application that gives the terminal back and says what became of the work."""

    crashed = False

    @property
    def size(self) -> Size:
        """The size drawn for; a smaller terminal shows a part of it."""
        return _at_least(super().size)

    def post_message(self, message: Message) -> bool:
        """Pass a message on; a terminal too small to lay anything out counts as larger."""
        if isinstance(message, Resize):
            size = _at_least(message.size)
            if size != message.size:
                message = Resize(size, size, pixel_size=message.pixel_size)
        return super().post_message(message)

    def last_words(self) -> list[str]:
        """Put the work by; what is to be said of it once the terminal is given back."""
        return []

    def on_mount(self) -> None:
        """End in good order when the terminal is closed or the process is told to stop."""
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None or sys.platform == "win32":
                continue
            loop.add_signal_handler(number, partial(self.leave, 128 + number))

    def leave(self, return_code: int = 0) -> None:
        """End with the last words."""
        told = self.last_words()
        message = Text("\n".join(told)) if told else None
        self.exit(return_code, return_code=return_code, message=message)

    async def settle(self) -> None:
        """Let what was typed before arrive where it belongs: keys wait in one queue a widget."""
        for _ in range(ROUNDS):
            focused = self.focused or self.screen
            for node in (self.screen, focused, *focused.ancestors):
                reached = asyncio.Event()
                node.call_later(reached.set)
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(reached.wait(), PATIENCE)

    def hang_up(self) -> None:
        """End because the terminal is gone."""
        self.leave(HUNG_UP)

    def _handle_exception(self, error: Exception) -> None:
        """Stop at a fault; while it is leaving, when screens may be gone by half, only log it."""
        if self._exit:
            log_fault(error)
        else:
            super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Say in a sentence that it stopped, in place of what the toolkit would print."""
        errors: Iterable[object] = renderables
        self._close_for(next((e for e in errors if isinstance(e, BaseException)), None))

    def _fatal_error(self) -> None:
        """Say in a sentence that it stopped: the toolkit would print local variables."""
        self._close_for(sys.exc_info()[1])

    def _close_for(self, error: BaseException | None) -> None:
        self.crashed = True
        told = [*fault_lines(error), *self.last_words()]
        self._exit_renderables.append(Text("\n".join(told)))
        self._close_messages_no_wait()

    def get_driver_class(self) -> type[Driver]:
        """The driver of this system; for a browser, and for the keyboard on Unix, our own."""
        if in_browser():
            from screens.running.browser import Browser

            return Browser
        kind = super().get_driver_class()
        if sys.platform != "win32":
            from textual.drivers.linux_driver import LinuxDriver

            if kind is LinuxDriver:
                from screens.running.driver import Keyboard

                return Keyboard
        return kind


def _at_least(size: Size) -> Size:
    return Size(max(SMALLEST.width, size.width), max(SMALLEST.height, size.height))


def run_to_end(app: EndingApp, *, mouse: bool) -> int:
    """Run an application; its exit code."""
    try:
        app.run(mouse=mouse)
    except OSError:
        # A terminal that is gone cannot be written to; without an ending before it, that is news.
        if app.return_code is None:
            raise
    if app.crashed:
        return FAULT
    return exit_code() if app.return_code is None else app.return_code
