"""Colors that every theme is given, the themes for strong contrast, and text legible in all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter
from textual.theme import Theme

DARK = {
    "outcome-stay": "#ff8a65",
    "outcome-partial-stay": "#ffc04d",
    "outcome-limited-discovery": "#7fbcff",
    "outcome-no-stay": "#7fdc90",
    "foreground-muted": "#a6adb5",
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
    "border-blurred": "#ffffff",
}
"""The same for the high-contrast themes, on black and on white."""

STRONG_LIGHT = {
    "outcome-stay": "#6e1a00",
    "outcome-partial-stay": "#4a3000",
    "outcome-limited-discovery": "#00305f",
    "outcome-no-stay": "#003d10",
    "foreground-muted": "#000000",
    "border-blurred": "#000000",
}


def _high_contrast(name: str, text: str, ground: str, mark: str, *, dark: bool) -> Theme:
    """A theme of few colors, muted text as plain as any other."""
    return Theme(
        name=name,
        primary=mark,
        secondary="#00ffff" if dark else "#00005f",
        accent=mark,
        warning=mark,
        error="#ff9090" if dark else "#8b0000",
        success="#80ff80" if dark else "#004d00",
        foreground=text,
        background=ground,
        surface=ground,
        panel=ground,
        boost="#303030" if dark else "#e0e0e0",
        text_alpha=1.0,
        dark=dark,
        variables={
            "block-cursor-background": mark,
            "block-cursor-foreground": ground,
            "block-cursor-text-style": "bold",
            "border": mark,
            "footer-key-foreground": mark,
            "footer-description-foreground": text,
            "text-disabled": text,
        },
    )


HIGH_CONTRAST = (
    _high_contrast("high-contrast", "#ffffff", "#000000", "#ffff00", dark=True),
    _high_contrast("high-contrast-light", "#000000", "#ffffff", "#00008b", dark=False),
)
"""White and yellow on black; black and blue on white."""


def colors_of(theme: Theme) -> Mapping[str, str]:
    """The colors that a theme is given besides its own."""
    strong = theme.name in {each.name for each in HIGH_CONTRAST}
    dark, light = (STRONG, STRONG_LIGHT) if strong else (DARK, LIGHT)
    colors = dark if theme.dark else light
    return {**colors, "text-muted": colors["foreground-muted"]}


LEAST = 4.5
"""The contrast that WCAG 2 asks of text (level AA)."""
STEPS = 20
_DRAWN = re.compile(r"[\s\u2500-\u259f]*")
"""Box-drawing characters, which need no text contrast."""


class Contrast(LineFilter):
    """Changes the color of text where a theme gives it too little contrast, and nothing else."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Text of a line with enough contrast; what has it is left as it is."""
        return [
            Segment(text, _legible(style, background), control)
            if style is not None and style.color is not None and not _DRAWN.fullmatch(text)
            else segment
            for segment in segments
            for text, style, control in (segment,)
        ]


@lru_cache(maxsize=2048)
def _legible(style: Style, background: Color) -> Style:
    color, behind = style.color, style.bgcolor
    if color is None or color.triplet is None or (behind is not None and behind.triplet is None):
        return style  # the terminal's own colors, which only it knows
    text = Color.from_rich_color(color)
    ground = background if behind is None else Color.from_rich_color(behind)
    better = legible(text, ground)
    return style if better is text else style + Style(color=RichColor.from_rgb(*better.rgb))


def legible(text: Color, ground: Color) -> Color:
    """The color, or the nearest to it on the way to black or white that has enough contrast."""
    if contrast(text, ground) >= LEAST:
        return text
    end = max((WHITE, BLACK), key=lambda color: contrast(color, ground))
    ways = (text.blend(end, step / STEPS) for step in range(1, STEPS))
    return next((color for color in ways if contrast(color, ground) >= LEAST), end)


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colors, from 1 to 21, as WCAG 2 counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
