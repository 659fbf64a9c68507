"""The library: every precedent and decided order, searched as one types, read one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from qiwizard.reasoning.catalogue import (
    TREATMENTS,
    Entry,
    Narrowing,
    cited_as,
    find,
    select,
    shelve,
)
from qiwizard.reports.blocks import Reads
from qiwizard.reports.precedents import page
from qiwizard.text import visible
from screens.dialogs.confirm import ANY, PickScreen
from screens.drawing import MUTED, cell, literal
from screens.host import HostedScreen, host
from screens.widgets.field import Field
from screens.widgets.key_line import KeyLine
from screens.widgets.options import Rows
from screens.widgets.page import Page
from screens.widgets.report import drawn

ONE_LINE = 64
"""Columns from which a row fits one line."""
TITLE, COURT = 40, 12
NO_MATCH = "Nothing in this list matches."


def entry_rows(entries: Sequence[Entry], width: int) -> Iterator[Option]:
    """Citation, court, year and treatment, in one line or two where it is narrow.

    Without entries, one row that says so and cannot be chosen.
    """
    if not entries:
        yield Option(literal(NO_MATCH), disabled=True)
    for entry in entries:
        if width >= ONE_LINE:
            rest = literal(f"{entry.year}  {entry.treatment}", MUTED)
            row = cell(entry.title, TITLE) + cell(entry.court, COURT) + rest
        else:
            title = literal(entry.title).truncate(max(1, width), ellipsis=True)
            row = title + literal(f"\n  {entry.court} · {entry.year} · {entry.treatment}", MUTED)
        yield Option(row, id=entry.id)


BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]


class LibraryScreen(HostedScreen[None]):
    """A list with a search above it, and a reader."""

    CSS_PATH = "library.tcss"
    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    HELP = """\
# The library

