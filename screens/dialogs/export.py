"""The export dialog: a format, a path, and a look at what will be written."""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Label, OptionList, Static

from qiwizard.errors import UserError
from qiwizard.files import typed_path, would_replace, write_bytes
from qiwizard.law.facts import Value
from qiwizard.reports.formats import SUFFIX, WHOLE, content, download_name
from qiwizard.reports.report import Report
from qiwizard.text import one_line
from screens.drawing import WORKING, literal
from screens.host import Dialog, HostedScreen, host, is_open
from screens.widgets.choices import Choices, Offer
from screens.widgets.field import Field
from screens.widgets.key_line import KeyLine

HEIGHTS = [(0, "-short"), (20, "-medium"), (30, "-tall")]
PREVIEWED = 12
LONGEST_NAME = 60
REPLACE = "replace"


LABELS = {
    "markdown": "Memo",
    "order": "Draft order",
    "toml": "Session file",
    "json": "JSON",
    "docx": "Word memo",
    "order-docx": "Word order",
}
"""The formats in the order in which they are offered."""
UNREAD = {
    "toml": "Facts, record cites and ruling, to be opened again",
    "json": "The same for other programs",
    "docx": "Word document",
    "order-docx": "Word document",
}
"""Formats that are described and not previewed."""
SUFFIXES = frozenset(SUFFIX.values())


