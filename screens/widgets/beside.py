"""A row of two texts side by side, drawn to the width there is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

GAP = 1
"""Columns between the two."""
INDENT = 2
"""Columns by which a remark is hung under them."""


@dataclass(frozen=True, slots=True)
class Beside(Visual):
    """Two texts in halves of the width that wrap each by itself, a remark on lines below."""

    left: Content
    right: Content
    remark: Content
    hang: int = 0
    """Columns by which further lines of the left text are indented."""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines as they are drawn."""
        return self._laid_out(width).render_strips(width, height, style, options)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines there are at a width."""
        return self._laid_out(width).get_height(rules, width)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """The whole width there is."""
        return container_width

    def _laid_out(self, width: int) -> Content:
        half = max(1, (width - GAP) // 2)
        first, *more = self.left.wrap(half) or [Content("")]
        if more:
            rest = self.left[len(first.plain.rstrip()) :]
            rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
            more = [line.pad_left(self.hang) for line in rest.wrap(max(1, half - self.hang))]
        halves = zip_longest([first, *more], self.right.wrap(half), fillvalue=Content(""))
        rows = [left.pad_right(half + GAP - left.cell_length) + right for left, right in halves]
        if self.remark.plain:
            hung = self.remark.wrap(max(1, width - INDENT))
            rows += [line.pad_left(INDENT) for line in hung]
        return Content("\n").join(rows)
