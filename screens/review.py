"""The review: every fact on one line, each open to change."""

from __future__ import annotations

from typing import ClassVar

from qiwizard.reasoning.interview import agenda
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qiwizard.law.facts import Fact
from qiwizard.law.library import Library
from qiwizard.reports.words import value_words
from qiwizard.sessions.session import Session
from qiwizard.sessions.steps import shift, steps
from qiwizard.text import one_line
from screens.dialogs.source import ask_source
from screens.drawing.literal import literal
from screens.drawing.styles import HEADING, STRONG
from screens.host import host
from screens.sections.panels import left_words
from screens.widgets.beside import Beside
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine
from screens.widgets.moved import moved_words
from screens.widgets.options import Options


class ReviewScreen(Screen[None]):
    """Lists the facts by doctrine: what was answered, where the record says so, what is idle."""

    CSS_PATH = "review.tcss"
    HELP = """\
# The review

Every fact with its answer. **Enter** asks it anew, **x** makes it one that was not asked, **n**
notes where the record says so. What no longer has an effect is marked, and kept.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.manual", "Help", id="review.help"),
        Binding("enter", "change", "Change", priority=True, id="review.change"),
        Binding("delete,x", "clear", "Clear", key_display="x", id="review.clear"),
        Binding("n", "note", "Note", id="review.note"),
        Binding("escape,b,left", "close", "Back", key_display="esc", id="review.close"),
        Binding("c", "app.matter", "Case", show=False, id="review.matter"),
        Binding("i", "app.interview", "Interview", id="review.interview"),
        Binding("s", "app.summary", "Summary", id="review.summary"),
        Binding("e", "app.export", "Export", id="review.export"),
        Binding("l", "app.library", "Library", show=False, id="review.library"),
        Binding("h", "app.start", "Start", show=False, id="review.start"),
        Binding("j", "move('down')", "Down", show=False, id="review.down"),
        Binding("k", "move('up')", "Up", show=False, id="review.up"),
    ]

    facts = query_one(OptionList)

    def compose(self) -> ComposeResult:
        """The case, a line of what is left, and the facts."""
        yield CaseLine()
        yield Static("", id="left", markup=False)
        yield Static("", id="notice", classes="-empty", markup=False)
        yield Options(markup=False, compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first fact."""
        self._list(None)

    def on_screen_resume(self) -> None:
        """Show what other screens did to the session."""
        self._list(self.current)

    @property
    def current(self) -> str | None:
        """The fact under the caret."""
        option = self.facts.highlighted_option
        return None if option is None else option.id

    def _list(self, current: str | None) -> None:
        app = host(self)
        library, session = app.library, app.session
        self.query_one(CaseLine).show(library, session)
        left = agenda(library, session.posture, session.as_of)
        self.query_one("#left", Static).update(literal(_tally(session, left_words(left))))
        options: list[Option] = []
        for step in steps(library, session):
            options.append(Option(_title(library, step.doctrine), disabled=True))
            for fact in library.facts_of(step.doctrine):
                row = _row(library, session, fact, idle=fact.name in step.idle)
                options.append(Option(row, id=fact.name))
        self.facts.set_options(options)
        names = [option.id or "" for option in options]
        self.facts.highlighted = names.index(current) if current else 1

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        """Answer the fact anew, in the interview."""
        # A key that moves the caret may still be on its way to the list.
        self.facts.call_later(self._change)

    def _change(self) -> None:
        if self.current is not None and self.is_current:
            host(self).show_interview(self.current)

    def action_clear(self) -> None:
        """Make the fact one that was not asked."""
        app, name = host(self), self.current
        if name is None or not app.session.posture.asked(name):
            return
        before = app.session
        app.keep(before.clearing(name))
        moved = shift(app.library, before, app.session)
        self._list(name)
        self._say(moved_words(app.library, moved, but=name))

    def action_note(self) -> None:
        """Note where the record says so."""
        if (name := self.current) is None:
            return
        fact = host(self).library.vocabulary.by_name[name]
        ask_source(self, fact, lambda: self._list(fact.name))

    def action_move(self, way: str) -> None:
        """Move the caret by the letter keys."""
        if way == "down":
            self.facts.action_cursor_down()
        else:
            self.facts.action_cursor_up()

    def action_close(self) -> None:
        """Back to where the review was opened."""
        self.app.pop_screen()

    def _say(self, text: Content) -> None:
        notice = self.query_one("#notice", Static)
        notice.update(text)
        notice.set_class(not text.plain, "-empty")


def _tally(session: Session, left: str) -> str:
    known, still_open = len(session.posture.known), len(session.posture.open)
    return f"{known} stated · {still_open} not stated · {left}"


def _title(library: Library, doctrine: str) -> Content:
    return literal(library.doctrine(doctrine).title, HEADING)


def _row(library: Library, session: Session, fact: Fact, *, idle: bool) -> Beside:
    """A fact beside what was answered; below, where the record says so, and that it is idle."""
    posture = session.posture
    value = value_words(library, fact.name, posture.get(fact.name))
    if not posture.asked(fact.name):
        value = "not asked"
    remarks = (session.sources.get(fact.name, ""), "(no effect now)" if idle else "")
    return Beside(
        literal(one_line(fact.short)),
        literal(one_line(value), STRONG),
        literal(one_line(" ".join(remarks))),
    )
