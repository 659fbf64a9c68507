"""In a browser: a tab that is closed, or a server that is gone, ends the application in order."""

from __future__ import annotations

from contextlib import suppress

from textual.drivers.web_driver import WebDriver


class Browser(WebDriver):
    """The toolkit's driver for its server; the answers are put by as when a terminal is closed."""

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Heed what the server says: that the tab was closed, or what the toolkit knows."""
        if packet_type == "quit":
            self._hang_up()
        else:
            super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Hand on what is typed until the application ends or the server is gone."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._hang_up()

    def write(self, data: str) -> None:
        """Draw; when the server is gone, the end of input says so."""
        with suppress(OSError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something, if it is still there."""
        with suppress(OSError):
            super().write_meta(data)

    def _hang_up(self) -> None:
        self._app.call_later(self._app.hang_up)  # type: ignore[attr-defined]
