"""A list in rows that fit its width."""

from __future__ import annotations

from abc import abstractmethod

from textual.content import Content
from textual.events import Resize
from textual.widgets.option_list import Option

from screens.widgets.options import Options


class Rows(Options):
    """Lays its rows out again when the width changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._wide = 0

    @abstractmethod
    def row(self, index: int) -> Content:
        """One row at the width there is."""

    @property
    @abstractmethod
    def rows(self) -> int:
        """How many there are."""

    def fill(self, at: int) -> None:
        """Draw all rows, the caret at one of them."""
        self._wide = self._room
        self.set_options(Option(self.row(n)) for n in range(self.rows))
        self.highlighted = at if self.rows else None

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - the list below heeds it too
        """Lay the rows out again where the width has changed."""
        if self._room != self._wide:
            self.fill(self.highlighted or 0)

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width - self._get_left_gutter_width()
