"""A round of drills: a text to read, questions to answer, and graded feedback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.practice.drills import TITLES
from qiwizard.practice.items import CALIBRATE, UNSTATED, Cite, Item, Part
from qiwizard.practice.lessons import (
    CORRECT,
    INCORRECT,
    feedback,
    feedback_lines,
    more,
)
from qiwizard.practice.progress import Round
from qiwizard.practice.sitting import Sitting, ending, left_words
from qiwizard.practice.store import clerk_words
from qiwizard.reports.blocks import Reads
from qiwizard.reports.words import WIDTH
from screens.dialogs.confirm import ConfirmScreen
from screens.drawing import HEADING, MUTED, STRONG, literal
from screens.host import HostedScreen, host
from screens.widgets.choices import Choices, Offer
from screens.widgets.key_line import KeyLine
from screens.widgets.page import Block, Page

GO_ON = "n: next. m: more about this answer."
ONE_AT_A_TIME = [(0, "-short"), (20, "-tall")]
"""Heights from which the text and its question are shown together."""
MARKS = {CORRECT: "✓ ", INCORRECT: "✗ "}


class Phase(Enum):
    """What a clerk is doing."""

    ASKED = auto()
    TOLD = auto()
    OVER = auto()


class DrillScreen(HostedScreen[None]):
    """Puts one question at a time; every answer is on disk before the next is drawn."""

    CSS_PATH = "drill.tcss"
    HELP = """\
# A drill

