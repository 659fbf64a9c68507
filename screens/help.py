"""The manual: how it works, what the strengths mean, the keys, the terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from qiwizard.reasoning.canons import Strength
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from qiwizard.reports.words import STRENGTHS
from qiwizard.resources import read_shipped
from screens.drawing.literal import literal
from screens.drawing.styles import STRONG
from screens.sections.case import heading, prose
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Page
from screens.widgets.steps import ABSENT, AHEAD, CURRENT, DONE

KeyTable = Sequence[tuple[str, Iterable[BindingType]]]
"""Where keys work, and the bindings there."""

HOW = (
    "You describe where the case stands, one question at a time. Only what, as far as "
    "the library shows, can still matter to the ruling is asked. Beside each question stand the "
    "authorities it turns on in your forum, and where the ruling is heading.",
    "There is no decision tree. Each authority of the library says on which facts it speaks and "
    "what it answers. Those that speak to your facts are weighed: the higher authority prevails, "
    "then the more specific, then the later. What they answer is put together into a ruling, "
    "every part of it cited, the losing side shown as contrary authority.",
    "A fact may be left open: not stated is neither yes nor no. The ruling is given on what is "
    "known, and says which open fact would change it.",
    "Every answer can be changed, by stepping back or from the review. What no longer applies "
    "falls away, visibly, and comes back if the change is undone.",
    "The law is that of one day, as stated in the first line; c changes it.",
)

GLYPHS = (
    (DONE, "answered, as far as it matters"),
    (CURRENT, "where you are"),
    (AHEAD, "still ahead"),
    (ABSENT, "does not arise on these facts"),
)

_KEY_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "space": "Space",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


class HelpScreen(Screen[None]):
    """The manual as one page to read."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,left", "close", "Back", key_display="esc", id="help.close"),
    ]

    def __init__(
        self, keys: KeyTable, here: str = "", keys_here: Iterable[BindingType] = ()
    ) -> None:
        """Begin with what is said of the screen that help is asked on, and its keys."""
        super().__init__()
        self._keys = keys
        self._here = here
        self._keys_here = tuple(keys_here)

    def compose(self) -> ComposeResult:
        """A title and the page."""
        yield Static("Help", id="title", markup=False)
        yield Page()
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the page."""
        here = this_screen(self._here, self._keys_here)
        self.query_one(Page).show([*here, *manual(self._keys, space=int(bool(here)))])

    def action_close(self) -> None:
        """Back to where help was asked for."""
        if self.is_current:
            self.dismiss(None)


def this_screen(text: str, keys: Iterable[BindingType]) -> list[Block]:
    """What is said of one screen, and the keys that work there."""
    listed = key_lines(keys)
    if not text and not listed:
        return []
    title, _, said = text.strip().partition("\n")
    named = f"This screen: {_lowered(title.lstrip('# '))}" if title else "This screen"
    blocks = [heading(named, space=0)]
    for number, paragraph in enumerate(filter(None, said.strip().split("\n\n"))):
        blocks.append(Block(_emphasised(" ".join(paragraph.split())), space=int(number > 0)))
    blocks += [
        replace(_pair(names, says, 14), space=int(n == 0 and len(blocks) > 1))
        for n, (names, says) in enumerate(listed)
    ]
    return blocks


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _emphasised(text: str) -> Content:
    """Text with its **strong** and *slanted* words."""
    plain, *rest = re.split(r"\*\*(.+?)\*\*|\*(.+?)\*", text)
    content = literal(plain)
    for strong, slanted, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        content += literal(strong or "", STRONG) + literal(slanted or "", "italic") + literal(after)
    return content


def manual(keys: KeyTable, *, space: int = 0) -> list[Block]:
    """The whole manual, with so many blank lines before it."""
    blocks = [heading("How it works", space=space)]
    blocks += [prose(text, space=int(n > 0)) for n, text in enumerate(HOW)]
    blocks.append(heading("How sure a ruling is"))
    blocks += [_pair(s.word, f"{STRENGTHS[s.word]}.") for s in sorted(Strength, reverse=True)]
    blocks.append(prose("A ruling is as sure as the weakest answer that carries it.", space=1))
    blocks.append(heading("The list of steps"))
    blocks += [_pair(glyph, meaning) for glyph, meaning in GLYPHS]
    for where, bindings in keys:
        blocks.append(heading(f"Keys: {where}"))
        blocks += [_pair(names, says, 14) for names, says in key_lines(bindings)]
    blocks.append(prose("Hold Shift while dragging to select text with the mouse.", space=1))
    blocks.append(heading("Glossary"))
    blocks += [_pair(term["name"], term["text"]) for term in read_shipped("facts.toml")["term"]]
    return blocks


def key_lines(bindings: Iterable[BindingType]) -> list[tuple[str, str]]:
    """For each action its keys and what it does, in the order of the bindings."""
    found: dict[tuple[str, str], list[str]] = {}
    for binding in Binding.make_bindings(bindings):
        what = binding.description
        if what:
            keys = found.setdefault((binding.action.partition("(")[0], what), [])
            if (name := key_name(binding.key)) not in keys:
                keys.append(name)
    return [(" ".join(keys), what) for (_, what), keys in found.items()]


def key_name(key: str) -> str:
    """A key as a keyboard prints it."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if "+" in key:
        return "+".join(part.capitalize() for part in key.split("+"))
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


def _pair(name: str, text: str, width: int = 0) -> Block:
    shown = literal(name.ljust(width), STRONG)
    return Block(Content.assemble(shown, "  " if width else ": ", literal(text)))
