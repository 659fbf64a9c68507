"""Text on its way to a widget: never markup, never an escape sequence."""

from __future__ import annotations

from textual.content import Content

from qiwizard.text import visible


def literal(text: str, style: str = "") -> Content:
    """Text exactly as written, with control characters shown visibly."""
    return Content.styled(visible(text), style) if style else Content(visible(text))
