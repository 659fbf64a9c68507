"""Styles for stretches of text, all from the theme."""

from __future__ import annotations

HEADING = "bold $text-primary"
STRONG = "bold"
MUTED = "$foreground-muted"


def outcome_style(outcome: str) -> str:
    """The color of an outcome; always used with its word."""
    return f"bold $outcome-{outcome.replace('_', '-')}"
