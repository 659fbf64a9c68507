"""Dialogs that ask for one line of text: a name, a session file, a record cite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from qiwizard.errors import UserError
from qiwizard.files import seen, typed_path
from qiwizard.keeping.kept import source_field
from qiwizard.law.facts import Fact
from qiwizard.sessions.session import Session
from qiwizard.sessions.session_file import read_session
from screens.drawing import literal
from screens.host import Dialog, host, is_open
from screens.widgets.field import Field
from screens.widgets.key_line import KeyLine

AGAIN = "unsaved text"


class AskScreen(Dialog[str | None]):
    """Asks for a line; Enter keeps it unless it is refused, Esc leaves things as they were."""

    CSS_PATH = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Cancel", id="ask.cancel"),
        Binding("enter", "keep", "Save", priority=True, id="ask.keep"),
    ]

    def __init__(
        self,
        title: str,
        hint: str,
        value: str = "",
        refuse: Callable[[str], str] | None = None,
        typed: Callable[[str], None] | None = None,
        *,
        typed_over: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._value = value
        self._refuse = refuse
        self._typed = typed
        self._typed_over = typed_over
        self._refused: str | None = None

    def compose(self) -> ComposeResult:
        """The question, the field, and room for what is wrong with it."""
        with Vertical(id="box"):
            yield Static(literal(self._title), id="title")
            yield Static(literal(self._hint), id="hint")
            yield Field(self._value, select_on_focus=self._typed_over)
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
        if not wrong:
            self.leave(text)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        if self.query_one(Input).value != self._refused:  # not news of what was typed before
            self.query_one("#wrong", Static).update("")
        if self._typed is not None and is_open(self):
            self._typed(event.value)


class AddScreen(AskScreen):
    """The same for a line that is added to others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Add", priority=True, id="ask.keep")
    ]


class OpenScreen(AskScreen):
    """Asks for the path of a session file, and shows why one is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Open", priority=True, id="ask.keep")
    ]

    def __init__(self) -> None:
        self.session: Session | None = None
        """The session of the file, once one was read."""
        super().__init__(
            "Open a session file",
            "Path of an exported session, such as session.toml",
            refuse=self._unreadable,
        )

    def _unreadable(self, path: str) -> str:
        if not path.strip():
            return "No path given."
        app = host(self)
        try:
            file = typed_path(path)
            if seen(file) and not seen(file, Path.is_file):  # a pipe would be waited for
                return f"{file}: is not a file"
            self.session = read_session(file, app.library, app.today)
        except UserError as error:
            return str(error)
        return ""


def ask_source(screen: Screen[Any], fact: Fact, noted: Callable[[], None]) -> None:
    """Ask where the record states a fact, keep the answer, and say when it was noted."""
    app, field = host(screen), source_field(fact.name)
    before = app.session.drafting({field: None})
    present, draft = before.sources.get(fact.name, ""), app.session.draft.get(field)

    def typed(text: str) -> None:
        unchanged = text == present
        app.keep_typed(before if unchanged else app.session.drafting({field: text}))

    def closed(text: str | None) -> None:
        if text is None:
            if app.session is not before:
                app.keep(before)
            return
        app.keep(app.session.drafting({field: None}).sourcing(fact.name, text))
        noted()

    title = "Record cite"
    hint = f"Where in the record is it stated ({fact.short})? Example: Doc. 38 at 2"
    if draft is not None:
        title = f"{title}: {AGAIN}"
        screen.app.clear_notifications()
    value = present if draft is None else draft
    screen.app.push_screen(AskScreen(title, hint, value, typed=typed), closed)
