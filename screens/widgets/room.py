"""Whether there is room for all that is asked, or the least needed part has to go."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from screens.widgets.page import WIDEST

NUMBERED = 5
"""Columns that caret and number take before an answer."""


def lines_of(text: Content, width: int) -> int:
    """The lines that a text takes; none if it is empty."""
    return len(text.wrap(max(1, min(width, WIDEST)))) if text.plain else 0


def fits(height: int, width: int, prose: Iterable[Content], answers: Iterable[str]) -> bool:
    """Whether paragraphs, each with a blank line after it, and answers fit a height."""
    asked = sum(lines + 1 for text in prose if (lines := lines_of(text, width)))
    listed = sum(lines_of(Content(label), min(width, WIDEST) - NUMBERED) for label in answers)
    return asked + listed <= height
