"""The application as a process: settings, downloads and a safe exit."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.app import App
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.events import Resize
from textual.filter import LineFilter
from textual.geometry import Size
from textual.message import Message
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.types import AnimationLevel

from qiwizard.config import Config, remember_theme
from qiwizard.console import exit_code, in_browser
from qiwizard.errors import UserError
from qiwizard.fault import fault_lines, log_fault
from qiwizard.text import one_line, visible
from screens.host import caught_up
from screens.running.keymap import check_theme, keymap_of
from screens.running.themes import HIGH_CONTRAST, Contrast, colors_of

AnyScreen = TypeVar("AnyScreen", bound=Screen[Any])
USUAL = Config()
LEGIBLE = Contrast()
HUNG_UP = 129
"""The exit code after the terminal was closed, as shells count."""
FAULT = 70
"""The exit code after an internal error."""
ROUNDS = 3
"""How often a key typed ahead is forwarded before it becomes an answer: key, choice, answer."""
SHORTEST = 0.01
"""Seconds for which a notice is shown at least."""
WAIT = 5.0
"""Seconds after which a download that was not fetched is reported."""
SMALLEST = Size(20, 6)
"""Minimum terminal size; below it Textual fails to lay out text."""


class Notice(Notification):
    """A notice whose time may be over before it is drawn, as on a slow machine or a changed clock.

    The toolkit would wait for it in an endless loop.
    """

    @property
    def time_left(self) -> float:
        """Seconds for which it is still shown, never none."""
        return max(SHORTEST, super().time_left)

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return super().time_left <= 0


class TerminalApp(App[int]):
    """An application under the user's settings that gives the terminal back in order.

    UserError for settings that cannot be.
    """

    crashed = False

    def __init__(self, config: Config, settings: Path | None) -> None:
        super().__init__()
        self._settings = settings
        self._downloads: dict[str, tuple[str, Callable[[], object] | None]] = {}
        self.animation_level = cast("AnimationLevel", config.animation)
        for theme in HIGH_CONTRAST:
            self.register_theme(theme)
        where = str(settings)
        check_theme(self, config.theme, where)
        self.keys_wanted = keymap_of(config.keys, where)
        if config.theme and "TEXTUAL_THEME" not in os.environ:
            self.theme = config.theme
        self._chosen_theme = self.theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What a line passes through before it is drawn; text becomes legible last."""
        return [*super().get_line_filters(), LEGIBLE]

    def get_css_variables(self) -> dict[str, str]:
        """The variables of the theme, with the colors that every theme is given."""
        self.theme_variables = {**super().get_css_variables(), **colors_of(self.current_theme)}
        return self.theme_variables

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
        """Save the work; returns the message to print once the terminal is restored."""
        return []

    def on_mount(self) -> None:
        """Put the user's keys in place."""
        self.set_keymap(self.keys_wanted)

    def on_load(self) -> None:
        """End in order when told to stop, from before the terminal is taken.

        An interrupt would cancel what the first screens wait for, and leave them without widgets.
        """
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None or sys.platform == "win32":
                continue
            loop.add_signal_handler(number, partial(self.leave, 128 + number))
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # told to stop a moment before
            raise asyncio.CancelledError

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
                await caught_up(node)

    def hang_up(self) -> None:
        """End because the terminal is gone."""
        self.leave(HUNG_UP)

    def _handle_exception(self, error: Exception) -> None:
        """Stop at a fault; while it is leaving, only log it.

        A screen that is closed as it opens lacks its widgets, which is none.
        """
        if self._exit:
            if not isinstance(error, NoMatches):
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
        if sys.platform != "win32" and kind.__name__ == "LinuxDriver":
            from screens.running.driver import Keyboard

            return Keyboard
        return kind

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice, its control characters visibly."""
        wait = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        notice = Notice(visible(message), visible(title), severity, wait, markup)
        self.post_message(Notify(notice))

    def action_command_palette(self) -> None:
        """Open the list of all commands."""
        from screens.running.palette import Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette"))

    async def on_event(self, event: events.Event) -> None:
        """Pass input on; what was typed or pasted ahead goes to the field that it is meant for."""
        if isinstance(event, events.Paste) and self.screen_stack:
            event = await self._pasted(event)
        elif isinstance(event, events.Key) and event.is_forwarded and self.screen_stack:
            event = await self._keyed(event)
        await super().on_event(event)

    async def _pasted(self, event: events.Paste) -> events.Paste:
        await self._field_is_there()
        if isinstance(self.screen, CommandPalette) and not event.is_forwarded:
            # The toolkit's palette would show control characters as they are, and take one line.
            return events.Paste(one_line(event.text))
        ahead = event.is_forwarded and self._in_a_field
        return events.Paste(event.text) if ahead else event

    async def _keyed(self, event: events.Key) -> events.Key:
        """A key that came back from where the focus was, sent again if it is text for a field."""
        await self._field_is_there()
        ahead = self._in_a_field and event.is_printable
        return events.Key(event.key, event.character) if ahead else event

    @property
    def _in_a_field(self) -> bool:
        """Whether text is typed here; a field keeps all of it, so what comes back is another's."""
        return getattr(self.focused, "keeps_text", False)

    async def _field_is_there(self) -> None:
        await self.screen._mounted_event.wait()
        self._take_focus()

    async def _check_bindings(
        self,
        key: str,
        priority: bool = False,  # noqa: FBT001, FBT002 - the toolkit's own
    ) -> bool:
        """Whether a key was bound; one typed ahead waits for the screen that it is meant for."""
        if self.screen_stack:
            await self.screen._mounted_event.wait()
        return await super()._check_bindings(key, priority)

    def watch_theme(self, theme: str) -> None:
        """Remember a theme that the user has chosen."""
        if self._settings is None or not self.is_running or theme == self._chosen_theme:
            return
        self._chosen_theme = theme
        try:
            remember_theme(self._settings, theme)
        except UserError as error:
            self.notify(str(error), severity="warning", timeout=30, markup=False)

    def download(
        self, name: str, content: str | bytes, fetched: Callable[[], object] | None = None
    ) -> None:
        """Hand a file to the browser; `fetched` is called once the browser has all of it."""
        from qiwizard.reports.formats import download_name  # loads the law

        plain = download_name(name)
        data = content.encode("utf-8") if isinstance(content, str) else content
        key = self.deliver_binary(io.BytesIO(data), save_filename=plain)
        if key is not None:
            self._downloads[key] = plain, fetched
            self.set_timer(WAIT, partial(self._not_fetched, key))

    def on_delivery_complete(self, event: events.DeliveryComplete) -> None:
        """Say that the browser has the file."""
        if event.key in self._downloads:
            name, fetched = self._downloads.pop(event.key)
            if fetched is not None:
                fetched()
            self.notify(f"Downloaded: {name}", markup=False)

    def _not_fetched(self, key: str) -> None:
        if key in self._downloads:
            name, _ = self._downloads[key]
            told = f"{name}: the browser has not fetched it. Does it block windows of this page?"
            self.notify(told, severity="warning", timeout=15, markup=False)

    def on_app_focus(self) -> None:
        """Let keys arrive on a screen too that was opened while they went elsewhere."""
        self.call_later(self._take_focus)

    def _take_focus(self) -> None:
        screen = self.screen
        wanted = self.AUTO_FOCUS if screen.AUTO_FOCUS is None else screen.AUTO_FOCUS
        if wanted and self.app_focus and screen.focused is None:
            screen.set_focus(next((w for w in screen.query(wanted) if w.focusable), None))

    def show(self, kind: type[AnyScreen], make: Callable[[], AnyScreen]) -> None:
        """Open a screen, or return to the one that is open."""
        if self.return_to(kind) is None:
            self.push_screen(make())

    def return_to(self, kind: type[AnyScreen], *, losing: bool = False) -> AnyScreen | None:
        """The screen of a kind, brought to the top, if it is open; dialogs are closed first.

        A screen on top of it with answers of its own is closed only with `losing`.
        """
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        found = next((s for s in self.screen_stack if isinstance(s, kind)), None)
        if found is None or self.screen is found:
            return found
        left = self.under_way
        if (left or self.at_stake) and not losing:
            return None
        while self.screen is not found:
            self.pop_screen()
        if left:
            self.notify(left, markup=False)
        return found

    @property
    def at_stake(self) -> str:
        """What the open screens would lose if they were closed, as a sentence; or empty."""
        return self._first_said("at_stake")

    @property
    def under_way(self) -> str:
        """Where the open screens resume if they are closed, as a sentence; or empty."""
        return self._first_said("under_way")

    def _first_said(self, name: str) -> str:
        return next(filter(None, (getattr(s, name, "") for s in self.screen_stack)), "")


def _at_least(size: Size) -> Size:
    return Size(max(SMALLEST.width, size.width), max(SMALLEST.height, size.height))


def run_to_end(app: TerminalApp, *, mouse: bool) -> int:
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
