"""Two forums side by side: what they answer differently, and because of which authority."""

from __future__ import annotations

from typing import ClassVar

from qiwizard.reasoning.canons import Strength
from qiwizard.reasoning.compare import Column, Comparison, Difference, differences
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from qiwizard.reasoning.ruling import Finding
from qiwizard.reports.comparison import labels
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.host import host, is_open
from screens.sections.case import Case, Reads, authority, bullet, heading, prose, verdict
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Page, height_of

SIDE_BY_SIDE = 100
"""Columns from which the two forums stand beside one another."""
MOST = 3
"""Leading authorities shown of each answer."""
SAME = "The same answer, not equally sure:"
ALIKE = "Every question is answered alike, and as surely."


class PairScreen(Screen[None]):
    """Two rulings on one posture."""

    CSS_PATH = "pair.tcss"
    AUTO_FOCUS = None
    HELP = """\
# Side by side

Question by question, what the two forums answer differently and the authority that leads there.
**↑** and **↓** walk the text, **Enter** reads the authority at **▸**; **Tab** moves between the
two columns where there are two.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,left", "back", "Back", key_display="esc", id="pair.back"),
    ]

    def __init__(self, comparison: Comparison, first: int, second: int) -> None:
        super().__init__()
        names = labels(comparison)
        self._comparison = comparison
        self._sides = tuple((names[n], comparison.columns[n]) for n in (first, second))
        one, other = (column.ruling for _, column in self._sides)
        self._unlike = differences(comparison.library, one, other)
        self._pages = Page(id="pair-one"), Page(id="pair-other")
        self._laid_out_for = 0

    def compose(self) -> ComposeResult:
        """The case, and the two forums."""
        yield CaseLine()
        with Horizontal():
            yield from self._pages
        yield KeyLine()

    def on_mount(self) -> None:
        """Name the case."""
        self.query_one(CaseLine).show(self._comparison.library, host(self).session)

    def on_resize(self) -> None:
        """Two columns where there is room, one below the other where there is not."""
        beside = self.size.width >= SIDE_BY_SIDE
        self.set_class(beside, "-beside")
        self._pages[1].display = beside
        self.call_after_refresh(self._write)

    def _write(self) -> None:
        """Write what is in sight; two columns question by question on the same line."""
        if self.size.width == self._laid_out_for or not is_open(self):
            return
        keep, self._laid_out_for = self._laid_out_for > 0, self.size.width
        if self._pages[1].display:
            widths = [page.prose_width for page in self._pages]
            columns = _level([self._column(n) for n in (0, 1)], widths)
        else:
            columns = [self._stacked(), []]
        for page, blocks in zip(self._pages, columns, strict=True):
            page.show(blocks, keep=keep)
        if self.focused is None or not self.focused.display:
            with_stops = (page for page in self._pages if page.current is not None)
            next(with_stops, self._pages[0]).focus()

    def _case(self, column: Column) -> Case:
        app = host(self)
        return Case(app.library, app.session, column.ruling, app.today)

    def _column(self, number: int) -> list[list[Block]]:
        """One forum in groups: the ruling, then each question on which the two differ."""
        name, column = self._sides[number]
        groups = [[heading(name, space=0), *self._ruled(column)]]
        if not self._unlike:
            groups.append([prose(ALIKE, space=1)])
        groups += [[*self._asks(d), *self._answered(d, number)] for d in self._unlike]
        return [*groups, self._terms(column)]

    def _stacked(self) -> list[Block]:
        """Both forums in one column, question by question."""
        blocks = []
        for n, (name, column) in enumerate(self._sides):
            blocks += [heading(name, space=int(n > 0)), *self._ruled(column)]
        if not self._unlike:
            blocks.append(prose(ALIKE, space=1, indent=0))
        for difference in self._unlike:
            blocks += self._asks(difference)
            for n, (name, _) in enumerate(self._sides):
                blocks.append(Block(literal(name, STRONG), space=int(n > 0)))
                blocks += self._answered(difference, n)
        for name, column in self._sides:
            blocks += [heading(name), *self._terms(column)]
        return blocks

    def _ruled(self, column: Column) -> list[Block]:
        return [Block(verdict(self._case(column), column.ruling)), prose(column.ruling.headline)]

    def _terms(self, column: Column) -> list[Block]:
        terms = [bullet(term) for term in column.ruling.terms]
        return [prose("Terms of the order:", space=1, style=MUTED), *terms]

    def _asks(self, difference: Difference) -> list[Block]:
        asks = heading(difference.question.asks)
        return [asks, prose(SAME, style=MUTED)] if difference.in_strength_only else [asks]

    def _answered(self, difference: Difference, number: int) -> list[Block]:
        """The answer on one side, its first authorities, and what is against it if contested."""
        column = self._sides[number][1]
        finding = (difference.one, difference.other)[number]
        if finding is None:
            return [prose(column.absence(difference.question.id), style=MUTED)]
        case, leading = self._case(column), finding.weighing.leading
        blocks = [prose(f"{finding.conclusion} ({finding.strength.word})")]
        blocks += [authority(case, placed) for placed in leading[:MOST]]
        if len(leading) > MOST:
            blocks.append(prose(f"and {len(leading) - MOST} more", indent=4, style=MUTED))
        return [*blocks, *_against(case, finding)]

    def action_back(self) -> None:
        """Go back to the forums."""
        if self.is_current:
            self.dismiss(None)

    @on(Page.Chosen)
    def _read(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Reads):
            host(self).show_library(event.leads.id)


def _against(case: Case, finding: Finding) -> list[Block]:
    """The first authority of the other side, where the answer is contested."""
    contrary = finding.authority_against[:1]
    if finding.strength is not Strength.CONTESTED or not contrary:
        return []
    says = prose("Against it:", style=MUTED)
    return [says, *(authority(case, placed) for placed in contrary)]


def _level(columns: list[list[list[Block]]], widths: list[int]) -> list[list[Block]]:
    """The columns with their groups beginning on the same lines."""
    one, other = columns
    levelled: list[list[Block]] = [[], []]
    for pair in zip(one, other, strict=True):
        heights = [height_of(group, width) for group, width in zip(pair, widths, strict=True)]
        for blocks, group, height in zip(levelled, pair, heights, strict=True):
            blocks += group
            blocks += [Block(literal(""))] * (max(heights) - height)
    return levelled
