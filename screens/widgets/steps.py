"""The list of doctrines beside the question: done, current, ahead, or not arising."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from qiwizard.law.library import Library
from qiwizard.sessions.steps import Step
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED

DONE, CURRENT, AHEAD, ABSENT = "✓", "▸", "·", "–"

_STYLE = {DONE: "$text-success", CURRENT: "bold $text-accent", AHEAD: "", ABSENT: MUTED}


class StepList(Widget):
    """Every doctrine with a glyph for where the interview stands on it."""

    @dataclass
    class Wanted(Message):
        """A doctrine was clicked."""

        doctrine: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[tuple[str, str, str], ...] = ()
        self._below = ""
        self._at_line: list[str] = []

    def show(self, library: Library, steps: Sequence[Step], current: str, below: str) -> None:
        """Show the steps, and a line below them."""
        self._rows = tuple(
            (step.doctrine, glyph(step, current), library.doctrine(step.doctrine).title)
            for step in steps
        )
        self._below = below
        self.refresh()

    def render(self) -> Content:
        """The list, long titles hung from their glyph."""
        width = max(8, self.content_size.width)
        lines: list[Content] = []
        self._at_line = []
        for doctrine, mark, title in self._rows:
            for number, part in enumerate(wrap(title, width - 2) or [""]):
                lead = f"{mark} " if number == 0 else "  "
                lines.append(literal(lead + part, _STYLE[mark]))
                self._at_line.append(doctrine)
        lines.append(Content(""))
        lines += [literal(part, MUTED) for part in wrap(self._below, width)]
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        """Ask for the doctrine under the pointer."""
        line = event.screen_y - self.content_region.y
        if 0 <= line < len(self._at_line):
            self.post_message(self.Wanted(self._at_line[line]))


def glyph(step: Step, current: str) -> str:
    """The glyph of a step."""
    if step.doctrine == current:
        return CURRENT
    if not step.arises:
        return ABSENT
    return DONE if step.done else AHEAD
