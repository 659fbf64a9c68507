"""Help: how it works, what the strengths mean, the commands, the terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from qiwizard.command_table import COMMANDS
from qiwizard.files import read_shipped
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.words import STRENGTHS
from screens.drawing import STRONG, literal
from screens.host import HostedScreen
from screens.widgets.key_line import KeyLine, command
from screens.widgets.page import Block, Page, heading

HOW = (
    "You describe the case, one question at a time: the forum, the request, the state of the "
    "defense, and then only what can still change the outcome.",
    "Holdings that apply to your facts are weighed: higher authority controls, then the more "
    "specific holding, then the later. Where the law leaves the matter to the judge, coded orders "
    "are counted. Every part of the result is cited; contrary authority is shown.",
    "Unknown is neither yes nor no. The result rests on what is known, and names the unknown facts "
    "that could change it.",
    "Every answer can be changed from the review. An answer that no longer applies is "
    "kept, and is used again if it applies again.",
    "The law is applied as of one date, shown at the top of the screen; c changes it.",
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


class HelpScreen(HostedScreen[None]):
    """Help as one page to read: the screen it was asked on, the method, commands, terms."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [command("back", "help", "back", show=True)]

    def __init__(self, asked_on: Screen[Any], keymap: Mapping[str, str]) -> None:
        """Begin with the screen that help is asked on, and its keys."""
        super().__init__()
        self._here = getattr(asked_on, "HELP", None) or ""
        self._keys_here = [
            binding
            for node, binding, enabled, _ in asked_on.active_bindings.values()
            if enabled and binding.id and node is not asked_on.app
        ]
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """A title and the page."""
        yield Static("Help", id="title", markup=False)
        yield Page()
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the page."""
        here = this_screen(self._here, self._keys_here)
        self.query_one(Page).show([*here, *manual(self._keymap, space=int(bool(here)))])


def this_screen(text: str, keys: Iterable[BindingType]) -> list[Block]:
    """What is said of one screen, and the keys that work there."""
    listed = key_lines(keys)
    if not text and not listed:
        return []
    title, _, said = text.strip().partition("\n")
    title = title.lstrip("# ")
    named = f"This screen: {title[:1].lower()}{title[1:]}" if title else "This screen"
    blocks = [heading(named, space=0)]
    for number, paragraph in enumerate(filter(None, said.strip().split("\n\n"))):
        blocks.append(Block(_emphasised(" ".join(paragraph.split())), space=int(number > 0)))
    blocks += [
        replace(_pair(names, says, 14), space=int(n == 0 and len(blocks) > 1))
        for n, (names, says) in enumerate(listed)
    ]
    return blocks


def _emphasised(text: str) -> Content:
    """Text with its **strong** and *slanted* words."""
    plain, *rest = re.split(r"\*\*(.+?)\*\*|\*(.+?)\*", text)
    content = literal(plain)
    for strong, slanted, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        content += literal(strong or "", STRONG) + literal(slanted or "", "italic") + literal(after)
    return content


def manual(keymap: Mapping[str, str], *, space: int = 0) -> list[Block]:
    """The whole help page, with so many blank lines before it."""
    blocks = [heading("How it works", space=space)]
    blocks += [Block(literal(text), space=int(n > 0)) for n, text in enumerate(HOW)]
    blocks.append(heading("Strength"))
    blocks += [_pair(s.word, f"{STRENGTHS[s.word]}.") for s in sorted(Strength, reverse=True)]
    blocks.append(heading("Commands, the same in plain mode"))
    for each in COMMANDS:
        own = next((keys for id_, keys in keymap.items() if id_.endswith(f".{each.id}")), "")
        keys = " ".join(key_name(key) for key in (own or each.all_keys).split(",") if key)
        blocks.append(_pair(f"{each.id} ({keys})" if keys else each.id, each.help))
    blocks.append(
        Block(literal("Hold Shift while dragging to select text with the mouse."), space=1)
    )
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
