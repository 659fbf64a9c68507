"""The comparison: one posture in every circuit at a glance, any two of them side by side."""

from __future__ import annotations

from typing import ClassVar

from qiwizard.reasoning.compare import Comparison, Forum, all_forums, compare, forum_called
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from qiwizard.errors import UserError
from qiwizard.reports.comparison import labels, reason, set_aside_sentence
from qiwizard.sessions.session import Session
from screens.dialogs.ask import AddScreen
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.host import host, is_open
from screens.pair import PairScreen
from screens.widgets.caseline import CaseLine
from screens.widgets.forum_list import FIRST, UNLIKE, ForumList
from screens.widgets.key_line import KeyLine

HOW = f"Enter sets it beside {FIRST.strip()}, Space makes it {FIRST.strip()} itself."
HEIGHTS = [(0, "-short"), (16, "-medium"), (24, "-tall")]
NO_FACTS = "No fact of the case is stated yet: this is the law where nothing is known."
WORKING = "Ruling on the facts in every circuit …"
ITSELF = f"This is {FIRST}itself: move to the one to set beside it."


class ComparisonScreen(Screen[None]):
    """What each forum makes of the posture, a line each."""

    CSS_PATH = "compare.tcss"
    AUTO_FOCUS = "ForumList"
    VERTICAL_BREAKPOINTS = HEIGHTS
    HELP = """\
# The comparison

The facts of the case stay as they are; each line applies the law of another forum to them.
**↑** and **↓** move, **Enter** sets the line at **▸** beside the first (**◆**), **Space** makes
it the first. **≠** marks an outcome other than that of the first.

**a** adds a line: a district, a circuit, or a day. A day takes the forum of the line at **▸** to
the law of that day.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "take", "Set as ◆", id="compare.first"),
        Binding("a", "add", "Add", id="compare.add"),
        Binding("escape,b,left", "back", "Back", key_display="esc", id="compare.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._comparison: Comparison | None = None
        self._added: tuple[Forum, ...] = ()
        self._first = 0
        self._line = CaseLine()
        self._list = ForumList()

    def compose(self) -> ComposeResult:
        """The case, what is set aside, the forums, and the reason of the one at the caret."""
        yield self._line
        yield Static(id="compare-note", markup=False)
        yield self._list
        yield Static(id="compare-reason", markup=False)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Rule anew if the session has changed meanwhile."""
        session = host(self).session
        if session is not self._session:
            self._session = session
            self._added, self._first = (), 0
            self._line.show(host(self).library, session)
            if self._comparison is None:
                self.query_one("#compare-note", Static).update(literal(WORKING, MUTED))
            self._rule(session, self._added, at=1)

    @work(thread=True, exclusive=True, group="writing")
    def _rule(self, session: Session, added: tuple[Forum, ...], at: int) -> None:
        """Rule in every forum, away from the screen."""
        worker, library = get_current_worker(), host(self).library
        forums = (*all_forums(library, session.posture, session.as_of), *added)
        comparison = compare(library, session.posture, forums)
        if not worker.is_cancelled:
            self.call_later(self._ruled, session, comparison, at)

    def _ruled(self, session: Session, comparison: Comparison, at: int) -> None:
        if session is self._session and is_open(self):
            self._comparison = comparison
            self._first = min(self._first, len(comparison.columns) - 1)
            self._show(at)

    def _show(self, at: int) -> None:
        if self._comparison is None:
            return
        self._list.show(self._comparison, at, self._first)
        aside = set_aside_sentence(self._comparison) if self._comparison.posture.known else NO_FACTS
        first = labels(self._comparison)[self._first]
        note = Content.assemble(
            literal(f"{FIRST}{first}", STRONG),
            literal(f" against the others; {UNLIKE}marks another outcome.", MUTED),
        )
        self.query_one("#compare-note", Static).update(
            note + literal(f"\n{aside}", MUTED) if aside else note
        )

    def _explain(self, text: str = "") -> None:
        """Say why the forum at the caret comes out as it does."""
        at, comparison = self._list.highlighted, self._comparison
        if at is None or comparison is None:
            return
        column, name = comparison.columns[at], labels(comparison)[at]
        why = literal(f"{name}: ", STRONG) + literal(reason(column))
        self.query_one("#compare-reason", Static).update(why + literal(f"\n{text or HOW}", MUTED))

    def action_take(self) -> None:
        """Make the forum at the caret the one that others are set beside."""
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

        hint = "A district such as those of the interview, a circuit, or a day as YYYY-MM-DD"
        self.app.push_screen(AddScreen("Compare with", hint, refuse=refuse), add)

    def _add(self, forum: Forum) -> None:
        """Show a forum more, or go to its line if it is there."""
        shown = [column.forum for column in self._comparison.columns] if self._comparison else []
        if forum in shown:
            self._list.highlighted = shown.index(forum)
        elif self._session is not None and forum not in self._added:
            self._added = (*self._added, forum)
            self._rule(self._session, self._added, at=len(shown))

    def action_back(self) -> None:
        """Go back one step."""
        if self.is_current:
            self.dismiss(None)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._explain()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        if event.option_index == self._first:
            self._explain(ITSELF)
        elif self._comparison is not None:
            self.app.push_screen(PairScreen(self._comparison, self._first, event.option_index))
