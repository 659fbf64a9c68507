"""A page of text with lines that the arrow keys move between and Enter opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from screens.drawing import HEADING, literal
from screens.widgets.lines import Lines, Scroll

WIDEST = 88
"""Columns beyond which prose is hard to read."""
NARROWEST = 8

CURSOR, STOP = "▸ ", "› "


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page, hung from its own indent."""

    text: Content
    indent: int = 2
    space: int = 0
    """Blank lines before it."""
    mark: str = ""
    """A glyph hung in the indent, such as a bullet."""
    leads: object | None = None
    """The target that Enter opens; None for prose, which the cursor skips."""
    source: str = ""
    """The id of the precedent it rests on, for the key that reads it; empty for none."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Blocks already wrapped to a width, as when that was done beside the screen."""

    blocks: tuple[Block, ...]
    width: int
    lines: tuple[list[Content], ...]


def laid(blocks: Iterable[Block], width: int) -> Laid:
    """Wrap blocks to a width."""
    kept = tuple(blocks)
    return Laid(kept, width, tuple(_wrapped(block, width) for block in kept))


class Page(Scroll, can_focus=True, inherit_bindings=False):
    """A scrolling text of blocks; only its own text is ever mounted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "walk(-1)", "Up", show=False, id="page.up"),
        Binding("down,j", "walk(1)", "Down", show=False, id="page.down"),
        Binding("pageup", "leaf(-1)", "Page up", show=False, id="page.page-up"),
        Binding("pagedown,space", "leaf(1)", "Page down", show=False, id="page.page-down"),
        Binding("home", "edge(-1)", "Top", show=False, id="page.top"),
        Binding("end", "edge(1)", "Bottom", show=False, id="page.bottom"),
        Binding("enter", "choose", "Open", id="page.open"),
    ]

    @dataclass
    class Chosen(Message):
        """A stop of the page was opened."""

        leads: object

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._body = Lines()
        self._blocks: tuple[Block, ...] = ()
        self._lines: list[list[Content]] = []
        self._tops: list[int] = []
        self._laid_out_for = 0
        self._cursor: int | None = None

    def compose(self) -> ComposeResult:
        """The one text."""
        yield self._body

    def show(
        self, blocks: Iterable[Block], *, keep: bool = False, ready: Laid | None = None
    ) -> None:
        """Show other text from its top, or with `keep` where the reader is.

        `ready` is the same text wrapped beforehand.
        """
        cursor = self._cursor if keep else None
        self._blocks = tuple(blocks)
        stops = self._stops
        self._cursor = cursor if cursor in stops else stops[0] if stops else None
        self._lines = []
        self._lay_out(ready)
        if not keep:
            self.scroll_home(animate=False, immediate=True)
        self.refresh_bindings()

    @property
    def current(self) -> object | None:
        """What the stop under the cursor leads to."""
        return None if self._cursor is None else self._blocks[self._cursor].leads

    @property
    def source(self) -> str:
        """The id of the precedent on which the stop under the cursor rests; empty for none."""
        return "" if self._cursor is None else self._blocks[self._cursor].source

    @property
    def text(self) -> str:
        """The page as plain text, as it is laid out."""
        return "\n".join(line.plain.rstrip() for lines in self._lines for line in lines)

    @property
    def prose_width(self) -> int:
        """The columns to which the text is wrapped."""
        room = self.scrollable_content_region.width or self._laid_out_for or WIDEST
        return max(NARROWEST, min(WIDEST, room))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Nothing can be opened on a page of prose."""
        return action != "choose" or self._cursor is not None

    def on_resize(self) -> None:
        """Wrap again where the width has changed."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Open the stop that was clicked, unless the click ended a selection."""
        if self.screen.get_selected_text():
            return
        line = event.screen_y - self.content_region.y + self.scroll_offset.y
        for index in self._stops:
            if self._tops[index] <= line < self._bottom(index):
                self._move_to(index)
                self.action_choose()
                return

    def action_walk(self, way: int) -> None:
        """Move to the neighboring stop if it is in sight, else scroll toward it."""
        index = self._neighbor(way)
        beyond = self.scroll_offset.y < self.max_scroll_y if way > 0 else self.scroll_offset.y > 0
        if index is not None and (self._in_sight(index) or not beyond):
            self._move_to(index)
        elif beyond:
            self.scroll_relative(y=way, animate=False, immediate=True)

    def action_leaf(self, way: int) -> None:
        """Scroll by a page, the cursor with it."""
        step = max(1, self._height - 2)
        self.scroll_relative(y=way * step, animate=False, immediate=True)
        self._bring_cursor(way)

    def action_edge(self, way: int) -> None:
        """Go to the top or the bottom."""
        self.scroll_to(y=0 if way < 0 else self.max_scroll_y, animate=False, immediate=True)
        if self._stops:
            self._place_cursor(self._stops[0 if way < 0 else -1])

    def action_choose(self) -> None:
        """Open the stop under the cursor, or first bring it into sight."""
        if self._cursor is None:
            return
        if self._in_sight(self._cursor):
            self.post_message(self.Chosen(self._blocks[self._cursor].leads))
        else:
            self._reveal(self._cursor)

    @property
    def _stops(self) -> Sequence[int]:
        return [n for n, block in enumerate(self._blocks) if block.leads is not None]

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _bottom(self, index: int) -> int:
        return self._tops[index] + len(self._lines[index]) - self._blocks[index].space

    def _neighbor(self, way: int) -> int | None:
        at = self._cursor or 0
        beyond = [stop for stop in self._stops if (stop - at) * way > 0]
        return min(beyond, key=lambda stop: abs(stop - at), default=None)

    def _in_sight(self, index: int) -> bool:
        top = self.scroll_offset.y
        return self._tops[index] < top + self._height and self._bottom(index) > top

    def _move_to(self, index: int) -> None:
        self._place_cursor(index)
        self._reveal(index)

    def _reveal(self, index: int) -> None:
        """Scroll no more than needed to show a block, its beginning above all."""
        top, bottom = self._tops[index], self._bottom(index)
        at = self.scroll_offset.y
        if bottom > at + self._height:
            at = bottom - self._height
        self.scroll_to(y=min(at, top), animate=False, immediate=True)

    def _bring_cursor(self, way: int) -> None:
        if self._cursor is None or self._in_sight(self._cursor):
            return
        seen = [n for n in self._stops if self._in_sight(n)]
        if seen:
            self._place_cursor(seen[0 if way > 0 else -1])

    def _lay_out(self, ready: Laid | None = None) -> None:
        """Wrap the blocks to the width there is; of a page not yet laid out, the widest."""
        width = self.prose_width
        if width == self._laid_out_for and self._lines:
            return
        self._laid_out_for = width
        if ready is not None and ready.width == width:
            self._lines = list(ready.lines)
        else:
            self._lines = [_wrapped(block, width) for block in self._blocks]
        self._tops, at = [], 0
        for block, lines in zip(self._blocks, self._lines, strict=True):
            self._tops.append(at + block.space)
            at += len(lines)
        self._body.show([line for n in range(len(self._lines)) for line in self._look(n)])
        self.expect(at)

    def _look(self, index: int) -> list[Content]:
        """The lines of a block as they look now."""
        lines = self._lines[index]
        if index != self._cursor:
            return lines
        return _under_cursor(lines, self._blocks[index], self._laid_out_for)

    def _place_cursor(self, index: int) -> None:
        """Move the cursor, redrawing no more than the two blocks concerned."""
        before, self._cursor = self._cursor, index
        if before is None or bool(self._blocks[before].source) != bool(self.source):
            self.refresh_bindings()
        for changed in {index} if before is None else {before, index}:
            start = self._tops[changed] - self._blocks[changed].space
            self._body.replace(start, self._look(changed))


