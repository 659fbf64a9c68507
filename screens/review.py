"""The review: every fact on one line, each open to change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qiwizard.documents.words import value_words
from qiwizard.law.facts import Fact
from qiwizard.law.library import Library
from qiwizard.reasoning.interview import agenda
from qiwizard.sessions.session import Session
from qiwizard.sessions.steps import shift, steps
from qiwizard.text import one_line
from screens.dialogs.source import ask_source
from screens.drawing.literal import literal
from screens.drawing.styles import HEADING
from screens.host import host
from screens.sections.panels import left_words
from screens.widgets.caseline import CaseLine
from screens.widgets.choices import CARET
from screens.widgets.key_line import KeyLine
from screens.widgets.moved import moved_words
from screens.widgets.options import Options

REMARK_INDENT = 4
"""Columns by which a remark is hung under its fact."""


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

    def __init__(self) -> None:
        super().__init__()
        self._marked: int | None = None
        self._prompts: list[tuple[str, ...] | None] = []

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
        self._prompts = []
        for step in steps(library, session):
            options.append(Option(_title(library, step.doctrine), disabled=True))
            self._prompts.append(None)
            for fact in library.facts_of(step.doctrine):
                cells = _cells(library, session, fact, idle=fact.name in step.idle)
                self._prompts.append(cells)
                options.append(Option(_row(cells, marked=False), id=fact.name))
        self._marked = None
        self.facts.set_options(options)
        names = [option.id or "" for option in options]
        self.facts.highlighted = names.index(current) if current else 1

    @on(OptionList.OptionHighlighted)
    def _move_caret(self, event: OptionList.OptionHighlighted) -> None:
        for index in {self._marked, event.option_index} - {None}:
            if index is not None and (cells := self._prompts[index]) is not None:
                row = _row(cells, marked=index == event.option_index)
                self.facts.replace_option_prompt_at_index(index, row)
        self._marked = event.option_index

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


def _cells(library: Library, session: Session, fact: Fact, *, idle: bool) -> tuple[str, ...]:
    posture = session.posture
    value = value_words(library, fact.name, posture.get(fact.name))
    if not posture.asked(fact.name):
        value = "not asked"
    remarks: Iterable[str] = (
        session.sources.get(fact.name, "").strip(),
        "(no effect now)" if idle else "",
    )
    return fact.short, value, " ".join(part for part in remarks if part)


def _row(cells: tuple[str, ...], *, marked: bool) -> RenderableType:
    """One fact in columns that wrap each by itself, what is remarked on a line below."""
    line = Table.grid(padding=(0, 1, 0, 0), expand=True)
    line.add_column(width=1)
    line.add_column(ratio=5)
    line.add_column(ratio=5)
    short, value, remark = (Text(one_line(cell)) for cell in cells)
    value.stylize("bold")
    line.add_row(CARET if marked else " ", short, value)
    return Group(line, Padding(remark, (0, 0, 0, REMARK_INDENT))) if remark else line
