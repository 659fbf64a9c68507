"""A list in rows that fit its width, with a caret at the current one."""

from __future__ import annotations

from abc import abstractmethod

from textual.content import Content
from textual.widgets.option_list import Option

from screens.widgets.options import Options


class Rows(Options):
    """Lays its rows out anew when the width changes, and moves the caret with the highlight."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._marked: int | None = None
        self._wide = 0

    @abstractmethod
    def row(self, index: int) -> Content:
        """One row as it is drawn now."""

    @property
    @abstractmethod
    def rows(self) -> int:
        """How many there are."""

    def fill(self, at: int) -> None:
        """Draw all rows, the caret at one of them."""
        self._wide = self.scrollable_content_region.width
        self._marked = None
        self.set_options(Option(self.row(n)) for n in range(self.rows))
        self.highlighted = at if self.rows else None

    def on_resize(self) -> None:
        """Lay the rows out anew where the width has changed."""
        if self.scrollable_content_region.width != self._wide:
            self.fill(self.highlighted or 0)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the caret with the highlight."""
        super().watch_highlighted(highlighted)
        for index in {self._marked, highlighted}:
            if index is not None and index < self.option_count:
                self.replace_option_prompt_at_index(index, self.row(index))
        self._marked = highlighted
