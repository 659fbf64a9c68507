"""The line at the head of a screen: caption, forum, and the day whose law is applied."""

from __future__ import annotations

from textual.widgets import Static

from qiwizard.library import Library
from qiwizard.session import Session
from qiwizard.text import one_line
from screens.literal import literal
from screens.words import matter_line


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
        """Name the case of a session."""
        self.update(literal(one_line(matter_line(library, session))))
