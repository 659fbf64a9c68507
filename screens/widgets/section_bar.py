"""The sections of a screen: a row of titles, a column where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from screens.drawing import MUTED


class SectionTitle(Static):
    """One title, which a click chooses."""

    def __init__(self, number: int, title: str, of: int) -> None:
        super().__init__(markup=False)
        self.number = number
        self._title = title
        self._of = of

    def mark(self, *, current: bool) -> None:
        """Show whether this is the current section."""
        self.set_class(current, "-current")
        place = Content.styled(f"  {self.number + 1} of {self._of}  ←→", MUTED)
        title = Content(f"{'▸' if current else ' '} {self._title}")
        narrow = current and self.screen.has_class("-slim")
        self.update(title + place if narrow else title)

    def on_click(self, event: events.Click) -> None:
        """Choose this section."""
        event.stop()
        self.post_message(SectionBar.Picked(self.number))


class SectionBar(Container):
    """Titles of which one is current; keys are the screen's affair."""

    current: reactive[int] = reactive(0, init=False)

    class Picked(Message):
        """A title was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = [SectionTitle(n, title, len(titles)) for n, title in enumerate(titles)]

    def compose(self) -> ComposeResult:
        """One title a section."""
        yield from self._titles

    def on_mount(self) -> None:
        """Mark the first section."""
        self._mark()

    def on_resize(self) -> None:
        """The current title names its place where the others are hidden."""
        self._mark()

    def watch_current(self) -> None:
        """Mark the section that is now current."""
        self._mark()

    def _mark(self) -> None:
        for title in self._titles:
            title.mark(current=title.number == self.current)
