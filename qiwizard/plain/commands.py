"""Line mode: what may be typed, told line by line so that a screen reader can step through it."""

from __future__ import annotations

START = (
    "Answer with a number and Enter, or with the value itself; 0 leaves a question not stated. "
    "Type help for all commands."
)
HELP = (
    "Answer with a number, or with the value itself. 0: not stated.",
    "Enter alone: the question with its answers again.",
    "back, or b: take the last answer back.",
    "why, or ?: what the question means, and what hangs on it.",
    "note TEXT, or n TEXT: where the record says so.",
    "review, or r: every answer so far.",
    "summary, or s: the ruling as things stand, with its reasons.",
    "because, or w: why it comes out so. w all: with every authority.",
    "compare, or c: the circuits side by side.",
    "map, or m: where the questions ahead lead.",
    "library WORDS, or l WORDS: search the library. l ID: read an authority.",
    "export FILE, or e FILE: write the session to a file; the ending .toml, .md, .json or .txt "
    "says in which form.",
    "quit, or q: leave.",
)
AT_THE_END = "Command, or help> "


def prompt_for(most: int) -> str:
    """What is asked for: a number up to `most`, or a command."""
    return f"0 to {most}, or help> "
