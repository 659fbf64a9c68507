"""The settings applied: theme, motion, keys; a theme chosen on the way is remembered."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

from textual import events
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.types import AnimationLevel

from qiwizard.config import Config, remember_theme
from qiwizard.errors import UserError
from qiwizard.text import visible
from screens.running.ending import EndingApp
from screens.running.keymap import check_theme, keymap_of
from screens.running.themes import HIGH_CONTRAST

USUAL = Config()


class ConfiguredApp(EndingApp):
    """An application under settings of the user's own; UserError for those that cannot be."""

    def __init__(self, config: Config, settings: Path | None) -> None:
        super().__init__()
        self._settings = settings
        self.animation_level = cast("AnimationLevel", config.animation)
        self.register_theme(HIGH_CONTRAST)
        where = str(settings)
        check_theme(self, config.theme, where)
        self.keys_wanted = keymap_of(config.keys, where)
        if config.theme and "TEXTUAL_THEME" not in os.environ:
            self.theme = config.theme
        self._chosen_theme = self.theme

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
        """Pass input on; the toolkit's palette would show control characters as they are."""
        if isinstance(event, events.Paste) and isinstance(self.screen, CommandPalette):
            event = events.Paste(visible(event.text))
        await super().on_event(event)

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
