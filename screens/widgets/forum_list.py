"""The rows of a comparison: forum, outcome, how sure it is, and the reason where it fits."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from qiwizard.reasoning.forums import Column, Comparison
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.comparison import labels, reason
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import outcome_word
from screens.widgets.rows import Rows

FIRST, UNLIKE, NOTHING = "◆ ", "≠ ", "  "
LEAST_REASON = 16
"""Columns below which a reason says nothing."""
LONGEST_NAME = 32


class ForumList(Rows):
    """One line a forum; a caret at the current one, a mark at the one others are set beside."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Side by side", id="forums.open"),
        Binding("up,k", "cursor_up", "Up", show=False, id="forums.up"),
        Binding("down,j", "cursor_down", "Down", show=False, id="forums.down"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._names: tuple[str, ...] = ()
        self._first = 0

    def show(self, comparison: Comparison, at: int, first: int) -> None:
        """Show another comparison, the caret and the mark of the first at given lines."""
        self._comparison = comparison
        self._names = labels(comparison)
        self._first = first
        self.fill(at)

    @property
    def rows(self) -> int:
        """How many forums are compared."""
        return len(self._names)

    def row(self, index: int) -> Content:
        """Forum, outcome, how sure it is, and the reason where it fits."""
        comparison = self._comparison
        if comparison is None:
            return Content("")
        column, first = comparison.columns[index], comparison.columns[self._first]
        unlike = column.ruling.outcome != first.ruling.outcome
        mark = FIRST if index == self._first else UNLIKE if unlike else NOTHING
        return Content("").join([Content(mark), *self._cells(comparison, column, index)])

    def _cells(self, comparison: Comparison, column: Column, index: int) -> list[Content]:
        """The parts of a row, as many as there is room for."""
        outcomes = [outcome_word(comparison.library, id_) for id_ in comparison.library.outcomes]
        outcome = max(map(len, outcomes)) + 1
        longest = min(LONGEST_NAME, max(map(len, self._names))) + 1
        named = max(8, min(longest, self._wide - len(FIRST) - outcome))
        word = outcome_word(comparison.library, column.ruling.outcome)
        cells = [_cell(self._names[index], named), _cell(word, outcome, STRONG)]
        room = self._wide - len(FIRST) - named - outcome
        strength = max(len(s.word) for s in Strength) + 1
        if room >= strength - 1:
            cells.append(_cell(column.ruling.strength.word, strength))
            room -= strength
        if room >= LEAST_REASON:
            muted = "" if index == self.highlighted else MUTED
            cells.append(_cell(reason(column), room + 1, muted))
        return cells


def _cell(text: str, width: int, style: str = "") -> Content:
    cell = literal(text, style).truncate(width - 1, ellipsis=True)
    return cell.pad_right(width - cell.cell_length)
