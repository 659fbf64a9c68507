"""The result: the bench card first, every other part of the report one key away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from qiwizard.command_table import BY_ID
from qiwizard.reasoning.what_if import Change
from qiwizard.reports.blocks import Asks, Block, Reads, heading, item, muted, paragraph
from qiwizard.reports.card import Card, card
from qiwizard.reports.report import Report
from qiwizard.reports.sections import likelihoods, section, terms, unknown_facts
from qiwizard.reports.words import AID_NOT_ADVICE
from qiwizard.sessions.questions import REFINES, refining_words, review
from qiwizard.sessions.session import Session
from screens.dialogs.draft import DraftScreen
from screens.drawing import MUTED, WORKING, literal
from screens.host import HostedScreen, host
from screens.review import ReviewScreen
from screens.side_by_side import WhatIfScreen
from screens.widgets.caseline import CaseLine
from screens.widgets.key_line import KeyLine, case_commands, command
from screens.widgets.page import Block as PageBlock
from screens.widgets.page import Laid, Page, laid
from screens.widgets.report import EVERYTHING, Opens, card_block, drawn, verdict

WIDTHS = [(0, "-slim"), (72, "-narrow"), (132, "-wide")]
RESULT = "result"
PARTS = {
    RESULT: ("", "Result"),
    "why": ("w", "Why"),
    "against": ("a", "Against"),
    "changes": ("f", "What if"),
    "orders": ("o", "Orders"),
    "next": ("n", "Next"),
    "authorities": ("u", "Cites"),
}
"""The parts of the result, each with its key and the title of its tab."""
NAMES = tuple(PARTS)
FOOT = ("review", "export", "help", "quit")


class SectionBar(Static):
    """The titles of the parts, of which one is current; a click chooses one, by its arrows too."""

    current: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Every title, or where it is narrow the current one and its place."""
        narrow = self.screen.has_class("-slim")
        shown = [self.current] if narrow else range(len(NAMES))
        return Content(" ").join([self._title(number, narrow=narrow) for number in shown])

    def _title(self, number: int, *, narrow: bool) -> Content:
        key, title = PARTS[NAMES[number]]
        named = f"{key} {title}".strip()
        pick = _pressed(f"part('{NAMES[number]}')")
        if number != self.current:
            return Content.styled(f"  {named}", MUTED).stylize(pick)
        text = Content.styled(f"▸ {named}", "bold $foreground").stylize(pick)
        return text + self._place(number) if narrow else text

    def _place(self, number: int) -> Content:
        """Which part it is of how many, and arrows to those before and after."""
        arrows = [(" ← ", -1), (" → ", 1)]
        turns = [literal(arrow).stylize(_pressed(f"turn({way})")) for arrow, way in arrows]
        place = Content("").join([literal(f"  {number + 1} of {len(NAMES)} "), *turns])
        return place.stylize_before(f"bold {MUTED}")


def _pressed(action: str) -> Style:
    """What a click does: an action of the screen."""
    return Style.from_meta({"@mouse.down": f"screen.{action}"})


