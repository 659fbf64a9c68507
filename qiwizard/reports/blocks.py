"""The parts of a report: paragraphs, items and folds of styled text, for every writer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias


class Style(Enum):
    """How a stretch of text is set where the medium allows."""

    PLAIN = ""
    STRONG = "strong"
    CASE = "case"
    """The name of a case."""
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


Spans: TypeAlias = tuple[Span, ...]
Part: TypeAlias = "str | Span | Spans"


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    DETAIL = "detail"
    """A line that belongs to the item above it."""
    QUOTE = "quote"
    NUMBERED = "numbered"
    CENTERED = "centered"
    INDENTED = "indented"
    """A paragraph whose first line is indented, as in an order."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a report."""

    spans: Spans
    kind: Kind = Kind.PARAGRAPH
    refers: object | None = None
    """What a reader can open from it: `Reads`, `Asks` or `Tries`."""
    key: str = ""
    """For a fold: its name, unique in its section."""
    more: tuple[Block, ...] = ()
    """What a fold opens."""

    @property
    def text(self) -> str:
        """The text without styles."""
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Reads:
    """Opens a precedent or a decided order, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class Asks:
    """Goes to the question for a fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under its title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to hand to others: a title, a line of what it is about, and its sections."""

    title: str
    about: str
    sections: tuple[Section, ...]


def spans(*parts: Part) -> Spans:
    """Text put together from plain text and styled spans."""
    found: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            found += [Span(part)] if part else []
        elif isinstance(part, Span):
            found += [part] if part.text else []
        else:
            found += part
    return tuple(found)


def strong(text: str) -> Span:
    """Emphasized text."""
    return Span(text, Style.STRONG)


def italic(text: str) -> Span:
    """The name of a case, or a signal such as `See`."""
    return Span(text, Style.CASE)


def muted(text: str) -> Span:
    """Text of lesser weight."""
    return Span(text, Style.MUTED)


def plain(parts: Spans) -> str:
    """Text without its styles."""
    return "".join(span.text for span in parts)


def joined(parts: Iterable[Spans], between: str) -> Spans:
    """Several texts with a separator between them."""
    pieces = [piece for part in parts for piece in (between, part)]
    return spans(*pieces[1:])


def wrapped_spans(parts: Spans, width: int) -> list[Spans]:
    """Styled text broken into lines at blanks; never at a hyphen."""
    text = plain(parts)
    lines, at = [], 0
    for line in textwrap.wrap(text, max(1, width), break_on_hyphens=False):
        start = text.index(line[0], at) if line else at
        lines.append(_stretch(parts, start, start + len(line)))
        at = start + len(line)
    return lines


def after(parts: Spans, place: int) -> Spans:
    """The part of a styled text after a place, without the blanks there."""
    text = plain(parts)
    start = len(text) - len(text[place:].lstrip())
    return _stretch(parts, start, len(text))


def _stretch(parts: Spans, start: int, end: int) -> Spans:
    """The part of a styled text between two places."""
    found, at = [], 0
    for span in parts:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        if piece:
            found.append(Span(piece, span.style))
        at += len(span.text)
    return tuple(found)


def heading(text: str) -> Block:
    """A heading."""
    return Block(spans(text), Kind.HEADING)


def titled(title: str, blocks: Iterable[Block]) -> list[Block]:
    """Blocks under a heading; empty if there are none."""
    below = list(blocks)
    return [heading(title), *below] if below else []


def paragraph(*parts: Part) -> Block:
    """A paragraph."""
    return Block(spans(*parts))


def item(*parts: Part, refers: object | None = None) -> Block:
    """An item of a list."""
    return Block(spans(*parts), Kind.ITEM, refers)


def detail(*parts: Part, refers: object | None = None) -> Block:
    """A line under an item."""
    return Block(spans(*parts), Kind.DETAIL, refers)


def fold(key: str, label: Part, more: Iterable[Block], kind: Kind = Kind.DETAIL) -> list[Block]:
    """A line that expands to more blocks; empty if there are none."""
    below = tuple(more)
    return [Block(spans(label), kind, key=key, more=below)] if below else []


def opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks, each with everything folded under it."""
    for block in blocks:
        yield replace(block, more=())
        yield from opened(block.more)


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[int, Block]]:
    """Blocks with the number of each that is numbered, counted from its neighbors; 0 for others."""
    number = 0
    for block in blocks:
        number = number + 1 if block.kind is Kind.NUMBERED else 0
        yield number, block


def parts_text(parts: Iterable[Iterable[str]]) -> str:
    """Parts of a text, each some lines, with a blank line between them."""
    return "\n\n".join("\n".join(part) for part in parts) + "\n"
