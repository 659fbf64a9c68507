"""What a drill shows: its text, the court's words, and the marks with the argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from qiwizard.practice.items import Cite, Item, Part, Point
from qiwizard.practice.marking import Marked, mark, telling
from screens.drawing.literal import literal
from screens.drawing.styles import MUTED, STRONG
from screens.sections.case import Reads, heading, prose
from screens.widgets.page import Block

RIGHT, WRONG = "✓", "✗"


def posed(item: Item, part: Part, *, read_first: bool) -> list[Block]:
    """What a clerk reads before answering."""
    text = part.setting if item.stepwise else item.text
    blocks = [prose(p, space=int(n > 0)) for n, p in enumerate(filter(None, text.split("\n\n")))]
    if read_first and part.words:
        blocks += [heading("The court's own words"), *_words(part.words)]
    return blocks


def marked_blocks(pairs: Iterable[tuple[Part, str]], source: Cite | None) -> list[Block]:
    """The marks of some questions with their argument; the order at the end, where it is told."""
    blocks: list[Block] = []
    for part, given in pairs:
        blocks += _one(part, mark(part, given), first=not blocks)
    if source is not None:
        blocks += [heading("The order"), _cited(source, indent=4)]
    return blocks


def _one(part: Part, marked: Marked, *, first: bool) -> Iterator[Block]:
    glyph = RIGHT if marked.right else WRONG
    yield heading(f"{glyph} {part.asks}", space=0 if first else 1)
    for line in marked.verdict.split("\n"):
        yield prose(line, style=STRONG)
    if part.words:
        yield prose("The court's own words:", space=1)
        yield from _words(part.words)
    yield from _argued((*marked.why, *marked.argument))


def _words(words: Sequence[Cite]) -> Iterator[Block]:
    for cite in words:
        text = literal(f"“{cite.quote}”") + literal(f"\n{cite.text}", MUTED)
        yield Block(text, indent=4, leads=Reads(cite.id))


def _argued(points: Iterable[Point]) -> Iterator[Block]:
    for point in telling(points):
        yield prose(point.text, space=1)
        yield from (_cited(cite, indent=6) for cite in point.cites)


def _cited(cite: Cite, indent: int) -> Block:
    text = literal(cite.text, STRONG)
    if cite.says:
        text = Content.assemble(text, "\n", literal(cite.says))
    return Block(text, indent=indent, leads=Reads(cite.id))
