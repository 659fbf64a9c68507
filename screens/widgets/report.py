"""The screen's writer of reports: the same blocks as in text and Markdown, on a page."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from textual.content import Content

from qiwizard.reports.blocks import Block, Kind, Reads, Spans, Style, numbered
from qiwizard.reports.card import Card
from qiwizard.reports.order import Caption, Order
from screens.drawing import HEADING, MUTED, STRONG, literal, outcome_style
from screens.widgets.page import Block as PageBlock

EVERYTHING = "*"
"""The key that opens every fold."""
OPENED, CLOSED = "- ", "+ "
_STYLES = {Style.PLAIN: "", Style.STRONG: STRONG, Style.CASE: "italic", Style.MUTED: MUTED}
_INDENTS = {Kind.ITEM: 2, Kind.NUMBERED: 4, Kind.DETAIL: 5, Kind.QUOTE: 5}
_FIRST_LINE = " " * 8
_WIDEST = 78


@dataclass(frozen=True, slots=True)
class Opens:
    """A stop that opens or closes a fold."""

    key: str


def content(parts: Spans, strong: str = STRONG) -> Content:
    """Styled text as the screen shows it."""
    styles = {**_STYLES, Style.STRONG: strong}
    return Content("").join([literal(span.text, styles[span.style]) for span in parts])


def drawn(
    blocks: Iterable[Block], opened: Collection[str] = (), *, below: bool = False
) -> Iterator[PageBlock]:
    """Blocks of a report on a page, or with `below` under other blocks.

    `opened` names the folds that are open.
    """
    for place, (number, block) in enumerate(numbered(blocks)):
        yield from _block(block, opened, number, first=place == 0 and not below)


def _block(
    block: Block, opened: Collection[str], number: int, *, first: bool, deeper: int = 0
) -> Iterator[PageBlock]:
    text = content(block.spans)
    if block.kind is Kind.HEADING:
        yield PageBlock(literal(block.text, HEADING), indent=0, space=int(not first))
        return
    indent = _INDENTS.get(block.kind, 0) + deeper
    mark = f"{number}. " if number else "• " if block.kind is Kind.ITEM else ""
    space = int(not first and block.kind in (Kind.ITEM, Kind.PARAGRAPH) and not deeper)
    if block.more:
        is_open = (EVERYTHING in opened) != (block.key in opened)
        mark = OPENED if is_open else CLOSED
        yield PageBlock(text, max(indent, 2), space, mark, Opens(block.key))
        for below in block.more if is_open else ():
            yield from _block(below, opened, 0, first=True, deeper=2)
        return
    source = block.refers.id if isinstance(block.refers, Reads) else ""
    leads = block.refers
    if leads is not None and block.kind is Kind.ITEM:
        mark = ""
    yield PageBlock(text, max(indent, 2) if leads else indent, space, mark, leads, source)


def card_block(card: Card, width: int) -> PageBlock:
    """The card line by line, its headline in the color of the outcome."""
    strong = outcome_style(card.outcome) if card.outcome else STRONG
    lines = [content(line, strong) for line in card.lines(width)]
    return PageBlock(Content("\n").join(lines), indent=0)


def verdict(card: Card) -> Content:
    """The headline of the card with how sure it is, in a line."""
    style = outcome_style(card.outcome) if card.outcome else STRONG
    return Content.assemble(literal(card.headline, style), literal(f" · {card.standing}", MUTED))


def order_blocks(order: Order, width: int) -> Iterator[PageBlock]:
    """A draft order, each paragraph wrapped once, to the page."""
    room = min(width, _WIDEST)
    yield _centered(order.mark, room, MUTED)
    for number, line in enumerate(order.caption.court):
        yield _centered(line, room, STRONG, space=int(number == 0))
    yield from _caption(order.caption, room)
    yield _centered(order.title, room, STRONG, space=1)
    for block in order.body:
        if block.kind is Kind.CENTERED:
            yield _centered(block.text, room, HEADING, space=1)
        else:
            lead = _FIRST_LINE if block.kind is Kind.INDENTED else ""
            yield PageBlock(Content(lead) + content(block.spans), indent=0, space=1)
    for number, line in enumerate(order.signature):
        yield PageBlock(literal(line), indent=max(0, room - 44), space=int(number == 0))
    yield _centered(order.foot, room, MUTED, space=1)


def _caption(caption: Caption, room: int) -> Iterator[PageBlock]:
    in_a_line = f"{'v.':<{room // 2}}{caption.docket}"
    versus = [in_a_line] if room > len(caption.docket) * 2 else ["v.", caption.docket]
    lines = [
        *((caption.plaintiff, 0), (caption.plaintiff_label, 10)),
        *((text, 0) for text in versus),
        *((caption.defendant, 0), (caption.defendant_label, 10)),
    ]
    yield from (PageBlock(literal(text), indent=indent, space=1) for text, indent in lines)


def _centered(text: str, room: int, style: str = "", space: int = 0) -> PageBlock:
    lines = textwrap.wrap(text, max(10, room - 4))
    shown = "\n".join(line.center(room).rstrip() for line in lines)
    return PageBlock(literal(shown, style), indent=0, space=space)
