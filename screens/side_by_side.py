"""Two rulings side by side: of two forums on the same facts, or on facts one change apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from qiwizard.law.library import Library
from qiwizard.reasoning.forums import Comparison, Difference, differences
from qiwizard.reasoning.ruling import Finding, Ruling
from qiwizard.reasoning.what_if import Change
from qiwizard.reports.authority import cited
from qiwizard.reports.blocks import Block, Kind, Reads, detail, item, muted, paragraph, spans
from qiwizard.reports.card import likelihood_words
from qiwizard.reports.comparison import labels
from qiwizard.reports.dispositions import Wording, change_words, disposition
from qiwizard.reports.report import Report
from qiwizard.sessions.session import Session
from screens.drawing import MUTED, literal, outcome_text
from screens.host import HostedScreen, host, is_open
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine, command
from screens.widgets.page import Block as PageBlock
from screens.widgets.page import Page, heading, height_of
from screens.widgets.report import drawn

BESIDE = 100
"""Columns from which the two rulings are shown side by side."""
MOST = 2
"""Leading authorities shown for each answer."""
SAME = "Same answer, different strength."
ALIKE = "Every question is answered the same way."
NO_ANSWER = "The question is not reached, or there is no authority on point."


_Group = tuple[list[PageBlock], list[list[PageBlock]]]
"""What both sides have in common, and what each has of its own."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two rulings, under its name."""

    name: str
    session: Session
    ruling: Ruling


class SideBySideScreen(HostedScreen[None]):
    """Two rulings, question by question where they differ."""

    CSS_PATH = "side_by_side.tcss"
    AUTO_FOCUS = ""
    HELP = """\
# Side by side

Two rulings, and question by question what they answer differently, with the authority.
**↑** and **↓** move through the text, **Enter** reads the authority at **▸**, **Tab** moves
between the two columns where there are two. Nothing in the case is changed.
"""
    BINDINGS: ClassVar[list[BindingType]] = [command("back", "side-by-side", "back", show=True)]

    def __init__(self, library: Library, sides: tuple[Side, Side]) -> None:
        super().__init__()
        self._library = library
        self._sides = sides
        self._differing = differences(library, sides[0].ruling, sides[1].ruling)
        self._pages = Page(id="one"), Page(id="other")
        self._laid_out_for = 0

    def compose(self) -> ComposeResult:
        """The case, what is compared, and the two rulings."""
        yield CaseLine()
        yield Static(self._says(), id="says", markup=False)
        with Horizontal():
            yield from self._pages
        yield KeyLine()

    def _says(self) -> Content:
        """What is compared, in a line; nothing where the names say it."""
        return Content("")

    def on_mount(self) -> None:
        """Hide what there is nothing to say in."""
        self.query_one("#says").display = bool(self._says().plain)

    def on_resize(self) -> None:
        """Two columns where there is room, one below the other where there is not."""
        beside = self.size.width >= BESIDE
        self.set_class(beside, "-beside")
        self._pages[1].display = beside
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        """Write what is in sight; in two columns each question begins on the same line."""
        if self.size.width == self._laid_out_for or not is_open(self):
            return
        keep, self._laid_out_for = self._laid_out_for > 0, self.size.width
        groups = self._groups()
        if self._pages[1].display:
            widths = [page.prose_width for page in self._pages]
            columns = _level([[both + own[n] for both, own in groups] for n in (0, 1)], widths)
        else:
            columns = [[block for both, own in groups for block in self._stacked(both, own)], []]
        for page, blocks in zip(self._pages, columns, strict=True):
            page.show(blocks, keep=keep)
        if self.focused is None or not self.focused.display:
            with_stops = (page for page in self._pages if page.current is not None)
            next(with_stops, self._pages[0]).focus()

    def _groups(self) -> list[_Group]:
        """The rulings, each question that is answered differently, the orders."""
        asked: list[_Group] = [
            (self._asks(each), [list(drawn(_answer(found))) for found in (each.one, each.other)])
            for each in self._differing
        ]
        alike: _Group = list(drawn([paragraph(ALIKE)])), [[], []]
        ruled: _Group = [], [self._ruled(n) for n in (0, 1)]
        return [ruled, *(asked or [alike]), ([], [self._order(n) for n in (0, 1)])]

    def _stacked(self, both: list[PageBlock], own: list[list[PageBlock]]) -> Iterator[PageBlock]:
        """A group in one column, each answer to a question under the name of its side."""
        yield from both
        for side, blocks in zip(self._sides, own, strict=True):
            if both and blocks:
                yield PageBlock(literal(side.name, "bold"), indent=0)
            yield from blocks

    def _ruled(self, number: int) -> list[PageBlock]:
        side = self._sides[number]
        strength = f" · {side.ruling.strength.word} · {side.ruling.share:.0%}"
        outcome = outcome_text(self._library, side.ruling.outcome)
        space = int(number > 0 and not self._pages[1].display)
        ruled = PageBlock(outcome + literal(strength, MUTED), indent=0)
        return [heading(side.name, space=space), ruled]

    def _asks(self, difference: Difference) -> list[PageBlock]:
        asks = [PageBlock(literal(difference.question.asks, "bold"), indent=0, space=1)]
        if difference.in_strength_only:
            asks.append(PageBlock(literal(SAME, MUTED), indent=0))
        return asks

    def _order(self, number: int) -> list[PageBlock]:
        side = self._sides[number]
        order = disposition(Wording(self._library, side.session, side.ruling))
        title = PageBlock(literal(f"The order: {side.name}", "bold"), indent=0, space=1)
        numbered = (Block(spans(line), Kind.NUMBERED) for line in order.short)
        return [title, *drawn(numbered)]

    @on(Page.Chosen)
    def _read(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Reads):
            host(self).show_library(event.leads.id)


