"""The line at the head of a screen: caption, forum, and the day whose law is applied."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from screens.drawing import matter_line
from screens.host import host

NOT_SAVED = "! NOT SAVED ·"
"""Stands before the case while the latest answers are not on disk."""


class CaseLine(Static):
    """One line that names the case."""

    DEFAULT_CSS = """
    CaseLine {
        dock: top;
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        text-style: bold;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    _named = False

    def show(self) -> None:
        """Name the case, and say first if it is not safe on disk."""
        self._named = True
        app, lead = host(self.screen), Content("")
        if app.ongoing.trouble:
            lead = Content.styled(f"{NOT_SAVED} ", "bold $text-error")
        room = max(0, app.size.width - 2 - lead.cell_length)
        self.update(lead + matter_line(app.library, app.session, room))

    def on_resize(self) -> None:
        """Give the caption the room there is now."""
        if self._named:
            self.show()
