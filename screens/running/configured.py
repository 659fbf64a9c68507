"""The settings applied: theme, motion, keys; a theme chosen on the way is remembered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from textual import events
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.types import AnimationLevel

from qiwizard.config import Config, remember_theme
from qiwizard.errors import UserError
from qiwizard.text import one_line, visible
from screens.running.contrast import Contrast
from screens.running.ending import EndingApp
from screens.running.keymap import check_theme, keymap_of
from screens.running.themes import HIGH_CONTRAST

USUAL = Config()
LEGIBLE = Contrast()


class ConfiguredApp(EndingApp):
    """An application under settings of the user's own; UserError for those that cannot be."""

    def __init__(self, config: Config, settings: Path | None) -> None:
        super().__init__()
        self._settings = settings
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

    def on_mount(self) -> None:
        """Put the user's own keys in place."""
        self.set_keymap(self.keys_wanted)

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
        super().notify(
            visible(message),
            title=visible(title),
            severity=severity,
            timeout=timeout,
            markup=markup,
        )

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
        """A key that came back from where the focus was, anew if it is text for a field."""
        await self._field_is_there()
        ahead = self._in_a_field and event.is_printable
        return events.Key(event.key, event.character) if ahead else event

    @property
    def _in_a_field(self) -> bool:
        """Whether text is typed here; a field keeps all of it, so what comes back is another's."""
        return getattr(self.focused, "keeps_text", False)

    async def _field_is_there(self) -> None:
        await self.screen._mounted_event.wait()
        self.take_focus()

    def take_focus(self) -> None:
        """Give the keys to the screen's first field where nothing has them yet."""
        screen = self.screen
        wanted = self.AUTO_FOCUS if screen.AUTO_FOCUS is None else screen.AUTO_FOCUS
        if wanted and self.app_focus and screen.focused is None:
            screen.set_focus(next((w for w in screen.query(wanted) if w.focusable), None))

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
