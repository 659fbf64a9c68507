"""Downloads: in a browser an export is handed to it, and counts once the browser has fetched it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual import events

from qiwizard.config import Config
from screens.running.configured import ConfiguredApp

WAIT = 5.0
"""Seconds after which a file that was not fetched is spoken of."""


class DownloadingApp(ConfiguredApp):
    """An application that can hand files to the browser that shows it."""

    def __init__(self, config: Config, settings: Path | None) -> None:
        super().__init__(config, settings)
        self._downloads: dict[str, tuple[str, Callable[[], object] | None]] = {}

    def download(self, name: str, text: str, fetched: Callable[[], object] | None = None) -> None:
        """Hand a file to the browser; `fetched` is called once the browser has all of it."""
        from qiwizard.reports.formats import (
            download_name,
        )  # loads the law; no first screen needs it

        plain = download_name(name)
        key = self.deliver_text(io.StringIO(text), save_filename=plain)
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
