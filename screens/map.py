"""The map: the outcome in each circuit, and where the questions left could lead."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from qiwizard.reasoning.outlook import Outlook, outlook
from qiwizard.reports.blocks import Asks
from qiwizard.reports.sections import roadmap
from qiwizard.sessions.session import Session
from screens.drawing import MUTED, WORKING, literal
from screens.host import HostedScreen, host
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine, command
from screens.widgets.page import Block as PageBlock
from screens.widgets.page import Page
from screens.widgets.report import drawn


class MapScreen(HostedScreen[None]):
    """Shows the circuits and the questions left, computed in a worker thread."""

    CSS_PATH = "map.tcss"
    AUTO_FOCUS = "Page"
    HELP = """\
# The map

First the circuits by the outcome on the same facts. Then the questions that can still matter,
with the outcome to which each answer leads. **↑** and **↓** move, **Enter** asks the question at
**▸**, **m** compares the forums.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        command("back", "map", "back", show=True),
        command("compare", "map", show=True),
        command("summary", "map", show=True),
        command("help", "map", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._drawn: Session | None = None
        self._page = Page()

    def compose(self) -> ComposeResult:
        """The case and the map."""
        yield CaseLine()
        yield self._page
        yield KeyLine()

    def on_screen_resume(self) -> None:
        """Draw again if the session has changed."""
        app = host(self)
        if app.session is not self._drawn:
            self._drawn = app.session
            self.query_one(CaseLine).refresh()
            self._page.show([PageBlock(literal(f"{WORKING} Esc goes back.", MUTED), indent=0)])
            find = partial(outlook, app.library, app.session.posture, app.session.as_of)
            self.work_out(find, self._show)

    def _show(self, found: Outlook) -> None:
        self._page.show(drawn(roadmap(host(self).library, found)))

    @on(Page.Chosen)
    def _ask(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Asks):
            host(self).show_interview(event.leads.fact)
