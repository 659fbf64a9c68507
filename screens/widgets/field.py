"""Fields to type in, which show control characters instead of sending them; the forum's field."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from qiwizard.law.courts import Courts, NamedForum, matching_forums
from qiwizard.sessions.questions import UNKNOWN
from qiwizard.text import one_line, visible
from qiwizard.typed import plain
from screens.drawing import literal
from screens.host import caught_up
from screens.widgets.options import Options

STAND_IN = "�"
"""One column wide, so that the caret stays where it belongs."""


class Field(Input):
    """One line of text; of several lines pasted, the breaks become blanks."""

    keeps_text = True

    def on_paste(self, event: events.Paste) -> None:
        """Take all that was pasted, and show where it ends."""
        event.stop()
        event.prevent_default()  # which drops all lines but the first
        lines = event.text.splitlines()
        text = event.text
        if len(lines) > 1:
            text = " ".join(filter(None, (line.strip() for line in lines)))
        start, end = sorted(self.selection)
        self.replace(text, start, end)
        self.call_after_refresh(self._show_caret)

    def _show_caret(self) -> None:
        """Scroll to the caret: the toolkit does so before it has made room for the new text."""
        column = self.cursor_screen_offset.x - self.content_region.x + self.scroll_offset.x
        self.scroll_to_region(Region(column, 0, 1, 1), force=True, animate=False)

    def on_mount(self) -> None:
        """The caret blinks only if animation is on."""
        self.cursor_blink = self.app.animation_level != "none"

    def render_line(self, y: int) -> Strip:
        """A line as it is drawn, harmless to the terminal."""
        return harmless(super().render_line(y))


def harmless(strip: Strip) -> Strip:
    """The strip with a stand-in for every control and bidirectional character."""
    if all(visible(segment.text, keep="") == segment.text for segment in strip):
        return strip
    segments = [
        Segment("".join(map(_shown, segment.text)), segment.style, segment.control)
        for segment in strip
    ]
    return Strip(segments).adjust_cell_length(strip.cell_length)


def _shown(character: str) -> str:
    return character if visible(character, keep="") == character else STAND_IN


NO_MATCH = "No district or circuit has that name."


class ForumField(Vertical):
    """An input with the cursor in it, over the list of forums that match.

    Enter and the arrows are handled before other keys, once the field has taken in what was
    typed: a key typed ahead is part of the name before Enter, and of the next question after it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Select", priority=True, id="forum.take"),
        Binding("up", "move(-1)", "Up", show=False, priority=True, id="forum.up"),
        Binding("down", "move(1)", "Down", show=False, priority=True, id="forum.down"),
    ]

    def __init__(self, take: Callable[[NamedForum | None], None]) -> None:
        super().__init__()
        self._take = take
        self._courts: Courts | None = None
        self._found: tuple[NamedForum | None, ...] = ()
        self._listed = ""
        self.field = Field(
            placeholder="Type a district or circuit: D.N.M., new mex, 10th", id="forum-input"
        )
        self._list = Options(markup=False, compact=True, id="forum-list")
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The field and the list."""
        yield self.field
        yield self._list

    def ask(self, courts: Courts, given: str) -> None:
        """Ask for a forum; one given before stands in the field, to be typed over."""
        self._courts = courts
        with self.prevent(Input.Changed):
            self.field.value = given
        self.field.action_select_all()
        self._fill()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._listed:
            self._fill()

    def _fill(self) -> None:
        """List what matches, the closest marked."""
        typed = self._listed = self.field.value
        if self._courts is None:
            return
        found: list[NamedForum | None] = list(matching_forums(self._courts, typed))
        if not typed.strip() or UNKNOWN.casefold().startswith(plain(typed).casefold()):
            found.append(None)
        self._found = tuple(found)
        options = [Option(_label(forum)) for forum in self._found]
        self._list.set_options(options or [Option(literal(NO_MATCH), disabled=True)])
        self._list.highlighted = 0 if options and typed.strip() else None

    async def _settled(self) -> None:
        """Wait until the field has taken in what was typed before."""
        await caught_up(self.field)
        if self.field.value != self._listed:
            self._fill()

    async def action_take(self) -> None:
        """Select the marked forum; nothing where none matches, or none was typed or marked."""
        await self._settled()
        marked = self._list.highlighted
        if marked is not None and self._found and self.screen.is_current:
            self._take(self._found[marked])

    async def action_move(self, way: int) -> None:
        """Move the mark."""
        await self._settled()
        self._list.move(way)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._found:
            self._take(self._found[event.option_index])


def _label(forum: NamedForum | None) -> Content:
    return Content(UNKNOWN if forum is None else one_line(forum.label))
