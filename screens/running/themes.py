"""The themes for those who need strong contrast."""

from __future__ import annotations

from textual.theme import Theme


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
            "border": text,
            "border-blurred": text,
            "footer-key-foreground": mark,
            "footer-description-foreground": text,
            "text-muted": text,
            "foreground-muted": text,
            "text-disabled": text,
        },
    )


HIGH_CONTRAST = (
    _high_contrast("high-contrast", "#ffffff", "#000000", "#ffff00", dark=True),
    _high_contrast("high-contrast-light", "#000000", "#ffffff", "#00008b", dark=False),
)
"""White and yellow on black; black and blue on white."""
