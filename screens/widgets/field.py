"""Fields to type in, which show control characters instead of sending them to the terminal."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, TextArea

from qiwizard.text import visible

STAND_IN = "�"
"""One column wide, so that the caret stays where it belongs."""


class Field(Input):
    """One line of text; of several lines pasted, the breaks become blanks."""

    keeps_text = True

    def on_paste(self, event: events.Paste) -> None:
        """Take all that was pasted, and show where it ends."""
        event.stop()
        event.prevent_default()  # which drops all lines but the first
        lines = event.text.splitlines()
        text = event.text
        if len(lines) > 1:
            text = " ".join(filter(None, (line.strip() for line in lines)))
        start, end = sorted(self.selection)
        self.replace(text, start, end)
        self.call_after_refresh(self._show_caret)

    def _show_caret(self) -> None:
        """Scroll to the caret: the toolkit does so before it has made room for the new text."""
        column = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
        self.scroll_to_region(Region(column, 0, 1, 1), force=True, animate=False)

    def on_mount(self) -> None:
        """The caret blinks only where things may move."""
        self.cursor_blink = self.app.animation_level != "none"

    def render_line(self, y: int) -> Strip:
        """A line as it is drawn, harmless to the terminal."""
        return harmless(super().render_line(y))


class Notes(TextArea):
    """Several lines of text."""

    keeps_text = True

    def on_paste(self, event: events.Paste) -> None:
        """What was pasted goes to no other widget; the toolkit puts it in."""
        event.stop()

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
