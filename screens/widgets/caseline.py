"""The line at the head of a screen: caption, forum, and the day whose law is applied."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from screens.drawing import matter_line
from screens.host import host

NOT_SAVED = "! NOT SAVED ·"
"""Stands before the case while the latest answers are not on disk."""


class CaseLine(Widget):
    """One line that names the case; to be refreshed when the case is another."""

    DEFAULT_CSS = """
    CaseLine {
        dock: top; height: 1; padding: 0 1; background: $panel; color: $foreground;
        text-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def render(self) -> Content:
        """The case, and first that it is not safe on disk if so."""
        app, lead = host(self.screen), Content("")
        if app.ongoing.trouble:
            lead = Content.styled(f"{NOT_SAVED} ", "bold $text-error")
        return lead + matter_line(app.library, app.session, self.size.width - lead.cell_length)
