"""The draft order, to read."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from qiwizard.reports.order import Order, order_draft
from qiwizard.reports.report import Report
from screens.host import HostedScreen, host, is_open
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine, command
from screens.widgets.page import Page
from screens.widgets.report import order_blocks


class DraftScreen(HostedScreen[None]):
    """The draft order on the case."""

    CSS_PATH = "draft.tcss"
    AUTO_FOCUS = "Page"
    EXPORTS = "order"
    HELP = """\
# The draft order

An order on this result, for training and research. Square brackets and blanks are left for
whoever uses it. **e** writes it to a file: *Draft order* is marked; *Word order* is a choice too.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        command("back", "draft", "back", show=True),
        command("export", "draft", show=True),
        command("help", "draft", show=True),
    ]

    def compose(self) -> ComposeResult:
        """The text and the keys."""
        yield CaseLine()
        yield Page()
        yield KeyLine(palette=False)

    @cached_property
    def _order(self) -> Order:
        app = host(self)
        return order_draft(Report(app.library, app.session, app.today))

    def on_resize(self) -> None:
        """Lay out the order for the available width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if is_open(self):
            page = self.query_one(Page)
            page.show(order_blocks(self._order, page.prose_width), keep=True)
