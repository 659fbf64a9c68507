"""A dialog with one list to pick from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from qiwizard.law.facts import Value
from screens.drawing.literal import literal
from screens.widgets.choices import Choices, Menu, Offer
from screens.widgets.key_line import KeyLine

ANY = ""
"""Returned if all values were picked instead of one."""


class PickScreen(ModalScreen[str | None]):
    """Returns the value picked, ANY for the last choice, None if it was closed."""

    CSS_PATH = "pick.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="pick.leave"),
    ]

    def __init__(
        self, title: str, offers: Iterable[tuple[str, str]], chosen: str | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._offers = [*(Offer(value, label) for value, label in offers), Offer(None, "Any")]
        self._chosen = next((o for o in self._offers if o.value == chosen), self._offers[0])

    def compose(self) -> ComposeResult:
        """The title and the list."""
        with Vertical(id="box"):
            yield Static(literal(self._title), id="title")
            yield Menu(self._take)
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Mark what was picked before."""
        self.query_one(Choices).offer(self._offers, self._chosen)

    def action_leave(self) -> None:
        """Close with nothing."""
        if self.is_current:
            self.dismiss(None)

    def _take(self, value: Value | None) -> None:
        self.dismiss(ANY if value is None else str(value))
