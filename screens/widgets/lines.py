"""Lines drawn only where they are in sight, and widgets whose change of size needs no layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.scrollbar import ScrollBar
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget


class Settled(Widget):
    """Takes the size that a layout gives it, and asks for no other on that account.

    The toolkit lays the whole screen out, and paints it, once more for every such change.
    It stands last among the bases: styles are those of the first.
    """

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: ARG002, FBT001, FBT002 - the toolkit's own signature
    ) -> bool:
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Redraw, and with `layout` measure the height again.

        The toolkit remembers a height by the number of requests, and counts one that follows
        another as the same, though a layout may have found a height between the two.
        """
        if layout and self._layout_required:
            self._layout_updates += 1
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class Bar(ScrollBar, Settled):
    """A scroll bar whose change of size needs no layout."""


class Scroll(VerticalScroll, Settled):
    """A container whose content changes; its bar is painted in one layout with the content."""

    def expect(self, rows: int) -> None:
        """Say how many rows the content will have: a bar comes or goes before the next layout."""
        if self.container_size.height:
            self.set_reactive(Widget.virtual_size, self.virtual_size.with_height(rows))
            self._refresh_scrollbars()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar, made when it is first wanted."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    def _scroll_update(self, virtual_size: Size) -> None:
        super()._scroll_update(virtual_size)
        if self.show_vertical_scrollbar:
            self.screen._compositor.update_widgets({self.vertical_scrollbar})
            self.vertical_scrollbar._repaint_required = False


class Lines(Settled):
    """Text already broken into lines, which are redrawn one by one. It can be selected."""

    DEFAULT_CSS = "Lines { width: 100%; height: auto; }"

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
