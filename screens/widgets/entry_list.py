"""The rows of the library: citation, court, year and treatment."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from qiwizard.reasoning.catalogue import Entry
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED
from screens.widgets.rows import Rows

ONE_LINE = 64
"""Columns from which a row fits one line."""
TITLE, COURT = 40, 12


class EntryList(Rows):
    """A list of entries in rows of one line, or two where it is narrow."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()

    @property
    def current(self) -> Entry | None:
        """The entry at the caret."""
        return None if self.highlighted is None else self._entries[self.highlighted]

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other entries, the caret at the first."""
        self._entries = entries
        self.fill(0)

    def go_to(self, id_: str) -> None:
        """Put the caret at an entry, if it is among those shown."""
        at = next((n for n, entry in enumerate(self._entries) if entry.id == id_), None)
        if at is not None:
            self.highlighted = at

    @property
    def rows(self) -> int:
        """How many entries are shown."""
        return len(self._entries)

    def row(self, index: int) -> Content:
        """Citation, court, year and treatment."""
        entry = self._entries[index]
        if self._wide >= ONE_LINE:
            rest = literal(f"{entry.year}  {entry.treatment}", MUTED)
            return Content("").join([_cell(entry.title, TITLE), _cell(entry.court, COURT), rest])
        title = literal(entry.title).truncate(max(1, self._wide), ellipsis=True)
        below = literal(f"  {entry.court} · {entry.year} · {entry.treatment}", MUTED)
        return Content("\n").join([title, below])


def _cell(text: str, width: int) -> Content:
    cell = literal(text).truncate(width - 1, ellipsis=True)
    return cell.pad_right(width - cell.cell_length)
