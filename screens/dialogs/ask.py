"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.drawing.literal import literal
from screens.host import is_open
from screens.widgets.field import Field
from screens.widgets.key_line import KeyLine


class AskScreen(ModalScreen[str | None]):
    """Asks for a line; Enter keeps it unless it is refused, Esc leaves things as they were."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", id="ask.cancel"),
        Binding("enter", "keep", "Save", priority=True, id="ask.keep"),
    ]

    def __init__(
        self,
        title: str,
        hint: str,
        value: str = "",
        refuse: Callable[[str], str] | None = None,
        typed: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._value = value
        self._refuse = refuse
        self._typed = typed
        self._refused: str | None = None

    def compose(self) -> ComposeResult:
        """The question, the field, and room for what is wrong with it."""
        with Vertical(id="box"):
            yield Static(literal(self._title), id="title")
            yield Static(literal(self._hint), id="hint")
            yield Field(self._value, select_on_focus=False)
            yield Static("", id="wrong", markup=False)
        yield KeyLine(palette=False)

    def action_keep(self) -> None:
        """Return the line, or show in the dialog why it is refused."""
        # What was typed before may still be on its way to the field.
        self.query_one(Input).call_later(self._take)

    def _take(self) -> None:
        text = self.query_one(Input).value
        wrong = self._refuse(text) if self._refuse else ""
        self._refused = text if wrong else None
        self.query_one("#wrong", Static).update(literal(wrong))
        if not wrong and self.is_current:
            self.dismiss(text)

    def action_cancel(self) -> None:
        """Close with nothing."""
        if self.is_current:
            self.dismiss(None)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        if self.query_one(Input).value != self._refused:  # not news of what was typed before
            self.query_one("#wrong", Static).update("")
        if self._typed is not None and is_open(self):
            self._typed(event.value)


class AddScreen(AskScreen):
    """The same for a line that is added to others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Add", priority=True, id="ask.keep"),
    ]
