"""Styles for stretches of text, all from the theme."""

from __future__ import annotations

HEADING = "bold $text-primary"
STRONG = "bold"
MUTED = "$foreground-muted"
"""Not `$text-muted`: outside style sheets that name comes out brighter than plain text."""
