"""What if: the ruling on a changed posture beside the present one. The session stays as it is."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from qiwizard.reasoning.changes import Change
from qiwizard.reasoning.ruling import Finding, Ruling
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED
from screens.host import host
from screens.sections.case import Case, Reads, authority, bullet, heading, prose, verdict
from screens.sections.changing import change_says
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Page

SIDE_BY_SIDE = 100
"""Columns from which the two rulings stand beside one another."""


class WhatIfScreen(Screen[None]):
    """Two rulings, one change apart."""

    CSS_PATH = "what_if.tcss"
    AUTO_FOCUS = "#what-if-changed"
    HELP = """\
# What if

The ruling as it stands beside the ruling with the change. Nothing is altered: to answer
otherwise, go back and open the review. **Enter** reads the authority at **▸**; **Tab** moves
between the two columns where there are two.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b", "back", "Back", key_display="esc", id="what-if.back"),
    ]

    def __init__(self, case: Case, change: Change) -> None:
        super().__init__()
        self._case = case
        self._change = change
        self._present = Page(id="what-if-present")
        self._changed = Page(id="what-if-changed")
        self._beside: bool | None = None

    def compose(self) -> ComposeResult:
        """The change, and the two rulings."""
        yield CaseLine()
        yield Static(self._says(), id="what-if-change", markup=False)
        with Horizontal():
            yield self._present
            yield self._changed
        yield KeyLine()

    def _says(self) -> Content:
        """The change with the two outcomes at a glance."""
        case, change = self._case, self._change
        now = literal(f" (now: {verdict(case, case.ruling).plain})", MUTED)
        led = verdict(case, change.ruling)
        return Content.assemble(change_says(case, change), "\n→ ", led, now)

    def on_mount(self) -> None:
        """Name the case."""
        self.query_one(CaseLine).show(self._case.library, self._case.session)

    def on_resize(self) -> None:
        """Two columns where there is room, one below the other where there is not."""
        beside = self.size.width >= SIDE_BY_SIDE
        if beside == self._beside:
            return
        self._beside = beside
        present = self._side("As it stands", self._case.ruling, self._change.ruling)
        changed = self._side("With the change", self._change.ruling, self._case.ruling)
        self._present.display = beside
        if beside:
            self._present.show(present)
            self._changed.show(changed)
        else:
            self._changed.show([*changed, *present])

    def _side(self, title: str, ruling: Ruling, other: Ruling) -> list[Block]:
        """One ruling, and of its findings those that the other does not share."""
        case = self._case
        blocks = [
            heading(title),
            Block(verdict(case, ruling)),
            prose(ruling.headline),
            prose("Terms of the order:", space=1),
            *(bullet(term) for term in ruling.terms),
            prose("Answered differently:", space=1),
        ]
        own = [f for f in ruling.findings if not _shared(f, other)]
        if not own:
            return [*blocks, bullet("No question that the other leaves out or answers otherwise.")]
        for finding in own:
            blocks.append(prose(finding.question.asks, space=1, style=MUTED))
            blocks.append(prose(f"{finding.conclusion} ({finding.strength.word})"))
            blocks += [authority(case, placed) for placed in finding.weighing.leading]
        return blocks

    def action_back(self) -> None:
        """Go back to the changes."""
        if self.is_current:
            self.dismiss(None)

    @on(Page.Chosen)
    def _read(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Reads):
            host(self).show_library(event.leads.id)


def _shared(finding: Finding, other: Ruling) -> bool:
    against = other.finding(finding.question.id)
    return against is not None and against.answer == finding.answer
