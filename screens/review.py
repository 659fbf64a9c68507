"""The review: every answer, numbered, each open to change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.getters import query_one
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qiwizard.sessions import questions
from qiwizard.sessions.questions import Row
from qiwizard.text import one_line
from qiwizard.typed import typed_digit
from screens.dialogs.ask import ask_source
from screens.drawing import HEADING, MUTED, STRONG, literal
from screens.host import HostedScreen, host
from screens.interview import InterviewScreen
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine, case_commands, command
from screens.widgets.options import Options

FOOT = ("summary", "export")


class ReviewScreen(HostedScreen[None]):
    """Lists the questions: the answers given, then what else may be answered."""

    CSS_PATH = "review.tcss"
    HELP = """\
# The review

Every answer, numbered. A number or **↑ ↓** marks one, **Enter** asks its question again and comes
back here. **x** removes an answer, **t** notes where the record states it, **i** continues.
*Not needed* marks an answer without which the result would be the same; it is kept.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", priority=True, id="review.change"),
        Binding("delete,x", "clear", "Clear", key_display="x", show=False, id="review.clear"),
        command("note", "review", "note"),
        command("back", "review", "back", show=True),
        command("continue", "review", show=True),
        *case_commands("review", shown=FOOT),
        Binding("j", "move(1)", "Down", show=False, id="review.down"),
        Binding("k", "move(-1)", "Up", show=False, id="review.up"),
    ]

    facts = query_one(Options)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._typed = ""
        self._wanted: str | None = None
        """The question to mark when the screen is next shown."""

    def compose(self) -> ComposeResult:
        """The case, what is left, and the questions."""
        yield CaseLine()
        yield Static("", id="left", markup=False)
        yield Options(markup=False, compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the first answer."""
        self.facts.border_title = "Review"
        self._list(None)

    def on_screen_resume(self) -> None:
        """Refresh after other screens changed the session, keeping the highlight."""
        self._list(self._wanted or self.current)
        self._wanted = None

    def mark(self, question: str) -> None:
        """Mark a question as soon as the screen is shown."""
        self._wanted = question

    @property
    def current(self) -> str | None:
        """The id of the marked question."""
        option = self.facts.highlighted_option
        return None if option is None else option.id

    @property
    def _marked(self) -> Row | None:
        return next((row for row in self._rows if row.question.id == self.current), None)

    def _list(self, current: str | None) -> None:
        library, session = host(self).library, host(self).session
        self.query_one(CaseLine).refresh()
        self._rows = questions.review(library, session)
        told = questions.not_enough_words(library, session)
        words = questions.progress_words, questions.refining_words
        told = told or " · ".join(filter(None, (said(library, session) for said in words)))
        self.query_one("#left", Static).update(literal(told))
        options: list[Option] = []
        first_open = next((row for row in self._rows if not row.answer), None)
        for row in self._rows:
            if row is first_open:
                options.append(Option(literal("Not asked", HEADING), disabled=True))
            options.append(Option(_drawn(row), id=row.question.id))
        self.facts.set_options(options)
        ids = [row.question.id for row in self._rows]
        if marked := current if current in ids else next(iter(ids), None):
            self.facts.highlighted = self.facts.get_option_index(marked)

    def on_key(self, event: events.Key) -> None:
        """Mark the row whose number is typed; digits typed one after the other are one number."""
        digit = typed_digit(event.character)
        if digit is None:
            self._typed = ""
            return
        event.stop()
        typed = (self._typed + str(digit), str(digit))
        ids = {str(row.number): row.question.id for row in self._rows}
        self._typed = next((number for number in typed if number in ids), "")
        if self._typed:
            self.facts.highlighted = self.facts.get_option_index(ids[self._typed])

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        """Ask the marked question again."""
        # A key that moves the mark may still be on its way to the list.
        self.facts.call_later(self._change)

    def _change(self) -> None:
        self._typed = ""
        if self.current is not None and self.is_current:
            self.app.push_screen(InterviewScreen(self.current, once=True))

    def action_clear(self) -> None:
        """Make the marked question one that was not asked."""
        app, row = host(self), self._marked
        if row is not None and questions.answered(app.session.posture, row.question):
            app.keep(questions.removing(app.library, app.session, row.question))
            self._list(row.question.id)

    def action_note(self) -> None:
        """Note where the record states the answer."""
        if (row := self._marked) is not None:
            ask_source(self, row.question.fact, lambda: self._list(row.question.id))

    def action_move(self, way: int) -> None:
        """Move the mark by the letter keys."""
        self.facts.move(way)


def _drawn(row: Row) -> Beside:
    """A question beside its answer; below, its record cite and that it is not needed."""
    answer = literal(one_line(row.answer), STRONG)
    notes = (one_line(row.source), f"({row.remark})" if row.answer and row.remark else "")
    return Beside(
        literal(f"{row.number:>2} {one_line(row.question.short)}"),
        answer if row.answer else literal(row.remark, MUTED),
        literal(" ".join(filter(None, notes)), MUTED),
        hang=3,
    )


GAP = 1
"""Columns between the two."""
INDENT = 2
"""Columns by which a remark is hung under them."""


@dataclass(frozen=True, slots=True)
class Beside(Visual):
    """Two texts in halves of the width that wrap each by itself, a remark on lines below."""

    left: Content
    right: Content
    remark: Content
    hang: int = 0
    """Columns by which further lines of the left text are indented."""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines as they are drawn."""
        return self._laid_out(width).render_strips(width, height, style, options)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines there are at a width."""
        return self._laid_out(width).get_height(rules, width)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """The whole width there is."""
        return container_width

    def _laid_out(self, width: int) -> Content:
        half = max(1, (width - GAP) // 2)
        first, *more = self.left.wrap(half) or [Content("")]
        if more:
            rest = self.left[len(first.plain.rstrip()) :]
            rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
            more = [line.pad_left(self.hang) for line in rest.wrap(max(1, half - self.hang))]
        halves = zip_longest([first, *more], self.right.wrap(half), fillvalue=Content(""))
        rows = [left.pad_right(half + GAP - left.cell_length) + right for left, right in halves]
        if self.remark.plain:
            hung = self.remark.wrap(max(1, width - INDENT))
            rows += [line.pad_left(INDENT) for line in hung]
        return Content("\n").join(rows)
