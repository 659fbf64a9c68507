"""Why a question is asked: what it means, what each answer leads to, and the law behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from qiwizard.law.citation import cite_holding, pin_label
from qiwizard.law.facts import Fact
from qiwizard.law.forum import Placed
from qiwizard.law.history import history_sentences, treatment
from qiwizard.reasoning.interview import Stake, stakes
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.why import VERIFIED_SAYS
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.drawing.words import weight
from screens.host import host, is_open
from screens.sections.case import Case, Reads, heading, prose, verdict
from screens.sections.panels import conclusion, if_words, is_against
from screens.widgets.choices import Offer
from screens.widgets.key_line import KeyLine
from screens.widgets.offers import MANY, offers_of
from screens.widgets.page import Block, Laid, Page, laid

WIDTHS = [(0, "-narrow"), (100, "-wide")]
WORKING = "Working out what each answer leads to …"
NAMED = 4
"""Answers with the same ruling that are named one by one, where there are many."""
ELSEWHERE = 6
"""Authorities from outside the forum shown for each legal question."""


class WhyScreen(ModalScreen[str | None]):
    """Help on one question; hands back the precedent the reader wants to open, if any."""

    CSS_PATH = "why.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,left", "close", "Back", key_display="esc", id="why.close"),
        Binding("f1,question_mark", "app.manual", "Manual", key_display="?", id="why.manual"),
    ]

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact

    def compose(self) -> ComposeResult:
        """The question as a title, and a page under it."""
        with Vertical(id="box"):
            yield Static(literal(self._fact.question), id="title")
            yield Page()
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Say what the question means; what hangs on it is worked out beside the screen."""
        app = host(self)
        case = Case(app.library, app.session, app.ruling, app.today)
        self.query_one(Page).show([*_meaning(self._fact), prose(WORKING, style=MUTED, space=1)])
        self.call_after_refresh(self._work_out, case)

    @work(thread=True, exclusive=True, group="writing")
    def _work_out(self, case: Case) -> None:
        """Rule on every answer, away from the screen."""
        worker = get_current_worker()
        page = self.query_one(Page)
        ready = laid(why_blocks(case, self._fact), page.prose_width)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, ready)

    def _show(self, ready: Laid) -> None:
        if is_open(self):
            self.query_one(Page).show_laid(ready, keep=True)

    def action_close(self) -> None:
        """Back to the question."""
        if self.is_current:
            self.dismiss(None)

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Reads) and self.is_current:
            self.dismiss(event.leads.id)


def why_blocks(case: Case, fact: Fact) -> list[Block]:
    """Meaning, reason, consequences, and the holdings that turn on the answer."""
    found = stakes(case.library, case.session.posture, fact.name, case.session.as_of)
    return [
        *_meaning(fact),
        heading("What each answer leads to, on what is stated so far"),
        *_consequences(case, fact),
        *_holdings(case, fact, found),
    ]


def _meaning(fact: Fact) -> list[Block]:
    return [
        heading("What it means", space=0),
        prose(fact.help),
        heading("Why the law asks"),
        prose(fact.why),
    ]


def _consequences(case: Case, fact: Fact) -> Iterable[Block]:
    """A line for each ruling that an answer leads to, with the answers that do."""
    posture, as_of = case.session.posture, case.session.as_of
    offers = offers_of(case.library, posture, fact)[0]
    led: dict[str, tuple[Content, list[Offer]]] = {}
    for offer in offers:
        tried = (
            posture.leaving_open(fact.name)
            if offer.value is None
            else posture.stating(fact.name, offer.value)
        )
        ruling = rule(case.library, tried, as_of)
        ruled = verdict(case, ruling)
        led.setdefault(ruled.plain, (ruled, []))[1].append(offer)
    for ruled, group in led.values():
        text = Content.assemble(literal(_answers(group, len(offers))), " → ", ruled)
        yield Block(text, indent=4, mark="• ")


def _answers(group: Sequence[Offer], of: int) -> str:
    """The answers of a group in words: by name where they are few."""
    if len(group) == of:
        return f"All {of} answers"
    named = [f"“{offer.label}”" for offer in group if offer.value is not None]
    unstated = [offer.label for offer in group if offer.value is None]
    if len(named) > MANY and len(named) == of - 1:
        named = [f"All {len(named)} answers"]
    elif len(named) > MANY:
        named = [*named[:NAMED], f"{len(named) - NAMED} more"]
    return ", ".join((*named, *unstated))


def _holdings(case: Case, fact: Fact, found: Iterable[Stake]) -> list[Block]:
    blocks: list[Block] = []
    for stake in found:
        blocks.append(heading(case.library.question[stake.question].asks))
        own = [p for p in stake.holdings if p.rank.in_forum]
        others = [p for p in stake.holdings if not p.rank.in_forum]
        blocks += [_holding(case, fact, stake, p) for p in (*own, *others[:ELSEWHERE])]
        if (more := len(others) - ELSEWHERE) > 0:
            blocks.append(prose(f"and {more} more from elsewhere, in the library", style=MUTED))
    if not blocks:
        blocks = [
            heading("Authority"),
            prose("No holding turns on it directly: it sets the weight of all the others."),
        ]
    return blocks


def _holding(case: Case, fact: Fact, stake: Stake, placed: Placed) -> Block:
    holding, as_of = placed.holding, case.session.as_of
    lead = "Against: " if is_against(stake, placed, fact.name) else ""
    status = f"{weight(placed)} · {treatment(holding.precedent, as_of, holding.key)}"
    text = Content.assemble(
        (lead, STRONG),
        literal(cite_holding(holding), STRONG),
        literal(f"\n{status}", MUTED),
        literal(f"\n{if_words(fact, placed)}: {conclusion(case, placed)}"),
        literal(f"\n{holding.says}"),
    )
    if holding.quote:
        text += literal(f"\n“{holding.quote}” ({pin_label(holding)}; {_verified(placed)})")
    for sentence in history_sentences(holding.precedent, holding.key, as_of, case.library):
        text += literal(f"\nLater: {sentence}", MUTED)
    return Block(text, indent=4, space=1, leads=Reads(holding.precedent.id))


def _verified(placed: Placed) -> str:
    return f"read {VERIFIED_SAYS[placed.holding.verified]}"
