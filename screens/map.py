"""The map: where the questions lead from here, and the forums on the facts so far."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import get_current_worker

from qiwizard.reasoning.outlook import Outlook, outlook
from qiwizard.sessions.session import Session
from screens.drawing.styles import MUTED
from screens.host import host, is_open
from screens.sections.case import Asks, prose
from screens.sections.map_view import map_blocks
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Page

WORKING = "Working it out … Esc leaves."


class MapScreen(Screen[None]):
    """Draws what is ahead of the session; worked out beside the screen, which stays at hand."""

    CSS_PATH = "map.tcss"
    AUTO_FOCUS = "Page"
    HELP = """\
# The map

Above, a column for each forum and a row for each outcome: a mark shows where the facts so far
lead there, and how surely. Below, a branch for each doctrine that is still ahead, with the
outcomes that its questions can reach. **↑** and **↓** walk the questions, **Enter** goes to the
one at **▸**, **m** sets the forums side by side.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,left", "back", "Back", key_display="esc", id="map.back"),
        Binding("m", "app.compare", "Compare", id="map.compare"),
        Binding("s", "app.summary", "Summary", id="map.summary"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._drawn: Session | None = None
        self._map: Outlook | None = None
        self._laid_out_for = 0
        self._line = CaseLine()
        self._page = Page()

    def compose(self) -> ComposeResult:
        """The case and the drawing."""
        yield self._line
        yield self._page
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Draw anew if the session has changed meanwhile."""
        app = host(self)
        if app.session is not self._drawn:
            self._drawn, self._map = app.session, None
            self._line.show(app.library, app.session)
            self._page.show([prose(WORKING, style=MUTED, indent=0)])
            self._work_out(app.session)

    @work(thread=True, exclusive=True, group="writing")
    def _work_out(self, session: Session) -> None:
        """Rule on what is ahead, away from the screen."""
        worker = get_current_worker()
        posture, trail = session.posture, session.trail
        before = posture.forgetting(trail[-1]) if trail else None
        found = outlook(host(self).library, posture, session.as_of, before)
        if not worker.is_cancelled:
            self.call_later(self._show, session, found)

    def _show(self, session: Session, found: Outlook) -> None:
        if session is self._drawn:
            self._map = found
            self._draw(keep=False)

    def on_resize(self) -> None:
        """Draw to the width there is."""
        self.call_after_refresh(self._draw, keep=True)

    def _draw(self, *, keep: bool) -> None:
        if self._map is not None and is_open(self):
            blocks = map_blocks(host(self).library, self._map, self._page.prose_width)
            self._page.show(blocks, keep=keep)

    def action_back(self) -> None:
        """Go back one step, whether or not the drawing is done."""
        if self.is_current:
            self.dismiss(None)

    @on(Page.Chosen)
    def _ask(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Asks):
            host(self).show_interview(event.leads.fact)
