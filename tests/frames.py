"""Frames of the terminal face as plain text, compared with golden files."""

from __future__ import annotations

import os
from pathlib import Path

from textual.app import App

FOLDER = Path(__file__).parent / "frames"
UPDATE = "QIWIZARD_UPDATE_FRAMES"


def frame(app: App[int]) -> str:
    """What the terminal shows, without colours, lines without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip).rstrip() for strip in strips)
    return "\n".join(lines) + "\n"


def check_frame(app: App[int], name: str) -> None:
    """Compare what is shown with the golden file; with the update variable set, write it."""
    path = FOLDER / f"{name}.txt"
    shown = frame(app)
    if os.environ.get(UPDATE):
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert path.exists(), f"{path} is missing: run the tests with {UPDATE}=1 and look at it"
    assert shown == path.read_text(encoding="utf-8")