Type to search captions, courts, citations, doctrines and what the holdings say; **↑** and **↓**
move in the list, **Enter** opens. **F2**, **F3** and **F4** narrow the list to a circuit, a
doctrine, a treatment. In the reader **↑** and **↓** move through the text, **Enter** opens the
authority marked **▸**, **/** searches.

**y** (**Ctrl+Y** while typing) copies the citation, where the terminal supports it; it is
also at the top of the reader, where the mouse selects it while Shift is held down.

Every row ends with its treatment: *good law*, the effect of later authority, or *example* for
a decided order, which states no rule.
"""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="library.up"),
        Binding("down", "move(1)", "Down", show=False, id="library.down"),
        Binding("f2", "narrow('circuit')", "Circuit", id="library.circuit"),
        Binding("f3", "narrow('doctrine')", "Doctrine", id="library.doctrine"),
        Binding("f4", "narrow('treatment')", "Treatment", id="library.treatment"),
        Binding("y", "copy", "Copy citation", id="library.copy"),
        Binding("ctrl+y", "copy_typing", "Copy citation", show=False, id="library.copy-typing"),
        Binding("slash", "search", "Search", id="library.search"),
        Binding("escape,b", "back", "Back", key_display="esc", id="library.back"),
    ]

    def __init__(self, precedent: str | None = None) -> None:
        super().__init__()
        self._read: list[str] = [precedent] if precedent else []
        self._browsed = precedent is None
        self._entries: tuple[Entry, ...] = ()
        self._narrowing = Narrowing()
        self._search = Field(
            placeholder="Type to search; Enter opens", id="library-search", compact=True
        )
        self._list = Rows(id="library-list")
        self._page = Page()

    def compose(self) -> ComposeResult:
        """The search and the list, and the reader."""
        yield Static("Library", id="library-head", markup=False)
        with Container(id="library-body"):
            with Vertical(id="library-shelf"):
                yield self._search
                yield self._list
            yield self._page
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list, or read what was asked for."""
        app = host(self)
        self._search.cursor_blink = False
        self._entries = shelve(app.library, app.session.as_of)
        self._fill("")
        if self._read:
            self._open_reader()
        else:
            self._search.focus()

    def _fill(self, sought: str) -> None:
        found = select(self._entries, sought, self._narrowing)
        self._list.show(partial(entry_rows, found), 0 if found else None)
        total, narrowed = len(self._entries), self._narrowed
        head = f"Library · {total} entries"
        if sought.split() or narrowed:
            head = " · ".join((f"Library · {len(found)} of {total}", *narrowed))
        self.query_one("#library-head", Static).update(literal(head))
        self._preview()

    @property
    def _narrowed(self) -> tuple[str, ...]:
        """What the list is narrowed to, in words."""
        library, by = host(self).library, self._narrowing
        words = (
            library.courts.circuits[by.circuit].name if by.circuit else "",
            library.doctrine(by.doctrine).title if by.doctrine else "",
            by.treatment or "",
        )
        return tuple(word for word in words if word)

    def _offers(self, what: str) -> list[tuple[str, str]]:
        """The values to narrow by that some entry has."""
        library = host(self).library
        if what == "circuit":
            return [(c.id, c.name) for c in library.courts.circuits.values()]
        if what == "doctrine":
            found = {doctrine for entry in self._entries for doctrine in entry.doctrines}
            return [(d.id, d.title) for d in library.doctrines if d.id in found]
        states = {state for entry in self._entries for state in entry.treatments}
        return [(state, state) for state in TREATMENTS if state in states]

    def action_narrow(self, what: str) -> None:
        """Narrow the list by what is picked, the words searched for staying as they are."""

        def picked(value: str | None) -> None:
            if value is not None:
                wanted = None if value == ANY else value
                self._narrowing = replace(self._narrowing, **{what: wanted})
                self.action_search()
                self._fill(self._search.value)

        chosen = getattr(self._narrowing, what)
        self.app.push_screen(PickScreen(f"Narrow by {what}", self._offers(what), chosen), picked)

    @property
    def _highlighted(self) -> str | None:
        option = self._list.highlighted_option
        return option.id if option else None

    def _preview(self) -> None:
        """Show the highlighted entry where it stands beside the list."""
        if not self._read:
            self._show(self._highlighted)

    def _show(self, id_: str | None) -> None:
        app = host(self)
        source = find(app.library, id_) if id_ else None
        self._page.show(drawn(page(app.library, source, app.session.as_of)) if source else [])

    def _open_reader(self) -> None:
        self.add_class("-reading")
        if self._read[-1] in {option.id for option in self._list.options}:
            self._list.highlighted = self._list.get_option_index(self._read[-1])
        self._show(self._read[-1])
        self._page.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While text is typed no letter is a command; a hidden list is not affected."""
        if action == "narrow":
            return not self.has_class("-reading") or self.has_class("-wide")
        return action not in ("copy", "search") or not self._search.has_focus

    def action_move(self, way: int) -> None:
        """Move in the list while typing."""
        self._list.move(way)

    def action_copy(self) -> None:
        """Send the citation of what is shown to the clipboard."""
        id_ = self._read[-1] if self._read else self._highlighted
        source = find(host(self).library, id_) if id_ else None
        if source is not None:
            cited = cited_as(source)
            self.app.copy_to_clipboard(cited)
            self.notify(visible(f"Sent to the clipboard: {cited}"), markup=False)

    def action_copy_typing(self) -> None:
        """The same while letters are being typed."""
        self.action_copy()

    def action_search(self) -> None:
        """Go to the search field, the list in sight."""
        self._read = []
        self._browsed = True
        self.remove_class("-reading")
        self._search.focus()
        self._preview()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Back to what was read before, to the list, or out."""
        if len(self._read) > 1:
            self._read.pop()
            self._open_reader()
        elif self._read and self._browsed:
            self.action_search()
        else:
            self.leave()

    @on(Input.Changed, "#library-search")
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted, "#library-search")
    def _entered(self) -> None:
        self._read_entry(self._highlighted)

    @on(OptionList.OptionSelected, "#library-list")
    def _selected(self) -> None:
        self._read_entry(self._highlighted)

    @on(OptionList.OptionHighlighted, "#library-list")
    def _moved(self) -> None:
        if self._list.has_focus:
            self._read = []
            self._browsed = True
            self.remove_class("-reading")
        self._preview()

    @on(Page.Chosen)
    def _follow(self, event: Page.Chosen) -> None:
        if isinstance(event.leads, Reads):
            if not self._read and self._highlighted:
                self._read.append(self._highlighted)
            self._read_entry(event.leads.id)

    def _read_entry(self, id_: str | None) -> None:
        if id_ is not None and find(host(self).library, id_) is not None:
            self._read.append(id_)
            self._open_reader()
