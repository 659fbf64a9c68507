"""Lines of text that are drawn only where they are in sight."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Region, Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from screens.widgets.settled import Settled


class Lines(Settled):
    """A text already broken into lines; to change one is to draw one. It can be selected."""

    DEFAULT_CSS = """
    Lines {
        width: 100%;
        height: auto;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Content] = []
        self._drawn: dict[int, Strip] = {}

    def show(self, lines: Sequence[Content]) -> None:
        """Show another text."""
        self._lines = list(lines)
        self._drawn.clear()
        self.refresh(layout=True)

    def replace(self, start: int, lines: Sequence[Content]) -> None:
        """Change some lines, their number staying the same."""
        for y, line in enumerate(lines, start):
            self._lines[y] = line
            self._drawn.pop(y, None)
        self.refresh(Region(0, start, self.size.width, len(lines)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as there are lines."""
        return len(self._lines)

    def notify_style_update(self) -> None:
        """Redraw in the colors of another theme."""
        self._drawn.clear()
        super().notify_style_update()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text of a selection made with the mouse."""
        return selection.extract("\n".join(line.plain for line in self._lines)), "\n"

    def render_line(self, y: int) -> Strip:
        """Draw one line, unless it has been."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        selection = self.text_selection
        if selection is not None:
            return self._draw(y, self._selected(y, selection))
        if y not in self._drawn:
            self._drawn[y] = self._draw(y, self._lines[y])
        return self._drawn[y]

    def _selected(self, y: int, selection: Selection) -> Content:
        line, span = self._lines[y], selection.get_span(y)
        if span is None:
            return line
        start, end = span
        style = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        return line.stylize(style, start, len(line) if end == -1 else end)

    def _draw(self, y: int, line: Content) -> Strip:
        width = self.size.width
        strips = Visual.to_strips(
            self, line, width, 1, self.visual_style, apply_selection=False, pad=True
        )
        strip = strips[0] if strips else Strip.blank(width, self.visual_style.rich_style)
        return strip.apply_offsets(0, y)
