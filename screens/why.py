"""Why a question is asked: what it means, what each answer leads to, and the law behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from qiwizard.law.citation import cite_holding, pin_label, short_citation
from qiwizard.law.facts import FORUM, Fact
from qiwizard.law.forum import Authority, split_by_forum
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.precedent import Holding
from qiwizard.reasoning.relevance import Stake, stakes
from qiwizard.reasoning.ruling import rule
from qiwizard.reports.blocks import plain
from qiwizard.reports.quotation import read_in
from qiwizard.sessions.questions import (
    Question,
    answer,
    not_enough_words,
    practice_words,
    progress_words,
)
from qiwizard.sessions.session import Session
from screens.drawing import HEADING, MUTED, STRONG, literal, outcome_text, weight
from screens.host import Dialog, host
from screens.widgets.key_line import KeyLine, command
from screens.widgets.page import Block, Page, heading

ELSEWHERE = 3
"""Authorities from outside the forum shown for each legal question."""


class WhyScreen(Dialog[str | None]):
    """Help on one question; returns the precedent the reader wants to open, if any."""

    CSS_PATH = "why.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        command("back", "why", "back", show=True),
        command("help", "why", show=True),
        command("quit", "why", show=True),
    ]

    def __init__(self, asked: Question) -> None:
        super().__init__()
        self._asked = asked

    def compose(self) -> ComposeResult:
        """A page under the question."""
        with Vertical(id="box"):
            yield Page()
        yield KeyLine()

    def on_mount(self) -> None:
        """Write the page."""
        app = host(self)
        self.query_one("#box").border_title = literal(self._asked.text)
        self.query_one(Page).show(why_blocks(app.library, app.session, self._asked))

    @on(Page.Chosen)
    def _open(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, str):
            self.leave(event.leads)


def why_blocks(library: Library, session: Session, asked: Question) -> Iterator[Block]:
    """Meaning, reason, consequences, practice, and the holdings that depend on the answer."""
    yield heading("What it means", space=0)
    yield Block(literal(asked.fact.help))
    yield heading("Why it matters")
    yield Block(literal(asked.fact.why))
    yield from _consequences(library, session, asked)
    counts = practice_words(library, session, asked.doctrine)
    if counts:
        yield heading("Practice")
        yield from (Block(literal(words)) for words in counts)
    found = stakes(library, session.posture, asked.fact.name, session.as_of)
    for stake in found:
        yield from _holdings(library, asked, session.posture, stake)
    if not found:
        yield heading("Authority")
        yield Block(literal("No holding depends on it directly."))


def _consequences(library: Library, session: Session, asked: Question) -> Iterator[Block]:
    """The result on each answer, once there is one."""
    if not asked.choices:
        return
    yield heading("What each answer leads to")
    if told := not_enough_words(library, session):
        yield Block(literal(told))
        return
    for choice in asked.choices:
        after = answer(library, session, asked, choice.value)
        ruling = rule(library, after.posture, session.as_of)
        led = outcome_text(library, ruling.outcome) + literal(f", {ruling.strength.word}")
        left = progress_words(library, after)
        yield Block(
            Content.assemble(literal(choice.label), ": ", led, literal(f" · {left}", MUTED)),
            indent=4,
            mark="• ",
        )


def _holdings(library: Library, asked: Question, posture: Posture, stake: Stake) -> Iterator[Block]:
    question, holdings = stake
    yield heading(library.question[question].asks)
    own, others = split_by_forum(holdings)
    for authority in (*own, *others[:ELSEWHERE]):
        yield _holding(library, asked, posture, authority)
    if (more := len(others) - ELSEWHERE) > 0:
        yield Block(literal(f"and {more} more from elsewhere, in the library", MUTED))


def _holding(library: Library, asked: Question, posture: Posture, authority: Authority) -> Block:
    holding = authority.holding
    text = holding_text(library, asked.fact, posture, authority, in_full=True)
    if holding.quote:
        text += literal(f"\n“{holding.quote}” {pin_label(holding)}{plain(read_in(holding))}")
    return Block(text, indent=4, leads=holding.precedent.id)


FACTS_NAMED = 2
"""Unknown facts named beside the one asked; the rest are counted."""
MOST = 3
"""Authorities shown for each legal question; the rest stand under Why."""


def authority_blocks(library: Library, session: Session, asked: Question) -> Iterator[Block]:
    """The authorities a question turns on by legal question, and the practice of its doctrine."""
    blocks = list(_blocks(library, session, asked))
    yield from (replace(block, space=block.space if n else 0) for n, block in enumerate(blocks))


def _blocks(library: Library, session: Session, asked: Question) -> Iterator[Block]:
    for words in practice_words(library, session, asked.doctrine):
        yield Block(literal(words), indent=0, space=1)
    found = stakes(library, session.posture, asked.fact.name, session.as_of)
    own = [stake for stake in found if any(a.rank.in_forum for a in stake[1])]
    for question, holdings in own or found[:2]:
        yield Block(literal(library.question[question].asks, HEADING), indent=0, space=1)
        first = [a for a in holdings if a.rank.in_forum] or list(holdings)
        for authority in first[:MOST]:
            yield Block(holding_text(library, asked.fact, session.posture, authority), indent=2)
        if more := len(holdings) - len(first[:MOST]):
            yield Block(literal(f"and {more} more: w", MUTED), indent=2)
    if not found:
        yield Block(literal(asked.fact.why, MUTED), indent=0)


def holding_text(
    library: Library, fact: Fact, posture: Posture, authority: Authority, *, in_full: bool = False
) -> Content:
    """A holding: its citation, weight, the answers it needs, and its conclusion."""
    holding = authority.holding
    cited = cite_holding(holding) if in_full else short_citation(holding.precedent, holding.pin)
    answers = library.question[holding.question].answers
    return Content.assemble(
        literal(cited, STRONG),
        literal(f" ({weight(authority) if in_full else authority.weight})\n", MUTED),
        literal(condition_words(library, fact, posture, holding)),
        literal(answers[holding.answer].conclusion),
    )


def condition_words(library: Library, fact: Fact, posture: Posture, holding: Holding) -> str:
    """The answers under which a holding applies, and unknown facts it needs as well."""
    when = holding.when.facts
    if fact.name not in when:
        return ""
    values = "” or “".join(fact.label(v) for v in fact.values if v in when[fact.name])
    needed = [n for n in when if n not in (fact.name, *FORUM) and posture.get(n) is None]
    shorts = [library.vocabulary.by_name[name].short for name in needed]
    if (more := len(shorts) - FACTS_NAMED) > 0:
        shorts[FACTS_NAMED:] = [f"{more} more fact{'s' if more > 1 else ''}"]
    depends = f", depending on {' and '.join(shorts)}" if shorts else ""
    return f"If “{values}”{depends}: "