def file_stem(caption: str) -> str:
    """A file name made of a caption without `et al.`: plain letters, digits and hyphens."""
    parties = re.sub(r",?\s+et\.? al\b\.?", "", caption, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", parties).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return words[:LONGEST_NAME].strip("-") or "case"


def folder_words(name: str) -> str:
    """The folder that a file of this name is written to; empty where that cannot be said."""
    try:
        folder = Path(name.strip() or ".").expanduser().absolute()
    except (RuntimeError, ValueError, OSError):
        return ""
    return f"in {one_line(str(folder.parent if name.strip() else folder))}"


class ExportScreen(Dialog[None]):
    """Writes the session to a file; an existing file is replaced only on request."""

    CSS_PATH = "export.tcss"
    AUTO_FOCUS = "#export-format"
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "write", "Write", key_display="^s", priority=True, id="export.write"),
        Binding("escape", "back", "Cancel", id="export.cancel"),
    ]

    formats = query_one("#export-format", Choices)
    path = query_one("#export-path", Input)
    replace = query_one("#export-replace", Choices)

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, bytes | str] = {}
        """By format: what would be written, or in a sentence why it cannot be."""
        self._offered: tuple[str, ...] = tuple(LABELS)
        self._refused: str | None = None
        """The path that a message refers to."""

    def compose(self) -> ComposeResult:
        """The formats, the path, what will be written, and what is wrong."""
        app = host(self)
        if app.ruling.missing:
            self._offered = tuple(form for form in LABELS if form in WHOLE)
        stem = file_stem(app.session.matter.caption)
        first = self._first()
        with VerticalScroll(id="box", can_focus=False):
            yield Static("Export", id="title", markup=False)
            offers = {form: Offer(form, LABELS[form]) for form in self._offered}
            yield Choices(self._picked, offers.values(), chosen=offers[first], id="export-format")
            yield Label("File", markup=False)
            yield Field(f"{stem}{SUFFIX[first]}", id="export-path", compact=True)
            yield Static(literal(self._where(stem)), id="export-folder", markup=False)
            yield Static("", id="wrong", markup=False)
            yield Choices(
                self._picked,
                (Offer(REPLACE, "Replace the file"), Offer(None, "Choose another name")),
                id="export-replace",
            )
            yield Static("", id="export-size", markup=False)
            yield Static("", id="export-preview", markup=False)
        yield KeyLine(palette=False)

    def on_mount(self) -> None:
        """Show the dialog first, then what it would write."""
        self.path.cursor_blink = False
        self.replace.display = False
        self.call_after_refresh(self._preview)

    def _first(self) -> str:
        """The format marked at first: that of what is read on the screen below, if it has one."""
        below = self.app.screen_stack[-2]
        wanted = below.EXPORTS if isinstance(below, HostedScreen) else ""
        return wanted if wanted in self._offered else self._offered[0]

    @property
    def _format(self) -> str:
        return self._offered[self.formats.highlighted or 0]

    def _make(self, form: str) -> bytes | str:
        """Make what would be written, once for each format."""
        if form not in self._made:
            app = host(self)
            try:
                self._made[form] = content(Report(app.library, app.session, app.today), form)
            except UserError as error:
                self._made[form] = str(error)
        return self._made[form]

    def _preview(self) -> None:
        """Show the beginning of what would be written, made in a worker thread."""
        if not is_open(self):
            return
        form = self._format
        if form in self._made:
            self._show(form, self._made[form])
            return
        self.query_one("#export-size", Static).update(Content(WORKING))
        self.query_one("#export-preview", Static).update(Content(""))
        self.work_out(partial(self._make, form), lambda _: self._preview())

    def _show(self, form: str, made: bytes | str) -> None:
        what, beginning = made, ""
        if isinstance(made, bytes):
            what = f"{len(made):,} bytes"
            if form in UNREAD:
                what = f"{UNREAD[form]}: {what}"
            else:
                lines = made.decode("utf-8").splitlines()[:PREVIEWED]
                beginning = "\n".join(one_line(line) for line in lines)
        self.query_one("#export-size", Static).update(literal(str(what)))
        preview = self.query_one("#export-preview", Static)
        preview.update(literal(beginning))
        preview.set_class(not beginning, "-empty")

    def _where(self, name: str) -> str:
        """Where a file of this name is written."""
        if self.app.is_web:
            return f"downloaded as {download_name(name)}"
        return folder_words(name)

    def _say(self, wrong: str) -> None:
        self._refused = self.path.value if wrong else None
        self.query_one("#wrong", Static).update(literal(one_line(wrong)))
        self.replace.display = False

    def action_write(self) -> None:
        """Write the file, unless there is one already."""
        # What was typed before may still be on its way to the field.
        (self.focused or self).call_later(self._take)

    def _take(self) -> None:
        path = self._chosen_path()
        if path is not None:
            self._write(path, force=False)

    def _chosen_path(self) -> Path | None:
        name = self.path.value.strip()
        if not name:
            self._say("Type a name for the file.")
            return None
        try:
            return typed_path(name)
        except UserError as error:
            self._say(str(error))
            return None

    def _write(self, path: Path, *, force: bool) -> None:
        made = self._make(self._format)
        if isinstance(made, str):
            self._say(made)
            return
        if self.app.is_web:
            self._download(path.name, made)
            return
        if would_replace(path) and not force:
            self._ask(path)
            return
        try:
            write_bytes(path, made, force=force)
        except UserError as error:
            self._say(str(error))
            self.path.focus()
            return
        host(self).exported(path.absolute(), whole=self._format in WHOLE)
        self.app.notify(f"Written: {one_line(str(path.absolute()))}", markup=False)
        self.leave()

    def _download(self, name: str, made: bytes) -> None:
        """Hand the file to the browser; the answers are saved once the browser has it."""
        app, whole = host(self), self._format in WHOLE
        session = app.session

        def fetched() -> None:
            if app.session is session:
                app.exported(None, whole=whole)

        app.download(name, made, fetched)
        self.leave()

    def _ask(self, path: Path) -> None:
        """Ask whether to replace the existing file; keeping it is the default."""
        self._say(f"{path}: this file exists.")
        self.replace.display = True
        self.replace.highlighted = 1
        self.replace.focus()
        self.replace.scroll_visible(animate=False)

    @on(OptionList.OptionHighlighted, "#export-format")
    def _other_format(self) -> None:
        name = self.path.value
        old = max((s for s in SUFFIXES if name.endswith(s)), key=len, default="")
        suffix = SUFFIX[self._format]
        if old and old != suffix and name != old:
            self.path.value = name.removesuffix(old) + suffix
        self.call_after_refresh(self._preview)

    def _picked(self, value: Value | None) -> None:
        path = self._chosen_path()
        if value == REPLACE and path is not None:
            self._write(path, force=True)
        elif self.focused is self.path:  # a second Enter, typed ahead, is that of the path
            self.action_write()
        else:
            self._say("")
            self.set_focus(self.path)

    @on(Input.Changed, "#export-path")
    def _other_path(self) -> None:
        if self.path.value != self._refused:  # not news of what was typed before
            self._say("")
        self.query_one("#export-folder", Static).update(literal(self._where(self.path.value)))

    @on(Input.Submitted, "#export-path")
    def _submitted(self) -> None:
        self.action_write()