def heading(text: str, *, space: int = 1) -> Block:
    """A heading at the margin."""
    return Block(literal(text, HEADING), indent=0, space=space)


def height_of(blocks: Iterable[Block], width: int) -> int:
    """How many lines some blocks take at a width."""
    return sum(len(_wrapped(block, width)) for block in blocks)


def _wrapped(block: Block, width: int) -> list[Content]:
    """The lines of a block, its glyph hung in the indent."""
    mark = block.mark or (STOP if block.leads is not None else "")
    indent = min(block.indent, max(0, width - NARROWEST))
    lines = block.text.wrap(max(1, width - indent))
    first = Content(mark.rjust(indent) if mark else " " * indent)
    hung = [
        (first if number == 0 else Content(" " * indent)) + line
        for number, line in enumerate(lines)
    ]
    return [Content("")] * block.space + hung


def _under_cursor(lines: list[Content], block: Block, width: int) -> list[Content]:
    """The same lines with the cursor's glyph and a bar behind them."""
    spaced, hung = lines[: block.space], lines[block.space :]
    indent = min(block.indent, max(0, width - NARROWEST))
    glyph = f"{CURSOR.strip()}{block.mark.removeprefix(' ')}" if block.mark else CURSOR
    marked = [Content.styled(glyph.rjust(indent), "bold $text-accent") + hung[0][indent:]]
    barred = [
        line.pad_right(max(0, width - line.cell_length)).stylize_before("on $boost")
        for line in (*marked, *hung[1:])
    ]
    return [*spaced, *barred]
