"""The rows of the library: citation, court, year and standing, a caret at the current one."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from qiwizard.reasoning.shelf import Entry
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED
from screens.widgets.options import Options

ONE_LINE = 66
"""Columns from which a row fits one line."""
TITLE, COURT = 40, 12
CARET, NO_CARET = "▸ ", "  "


class EntryList(Options):
    """A list of entries in rows of one line, or two where it is narrow."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._entries: Sequence[Entry] = ()
        self._marked: int | None = None
        self._wide: int = 0

    @property
    def current(self) -> Entry | None:
        """The entry at the caret."""
        return None if self.highlighted is None else self._entries[self.highlighted]

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries, the caret at the first."""
        self._entries = entries
        self._fill(0)

    def go_to(self, id_: str) -> None:
        """Put the caret at an entry, if it is among those shown."""
        at = next((n for n, entry in enumerate(self._entries) if entry.id == id_), None)
        if at is not None:
            self.highlighted = at

    def on_resize(self) -> None:
        """Lay the rows out anew where the width has changed."""
        if self.scrollable_content_region.width != self._wide:
            self._fill(self.highlighted or 0)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the caret with the highlight."""
        super().watch_highlighted(highlighted)
        for index in {self._marked, highlighted}:
            if index is not None and index < self.option_count:
                self.replace_option_prompt_at_index(index, self._row(index))
        self._marked = highlighted

    def _fill(self, at: int) -> None:
        self._wide = self.scrollable_content_region.width
        self._marked = None
        self.set_options(Option(self._row(n)) for n in range(len(self._entries)))
        self.highlighted = at if self._entries else None

    def _row(self, index: int) -> Content:
        entry = self._entries[index]
        caret = Content.styled(CARET if index == self.highlighted else NO_CARET, "bold")
        if self._wide >= ONE_LINE:
            rest = literal(f"{entry.year}  {entry.standing}", MUTED)
            return Content("").join(
                [caret, _cell(entry.title, TITLE), _cell(entry.court, COURT), rest]
            )
        width = max(1, self._wide - len(NO_CARET))
        below = literal(f"{NO_CARET}{entry.court} · {entry.year} · {entry.standing}", MUTED)
        title = literal(entry.title).truncate(width, ellipsis=True)
        return Content("").join([caret, title, Content("\n" + NO_CARET), below])


def _cell(text: str, width: int) -> Content:
    cell = literal(text).truncate(width - 1, ellipsis=True)
    return cell.pad_right(width - cell.cell_length)