Read the text, mark an answer by its number and press **Enter**. **t** changes between the text and
the question where there is no room for both; a digit leads to the question too. **Esc** takes back
an answer that was not marked yet. After an answer: **m** shows more, **Enter** opens the source
under the cursor, **n** goes on.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "Next", id="drill.next"),
        Binding("m", "more", "More", id="drill.more"),
        Binding("t", "text", "Text or question", id="drill.text"),
        Binding("escape,b", "back", "Back", key_display="esc", id="drill.back"),
        Binding(
            "enter,0,1,2,3,4,5,6,7,8,9", "question", "Question", show=False, id="drill.question"
        ),
    ]

    VERTICAL_BREAKPOINTS = ONE_AT_A_TIME

    page = query_one(Page)
    choices = query_one(Choices)

    def __init__(self, sitting: Sitting, round_: Round) -> None:
        super().__init__()
        self._sitting = sitting
        self._round = round_
        self._phase = Phase.ASKED
        self._whole = False
        """Whether everything about the last answers is shown."""
        self._next: Round | None = None
        """The round at its next drill, once all questions of the current one are answered."""
        self._told = ""
        """What was said last of how answers are kept."""

    @property
    def at_stake(self) -> str:
        """What quitting now would lose, as a sentence; empty if everything is or can be saved."""
        return self._sitting.lacking(self._next or self._round)

    @property
    def under_way(self) -> str:
        """Where it resumes if it is left now, as a sentence; empty if nothing was answered."""
        return "" if self.at_stake else left_words(self._next or self._round)

    def compose(self) -> ComposeResult:
        """Where the clerk is, the text, the question with its answers."""
        yield Static("", id="drill-head", markup=False)
        yield Page()
        yield Static("", id="drill-asks", markup=False)
        yield Choices(self._answer)
        yield Static("t: the question and its answers", id="drill-hint", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the first question, or the one at which the drill was left."""
        self._round = self._sitting.taking_up(self._round)
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Next where something was told or a text is read; the text where something is asked."""
        if action == "question":
            return self.has_class("-text")
        if action == "more":
            return self._phase is Phase.TOLD and not self._whole
        if action == "next":
            return self._phase is Phase.TOLD or self.has_class("-text")
        return action != "text" or self._phase is Phase.ASKED

    def on_key(self, event: events.Key) -> None:
        """A digit marks an answer wherever the focus is."""
        self.choices.hear(event)

    def action_next(self) -> None:
        """Go on: to the question of a text, the next one of a walk, the next drill, the end."""
        if self.has_class("-text"):
            self.action_text()
            return
        if self._next is not None:
            self._round, self._next = self._sitting.taking_up(self._next), None
        self._show()

    def action_more(self) -> None:
        """Everything about the last answers."""
        self._tell(whole=True)

    def action_text(self) -> None:
        """The text alone, or the question again."""
        alone = not self.has_class("-text")
        self.set_class(alone, "-text")
        (self.page if alone else self.choices).focus()
        self.refresh_bindings()

    action_question = action_text
    """From the text alone to the question; it is answered once it is in sight."""

    def action_back(self) -> None:
        """The question before, or out of the round; asking first where answers would be lost."""
        given = self._round.given
        if self._phase is Phase.ASKED and self._round.reopens(self._library):
            self._round = self._round.taking_back()
            self._keep()
            self._show(given[-1])
        elif lost := self.at_stake:
            ways = (Offer("go", "Leave without saving"),)
            self.app.push_screen(ConfirmScreen("Leave before the end?", lost, ways), self._leave)
        else:
            self._leave()

    def _answer(self, value: Value | None) -> None:
        if self._phase is not Phase.ASKED:  # a key typed ahead of the marks
            return
        self._round = self._round.answering(UNSTATED if value is None else str(value))
        self._keep()
        if self._round.to_tell(self._library):
            self._tell()
        else:
            self.action_next()

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Reads):
            host(self).show_library(event.leads.id)

    @property
    def _library(self) -> Library:
        return self._sitting.library

    @property
    def _item(self) -> Item:
        return self._round.item(self._library)

    def _show(self, before: str = "") -> None:
        """Put the current question, or tell how the round went."""
        if self._round.over or (part := self._round.part(self._library)) is None:
            self._end()
            return
        item = self._item
        self._enter(Phase.ASKED)
        self._head(f"question {len(self._round.given) + 1} of {len(item.parts)}")
        self.page.show(posed(item, part, read_first=self._round.read_first))
        asks = literal(part.asks, "bold")
        if part.note:
            asks += literal(f"\n{part.note}", MUTED)
        self.query_one("#drill-asks", Static).update(asks)
        remarks = {before: "your answer"}
        offers = [
            Offer(None if o.id == UNSTATED else o.id, o.label, remarks.get(o.id, ""))
            for o in part.options
        ]
        marked = next((o for o in offers if o.remark), offers[0])
        self.choices.offer(offers, marked)
        self.choices.focus()
        self.remove_class("-tight")
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Where text and answers do not fit together: the text alone, then the answers alone."""
        short = self.has_class("-short") or self.page.max_scroll_y > 0
        if (short or self.choices.max_scroll_y > 0) and self._phase is Phase.ASKED:
            self.add_class("-tight")
            # With the question before it, the clerk has read a text that is the same for all.
            seen = self._round.given and not any(part.setting for part in self._item.parts)
            if self.is_current and self.page.text and not seen:
                self.add_class("-text")
                self.page.focus()
            self.refresh_bindings()

    def _tell(self, *, whole: bool = False) -> None:
        self._enter(Phase.TOLD)
        self._whole = whole
        self._head("marked")
        item, told = self._item, self._round.to_tell(self._library)
        width = min(self.page.prose_width - 2, WIDTH)
        blocks = list(marked(item, told, width))
        if comment := self._sitting.comments.get(item.id):
            blocks.append(prose(f"Instructor: {comment}"))
        blocks += rest(item, told) if whole else ()
        hint = GO_ON.partition(" m:")[0] if whole else GO_ON
        self.page.show([*blocks, prose(hint, space=1, style=MUTED)], keep=whole)
        self.page.focus()
        self.refresh_bindings()

    def _keep(self) -> None:
        """Keep the answers before anything else is shown: it may end there in any way."""
        after, said = self._sitting.keep(self._round)
        self._next = after if after is not self._round else None
        if said and said != self._told:
            self.notify(said, severity="warning", markup=False, timeout=10)
        self._told = said

    def _end(self) -> None:
        self._enter(Phase.OVER)
        self.query_one("#drill-head", Static).update(literal("Practice · end of the round"))
        told = ending(self._sitting, self._round)
        blocks = [prose(text, space=int(n > 0)) for n, text in enumerate(told)]
        hint = prose("Esc: back to the menu.", space=1, style=MUTED)
        self.page.show([heading("End of the round", space=0), *blocks, hint])
        self.page.focus()

    def _head(self, where: str) -> None:
        at = f"drill {self._round.at + 1} of {len(self._round.items)}"
        title = TITLES[self._item.drill]
        who = clerk_words(self._sitting.store.clerk).removesuffix(".")
        words = " · ".join(filter(None, (title, at, where, who)))
        self.query_one("#drill-head", Static).update(literal(words))

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        self.set_class(phase is not Phase.ASKED, "-told")
        self.remove_class("-text")
        self.refresh_bindings()

    def _leave(self, way: str | None = "go") -> None:
        """Go, saying where it resumes."""
        if way == "go" and self.is_current:
            if told := self.under_way:
                self.app.notify(told, markup=False)
            self.leave()


# What a drill shows: its text, the court's words, and the feedback after an answer


def heading(text: str, *, space: int = 1) -> Block:
    """A heading at the margin."""
    return Block(literal(text, HEADING), indent=0, space=space)


def prose(text: str, *, space: int = 0, style: str = "") -> Block:
    """A paragraph."""
    return Block(literal(text, style), space=space)


def posed(item: Item, part: Part, *, read_first: bool) -> list[Block]:
    """What a clerk reads before answering."""
    setting = enumerate(part.setting.split("\n") if part.setting else ())
    blocks = [prose(item.text), *(prose(line, space=int(n == 0)) for n, line in setting)]
    if read_first and part.words:
        blocks += [heading("The court's own words"), *(_quoted(cite) for cite in part.words)]
    return blocks


def marked(item: Item, pairs: Sequence[tuple[Part, str]], width: int) -> Iterator[Block]:
    """The feedback shown first on some answers."""
    if item.drill == CALIBRATE:
        for line in feedback_lines(item, pairs, width):
            yield Block(literal(line))
        return
    for section in feedback(item, pairs, width):
        label = literal(f"{MARKS.get(section.label, '')}{section.label}: ", STRONG)
        leads = Reads(section.cite.id) if section.cite else None
        yield Block(Content.assemble(label, literal(section.text)), leads=leads)
    yield from (_quoted(cite) for cite in pairs[-1][0].words[1:])


def rest(item: Item, pairs: Sequence[tuple[Part, str]]) -> Iterator[Block]:
    """The rest, with its sources."""
    for point in more(pairs, item):
        yield prose(point.text, space=1)
        for cite in point.cites:
            yield Block(literal(cite.text, MUTED), indent=6, leads=Reads(cite.id))


def _quoted(cite: Cite) -> Block:
    text = literal(f"“{cite.quote}”") + literal(f"\n{cite.text}", MUTED)
    return Block(text, indent=4, leads=Reads(cite.id))
