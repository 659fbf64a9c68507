"""What a change of answer did to the others, in a line."""

from __future__ import annotations

from textual.content import Content

from qiwizard.law.library import Library
from qiwizard.sessions.steps import Shift
from screens.drawing.literal import literal


def moved_words(library: Library, moved: Shift, *, but: str = "") -> Content:
    """What fell away, came back or was dropped, leaving out the fact that was changed."""
    by_name = library.vocabulary.by_name
    groups = (
        ("No effect now", moved.fell_away),
        ("Back in effect", moved.came_back),
        ("Dropped", moved.dropped),
    )
    parts = []
    for words, names in groups:
        shorts = [by_name[name].short for name in names if name != but]
        if shorts:
            parts.append(f"{words}: {', '.join(shorts)}.")
    return literal(" ".join(parts))
