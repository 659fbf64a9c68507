"""Colors that every theme is given, each legible on it, and the theme for strong contrast."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK = {
    "outcome-stay": "#ff8a65",
    "outcome-partial-stay": "#ffc04d",
    "outcome-limited-discovery": "#7fbcff",
    "outcome-no-stay": "#7fdc90",
    "foreground-muted": "#a6adb5",
    "text-muted": "#a6adb5",
    "text-error": "#f0a0b0",
    "border-blurred": "#4b5661",
}
"""Outcomes from red-orange to green; muted text, and the border of a panel without focus."""
LIGHT = {
    "outcome-stay": "#a3300a",
    "outcome-partial-stay": "#6b4700",
    "outcome-limited-discovery": "#0a4a8a",
    "outcome-no-stay": "#175c27",
    "foreground-muted": "#4a4a4a",
    "text-muted": "#4a4a4a",
    "text-accent": "#6b4700",
    "text-warning": "#6b4700",
    "text-success": "#175c27",
    "border-blurred": "#8a8f94",
}
STRONG = {
    "outcome-stay": "#ffb199",
    "outcome-partial-stay": "#ffd480",
    "outcome-limited-discovery": "#a8d4ff",
    "outcome-no-stay": "#a6ffb3",
    "foreground-muted": "#ffffff",
    "text-muted": "#ffffff",
    "border-blurred": "#ffffff",
}
"""The same for the high-contrast theme."""

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff9090",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#303030",
    text_alpha=1.0,
    variables={
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "border": "#ffff00",
        "footer-key-foreground": "#ffff00",
        "footer-description-foreground": "#ffffff",
        "text-disabled": "#ffffff",
    },
)
"""White and yellow on black, muted text as plain as any other."""


def colors_of(theme: Theme) -> Mapping[str, str]:
    """The colors that a theme is given besides its own."""
    if theme.name == HIGH_CONTRAST.name:
        return STRONG
    return DARK if theme.dark else LIGHT
