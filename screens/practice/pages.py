"""What a drill shows: its text, the court's words, and the feedback after an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from qiwizard.practice.items import Cite, Item, Part
from qiwizard.practice.lessons import CORRECT, INCORRECT, feedback, feedback_lines, more
from screens.drawing import HEADING, MUTED, STRONG, literal
from screens.widgets.page import Block

MARKS = {CORRECT: "✓ ", INCORRECT: "✗ "}


@dataclass(frozen=True, slots=True)
class Reads:
    """A stop that opens a precedent or decided order."""

    id: str


def heading(text: str, *, space: int = 1) -> Block:
    """A heading at the margin."""
    return Block(literal(text, HEADING), indent=0, space=space)


def prose(text: str, *, space: int = 0, style: str = "") -> Block:
    """A paragraph."""
    return Block(literal(text, style), space=space)


def posed(item: Item, part: Part, *, read_first: bool) -> list[Block]:
    """What a clerk reads before answering."""
    texts = [t for text in (item.text, part.setting) for t in text.split("\n\n") if t]
    blocks = [
        prose(line, space=int(n > 0 and line_number == 0))
        for n, text in enumerate(texts)
        for line_number, line in enumerate(text.split("\n"))
    ]
    if read_first and part.words:
        blocks += [heading("The court's own words"), *(_quoted(cite) for cite in part.words)]
    return blocks


def marked(item: Item, pairs: Sequence[tuple[Part, str]], width: int) -> Iterator[Block]:
    """The feedback shown first on some answers."""
    if item.forecast is not None:
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
