"""A dialog that asks before something is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from qiwizard.law.facts import Value
from screens.drawing.literal import literal
from screens.widgets.choices import Menu, Offer
from screens.widgets.key_line import KeyLine


class ConfirmScreen(ModalScreen[str | None]):
    """Offers the choices; Esc or 0 cancels. The choice that loses nothing is the default."""

    CSS_PATH = "confirm.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stay", "Cancel", id="confirm.stay"),
    ]

    def __init__(
        self, title: str, text: str, ways: Sequence[Offer], *, safe: str | None = None
    ) -> None:
        """Ask; `safe` is the value of a way that loses nothing, where it is not to stay."""
        super().__init__()
        self._title = title
        self._text = text
        self._ways = (*ways, Offer(None, "Cancel"))
        self._safe = next(way for way in self._ways if way.value == safe)

    def compose(self) -> ComposeResult:
        """What would be lost, and what can be done."""
        with Vertical(id="box"):
            yield Static(literal(self._title), id="title")
            yield Static(literal(self._text), id="text")
            yield Menu(self._go)
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Mark what loses nothing."""
        self.query_one(Menu).offer(self._ways, self._safe)

    def action_stay(self) -> None:
        """Close with nothing."""
        if self.is_current:
            self.dismiss(None)

    def _go(self, value: Value | None) -> None:
        self.dismiss(None if value is None else str(value))


def ask_first(
    app: App[int],
    title: str,
    text: str,
    ways: Mapping[str, Callable[[], object]],
    *,
    safe: str | None = None,
) -> None:
    """Ask before something is lost; the ways on by their words, one of them perhaps safe."""

    def decided(words: str | None) -> None:
        if words is not None:
            ways[words]()

    offers = [Offer(words, words) for words in ways]
    app.push_screen(ConfirmScreen(title, text, offers, safe=safe), decided)
