"""The comparison: the same facts in every circuit at a glance, any two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qiwizard.errors import UserError
from qiwizard.reasoning.forums import Comparison, Forum, all_forums, compare, forum_called
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.comparison import labels, reason, set_aside_sentence
from qiwizard.sessions.session import Session
from screens.dialogs.ask import AddScreen
from screens.drawing import MUTED, STRONG, WORKING, cell, literal, outcome_word
from screens.host import HostedScreen, host
from screens.side_by_side import PairScreen
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine, command
from screens.widgets.options import Rows

FIRST, UNLIKE, NOTHING = "◆ ", "≠ ", "  "
LEAST_REASON = 16
"""Columns below which a reason says nothing."""
LONGEST_NAME = 32


class ForumList(Rows):
    """One line a forum; a caret at the current one, a mark at the one others are set beside."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Side by side", id="forums.open"),
        Binding("up,k", "cursor_up", "Up", show=False, id="forums.up"),
        Binding("down,j", "cursor_down", "Down", show=False, id="forums.down"),
    ]


def forum_rows(comparison: Comparison, first: int, width: int) -> Iterator[Option]:
    """Forum, outcome, how sure it is, and the reason where it fits."""
    library, names = comparison.library, labels(comparison)
    outcome = max(len(outcome_word(library, id_)) for id_ in library.outcomes) + 1
    longest = min(LONGEST_NAME, max(map(len, names))) + 1
    named = max(8, min(longest, width - len(FIRST) - outcome))
    strength = max(len(s.word) for s in Strength) + 1
    room = width - len(FIRST) - named - outcome
    compared = comparison.columns[first].ruling.outcome
    for index, (name, column) in enumerate(zip(names, comparison.columns, strict=True)):
        ruling = column.ruling
        mark = FIRST if index == first else UNLIKE if ruling.outcome != compared else NOTHING
        word = outcome_word(library, ruling.outcome)
        row = Content(mark) + cell(name, named) + cell(word, outcome, STRONG)
        if room >= strength - 1:
            row += cell(ruling.strength.word, strength)
        if room - strength >= LEAST_REASON:
            row += cell(reason(column), room - strength + 1, MUTED)
        yield Option(row)


HOW = f"Enter compares it with {FIRST.strip()}, Space makes it {FIRST.strip()}."
HEIGHTS = [(0, "-short"), (16, "-medium"), (24, "-tall")]
ITSELF = f"This is {FIRST.strip()}: move to the forum to compare with it."


class ComparisonScreen(HostedScreen[None]):
    """The ruling of each forum on the same facts, one line each."""

    CSS_PATH = "compare.tcss"
    AUTO_FOCUS = "ForumList"
    VERTICAL_BREAKPOINTS = HEIGHTS
    HELP = """\
# The comparison

The same facts under the law of each circuit, one line each. **↑** and **↓** move, **Enter**
compares the line at **▸** with the one marked **◆**, **Space** moves **◆** to it. **≠** marks a
different outcome.

**a** adds a line: a district, a circuit, or a date. A date applies law as of that date in the
forum at **▸**.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "take", "Set as ◆", id="compare.first"),
        Binding("a", "add", "Add", id="compare.add"),
        command("back", "compare", "back", show=True),
        command("help", "compare", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._comparison: Comparison | None = None
        self._added: tuple[Forum, ...] = ()
        self._first = 0
        self._list = ForumList()

    def compose(self) -> ComposeResult:
        """The case, what is set aside, the forums, and the reason for the one at the cursor."""
        yield CaseLine()
        yield Static(id="compare-note", markup=False)
        yield self._list
        yield Static(id="compare-reason", markup=False)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Rule again if the session has changed."""
        session = host(self).session
        if session is not self._session:
            self._session = session
            self._added, self._first = (), 0
            self.query_one(CaseLine).refresh()
            if self._comparison is None:
                self.query_one("#compare-note", Static).update(literal(WORKING, MUTED))
            self._rule(session, self._added, at=1)

    def _rule(self, session: Session, added: tuple[Forum, ...], at: int) -> None:
        """Rule in every forum, and show it with the caret at a line."""
        library = host(self).library
        forums = (*all_forums(library, session.posture, session.as_of), *added)

        def ruled(comparison: Comparison) -> None:
            self._comparison = comparison
            self._first = min(self._first, len(comparison.columns) - 1)
            self._show(at)

        self.work_out(partial(compare, library, session.posture, forums), ruled)

    def _show(self, at: int) -> None:
        if self._comparison is None:
            return
        self._list.show(partial(forum_rows, self._comparison, self._first), at)
        aside = set_aside_sentence(self._comparison)
        first = labels(self._comparison)[self._first]
        note = Content.assemble(
            literal(f"{FIRST}{first}", STRONG),
            literal(
                f" compared with the others; {UNLIKE.strip()} marks a different outcome.", MUTED
            ),
        )
        self.query_one("#compare-note", Static).update(
            note + literal(f"\n{aside}", MUTED) if aside else note
        )

    def _explain(self, text: str = "") -> None:
        """Say why the forum at the cursor has its outcome."""
        at, comparison = self._list.highlighted, self._comparison
        if at is None or comparison is None:
            return
        column, name = comparison.columns[at], labels(comparison)[at]
        why = literal(f"{name}: ", STRONG) + literal(reason(column))
        self.query_one("#compare-reason", Static).update(why + literal(f"\n{text or HOW}", MUTED))

    def action_take(self) -> None:
        """Make the forum at the cursor the one that others are compared with."""
        if self._list.highlighted is not None:
            self._first = self._list.highlighted
            self._show(self._first)

    def action_add(self) -> None:
        """Ask for another district, circuit or day."""
        comparison, at = self._comparison, self._list.highlighted
        if comparison is None or at is None:
            return
        base = comparison.columns[at].forum

        def refuse(text: str) -> str:
            try:
                forum_called(host(self).library, text, base)
            except UserError as error:
                return str(error)
            return ""

        def add(text: str | None) -> None:
            if text is not None:
                self._add(forum_called(host(self).library, text, base))

        hint = "A district, a circuit, or a date, such as D. Colo., 9th Cir. or 11/22/2022"
        self.app.push_screen(AddScreen("Compare with", hint, refuse=refuse), add)

    def _add(self, forum: Forum) -> None:
        """Show a forum more, or go to its line if it is there."""
        shown = [column.forum for column in self._comparison.columns] if self._comparison else []
        if forum in shown:
            self._list.highlighted = shown.index(forum)
        elif self._session is not None and forum not in self._added:
            self._added = (*self._added, forum)
            self._rule(self._session, self._added, at=len(shown))

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._explain()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        index, first = event.option_index, self._first
        if index == first:
            self._explain(ITSELF)
        elif self._comparison is not None and self._session is not None:
            self.app.push_screen(PairScreen(self._comparison, self._session, first, index))
