"""Widgets whose change of size leads to no second layout."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static


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


class Told(Static, Settled):
    """A text that changes."""


class Scroll(VerticalScroll, Settled):
    """A container whose content changes."""
