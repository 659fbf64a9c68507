"""The line at the head of a screen: caption, forum, and the day whose law is applied."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from qiwizard.law.library import Library
from qiwizard.sessions.session import Session
from qiwizard.text import one_line
from screens.drawing.literal import literal
from screens.drawing.words import matter_line
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

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, library: Library, session: Session) -> None:
        """Name the case of a session, and say first if it is not safe on disk."""
        line = literal(one_line(matter_line(library, session)))
        if host(self.screen).trouble:
            line = Content.assemble((f"{NOT_SAVED} ", "bold $text-error"), line)
        self.update(line)