class WhatIfScreen(SideBySideScreen):
    """The present ruling and the ruling with one change."""

    def __init__(self, report: Report, change: Change) -> None:
        session = report.session
        turned = session.posture
        for turn in change.turns:
            turned = turned.stating(turn.fact, turn.after)
        super().__init__(
            report.library,
            (
                Side("As stated", session, report.ruling),
                Side("With the change", replace(session, posture=turned), change.ruling),
            ),
        )
        self._change = change

    def _says(self) -> Content:
        outcome = outcome_text(self._library, self._change.ruling.outcome)
        likelihood = f" (likelihood {likelihood_words(self._change)})"
        says = literal(f"If {change_words(self._library, self._change)}: ")
        return says + outcome + literal(likelihood, MUTED)


class PairScreen(SideBySideScreen):
    """The rulings of two forums, or of two dates."""

    def __init__(self, comparison: Comparison, session: Session, first: int, second: int) -> None:
        names = labels(comparison)
        sides = [
            Side(
                names[n],
                replace(session, posture=comparison.columns[n].forum.over(session.posture)),
                comparison.columns[n].ruling,
            )
            for n in (first, second)
        ]
        super().__init__(comparison.library, (sides[0], sides[1]))


def _answer(finding: Finding | None) -> Sequence[Block]:
    """An answer with its first authorities, or that there is none."""
    if finding is None:
        return [paragraph(muted(NO_ANSWER))]
    answered = item(finding.conclusion, muted(f" ({finding.strength.word})"))
    leading = [
        detail(
            spans(cited(a.holding), muted(f" ({a.weight})")), refers=Reads(a.holding.precedent.id)
        )
        for a in finding.leading[:MOST]
    ]
    more = len(finding.leading) - MOST
    return [answered, *leading, *([detail(muted(f"and {more} more"))] if more > 0 else [])]


def _level(columns: list[list[list[PageBlock]]], widths: list[int]) -> list[list[PageBlock]]:
    """The columns with their groups beginning on the same lines."""
    one, other = columns
    levelled: list[list[PageBlock]] = [[], []]
    for pair in zip(one, other, strict=True):
        heights = [height_of(group, width) for group, width in zip(pair, widths, strict=True)]
        for blocks, group, height in zip(levelled, pair, heights, strict=True):
            blocks += group
            blocks += [PageBlock(literal(""))] * (max(heights) - height)
    return levelled
