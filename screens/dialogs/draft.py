"""The draft of an order, to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from qiwizard.documents.draft import order_draft
from screens.drawing.literal import literal
from screens.host import host
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Page


class DraftScreen(Screen[None]):
    """The draft of an order on the session at hand."""

    CSS_PATH = "draft.tcss"
    AUTO_FOCUS = "Page"
    HELP = """\
# The draft of an order

A skeleton with the terms of the ruling filled in, for training and research. What stands in
square brackets is left to be written. **e** writes it to a file: choose *Order draft* there.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b", "back", "Back", key_display="esc", id="draft.back"),
        Binding("e", "app.export", "Export", id="draft.export"),
    ]

    def compose(self) -> ComposeResult:
        """The text and the keys."""
        yield CaseLine()
        yield Page()
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Show the draft."""
        app = host(self)
        self.query_one(CaseLine).show(app.library, app.session)
        self.query_one(Page).show(_blocks(order_draft(app.library, app.session)))

    def action_back(self) -> None:
        """Go back to the summary."""
        if self.is_current:
            self.dismiss(None)


def _blocks(text: str) -> Iterator[Block]:
    """The lines, each wrapped under its own indent where the screen is narrow."""
    for line in text.splitlines():
        bare = line.lstrip()
        yield Block(literal(bare), indent=len(line) - len(bare))
