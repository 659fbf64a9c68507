"""Legible text in every theme: colors are adjusted for contrast with the background."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

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
