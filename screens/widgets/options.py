"""A list of options with a caret at the marked one, all of them drawn the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

CARET = "▸"
BOLD = Style(bold=True)


class Options(OptionList):
    """The toolkit's list, its caret and what else leads a line in a gutter of their own.

    To move the caret is to redraw no option, and an option that wraps hangs from its lead.
    """

    _drawn_for = 0

    def lead(self, index: int) -> str:  # noqa: ARG002 - lists that number their options need it
        """What stands before the first line of an option, beside the caret."""
        return ""

    @property
    def lead_width(self) -> int:
        """The columns that every lead takes."""
        return 0

    def _get_left_gutter_width(self) -> int:
        return len(CARET) + 1 + self.lead_width

    def _has_room(self, width: int) -> bool:
        """Whether some column of a width is left beside gutter and padding."""
        room = width - self._get_left_gutter_width()
        # A list that was never laid out has no width, and no styles to ask for either.
        return room > 0 and room > self.get_component_styles("option-list--option").padding.width

    def _update_lines(self) -> None:
        """Lay the options out, where there is room."""
        if self._has_room(self.scrollable_content_region.width):
            super()._update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the options take beside the gutter."""
        if not self._has_room(width):
            return 0
        return super().get_content_height(
            container, viewport, width - self._get_left_gutter_width()
        )

    def on_resize(self, event: Resize) -> None:
        """Redraw where the width has changed, and not only the height."""
        width = self.scrollable_content_region.width
        if width == self._drawn_for:
            event.prevent_default()
        self._drawn_for = width

    def render_line(self, y: int) -> Strip:
        """A line of an option, led by the gutter; one that cannot be chosen has none."""
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        if line >= len(self._lines):
            return strip
        index, below = self._lines[line]
        marked = index == self.highlighted
        lead = "" if below else f"{CARET if marked else ' '} {self.lead(index)}"
        gutter = lead.ljust(self._get_left_gutter_width())
        style = next(iter(strip), Segment("")).style or Style.null()
        if self.options[index].disabled:
            return Strip([*strip, Segment(gutter, style)])
        text = _in_one_color(strip, style) if marked else strip
        return Strip([Segment(gutter, style + BOLD), *text])

    def move(self, way: int) -> None:
        """Move the caret, up where the way is negative."""
        if way < 0:
            self.action_cursor_up()
        else:
            self.action_cursor_down()

    def action_page_up(self) -> None:
        """Move up a page; at rest where there is no line yet for what is marked."""
        if laid_out(self):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down a page; at rest where there is no line yet for what is marked."""
        if laid_out(self):
            super().action_page_down()  # type: ignore[no-untyped-call]


def laid_out(options: OptionList) -> bool:
    """Whether a list has a line for what is marked in it."""
    return bool(options._lines) and (options.highlighted or 0) in options._index_to_line


def _in_one_color(strip: Strip, style: Style) -> Iterator[Segment]:
    """The text in the color it begins with: what is muted cannot be read on the bar."""
    plain = Style(color=style.color)
    return (Segment(text, (own or style) + plain) for text, own, _ in strip)


class Rows(Options):
    """Rows made for the width there is, and made again when it changes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, markup=False, compact=True)
        self._made: Callable[[int], Iterable[Option]] | None = None
        self._wide = 0

    def show(self, made: Callable[[int], Iterable[Option]], at: int | None = None) -> None:
        """Show the rows made for a width, the caret at one of them."""
        self._made, self._wide = made, self._room
        self.set_options(made(self._wide))
        self.highlighted = at

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - the list below heeds it too
        """Make the rows again where the width has changed."""
        if self._made is not None and self._room != self._wide:
            self.show(self._made, self.highlighted)

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width - self._get_left_gutter_width()
