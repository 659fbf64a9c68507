"""The case's own names: caption, docket and notes, and the day whose law is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static, TextArea

from screens.drawing.literal import literal
from screens.host import host
from screens.widgets.field import Field, Notes
from screens.widgets.key_line import KeyLine


class MatterScreen(ModalScreen[None]):
    """Edits what the case is called; Enter goes from field to field, Ctrl+S keeps."""

    CSS_PATH = "matter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "keep", "Keep", key_display="^s", priority=True, id="matter.keep"),
        Binding("escape", "cancel", "Cancel", id="matter.cancel"),
    ]

    caption = query_one("#caption", Input)
    docket = query_one("#docket", Input)
    day = query_one("#day", Input)
    notes = query_one("#notes", TextArea)

    def compose(self) -> ComposeResult:
        """The fields as they stand."""
        session = host(self).session
        with VerticalScroll(id="box", can_focus=False):
            yield Static("This case", id="title", markup=False)
            yield Label("Caption", markup=False)
            yield Field(session.matter.caption, id="caption", compact=True)
            yield Label("Docket", markup=False)
            yield Field(session.matter.docket, id="docket", compact=True)
            yield Label("Law as of (year-month-day)", markup=False)
            yield Field(session.as_of.isoformat(), id="day", compact=True)
            yield Label("Notes", markup=False)
            yield Notes(session.matter.notes, id="notes", compact=True)
            yield Static("", id="wrong", markup=False)
        yield KeyLine(palette=False)

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.focus_next()

    def action_keep(self) -> None:
        """Take the fields over into the session, unless the day will not do."""
        # What was typed before may still be on its way to the field.
        (self.focused or self).call_later(self._take)

    def _take(self) -> None:
        app = host(self)
        try:
            day = date.fromisoformat(self.day.value.strip())
        except ValueError:
            self._refuse("The day is written year-month-day, such as 2026-01-31.")
            return
        if not app.library.about.begins <= day <= app.today:
            first = app.library.about.begins.isoformat()
            self._refuse(f"The library states the law from {first} to {app.today.isoformat()}.")
            return
        session = app.session
        if day != session.as_of:
            session = session.adopting(day)
        matter = replace(
            session.matter,
            caption=self.caption.value,
            docket=self.docket.value,
            notes=self.notes.text,
        )
        app.keep(session.naming(matter))
        if self.is_current:
            self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave the case as it was."""
        if self.is_current:
            self.dismiss(None)

    def _refuse(self, why: str) -> None:
        self.query_one("#wrong", Static).update(literal(why))
        self.day.focus()
