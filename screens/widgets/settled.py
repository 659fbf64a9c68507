"""Widgets whose change of size leads to no second layout."""

from __future__ import annotations

from typing import Self

from textual.containers import VerticalScroll
from textual.geometry import Region, Size
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
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Redraw, and with `layout` measure the height again.

        The toolkit remembers a height by the number of requests, and counts one that follows
        another as the same, though a layout may have found a height between the two.
        """
        if layout and self._layout_required:
            self._layout_updates += 1
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class Scroll(VerticalScroll, Settled):
    """A container whose content changes.

    One whose scroll bar always stands can be told how high its content will be. The bar is then
    painted with the content, and not once more when the layout has found the height.
    """

    def expect(self, rows: int) -> None:
        """Say how many rows the content will have, before it is laid out."""
        if self.styles.overflow_y != "scroll":
            return
        height = max(rows, self.container_size.height)
        self.set_reactive(Widget.virtual_size, self.virtual_size.with_height(height))
        self.vertical_scrollbar.window_virtual_size = height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
