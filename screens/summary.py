"""The summary: the ruling, why, what stands against it, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from qiwizard.reasoning.interview import agenda
from screens.dialogs.draft import DraftScreen
from screens.drawing.styles import MUTED
from screens.host import host
from screens.sections import SECTIONS, Case
from screens.sections.case import EVERYTHING, Asks, Drafts, Opens, Reads, Tries, prose, verdict
from screens.what_if import WhatIfScreen
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Laid, Page, laid
from screens.widgets.section_bar import SectionBar

WORKING = "Working it out …"
BREAKPOINTS = [(0, "-slim"), (79, "-narrow"), (100, "-wide")]


class SummaryScreen(Screen[None]):
    """The ruling with its reasons, one section at a time."""

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "Page"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    HELP = """\
# The ruling

**←** and **→** (or a digit) change the section, **↑** and **↓** walk its text.
A line marked **›** can be opened with **Enter**: an authority is read in the library,
a change shows the ruling it would lead to, an open fact goes back to its question.
Under *Why* **+** opens a branch and **-** closes it; **x** opens or closes all of them.
**p** reads the precedent on which the line at **▸** rests. **o** shows the draft of an order;
**i** goes on with the questions that are left, **h** goes to the start.

*Settled*, *leaning* and *contested* say how sure the ruling is: a ruling is as sure as the
weakest answer that carries it.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Section before", show=False, id="summary.before"),
        Binding("right", "turn(1)", "Section", key_display="←→", id="summary.next"),
        *(
            Binding(str(n + 1), f"section({n})", section.title, show=False, id=f"summary.{n + 1}")
            for n, section in enumerate(SECTIONS)
        ),
        Binding("escape,b", "back", "Back", key_display="esc", id="summary.back"),
        Binding("a", "adopt", "Adopt", id="summary.adopt"),
        Binding("i", "interview", "Go on", id="summary.interview"),
        Binding("o", "draft", "Draft", id="summary.draft"),
        Binding("p", "read", "Read", id="summary.read"),
        Binding("x", "unfold", "Open all", id="summary.unfold"),
        Binding("e", "export", "Export", id="summary.export"),
        Binding("r", "review", "Review", id="summary.review"),
        Binding("w", "app.map", "Map", id="summary.map"),
        Binding("m", "app.compare", "Compare", id="summary.compare"),
        Binding("h", "app.start", "Start", show=False, id="summary.start"),
        Binding("l", "library", "Library", show=False, id="summary.library"),
        Binding("c", "app.matter", "Case", show=False, id="summary.matter"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: Case | None = None
        self._written: dict[int, list[Block]] = {}
        self._line = CaseLine()
        self._bar = SectionBar([section.title for section in SECTIONS])
        self._page = Page()

    def compose(self) -> ComposeResult:
        """The case, the verdict, the sections, and the text of one of them."""
        yield self._line
        yield Static(id="summary-verdict", markup=False)
        with Container(id="summary-body"):
            yield self._bar
            yield self._page
        yield KeyLine(palette=False)

    def on_screen_resume(self) -> None:
        """Write the summary anew if the session has changed meanwhile."""
        app = host(self)
        case = Case(app.library, app.session, app.ruling, app.today)
        if self._shown is None or case.session is not self._shown.session:
            self._shown = case
            self._written = {}
            self._write_head(case)
            self._write_section()

    def _write_head(self, case: Case) -> None:
        self._line.show(case.library, case.session)
        self.query_one("#summary-verdict", Static).update(verdict(case, case.ruling))
        self.refresh_bindings()

    def _write_section(self) -> None:
        """Show the current section, written once for each session."""
        number = self._bar.current
        if self._shown is None:
            return
        if number in self._written:
            self._page.show(self._written[number])
        elif SECTIONS[number].dear:
            self._page.show([prose(WORKING, style=MUTED, indent=0)])
            self._write_beside(number, self._shown)
        else:
            self._written[number] = SECTIONS[number].write(self._shown)
            self._page.show(self._written[number])
        self.refresh_bindings()

    @work(thread=True, exclusive=True, group="writing")
    def _write_beside(self, number: int, case: Case) -> None:
        """Write and wrap a section away from the screen; another section puts an end to it."""
        worker, width = get_current_worker(), self._page.prose_width
        ready = laid(SECTIONS[number].write(case), width)
        if not worker.is_cancelled:
            self.call_later(self._show_written, number, case, ready)

    def _show_written(self, number: int, case: Case, ready: Laid) -> None:
        if case is self._shown and self.is_attached:
            self._written[number] = list(ready.blocks)
            if number == self._bar.current:
                self._page.show_laid(ready)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what there is: a recorded ruling, questions left, a precedent at hand, a tree."""
        if action == "adopt":
            return host(self).session.recorded is not None
        if action == "interview":
            return self._shown is not None and _questions_left(self._shown)
        if action == "read":
            return bool(self._page.source)
        return action != "unfold" or SECTIONS[self._bar.current].is_tree

    def _rewrite(self, case: Case, *, keep: bool) -> None:
        """Write the section in sight anew, where `keep` says so with the reader staying there."""
        number, self._shown = self._bar.current, case
        if not keep and EVERYTHING in case.turned:
            self._page.show([prose(WORKING, style=MUTED, indent=0)])
            self._write_beside(number, case)
            return
        self._written[number] = SECTIONS[number].write(case)
        self._page.show(self._written[number], keep=keep)

    def action_unfold(self) -> None:
        """Open every branch, or close all that were closed at first."""
        if self._shown is not None:
            closed = EVERYTHING not in self._shown.turned
            turned = frozenset({EVERYTHING} if closed else ())
            self._rewrite(replace(self._shown, turned=turned), keep=False)

    def action_read(self) -> None:
        """Read the precedent on which the stop at the caret rests."""
        if source := self._page.source:
            host(self).show_library(source)

    def action_turn(self, way: int) -> None:
        """Show the neighbouring section."""
        self.action_section((self._bar.current + way) % len(SECTIONS))

    def action_section(self, number: int) -> None:
        """Show a section by its number."""
        if number != self._bar.current:
            self._bar.current = number
            self._write_section()
        self._page.focus()

    def action_adopt(self) -> None:
        """Give up the recorded ruling for today's."""
        app = host(self)
        app.keep(app.session.adopting(app.today))
        self.on_screen_resume()

    def action_export(self) -> None:
        """Write the session to a file."""
        host(self).ask_export()

    def action_review(self) -> None:
        """Show every answer, to change one."""
        host(self).show_review()

    def action_interview(self) -> None:
        """Go on with the questions."""
        host(self).show_interview()

    def action_library(self) -> None:
        """Browse the library."""
        host(self).show_library()

    def action_draft(self) -> None:
        """Show the draft of an order."""
        self.app.push_screen(DraftScreen())

    def action_back(self) -> None:
        """Go back one step."""
        if self.is_current:
            self.dismiss(None)

    @on(SectionBar.Picked)
    def _pick(self, event: SectionBar.Picked) -> None:
        self.action_section(event.number)

    @on(Page.Chosen)
    def _follow(self, event: Page.Chosen) -> None:
        match event.leads:
            case Reads(id=precedent):
                host(self).show_library(precedent)
            case Tries(change=change) if self._shown is not None:
                self.app.push_screen(WhatIfScreen(self._shown, change))
            case Asks(fact=fact):
                host(self).show_interview(fact)
            case Opens(key=key) if self._shown is not None:
                turned = self._shown.turned ^ {key}
                self._rewrite(replace(self._shown, turned=turned), keep=True)
            case Drafts():
                self.action_draft()


def _questions_left(case: Case) -> bool:
    session = case.session
    return agenda(case.library, session.posture, session.as_of).at_most > 0
