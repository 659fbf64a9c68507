"""Caption, docket and notes of the case, and the date of the law."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.strip import Strip
from textual.widgets import Input, Label, Static, TextArea

from qiwizard.errors import UserError
from qiwizard.keeping.kept import DRAFTED
from qiwizard.law.library import refusal
from qiwizard.sessions.session import Session
from qiwizard.text import spell_date
from qiwizard.typed import typed_date
from screens.dialogs.ask import AGAIN
from screens.drawing import literal
from screens.host import Dialog, host, is_open
from screens.widgets.field import Field, harmless
from screens.widgets.key_line import KeyLine

LABELS = {"caption": "Caption", "docket": "Docket", "day": "Law as of"}
"""The fields of one line, by id."""


class Notes(TextArea):
    """Several lines of text."""

    keeps_text = True

    def on_paste(self, event: events.Paste) -> None:
        """What was pasted goes to no other widget; the toolkit puts it in."""
        event.stop()

    def on_mount(self) -> None:
        """The caret blinks only if animation is on."""
        self.cursor_blink = self.app.animation_level != "none"

    def render_line(self, y: int) -> Strip:
        """A line as it is drawn, harmless to the terminal."""
        return harmless(super().render_line(y))


class MatterScreen(Dialog[None]):
    """Edits the caption and the like; Enter goes from field to field, Ctrl+S saves."""

    CSS_PATH = "matter.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "keep", "Save", key_display="^s", priority=True, id="matter.keep"),
        Binding("escape", "back", "Cancel", id="matter.cancel"),
        Binding("enter", "next", "Next field", show=False, priority=True, id="matter.next"),
    ]

    _before: Session
    """The session as it was, without what is typed here."""

    def compose(self) -> ComposeResult:
        """The fields as they stand, or as they were being typed when the program ended."""
        session = host(self).session
        self._before = session.drafting(dict.fromkeys(DRAFTED))
        typed = {**_stated(session), **session.draft}
        with VerticalScroll(id="box", can_focus=False):
            again = f": {AGAIN}" if session is not self._before else ""
            yield Static(f"Case{again}", id="title", markup=False)
            for name, label in LABELS.items():
                yield Label(label, markup=False)
                yield Field(typed[name], id=name, compact=True)
            yield Label("Notes", markup=False)
            yield Notes(typed["notes"], id="notes", compact=True)
            yield Static("", id="wrong", markup=False)
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """The user has seen the notice of unsaved text."""
        if host(self).session is not self._before:
            self.app.clear_notifications()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typing(self) -> None:
        """Keep what is being typed, as a draft beside the case as it was."""
        app = host(self)
        if not is_open(self):
            return
        stated, now = _stated(self._before), self._fields()
        drafts = {name: text if text != stated[name] else None for name, text in now.items()}
        app.keep_typed(
            app.session.drafting(drafts) if set(drafts.values()) != {None} else self._before
        )

    def _fields(self) -> dict[str, str]:
        typed = {name: self.query_one(f"#{name}", Input).value for name in LABELS}
        return {**typed, "notes": self.query_one(TextArea).text}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """In the notes Enter begins a line."""
        return action != "next" or isinstance(self.focused, Input)

    def action_next(self) -> None:
        """Go to the next field at once: what is typed ahead belongs there."""
        self.focus_next()

    def action_keep(self) -> None:
        """Copy the fields into the session, unless the date is invalid."""
        # What was typed before may still be on its way to the field.
        (self.focused or self).call_later(self._take)

    def _take(self) -> None:
        app = host(self)
        session, typed = self._before, self._fields()
        try:
            day = typed_date(typed.pop("day"))
        except UserError as error:
            self._refuse(str(error))
            return
        if refusal(app.library, day, app.today, session.as_of):
            first, last = spell_date(app.library.about.begins), spell_date(app.today)
            self._refuse(f"The library covers the law from {first} to {last}.")
            return
        if day != session.as_of:
            session = session.adopting(day)
        matter = replace(
            session.matter, caption=typed["caption"], docket=typed["docket"], notes=typed["notes"]
        )
        app.keep(session.naming(matter))
        self.leave()

    def action_back(self) -> None:
        """Leave the case as it was."""
        if host(self).session is not self._before:
            host(self).keep(self._before)
        self.leave()

    def _refuse(self, why: str) -> None:
        self.query_one("#wrong", Static).update(literal(why))
        self.query_one("#day").focus()


def _stated(session: Session) -> dict[str, str]:
    """By field: the case as it stands."""
    matter, day = session.matter, spell_date(session.as_of)
    return {"caption": matter.caption, "docket": matter.docket, "day": day, "notes": matter.notes}
