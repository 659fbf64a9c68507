"""Fields to type in, which show control characters instead of sending them to the terminal."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input, TextArea

from qiwizard.text import visible

STAND_IN = "�"
"""One column wide, so that the caret stays where it belongs."""


class Field(Input):
    """One line of text."""

    def on_mount(self) -> None:
        """The caret blinks only where things may move."""
        self.cursor_blink = self.app.animation_level != "none"

    def render_line(self, y: int) -> Strip:
        """A line as it is drawn, harmless to the terminal."""
        return harmless(super().render_line(y))


class Notes(TextArea):
    """Several lines of text."""

    def on_mount(self) -> None:
        """The caret blinks only where things may move."""
        self.cursor_blink = self.app.animation_level != "none"

    def render_line(self, y: int) -> Strip:
        """A line as it is drawn, harmless to the terminal."""
        return harmless(super().render_line(y))


def harmless(strip: Strip) -> Strip:
    """The strip with a stand-in for every control and bidirectional character."""
    if all(visible(segment.text, keep="") == segment.text for segment in strip):
        return strip
    segments = [
        Segment("".join(map(_shown, segment.text)), segment.style, segment.control)
        for segment in strip
    ]
    return Strip(segments).adjust_cell_length(strip.cell_length)


def _shown(character: str) -> str:
    return character if visible(character, keep="") == character else STAND_IN