class SummaryScreen(HostedScreen[None]):
    """Shows the card, and one part of the report next to it or in its place."""

    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    HELP = """\
# The result

The card is the answer. **w** why, **a** contrary authority, **f** what would change it,
**o** decided orders, **n** next steps, **u** table of authorities; **←** and **→** move between
them, **Esc** or **s** returns to the card. **↑** and **↓** move through the text; **Enter** opens
the line at **▸**: an authority, a decided order, a change, a question. **+** opens to more, **x**
opens everything. **d** shows the draft order, **e** exports, **i** answers more facts.

*Settled*: binding authority controls, or practice is nearly uniform. *Leaning*: the weight
of authority and practice favors this result. *Contested*: courts are split, or there is no
authority on point. Counts are of coded orders, which are not a random sample. **†** marks a
citation without a pin cite.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Previous", show=False, id="summary.before"),
        Binding("right", "turn(1)", "Next", show=False, id="summary.after"),
        *(
            Binding(key, f"part('{name}')", title, show=False, id=f"summary.{name}")
            for name, (key, title) in PARTS.items()
            if key
        ),
        command("back", "summary", "back", show=True),
        command("draft", "summary", "draft", show=True),
        command("continue", "summary", "more", title="More facts", show=True),
        Binding("y", "adopt", "Adopt today's law", id="summary.adopt"),
        Binding("p", "read", "Read", show=False, id="summary.read"),
        Binding("x", "unfold", "Open all", show=False, id="summary.unfold"),
        *case_commands("summary", shown=FOOT),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: Session | None = None
        self._report: Report | None = None
        self._card: Card | None = None
        self._opened: dict[str, frozenset[str]] = {}
        self._bar = SectionBar()
        self._hero = Page(id="hero")
        self._page = Page(id="part")

    def compose(self) -> ComposeResult:
        """The case, the parts by name, the card, and the part that is read."""
        yield CaseLine()
        yield self._bar
        yield Static(id="verdict", markup=False)
        with Container(id="panes"):
            yield self._hero
            yield self._page
        yield KeyLine(palette=False)

    def on_screen_resume(self) -> None:
        """Compute the report again if the session has changed."""
        session = host(self).session
        if session is not self._shown:
            self._shown = session
            self._report = Report(host(self).library, session, host(self).today)
            self._card = card(self._report)
            self._opened = {}
            self.query_one(CaseLine).refresh()
            self.query_one("#verdict", Static).update(verdict(self._card))
            self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Draw the card at the new width, with a part next to it if there is room."""
        self.call_after_refresh(self._draw)

    @property
    def part(self) -> str:
        """The part that is read."""
        return NAMES[self._bar.current]

    @property
    def _beside(self) -> bool:
        """Whether the card and a part are shown side by side."""
        return self.has_class("-wide")

    def _draw(self) -> None:
        """Show the card, the part, or both."""
        if self._report is None or self._card is None or not self.is_attached:
            return
        if self._card.outcome and self._beside and self.part == RESULT:
            self._bar.current = NAMES.index("why")
        whole = self.part == RESULT or not self._card.outcome
        self._bar.refresh()
        self._hero.display = whole or self._beside
        self._page.display = not whole
        self.query_one("#verdict").display = not whole and not self._beside
        if self._hero.display:
            below = drawn(_below(self._report) if self._card.outcome else (), below=True)
            self._hero.show([card_block(self._card, self._hero.prose_width), *below], keep=True)
        if self._page.display:
            self._write(self.part)
        shown = self._page if self._page.display else self._hero
        if self.focused is None or not self.focused.display:
            shown.focus()
        self.refresh_bindings()

    def _write(self, name: str, *, keep: bool = False) -> None:
        """Write and wrap a part in a worker thread, so that no key waits for it."""
        report, width = self._report, self._page.prose_width
        if report is None:
            return
        if not keep:
            self._page.show([PageBlock(literal(WORKING, MUTED), indent=0)])

        def write() -> Laid:
            return laid(drawn(section(report, name).blocks, self._opened.get(name, ())), width)

        def written(ready: Laid) -> None:
            if name == self.part:
                self._page.show(ready.blocks, keep=keep, ready=ready)

        self.work_out(write, written)

    def show_section(self, command_id: str) -> None:
        """Show what a command of the table asks for."""
        if command_id == "draft":
            self.action_draft()
        else:
            self.action_part(BY_ID[command_id].section)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what there is: a recorded ruling, facts left to ask, a ruling to draft."""
        ruled = self._card is not None and bool(self._card.outcome)
        if action == "adopt":
            changed = self._report and self._report.changed
            return bool(changed and changed.adoptable)
        if action == "unfold":  # the card has no folds
            return ruled and self.part != RESULT
        if action in ("draft", "part"):
            return ruled
        return True

    def action_part(self, name: str) -> None:
        """Show a part of the report."""
        if name in PARTS and self._card is not None and self._card.outcome:
            self._bar.current = NAMES.index(name)
            self._draw()
            (self._page if self._page.display else self._hero).focus()

    def action_turn(self, way: int) -> None:
        """Show the part before or after."""
        parts = NAMES[1:] if self._beside else NAMES
        place = parts.index(self.part) if self.part in parts else 0
        self.action_part(parts[(place + way) % len(parts)])

    def action_unfold(self) -> None:
        """Open every fold, or close all."""
        opened = self._opened.get(self.part, frozenset())
        self._unfold(frozenset() if EVERYTHING in opened else frozenset({EVERYTHING}))

    def _unfold(self, opened: frozenset[str]) -> None:
        """Show the part with some of its folds open."""
        if self.part != RESULT:  # a key typed ahead may come after the return to the card
            self._opened[self.part] = opened
            self._write(self.part, keep=True)

    def action_read(self) -> None:
        """Read the authority at the cursor."""
        page = self.focused if isinstance(self.focused, Page) else self._page
        if page.source:
            host(self).show_library(page.source)

    def action_adopt(self) -> None:
        """Replace the recorded ruling by today's."""
        app = host(self)
        app.keep(app.session.adopting(app.today))
        self.on_screen_resume()

    def action_draft(self) -> None:
        """Show the draft order."""
        if self._card is not None and self._card.outcome:
            self.app.push_screen(DraftScreen())

    def action_more(self) -> None:
        """Open the review at the first fact that would refine the order."""
        app = host(self)
        refining = [r for r in review(app.library, app.session) if r.remark == REFINES]
        app.open("review")
        if refining and isinstance(app.screen, ReviewScreen):
            app.screen.mark(refining[0].question.id)

    def show_card(self) -> bool:
        """Return to the card; False if it is shown already."""
        away = self.part != RESULT and not self._beside
        if away:
            self.action_part(RESULT)
        return away

    def action_back(self) -> None:
        """Return to the card, or go back a screen."""
        if not self.show_card():
            self.leave()

    @on(Page.Chosen)
    def _follow(self, event: Page.Chosen) -> None:
        match event.leads:
            case Reads(id=precedent):
                host(self).show_library(precedent)
            case Asks(fact=fact):
                host(self).show_interview(fact)
            case Change() as change if self._report is not None:
                self.app.push_screen(WhatIfScreen(self._report, change))
            case Opens(key=key):
                self._unfold(self._opened.get(self.part, frozenset()) ^ {key})


def _below(report: Report) -> Iterator[Block]:
    """What is shown under the card: what changed since, what would refine it, the order in full."""
    if report.since:
        yield heading("What changed since")
        yield from (item(reason.text) for reason in report.since)
        if report.changed and report.changed.adoptable:
            yield paragraph(muted("y adopts today's law."))
    if refining := refining_words(report.library, report.session):
        yield paragraph(f"{refining}.")
    yield from unknown_facts(report)
    yield heading("The order")
    yield from terms(report)
    yield paragraph(likelihoods(report))
    yield paragraph(muted(AID_NOT_ADVICE))
